import {
  addDays,
  addMonths,
  dayAt,
  daysBetween,
  isDate,
  isZone,
  nextPeriod,
  parseDate,
  periodOf,
  previousPeriod,
  split,
  weekdayOf,
  PERIOD_KINDS,
  type CivilDate,
  type CalendarKind,
} from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const day = (text: string): CivilDate => text as CivilDate;
const anyDay = fc
  .date({ min: new Date('1400-01-01T00:00Z'), max: new Date('9990-12-31T00:00Z'), noInvalidDate: true })
  .map((date) => day(date.toISOString().slice(0, 10)));

describe('a day', () => {
  test.each(['2024-02-29', '1400-01-01', '9998-12-31', '2026-10-14'])('%s is read', (text) => expect(parseDate(text)).toBe(text));
  test.each([
    ['2026-02-29', 'date-invalid'],
    ['2026-02-30', 'date-invalid'],
    ['2026-13-01', 'date-invalid'],
    ['2026-00-10', 'date-invalid'],
    ['14.10.2026', 'date-invalid'],
    ['2026-10-14T00:00', 'date-invalid'],
    ['', 'date-invalid'],
    ['0000-01-01', 'date-out-of-range'],
    ['1399-12-31', 'date-out-of-range'],
    ['9999-01-01', 'date-out-of-range'],
    ['10000-01-01', 'date-out-of-range'],
    ['+010000-01-01', 'date-out-of-range'],
    ['-001000-01-01', 'date-out-of-range'],
    ['+002026-10-14', 'date-out-of-range'],
    ['x10000-01-01', 'date-invalid'],
    ['10000-01-01x', 'date-invalid'],
    ['1000000-01-01', 'date-invalid'],
    ['2026-10-14-10-14-10-14', 'date-invalid'],
    ['12345-01-01'.padStart(21, '+'), 'date-invalid'],
  ])('%s is refused as %s', (text, fault) => expect(parseDate(text)).toBe(fault));

  test('is told from what is none', () => {
    expect(['2026-10-14', '2026-10-32', '0999-10-14'].map((text) => isDate(parseDate(text)))).toEqual([true, false, false]);
  });

  test('has a weekday: Monday is 1, Sunday 7', () => {
    expect([12, 13, 14, 15, 16, 17, 18].map((date) => weekdayOf(day(`2026-10-${date}`)))).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('is known again after more days than are kept in mind', () => {
    const first = day('2001-01-01');
    const days = Array.from({ length: 5_000 }, (_, index) => addDays(first, index));
    for (const date of days) expect(parseDate(date)).toBe(date);
    for (const date of days.slice(0, 10)) expect([parseDate(date), addDays(addDays(date, 1), -1)]).toEqual([date, date]);
  });

  test('is the one of the zone, whatever UTC says (edge case 1)', () => {
    expect(dayAt(Date.parse('2026-02-01T04:30Z'), 'America/New_York')).toBe('2026-01-31');
    expect(dayAt(Date.parse('2026-02-01T05:00Z'), 'America/New_York')).toBe('2026-02-01');
    expect(dayAt(Date.parse('2026-10-14T23:30Z'), 'Asia/Kolkata')).toBe('2026-10-15');
  });

  test('has 23 or 25 hours when clocks change, and is one day (edge case 4)', () => {
    const zone = 'Europe/Berlin';
    for (const [date, hours] of [
      ['2026-03-29', 23],
      ['2026-10-25', 25],
    ] as const) {
      const inIt = Array.from(
        { length: 24 * 4 },
        (_, hour) => Date.parse(`${addDays(day(date), -1)}T12:00Z`) + hour * 3_600_000,
      ).filter((instant) => dayAt(instant, zone) === date);
      expect(inIt.length).toBe(hours);
    }
  });

  test('knows zones', () => {
    expect(['Europe/Berlin', 'UTC', 'Asia/Kolkata'].map(isZone)).toEqual([true, true, true]);
    expect(['Mars/Phobos', '', '../etc/passwd', 'x'.repeat(100)].map(isZone)).toEqual([false, false, false, false]);
  });

  test.each(['+05:30', '-08:00', '+00:00', 'Etc/GMT+5', 'America/Argentina/Buenos_Aires'])('takes the zone %s', (zone) => {
    expect(isZone(zone)).toBe(true);
  });

  test.each([
    '05:30',
    '+05:30:00',
    'x+05:30',
    '+0530',
    '+5:30',
    'UTC ',
    ' UTC',
    'UTC[UTC]',
    '2026-10-14T00:00+02:00[Europe/Berlin]',
    '2026-10-14T00:00Z',
    '2026-10-14T00:00+02:00',
    '+05:30[Asia/Kolkata]',
  ])('does not take “%s” for a zone', (zone) => {
    expect(isZone(zone)).toBe(false);
  });

  test('is the same at both ends of a zone’s day, in any order of asking', () => {
    const [midnight, end] = [Date.parse('2026-10-13T22:00Z'), Date.parse('2026-10-14T22:00Z')];
    const asked = [midnight, end - 1, midnight - 1, end, midnight, end - 1].map((instant) => dayAt(instant, 'Europe/Berlin'));
    expect(asked).toEqual(['2026-10-14', '2026-10-14', '2026-10-13', '2026-10-15', '2026-10-14', '2026-10-14']);
  });
});

describe('a period', () => {
  test('is of one of six kinds', () => {
    expect(PERIOD_KINDS).toEqual(['day', 'week', 'month', 'quarter', 'year', 'custom']);
  });

  test.each<[CalendarKind, string, string, string]>([
    ['day', '2026-02-28', '2026-02-28', '2026-03-01'],
    ['week', '2026-03-01', '2026-02-23', '2026-03-02'],
    ['week', '2027-01-01', '2026-12-28', '2027-01-04'],
    ['month', '2024-02-29', '2024-02-01', '2024-03-01'],
    ['year', '2026-12-31', '2026-01-01', '2027-01-01'],
  ])('%s of %s goes from %s to %s', (kind, date, from, to) => expect(periodOf(kind, day(date))).toEqual({ from, to }));

  test('holds its day, and every day of it has the same one', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom<CalendarKind>('day', 'week', 'month', 'year'), (date, kind) => {
        const { from, to } = periodOf(kind, date);
        expect(from <= date && date < to).toBe(true);
        expect(periodOf(kind, from)).toEqual({ from, to });
        expect(periodOf(kind, addDays(to, -1))).toEqual({ from, to });
        expect(periodOf(kind, to).from).toBe(to);
      }),
    );
  });

  test('splits into months that lie end to end', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 800 }), (from, days) => {
        const to = addDays(from, days);
        const parts = split({ from, to }, 'month', 400);
        expect(parts[0]?.from).toBe(from);
        expect(parts.at(-1)?.to).toBe(to);
        for (const [index, part] of parts.entries()) if (index > 0) expect(parts[index - 1]?.to).toBe(part.from);
        expect(daysBetween(from, to)).toBe(days);
      }),
    );
  });

  test('is split into at most as many parts as asked for, cut at both ends', () => {
    const stretch = { from: day('2026-01-15'), to: day('2026-04-10') };
    const parts = [
      { from: '2026-01-15', to: '2026-02-01' },
      { from: '2026-02-01', to: '2026-03-01' },
      { from: '2026-03-01', to: '2026-04-01' },
      { from: '2026-04-01', to: '2026-04-10' },
    ];
    expect(split(stretch, 'month', 10)).toEqual(parts);
    expect(split(stretch, 'month', 4)).toEqual(parts);
    expect(split(stretch, 'month', 3)).toEqual(parts.slice(0, 3));
    expect(split(stretch, 'month', 0)).toEqual([]);
    expect(split({ from: day('2026-02-01'), to: day('2026-03-01') }, 'month', 9)).toEqual([parts[1]]);
    expect(split({ from: day('2026-02-01'), to: day('2026-02-01') }, 'month', 9)).toEqual([]);
    expect(split({ from: day('2026-02-02'), to: day('2026-02-01') }, 'month', 9)).toEqual([]);
    expect(split({ from: day('9999-12-30'), to: day('9999-12-31') }, 'day', 9)).toEqual([
      { from: '9999-12-30', to: '9999-12-31' },
    ]);
  });

  test('of its own stretch holds just that, and has none beside it', () => {
    const rule = { kind: 'custom', range: { from: day('2026-02-10'), to: day('2026-02-20') } } as const;
    for (const inside of ['2026-02-10', '2026-02-19']) expect(periodOf(rule, day(inside))).toEqual(rule.range);
    for (const outside of ['2026-02-09', '2026-02-20']) expect(periodOf(rule, day(outside))).toBeUndefined();
    expect(periodOf({ kind: 'custom' }, day('2026-02-10'))).toBeUndefined();
    expect(nextPeriod(rule, rule.range)).toBeUndefined();
    expect(previousPeriod(rule, rule.range)).toBeUndefined();
  });

  test('has a neighbour on each side, but for the first and the last year', () => {
    const march = { from: day('2026-03-01'), to: day('2026-04-01') };
    expect(nextPeriod({ kind: 'month' }, march)).toEqual({ from: '2026-04-01', to: '2026-05-01' });
    expect(previousPeriod({ kind: 'month' }, march)).toEqual({ from: '2026-02-01', to: '2026-03-01' });
    expect(previousPeriod({ kind: 'year' }, periodOf('year', day('1401-05-05')))).toEqual({
      from: '1400-01-01',
      to: '1401-01-01',
    });
    expect(previousPeriod({ kind: 'year' }, periodOf('year', day('1400-05-05')))).toBeUndefined();
    expect(nextPeriod({ kind: 'year' }, periodOf('year', day('9997-05-05')))).toEqual({ from: '9998-01-01', to: '9999-01-01' });
    expect(nextPeriod({ kind: 'year' }, periodOf('year', day('9998-05-05')))).toBeUndefined();
  });

  test('moves by days in both directions, also far', () => {
    expect([1, -1, 2, -2, 0, 366].map((days) => addDays(day('2024-02-28'), days))).toEqual([
      '2024-02-29',
      '2024-02-27',
      '2024-03-01',
      '2024-02-26',
      '2024-02-28',
      '2025-02-28',
    ]);
    expect(daysBetween(day('2024-01-01'), day('2025-03-01'))).toBe(425);
    expect(addDays(day('9999-12-31'), 5)).toBe('9999-12-31');
  });

  test('adds months clamped to their end', () => {
    expect(addMonths(day('2026-01-31'), 1)).toBe('2026-02-28');
    expect(addMonths(day('2024-01-31'), 1)).toBe('2024-02-29');
  });
});
