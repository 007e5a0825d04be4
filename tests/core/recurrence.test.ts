import {
  addDays,
  daysBetween,
  isRecurrence,
  neverHappens,
  occurrences,
  parseRecurrence,
  weekdayOf,
  type CivilDate,
  type Course,
  type MonthEnd,
  type WeekendShift,
} from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { workedMs } from '../worked.ts';
import { modelDays } from './recurrence-model.ts';

const day = (text: string): CivilDate => text as CivilDate;

function course(text: string, startsOn: string, monthEnd: MonthEnd = 'last-day', shift: WeekendShift = 'none'): Course {
  const rule = parseRecurrence(text);
  if (!isRecurrence(rule)) throw new Error(`${text} is ${rule}`);
  return { rule, startsOn: day(startsOn), monthEnd, shift };
}

function daysOf(of: Course, from: string, to: string, limit = 1_000): readonly CivilDate[] {
  return occurrences(of, { from: day(from), to: day(to), limit });
}

describe('a rule', () => {
  test.each([
    ['FREQ=MONTHLY;BYMONTHDAY=31', 'FREQ=MONTHLY;BYMONTHDAY=31'],
    ['RRULE:freq=weekly;byday=fr,mo,fr;interval=2', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1'],
    ['FREQ=MONTHLY;BYDAY=-1FR,+2MO', 'FREQ=MONTHLY;BYDAY=-1FR,2MO'],
    ['FREQ=DAILY;UNTIL=20261231T235959Z', 'FREQ=DAILY;UNTIL=20261231'],
    ['FREQ=DAILY;COUNT=5;WKST=MO;INTERVAL=1', 'FREQ=DAILY;COUNT=5'],
    ['FREQ=WEEKLY;WKST=SU', 'FREQ=WEEKLY;WKST=SU'],
    ['FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO', 'FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO'],
  ])('%s is read as %s', (text, spelling) => {
    expect(parseRecurrence(text)).toMatchObject({ text: spelling });
    expect(parseRecurrence(spelling)).toEqual(parseRecurrence(text));
  });

  test.each([
    ['', 'rule-malformed'],
    ['every month', 'rule-malformed'],
    ['BYMONTHDAY=31', 'rule-malformed'],
    ['FREQ=FORTNIGHTLY', 'rule-malformed'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'rule-malformed'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'rule-malformed'],
    ['FREQ=MONTHLY;BYMONTHDAY=', 'rule-malformed'],
    ['FREQ=MONTHLY;BYMONTH=-1', 'rule-malformed'],
    ['FREQ=MONTHLY;BYDAY=XX', 'rule-malformed'],
    ['FREQ=MONTHLY;BYDAY=6FR', 'rule-malformed'],
    ['FREQ=YEARLY;BYDAY=54FR', 'rule-malformed'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'rule-malformed'],
    ['FREQ=WEEKLY;BYMONTHDAY=1', 'rule-malformed'],
    ['FREQ=MONTHLY;BYWEEKNO=1', 'rule-malformed'],
    ['FREQ=MONTHLY;BYYEARDAY=1', 'rule-malformed'],
    ['FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO', 'rule-malformed'],
    ['FREQ=MONTHLY;BYSETPOS=1', 'rule-malformed'],
    ['FREQ=DAILY;BYMONTH=1;BYSETPOS=1', 'rule-malformed'],
    ['FREQ=DAILY;COUNT=0', 'rule-malformed'],
    ['FREQ=DAILY;COUNT=1001', 'rule-malformed'],
    ['FREQ=YEARLY;INTERVAL=101', 'rule-malformed'],
    ['FREQ=WEEKLY;BYDAY=MO;BYSETPOS=8', 'rule-malformed'],
    ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-32', 'rule-malformed'],
    ['FREQ=DAILY;COUNT=1e3', 'rule-malformed'],
    ['FREQ=DAILY;INTERVAL=0', 'rule-malformed'],
    ['FREQ=DAILY;INTERVAL=401', 'rule-malformed'],
    ['FREQ=DAILY;INTERVAL=1,2', 'rule-malformed'],
    ['FREQ=DAILY;COUNT=3;UNTIL=20261231', 'rule-malformed'],
    ['FREQ=DAILY;UNTIL=20260230', 'rule-malformed'],
    ['FREQ=DAILY;UNTIL=tomorrow', 'rule-malformed'],
    ['FREQ=DAILY;FREQ=DAILY', 'rule-malformed'],
    ['FREQ=DAILY;X-SECRET=1', 'rule-malformed'],
    ['FREQ=DAILY;', 'rule-malformed'],
    ['DTSTART:20260101\nRRULE:FREQ=DAILY', 'rule-malformed'],
    [`FREQ=YEARLY;BYYEARDAY=${Array.from({ length: 65 }, (_, index) => index + 1).join(',')}`, 'rule-malformed'],
    ['FREQ=HOURLY', 'rule-unsupported'],
    ['FREQ=SECONDLY;COUNT=1000000', 'rule-unsupported'],
    ['FREQ=DAILY;BYHOUR=9', 'rule-unsupported'],
    ['FREQ=YEARLY;RSCALE=HEBREW', 'rule-unsupported'],
    ['FREQ=MONTHLY;BYDAY=FR,-1MO', 'rule-unsupported'],
    ['FREQ=YEARLY;BYMONTHDAY=29;BYDAY=-5MO', 'rule-unsupported'],
    ['FREQ=YEARLY;BYWEEKNO=7;BYYEARDAY=200', 'rule-unsupported'],
    ['FREQ=YEARLY;BYYEARDAY=-1;BYDAY=MO', 'rule-unsupported'],
    ['FREQ=YEARLY;BYMONTHDAY=7;BYYEARDAY=200', 'rule-unsupported'],
  ])('%s is refused as %s', (text, fault) => expect(parseRecurrence(text)).toBe(fault));

  test('of a megabyte is refused', () => expect(parseRecurrence(`FREQ=DAILY${';'.repeat(1_000_000)}`)).toBe('rule-malformed'));

  test.each([
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'skip'],
    ['FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30', 'skip'],
    ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'last-day'],
    ['FREQ=MONTHLY;BYDAY=FR;BYSETPOS=6', 'last-day'],
    ['FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29', 'skip'],
    ['FREQ=YEARLY;BYWEEKNO=1;BYMONTH=6', 'last-day'],
  ] as const)('%s with %s never happens, and that is found out', (text, monthEnd) => {
    const started = workedMs();
    expect(neverHappens(course(text, '2025-01-15', monthEnd))).toBe(true);
    expect(workedMs() - started).toBeLessThan(5_000);
  });

  test('that happens after decades is one that happens', () => {
    expect(neverHappens(course('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=FR', '2026-01-01'))).toBe(false);
    expect(daysOf(course('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=FR', '2026-01-01'), '2026-01-01', '2100-01-01')).toEqual([
      '2036-02-29',
      '2064-02-29',
      '2092-02-29',
    ]);
  });
});

