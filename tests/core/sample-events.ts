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

const other = '1c8b3f1f-9b64-8e6f-8c2d-4a7d3b2e5f60';
const wallet = '2d9c4a2a-ac75-8f7a-9d3e-5b8e4c3f6071';
const USD = parseCurrency('USD') as CurrencyCode;
const split = {
  amount: eur(1_250n),
  occurredOn: day('2026-10-20'),
  parts: [
    { category: 'Food:Groceries', amount: eur(834n), note: 'Cheese' },
    { category: 'Home', amount: eur(416n) },
  ],
} as const;
const sent = {
  amount: eur(10_000n),
  occurredOn: day('2026-10-21'),
  transfer: { id: entryId, wallet, other: { minor: 10_842n, currency: USD } },
} as const;
const goal = { name: 'A bike', target: eur(80_000n), by: day('2027-06-01'), since: day('2026-10-01') } as const;

const rent = {
  kind: 'expense',
  amount: eur(80_000n),
  rule: 'FREQ=MONTHLY;BYMONTHDAY=31',
  startsOn: day('2026-10-31'),
  monthEnd: 'last-day',
  shift: 'none',
} as const;
const foodTerms = {
  period: 'month',
  amount: eur(10_000n),
  thresholds: [80, 100],
  mode: 'warn',
  startsOn: day('2026-10-01'),
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
  LimitSet: { type: 'LimitSet', limitId: 'food', terms: foodTerms },
  LimitRemoved: { type: 'LimitRemoved', limitId: 'food', on: day('2026-10-20') },
  LimitRestored: {
    type: 'LimitRestored',
    limitId: 'food',
    terms: [
      { ...foodTerms, startsOn: day('2026-01-01') },
      { ...foodTerms, amount: eur(12_000n), startsOn: day('2026-10-16') },
      { ends: true, startsOn: day('2026-12-20'), since: day('2026-12-01') },
    ],
    before: [{ ...foodTerms, startsOn: day('2026-01-01') }],
  },
  LimitReached: { type: 'LimitReached', ...crossing, raisedOn: day('2026-10-14'), entryId },
  ExpenseRefunded: {
    type: 'ExpenseRefunded',
    entryId: other,
    entry: { ...split, kind: 'refund', refunds: entryId, payee: 'Café Müller', tags: ['berlin', 'work'] },
  },
  TransferSent: { type: 'TransferSent', entryId, entry: { ...sent, kind: 'sent', note: 'For the flat', plan: other } },
  TransferReceived: {
    type: 'TransferReceived',
    entryId: other,
    entry: { ...sent, kind: 'received', transfer: { ...sent.transfer, counterpart: other } },
  },
  TransferRefused: { type: 'TransferRefused', transferId: entryId, from: wallet, reason: 'wallet-closed' },
  TransferRecalled: { type: 'TransferRecalled', transferId: entryId, entryId, entry: { ...sent, kind: 'sent' } },
  TransferGivenBack: { type: 'TransferGivenBack', entryId: other, entry: { ...sent, kind: 'received' }, reason: 'Sent twice' },
  TransferReturned: { type: 'TransferReturned', entryId, entry: { ...sent, kind: 'sent' }, reason: 'wallet-closed' },
  EntryPlanned: { type: 'EntryPlanned', planId: entryId, entry: facts, expiresOn: day('2026-11-01') },
  PlanResolved: {
    type: 'PlanResolved',
    planId: entryId,
    how: 'booked',
    planned: eur(1_250n),
    booked: eur(1_000n),
    entryId: other,
  },
  BalanceChecked: {
    type: 'BalanceChecked',
    on: day('2026-10-31'),
    counted: eur(-120n),
    expected: eur(380n),
    entryId: other,
  },
  GoalSet: { type: 'GoalSet', goalId: 'bike', terms: { ...goal, target: eur(90_000n) }, before: goal },
  GoalRemoved: { type: 'GoalRemoved', goalId: 'bike', before: goal },
  MoneySaved: { type: 'MoneySaved', goalId: 'bike', amount: eur(5_000n), on: day('2026-10-14') },
  SavingsReleased: { type: 'SavingsReleased', goalId: 'bike', amount: eur(5_000n), on: day('2026-10-15') },
  ScheduleSet: {
    type: 'ScheduleSet',
    scheduleId: 'rent',
    from: day('2026-12-01'),
    terms: {
      ...rent,
      amount: split.amount,
      parts: split.parts,
      payee: 'Hausverwaltung',
      tags: ['flat'],
      note: 'Warm',
      remindDays: 3,
    },
    before: { ...rent, category: 'Home:Rent', shift: 'before' },
  },
  ScheduleStopped: {
    type: 'ScheduleStopped',
    scheduleId: 'rent',
    on: day('2027-01-01'),
    before: { ...rent, category: 'Home:Rent' },
  },
  OccurrenceSkipped: { type: 'OccurrenceSkipped', scheduleId: 'rent', on: day('2026-11-30') },
  OccurrenceKept: { type: 'OccurrenceKept', scheduleId: 'rent', on: day('2026-11-30') },
  ScheduleCaughtUp: { type: 'ScheduleCaughtUp', scheduleId: 'rent', through: day('2026-11-26'), booked: 1 },
  ImportRuleSet: {
    type: 'ImportRuleSet',
    ruleId: 'market',
    rule: { payee: 'rewe*', kind: 'expense', category: 'Food', tags: ['weekly'], rename: 'REWE' },
    before: { note: '*rewe*', category: 'Food' },
  },
  ImportRuleRemoved: { type: 'ImportRuleRemoved', ruleId: 'market', before: { payee: 'rewe*', category: 'Food' } },
  RateSet: { type: 'RateSet', quote: USD, rate: '1.0842', on: day('2026-10-14'), before: '1.08' },
  RateRemoved: { type: 'RateRemoved', quote: USD, on: day('2026-10-14'), before: '1.0842' },
  ChangeUndone: { type: 'ChangeUndone', version: 7, redoes: 3 },
  LimitCleared: { type: 'LimitCleared', ...crossing, spent: eur(0n), raisedIn: 4, raisedOn: day('2026-10-14') },
};

