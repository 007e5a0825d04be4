import { parseCurrency, type CivilDate, type CurrencyCode, type WalletEvent } from '@kakeibo/core';

type Named<Type extends WalletEvent['type']> = Extract<WalletEvent, { type: Type }>;
type Samples = { readonly [Type in WalletEvent['type']]: Named<Type> };

const EUR = parseCurrency('EUR') as CurrencyCode;
const eur = (minor: bigint) => ({ minor, currency: EUR });
const day = (text: string): CivilDate => text as CivilDate;
const entryId = '0b7a2f0e-8a53-8d5e-9b1c-3f6c2a1d4e5f';
const source = { importId: '5d1f8b1a-4f4a-8a3e-8b77-1f2e3d4c5b6a', page: 0, fingerprint: 'a3f1', on: day('2026-10-14') };
const facts = {
  kind: 'expense',
  amount: eur(1_250n),
  occurredOn: day('2026-10-14'),
  category: 'Food:Groceries',
  note: 'Baker & dairy, „Röststätte“ 😀',
} as const;
const crossing = {
  limitId: 'food',
  period: 'month',
  from: day('2026-10-01'),
  to: day('2026-11-01'),
  threshold: 80,
  spent: eur(8_000n),
  amount: eur(10_000n),
  scope: 'Food',
} as const;

/** One of each event that streams hold. A new kind of event does not compile until it is here, and so has a golden file. */
export const samples: Samples = {
  WalletOpened: { type: 'WalletOpened', name: 'Household', currency: EUR, zone: 'Europe/Berlin', openedOn: day('2026-10-01') },
  WalletRenamed: { type: 'WalletRenamed', from: 'Household', name: 'Home' },
  WalletClosed: { type: 'WalletClosed' },
  WalletReopened: { type: 'WalletReopened' },
  IncomeAdded: {
    type: 'IncomeAdded',
    entryId,
    entry: { kind: 'income', amount: eur(250_000n), occurredOn: day('2026-10-01'), category: 'Income:Salary', source },
  },
  ExpenseAdded: { type: 'ExpenseAdded', entryId, entry: facts },
  EntryCorrected: { type: 'EntryCorrected', entryId, addedIn: 2, before: facts, after: { ...facts, amount: eur(1_350n) } },
  EntryVoided: { type: 'EntryVoided', entryId, entry: facts, reason: 'Booked twice' },
  EntryRestored: { type: 'EntryRestored', entryId, entry: { ...facts, source }, undoes: source.importId },
  EntriesImported: {
    type: 'EntriesImported',
    importId: source.importId,
    name: 'karte-2026-10.csv',
    page: 0,
    added: 10,
    duplicates: 4,
  },
  ImportUndone: { type: 'ImportUndone', importId: source.importId, page: 0, voided: 9 },
  LimitSet: {
    type: 'LimitSet',
    limitId: 'food',
    terms: {
      period: 'month',
      amount: eur(10_000n),
      thresholds: [80, 100],
      mode: 'warn',
      startsOn: day('2026-10-01'),
      scope: 'Food',
    },
  },
  LimitRemoved: { type: 'LimitRemoved', limitId: 'food', on: day('2026-10-20') },
  LimitReached: { type: 'LimitReached', ...crossing, raisedOn: day('2026-10-14'), entryId },
  LimitCleared: { type: 'LimitCleared', ...crossing, spent: eur(0n), raisedIn: 4, raisedOn: day('2026-10-14') },
};
