import type { LimitDetails } from '@kakeibo/core';
import fc from 'fast-check';

/** One thing that moves limits. */
export type LimitStep = { readonly pick: number; readonly daysLater: number } & (
  | { readonly do: 'book'; readonly kind: 'expense' | 'refund'; readonly facts: StepFacts }
  | { readonly do: 'correct'; readonly facts: Partial<StepFacts> }
  | { readonly do: 'void' | 'restore' }
  | { readonly do: 'limit'; readonly limitId: string; readonly details: LimitDetails }
  | { readonly do: 'unlimit'; readonly limitId: string }
);

export interface StepFacts {
  readonly amount: number;
  readonly category: string;
  readonly tags: readonly string[];
  readonly on: string;
}

const facts = {
  amount: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(80, 100, 150)),
  category: fc.constantFrom('Food', 'Food:Cafe', 'Food:Groceries', 'Home'),
  tags: fc.constantFrom<readonly string[]>([], [], ['work'], ['work', 'trip']),
  on: fc
    .oneof(
      { weight: 3, arbitrary: fc.integer({ min: -20, max: 30 }) },
      { weight: 2, arbitrary: fc.integer({ min: -300, max: 90 }) },
    )
    .map((days) => new Date(Date.UTC(2026, 9, 14 + days)).toISOString().slice(0, 10)),
};

const rule: fc.Arbitrary<Pick<LimitDetails, 'period' | 'firstDay' | 'from' | 'to'>> = fc.oneof(
  fc.constantFrom({ period: 'month' }, { period: 'month', firstDay: 31 }, { period: 'month', firstDay: 25 }),
  fc.constantFrom({ period: 'week' }, { period: 'week', firstDay: 7 }, { period: 'quarter', firstDay: 15 }),
  fc.constantFrom({ period: 'quarter' }, { period: 'year', firstDay: 31 }),
  fc.constantFrom(
    { period: 'custom', from: '2026-10-05', to: '2026-11-10' },
    { period: 'custom', from: '2026-03-01', to: '2026-03-11' },
  ),
);
const view: fc.Arbitrary<Pick<LimitDetails, 'scope' | 'tag'>> = fc.constantFrom(
  {},
  { scope: 'Food' },
  { scope: 'Food:Cafe' },
  { tag: 'work' },
);
const carry: fc.Arbitrary<Pick<LimitDetails, 'rollover' | 'cap'>> = fc.constantFrom(
  {},
  { rollover: 'none' },
  { rollover: 'surplus' },
  { rollover: 'both' },
  { rollover: 'both' },
  { rollover: 'surplus', cap: '30' },
  { rollover: 'both', cap: '50' },
  { rollover: 'both', cap: '0' },
);
const start = fc.constantFrom('2026-10-14', '2026-10-16', '2026-10-01', '2026-08-20', '2026-01-01', '2026-11-03', '2027-01-01');

const details: fc.Arbitrary<LimitDetails> = fc
  .record({
    rule,
    view,
    carry,
    amount: fc.constantFrom('0', '20', '50', '100', '100', '200'),
    more: fc.record(
      { thresholds: fc.constantFrom([80, 100], [50], [10, 120, 1_000]), mode: fc.constantFrom('warn', 'block'), startsOn: start },
      { requiredKeys: [] },
    ),
    daily: fc.constantFrom(true, false, false, false, false, false),
  })
  .map(({ rule: periods, view: spending, carry: rollover, amount, more, daily }): LimitDetails => {
    const { startsOn, ...others } = more;
    if (daily) return { ...spending, ...rollover, ...others, amount, period: 'day', startsOn: '2026-10-01' };
    if (periods.period === 'custom') return { ...spending, ...others, ...periods, amount };
    return { ...spending, ...rollover, ...periods, ...more, amount };
  });

const base = { pick: fc.nat(1_000), daysLater: fc.constantFrom(0, 0, 0, 1, 3, 20, 35) };
const limitId = fc.constantFrom('a', 'b', 'c');

export const limitStep: fc.Arbitrary<LimitStep> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      ...base,
      do: fc.constant('book' as const),
      kind: fc.constantFrom('expense' as const, 'expense' as const, 'expense' as const, 'refund' as const),
      facts: fc.record(facts),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ ...base, do: fc.constant('correct' as const), facts: fc.record(facts, { requiredKeys: [] }) }),
  },
  { weight: 3, arbitrary: fc.record({ ...base, do: fc.constantFrom('void' as const, 'restore' as const) }) },
  { weight: 5, arbitrary: fc.record({ ...base, do: fc.constant('limit' as const), limitId, details }) },
  { weight: 1, arbitrary: fc.record({ ...base, do: fc.constant('unlimit' as const), limitId }) },
);