const imported = { importId: source.importId, page: 1 };

/** Shapes of the events above that came later: fields that only some of them have. */
export const laterSamples: Readonly<Record<string, WalletEvent>> = {
  'EntryCorrected.told-anew': {
    type: 'EntryCorrected',
    entryId,
    addedIn: 2,
    before: { ...facts, source: { ...source, bankId: 'F1' } },
    after: { ...facts, amount: eur(1_350n), source: { ...source, fingerprint: 'b4', on: day('2026-10-15'), bankId: 'F1' } },
    imported,
  },
  'EntryCorrected.linked': {
    type: 'EntryCorrected',
    entryId,
    addedIn: 2,
    before: facts,
    after: { ...facts, source: { ...source, bankId: 'F2', linked: true } },
    imported,
  },
  'ExpenseAdded.bank-account': {
    type: 'ExpenseAdded',
    entryId,
    entry: { ...facts, source: { ...source, bankId: 'F1', bankAccount: 'DE02120300000000202051' } },
  },
  'EntriesImported.corrected': {
    type: 'EntriesImported',
    ...imported,
    name: 'october.ofx',
    added: 10,
    duplicates: 4,
    corrected: 2,
    linked: 1,
  },
  'ImportUndone.reverted': { type: 'ImportUndone', ...imported, voided: 9, reverted: 3 },
};

const carrying = { ...crossing, period: 'quarter', to: day('2027-01-01'), carried: eur(-1_500n) } as const;
const { scope: _, ...unscoped } = carrying;

/** Events that were given more fields since. Each has a golden file of its second shape beside that of its first. */
export const grown: Partial<Samples> = {
  LimitSet: {
    type: 'LimitSet',
    limitId: 'work',
    terms: {
      period: 'month',
      firstDay: 25,
      amount: eur(10_000n),
      thresholds: [50, 80, 100],
      mode: 'block',
      startsOn: day('2026-10-25'),
      tag: 'work',
      rollover: 'both',
      cap: eur(5_000n),
    },
    before: [
      { ...foodTerms, startsOn: day('2026-01-01') },
      { ...foodTerms, amount: eur(12_000n), thresholds: [90] },
      { ends: true, startsOn: day('2026-10-20'), since: day('2026-10-01') },
      {
        period: 'custom',
        range: { from: day('2026-11-01'), to: day('2026-11-15') },
        amount: eur(7_000n),
        thresholds: [100],
        mode: 'warn',
        startsOn: day('2026-11-01'),
      },
    ],
  },
  LimitRemoved: { type: 'LimitRemoved', limitId: 'food', on: day('2026-10-20'), before: [foodTerms] },
  LimitReached: { type: 'LimitReached', ...carrying, raisedOn: day('2026-10-14'), entryId },
  LimitCleared: { type: 'LimitCleared', ...unscoped, tag: 'work', raisedIn: 4, raisedOn: day('2026-10-14') },
};
