import {
  addDays,
  daysBetween,
  nextPeriod,
  parseDate,
  periodOf,
  previousPeriod,
  type CivilDate,
  type Period,
  type PeriodRule,
} from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayAfter, dayBefore, startsPeriod } from './limit-model-days.ts';

const day = (text: string): CivilDate => text as CivilDate;
const anyDay = fc
  .date({ min: new Date('1401-03-01T00:00Z'), max: new Date('9998-12-31T00:00Z'), noInvalidDate: true })
  .map((date) => day(date.toISOString().slice(0, 10)));
const anyRule: fc.Arbitrary<PeriodRule> = fc.oneof(
  fc.constantFrom<PeriodRule>({ kind: 'day' }, { kind: 'week' }, { kind: 'month' }, { kind: 'quarter' }, { kind: 'year' }),
  fc.record({ kind: fc.constant('week' as const), firstDay: fc.integer({ min: 1, max: 7 }) }),
  fc.record({
    kind: fc.constantFrom('month' as const, 'quarter' as const, 'year' as const),
    firstDay: fc.integer({ min: 1, max: 31 }),
  }),
);

function walked(rule: PeriodRule, date: string): Period {
  const model = { kind: rule.kind, firstDay: rule.firstDay ?? 1, from: '', to: '' };
  let from = date;
  while (!startsPeriod(model, from)) from = dayBefore(from);
  let to = dayAfter(date);
  while (!startsPeriod(model, to)) to = dayAfter(to);
  return { from: day(from), to: day(to) };
}

const held = (rule: PeriodRule, date: CivilDate): Period => periodOf(rule, date) as Period;

describe('a rule for periods', () => {
  test('puts a day where walking from day to day puts it', () => {
    fc.assert(
      fc.property(anyRule, anyDay, (rule, date) => {
        expect(periodOf(rule, date)).toEqual(walked(rule, date));
      }),
      { numRuns: 2_000 },
    );
  });

  test('puts every day into exactly one period, and the periods end to end', () => {
    fc.assert(
      fc.property(anyRule, anyDay, (rule, date) => {
        const { from, to } = held(rule, date);
        expect(from <= date && date < to).toBe(true);
        expect(held(rule, from)).toEqual({ from, to });
        expect(held(rule, addDays(to, -1))).toEqual({ from, to });
        if (to > '9998-12-31') return;
        expect(nextPeriod(rule, { from, to })?.from).toBe(to);
        expect(previousPeriod(rule, held(rule, to))).toEqual({ from, to });
      }),
    );
  });

  test.each<[PeriodRule, string, string, string]>([
    [{ kind: 'month', firstDay: 31 }, '2026-02-27', '2026-01-31', '2026-02-28'],
    [{ kind: 'month', firstDay: 31 }, '2026-02-28', '2026-02-28', '2026-03-31'],
    [{ kind: 'month', firstDay: 31 }, '2024-02-29', '2024-02-29', '2024-03-31'],
    [{ kind: 'month', firstDay: 25 }, '2026-02-24', '2026-01-25', '2026-02-25'],
    [{ kind: 'quarter' }, '2026-12-31', '2026-10-01', '2027-01-01'],
    [{ kind: 'quarter', firstDay: 31 }, '2026-04-29', '2026-01-31', '2026-04-30'],
    [{ kind: 'year', firstDay: 6 }, '2026-01-05', '2025-01-06', '2026-01-06'],
    [{ kind: 'week', firstDay: 7 }, '2026-03-01', '2026-03-01', '2026-03-08'],
    [{ kind: 'month', firstDay: 31 }, '1400-01-01', '1399-12-31', '1400-01-31'],
    [{ kind: 'year', firstDay: 31 }, '9998-12-31', '9998-01-31', '9999-01-31'],
    [{ kind: 'week', firstDay: 4 }, '1969-12-31', '1969-12-25', '1970-01-01'],
  ])('%o has %s in the period from %s to %s', (rule, date, from, to) => expect(periodOf(rule, day(date))).toEqual({ from, to }));

  test('of a custom range has that period and no other', () => {
    const range = { from: day('2026-10-05'), to: day('2026-10-12') };
    const rule: PeriodRule = { kind: 'custom', range };
    expect(['2026-10-04', '2026-10-05', '2026-10-11', '2026-10-12'].map((date) => periodOf(rule, day(date)))).toEqual([
      undefined,
      range,
      range,
      undefined,
    ]);
    expect([nextPeriod(rule, range), previousPeriod(rule, range)]).toEqual([undefined, undefined]);
  });

  test('ends with the years that days can have', () => {
    for (const kind of ['day', 'week', 'month', 'quarter', 'year'] as const) {
      const [first, last] = [held({ kind }, day('1400-01-01')), held({ kind }, day('9998-12-31'))];
      expect(previousPeriod({ kind }, first)).toBeUndefined();
      expect(daysBetween(last.from, last.to)).toBeGreaterThan(0);
      const after = nextPeriod({ kind }, last);
      expect(after === undefined || parseDate(after.from) !== 'date-invalid').toBe(true);
      if (last.to > '9998-12-31') expect(after).toBeUndefined();
    }
  });
});
