import { addDays, isRecurrence, occurrences, parseRecurrence, weekdayOf, type CivilDate, type Course } from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bookedOf, day, done, historyOf, worldOn } from './schedule-fixtures.ts';

function course(text: string, startsOn: string, options: Partial<Course> = {}): Course {
  const rule = parseRecurrence(text);
  if (!isRecurrence(rule)) throw new Error(`${text} is ${rule}`);
  return { rule, startsOn: day(startsOn), monthEnd: 'last-day', shift: 'none', ...options };
}

const daysOf = (of: Course, from: string, to: string): readonly CivilDate[] =>
  occurrences(of, { from: day(from), to: day(to), limit: 1_000 });
/** The next one after a day. */
const nextOf = (of: Course, after: string): CivilDate | undefined =>
  occurrences(of, { from: addDays(day(after), 1), to: day('9999-12-31'), limit: 1 })[0];

describe('recurrence', () => {
  test('case 10: yearly from 29 February is 28 February in common years and 29 again in leap years', () => {
    const birthday = course('FREQ=YEARLY', '2024-02-29');
    const expected = ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29', '2029-02-28'];
    expect(daysOf(birthday, '2024-01-01', '2030-01-01')).toEqual(expected);
    expect(daysOf(course('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2023-05-01'), '2024-01-01', '2030-01-01')).toEqual(expected);
    expect(daysOf({ ...birthday, monthEnd: 'skip' }, '2024-01-01', '2030-01-01')).toEqual(['2024-02-29', '2028-02-29']);
    expect(nextOf(birthday, '2095-03-01')).toBe('2096-02-29');
    expect(nextOf(birthday, '2099-03-01')).toBe('2100-02-28');
  });

  test('case 11: monthly from the 31st is the last day of shorter months, reckoned from the 31st each time', () => {
    const rent = course('FREQ=MONTHLY', '2026-01-31');
    const first = ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'];
    expect(daysOf(rent, '2026-01-01', '2026-06-01')).toEqual(first);
    expect(daysOf(course('FREQ=MONTHLY;BYMONTHDAY=31', '2026-01-01'), '2026-01-01', '2026-06-01')).toEqual(first);
    expect(daysOf({ ...rent, monthEnd: 'skip' }, '2026-01-01', '2026-06-01')).toEqual(['2026-01-31', '2026-03-31', '2026-05-31']);
    expect(daysOf(course('FREQ=MONTHLY;BYMONTHDAY=30,31', '2026-01-01'), '2026-02-01', '2026-04-01')).toEqual([
      '2026-02-28',
      '2026-03-30',
      '2026-03-31',
    ]);
  });

  test('case 12: the next one comes after the reference, not before the start, whole periods from it, and nothing is left out', () => {
    const monthsFrom = (start: CivilDate, at: CivilDate): number =>
      (Number(at.slice(0, 4)) - Number(start.slice(0, 4))) * 12 + Number(at.slice(5, 7)) - Number(start.slice(5, 7));
    const anyDay = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays(day('2000-01-01'), days));
    fc.assert(
      fc.property(anyDay, anyDay, fc.constantFrom(1, 2, 3, 6, 12, 24), (start, reference, interval) => {
        const next = nextOf(course(`FREQ=MONTHLY;INTERVAL=${interval}`, start), reference);
        if (next === undefined) throw new Error('it never ends');
        expect(next > reference && next >= start).toBe(true);
        expect(monthsFrom(start, next) % interval).toBe(0);
        const [dayOfStart, dayOfNext] = [Number(start.slice(8)), Number(next.slice(8))];
        const isMonthEnd = addDays(next, 1).endsWith('-01');
        expect(dayOfNext === dayOfStart || (dayOfNext < dayOfStart && isMonthEnd)).toBe(true);
        // Nothing earlier qualifies: a period before it is not after the reference, or before the start.
        expect(monthsFrom(start, next) === 0 || monthsFrom(reference, next) <= interval).toBe(true);
        const between = occurrences(course(`FREQ=MONTHLY;INTERVAL=${interval}`, start), {
          from: addDays(reference, 1),
          to: next,
          limit: 9,
        });
        expect(between).toEqual([]);
      }),
    );
  });

  test('case 13: monthly from the 30th after 27 February is the 28th, after the 28th it is 30 March', () => {
    const thirtieth = course('FREQ=MONTHLY', '2025-11-30');
    expect(nextOf(thirtieth, '2026-02-27')).toBe('2026-02-28');
    expect(nextOf(thirtieth, '2026-02-28')).toBe('2026-03-30');
    expect(nextOf(course('FREQ=MONTHLY;BYMONTHDAY=-1', '2026-02-28'), '2026-02-28')).toBe('2026-03-31');
  });

  test('case 14: a fifth Friday in a month with four is the last one', () => {
    const expected = ['2026-01-30', '2026-02-27', '2026-03-27', '2026-04-24', '2026-05-29'];
    for (const text of ['FREQ=MONTHLY;BYDAY=5FR', 'FREQ=MONTHLY;BYDAY=FR;BYSETPOS=5'])
      expect(daysOf(course(text, '2026-01-01'), '2026-01-01', '2026-06-01')).toEqual(expected);
    const skipping = course('FREQ=MONTHLY;BYDAY=5FR', '2026-01-01', { monthEnd: 'skip' });
    expect(daysOf(skipping, '2026-01-01', '2026-06-01')).toEqual(['2026-01-30', '2026-05-29']);
  });

  test('case 14: the last working day of each month', () => {
    const payday = course('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2026-01-01');
    expect(daysOf(payday, '2026-01-01', '2026-06-01')).toEqual([
      '2026-01-30',
      '2026-02-27',
      '2026-03-31',
      '2026-04-30',
      '2026-05-29',
    ]);
  });

  test('case 14: a weekend moved either way leaves one occurrence in each month', () => {
    const anyStart = fc.integer({ min: 0, max: 4_000 }).map((days) => addDays(day('2020-01-01'), days));
    fc.assert(
      fc.property(anyStart, fc.integer({ min: 1, max: 31 }), fc.constantFrom('before', 'after'), (start, date, shift) => {
        const first = `${start.slice(0, 7)}-01`;
        const of = course(`FREQ=MONTHLY;BYMONTHDAY=${date}`, first, { shift });
        const days = daysOf(of, first, addDays(day(first), 365 * 4));
        const months = days.map((at) => at.slice(0, 7));
        expect(new Set(months).size).toBe(months.length);
        expect(months.length).toBeGreaterThanOrEqual(47);
        expect(days.every((at) => weekdayOf(at) <= 5 || at === first)).toBe(true);
      }),
    );
    // Counted from the end, a shorter month has the 31st day from its end on its first.
    expect(daysOf(course('FREQ=MONTHLY;BYMONTHDAY=-31', '2026-01-01'), '2026-01-01', '2026-05-01')).toEqual([
      '2026-01-01',
      '2026-02-01',
      '2026-03-01',
      '2026-04-01',
    ]);
    // Saturday 10 January is the start: the Friday before is too early.
    expect(daysOf(course('FREQ=WEEKLY', '2026-01-10', { shift: 'before' }), '2026-01-01', '2026-01-24')).toEqual([
      '2026-01-12',
      '2026-01-16',
      '2026-01-23',
    ]);
    // Days that fall together are one: of every day those from Monday to Friday are left, however many are asked for.
    const daily = course('FREQ=DAILY', '2026-01-03', { shift: 'after' });
    expect(occurrences(daily, { from: day('2026-01-01'), to: day('2027-01-01'), limit: 2 })).toEqual([
      '2026-01-05',
      '2026-01-06',
    ]);
    expect(occurrences(daily, { from: day('2026-01-09'), to: day('2027-01-01'), limit: 3 })).toEqual([
      '2026-01-09',
      '2026-01-12',
      '2026-01-13',
    ]);
    // 1 February and 1 March 2026 are Sundays: the Friday before is another month's, so the Monday after it is.
    expect(daysOf(course('FREQ=MONTHLY', '2026-01-01', { shift: 'before' }), '2026-01-01', '2026-05-01')).toEqual([
      '2026-01-01',
      '2026-02-02',
      '2026-03-02',
      '2026-04-01',
    ]);
  });

  test('case 16: every 12 months from a day in the past keeps its phase, whatever day it is asked on', () => {
    const insurance = course('FREQ=MONTHLY;INTERVAL=12', '2011-05-17');
    for (const asked of ['2011-05-17', '2025-12-31', '2026-05-16', '2026-05-18', '8000-01-01']) {
      const next = nextOf(insurance, asked) ?? '';
      expect(next.slice(5)).toBe('05-17');
      expect(Number(next.slice(0, 4)) - Number(asked.slice(0, 4))).toBeLessThanOrEqual(1);
    }
    expect(daysOf(course('FREQ=WEEKLY;INTERVAL=2', '2026-01-02'), '2026-03-01', '2026-04-01')).toEqual([
      '2026-03-13',
      '2026-03-27',
    ]);
  });
});

