import type { EntryChanges, EntryDetails, ImportedRow, LimitDetails } from '@kakeibo/core';
import fc from 'fast-check';

interface Base {
  readonly id: string;
  readonly pick: number;
  readonly hoursLater: number;
}

/** One thing a person does. */
export type Step = Base &
  (
    | { readonly do: 'income' | 'expense'; readonly details: EntryDetails }
    | { readonly do: 'correct'; readonly changes: EntryChanges }
    | { readonly do: 'void' | 'restore' | 'close' | 'reopen' | 'undo' }
    | { readonly do: 'limit'; readonly limitId: string; readonly terms: LimitDetails }
    | { readonly do: 'unlimit'; readonly limitId: string }
    | { readonly do: 'import'; readonly rows: readonly ImportedRow[] }
  );

const amount = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .integer({ min: 1, max: 9_999 })
      .map((minor) => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`),
  },
  { weight: 1, arbitrary: fc.constantFrom('0', '-5', '1e3', '12.345', 'NaN', '7', '90071992547409.93') },
);
const category = fc.constantFrom('Food', 'Food:Cafe', 'Food:Groceries', 'Food-like', 'Home', 'Home:Rent');
const note = fc.constantFrom('coffee', 'Café Ägir', '😀', '');
const day = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.constantFrom(
      '2026-10-14',
      '2026-10-13',
      '2026-10-01',
      '2026-09-30',
      '2026-09-28',
      '2026-10-31',
      '2025-12-31',
      '2024-02-29',
    ),
  },
  { weight: 1, arbitrary: fc.constant('2026-02-30') },
);

const base = { id: fc.constant(''), pick: fc.nat(1_000), hoursLater: fc.constantFrom(0, 0, 0, 1, 20, -3, 200) };

const details: fc.Arbitrary<EntryDetails> = fc.record(
  { amount, category: fc.oneof(category, category, category, fc.constantFrom('', 'Food::Cafe')), note, occurredOn: day },
  { requiredKeys: ['amount'] },
);
const changes: fc.Arbitrary<EntryChanges> = fc.record(
  {
    kind: fc.constantFrom('income', 'expense'),
    amount,
    category: fc.oneof(category, fc.constant(null)),
    note: fc.oneof(note, fc.constant(null)),
    occurredOn: day,
  },
  { requiredKeys: [] },
);
const limitId = fc.constantFrom('food', 'all', 'home');
const terms: fc.Arbitrary<LimitDetails> = fc.record(
  {
    scope: fc.oneof(category, fc.constant(null)),
    period: fc.constantFrom('day', 'week', 'month', 'year'),
    amount: fc.constantFrom('0', '10', '50.00', '100', '150.50'),
    thresholds: fc.constantFrom([80, 100], [50], [10, 120]),
    mode: fc.constantFrom('warn', 'warn', 'block'),
    startsOn: fc.constantFrom('2026-10-14', '2026-09-01', '2025-12-31', '2026-10-31', '2027-01-01'),
  },
  { requiredKeys: ['period', 'amount'] },
);
const row: fc.Arbitrary<ImportedRow> = fc
  .record({
    kind: fc.constantFrom('income' as const, 'expense' as const),
    amount: fc.integer({ min: 1, max: 4 }).map(String),
    occurredOn: fc.constantFrom('2026-10-14', '2026-10-01', '2026-09-30'),
  })
  .map(({ kind, amount: text, occurredOn }) => ({
    kind,
    amount: text,
    category: 'Imported',
    note: `row ${text}`,
    occurredOn,
    fingerprint: `${kind} ${text}`,
  }));

export const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ ...base, do: fc.constant('income' as const), details }) },
  { weight: 7, arbitrary: fc.record({ ...base, do: fc.constant('expense' as const), details }) },
  { weight: 4, arbitrary: fc.record({ ...base, do: fc.constant('correct' as const), changes }) },
  { weight: 3, arbitrary: fc.record({ ...base, do: fc.constantFrom('void' as const, 'restore' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ...base,
      do: fc.constantFrom('close' as const, 'reopen' as const, 'reopen' as const, 'undo' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ ...base, do: fc.constant('limit' as const), limitId, terms }) },
  { weight: 1, arbitrary: fc.record({ ...base, do: fc.constant('unlimit' as const), limitId }) },
  { weight: 2, arbitrary: fc.record({ ...base, do: fc.constant('import' as const), rows: fc.array(row, { maxLength: 6 }) }) },
);