const RUNS = Number(process.env['RUNS'] ?? 150);
const numbers = (min: number, max: number, maxLength = 3) =>
  fc.uniqueArray(
    fc.integer({ min, max }).filter((value) => value !== 0),
    { minLength: 1, maxLength },
  );
const weekdays = fc.uniqueArray(fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'), { minLength: 1, maxLength: 5 });
const nthDays = fc.uniqueArray(
  fc.tuple(fc.constantFrom(-5, -4, -2, -1, 1, 2, 4, 5), fc.constantFrom('MO', 'FR', 'SU')).map(([nth, name]) => `${nth}${name}`),
  { minLength: 1, maxLength: 3 },
);
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

/** Rules of every kind, of which some end. */
const anyRule = fc
  .record({
    freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
    interval: fc.constantFrom(1, 1, 1, 2, 3, 5, 12),
    byMonth: maybe(numbers(1, 12)),
    byMonthDay: maybe(fc.oneof(numbers(-31, 31), fc.constantFrom([29], [30], [31], [-31], [30, 31]))),
    byDay: maybe(weekdays),
    nthDay: maybe(nthDays),
    byYearDay: fc.option(numbers(-366, 366), { nil: undefined, freq: 6 }),
    bySetPos: maybe(numbers(-3, 3, 2)),
    end: fc.constantFrom('', '', ';COUNT=1', ';COUNT=7', ';COUNT=40', ';UNTIL=20240229', ';UNTIL=20280131'),
    weekStart: fc.constantFrom('', ';WKST=SU'),
  })
  .map(({ freq, interval, byMonth, byMonthDay, byDay, nthDay, byYearDay, bySetPos, end, weekStart }) => {
    const ofMonths = freq === 'MONTHLY' || freq === 'YEARLY';
    const days = ofMonths && byMonthDay === undefined ? (nthDay ?? byDay) : byDay;
    const parts = [
      byMonth === undefined ? '' : `;BYMONTH=${byMonth.join()}`,
      byMonthDay === undefined || freq === 'WEEKLY' ? '' : `;BYMONTHDAY=${byMonthDay.join()}`,
      days === undefined ? '' : `;BYDAY=${days.join()}`,
      byYearDay === undefined || byMonthDay !== undefined || freq !== 'YEARLY' || days !== undefined
        ? ''
        : `;BYYEARDAY=${byYearDay.join()}`,
    ].join('');
    const position = bySetPos === undefined || parts === '' || freq === 'DAILY' ? '' : `;BYSETPOS=${bySetPos.join()}`;
    return `FREQ=${freq};INTERVAL=${interval}${parts}${position}${end}${weekStart}`;
  });
const anyDay = fc.integer({ min: 0, max: 1_500 }).map((days) => addDays(day('2022-12-20'), days));
const anyCourse = fc
  .record({
    text: anyRule,
    startsOn: fc.oneof(anyDay, fc.constantFrom(day('2024-02-29'), day('2023-01-31'), day('2023-01-30'))),
    monthEnd: fc.constantFrom<MonthEnd>('last-day', 'skip'),
    shift: fc.constantFrom<WeekendShift>('none', 'before', 'after'),
  })
  .map(({ text, startsOn, monthEnd, shift }) => course(text, startsOn, monthEnd, shift));

describe('its days', () => {
  test('are those that a walk from day to day finds', () => {
    fc.assert(
      fc.property(anyCourse, anyDay, fc.integer({ min: 0, max: 900 }), (of, from, length) => {
        const to = addDays(from, length);
        expect(occurrences(of, { from, to, limit: 2_000 })).toEqual(modelDays(of, to).filter((at) => at >= from));
      }),
      { numRuns: RUNS },
    );
  });

  test('invariant 30: come in two stretches as in one, each once', () => {
    fc.assert(
      fc.property(anyCourse, fc.tuple(anyDay, anyDay, anyDay), (of, days) => {
        const [a, b, c] = [...days].sort() as [CivilDate, CivilDate, CivilDate];
        const [left, right] = [daysOf(of, a, b, 5_000), daysOf(of, b, c, 5_000)];
        expect([...left, ...right]).toEqual(daysOf(of, a, c, 5_000));
        expect(new Set([...left, ...right]).size).toBe(left.length + right.length);
      }),
      { numRuns: RUNS },
    );
  });

  test('are the first ones when only so many are asked for', () => {
    fc.assert(
      fc.property(anyCourse, anyDay, fc.integer({ min: 0, max: 12 }), (of, from, limit) => {
        const to = addDays(from, 1_500);
        expect(occurrences(of, { from, to, limit })).toEqual(occurrences(of, { from, to, limit: 5_000 }).slice(0, limit));
      }),
      { numRuns: RUNS },
    );
  });

  test('of week numbers are those of ISO 8601, on the weekday of the start when none is named', () => {
    const weekOf = (at: CivilDate): number => {
      const thursday = addDays(at, 4 - weekdayOf(at));
      return Math.floor(daysBetween(day(`${thursday.slice(0, 4)}-01-01`), thursday) / 7) + 1;
    };
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 53 }), fc.boolean(), (start, week, named) => {
        const of = course(`FREQ=YEARLY;BYWEEKNO=${week}${named ? ';BYDAY=WE' : ''}`, start);
        const weekday = named ? 3 : weekdayOf(start);
        const expected = Array.from({ length: 800 }, (_, index) => addDays(start, index)).filter(
          (at) => weekOf(at) === week && weekdayOf(at) === weekday,
        );
        expect(occurrences(of, { from: start, to: addDays(start, 800), limit: 99 })).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
  });

  test('are near however far they are', () => {
    const started = workedMs();
    expect(daysOf(course('FREQ=DAILY', '1400-01-01'), '9000-01-01', '9000-01-04')).toEqual([
      '9000-01-01',
      '9000-01-02',
      '9000-01-03',
    ]);
    expect(daysOf(course('FREQ=MONTHLY;INTERVAL=7', '1400-01-31'), '9000-01-01', '9001-01-01')).toEqual([
      '9000-04-30',
      '9000-11-30',
    ]);
    expect(daysOf(course('FREQ=DAILY;COUNT=1000', '1400-01-01'), '1402-09-25', '9000-01-01')).toEqual([
      '1402-09-25',
      '1402-09-26',
      '1402-09-27',
    ]);
    expect(daysOf(course('FREQ=DAILY', '1400-01-01'), '1400-01-01', '9998-12-31', 3)).toHaveLength(3);
    expect(daysOf(course('FREQ=DAILY', '9998-12-25'), '9998-12-25', '9999-12-31')).toHaveLength(371);
    expect(workedMs() - started).toBeLessThan(5_000);
  });
});