describe('schedules', () => {
  const gym = { kind: 'expense', amount: '29.90', category: 'Sport', rule: 'FREQ=MONTHLY', startsOn: '2026-01-31' };

  test('case 15: booking the same schedule twice makes no duplicates', async () => {
    const { wallet, another, goTo } = await worldOn('2026-01-31');
    done(await wallet.setSchedule('gym', gym));
    goTo('2026-06-30');
    const other = another();
    await Promise.all([wallet.bookDue(), other.bookDue(), wallet.bookDue({ scheduleId: 'gym' }), another().bookDue()]);
    expect((await bookedOf(wallet)).length).toBe(6);
    const entryIds = (await historyOf(wallet)).flatMap(({ event }) => (event.type === 'ExpenseAdded' ? [event.entryId] : []));
    // The id of an entry is made of the schedule and the day: in another wallet it is the same.
    const copy = await worldOn('2026-06-30');
    done(await copy.wallet.setSchedule('gym', gym));
    expect(done(await copy.wallet.bookDue()).entryIds).toEqual(entryIds);
  });

  test('case 17: editing a schedule leaves what is booked untouched', async () => {
    const { wallet, goTo } = await worldOn('2026-01-31');
    done(await wallet.setSchedule('gym', gym));
    goTo('2026-03-15');
    done(await wallet.bookDue());
    const before = await historyOf(wallet);
    done(await wallet.setSchedule('gym', { ...gym, amount: '35.00', category: 'Health', rule: 'FREQ=MONTHLY;BYMONTHDAY=15' }));
    done(await wallet.stopSchedule('gym', { on: '2026-05-01' }));
    expect((await historyOf(wallet)).slice(0, before.length)).toEqual(before);
    goTo('2026-06-30');
    done(await wallet.bookDue());
    expect(await bookedOf(wallet)).toEqual(['2026-01-31 29.90', '2026-02-28 29.90', '2026-03-15 35.00', '2026-04-15 35.00']);
    expect(
      (await wallet.spending({ from: day('2026-01-01'), to: day('2026-03-01') })).rows.map(({ category }) => category),
    ).toEqual(['Sport']);
  });
});
