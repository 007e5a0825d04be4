import type { CivilDate, WalletCommand, WalletEvent } from '@kakeibo/core';
import { samples } from './sample-events.ts';

/** A rule in words, what happened before, and the command whose events show the rule. */
export type Decided = readonly [rule: string, history: readonly WalletEvent[], command: WalletCommand];
type Named<Type extends WalletEvent['type']> = Extract<WalletEvent, { type: Type }>;

const opened = samples.WalletOpened;
const bought = samples.ExpenseAdded;
const { entryId } = bought;
const eur = (minor: bigint) => ({ minor, currency: opened.currency });
const day = (text: string): CivilDate => text as CivilDate;
const on = day('2026-10-14');

const full: Named<'ExpenseAdded'> = {
  type: 'ExpenseAdded',
  entryId: 'full',
  entry: {
    kind: 'expense',
    amount: eur(1_000n),
    occurredOn: on,
    parts: [
      { category: 'Food', amount: eur(600n), note: 'Cheese' },
      { category: 'Home', amount: eur(400n) },
    ],
    payee: 'Café',
    tags: ['berlin', 'work'],
    note: 'Both',
    plan: 'plan',
    schedule: { id: 'rent', on },
    source: { importId: 'file', page: 0, fingerprint: 'a3f1', on },
  },
};
const refunded: Named<'ExpenseRefunded'> = {
  type: 'ExpenseRefunded',
  entryId: 'refund',
  entry: { kind: 'refund', amount: eur(400n), occurredOn: on, category: 'Food', refunds: entryId },
};
const salary: WalletEvent = { ...samples.IncomeAdded, entryId: 'salary' };
const payee: WalletEvent = { ...bought, entryId: 'payee', entry: { ...bought.entry, payee: 'Baker' } };
const sent: WalletEvent = { ...samples.TransferSent, entryId: 'sent' };
const received: WalletEvent = { ...samples.TransferReceived, entryId: 'received' };
const voided = (event: Named<'ExpenseAdded' | 'ExpenseRefunded'>): WalletEvent => ({
  type: 'EntryVoided',
  entryId: event.entryId,
  entry: event.entry,
});

const coins: Named<'ExpenseAdded'> = {
  type: 'ExpenseAdded',
  entryId: 'coins',
  entry: {
    kind: 'expense',
    amount: eur(7n),
    occurredOn: on,
    parts: [3n, 3n, 1n].map((minor, index) => ({ category: `C${index}`, amount: eur(minor) })),
  },
};
/** So much came back of an expense. */
const back = (refunds: string, minor: bigint): WalletEvent => ({
  ...refunded,
  entry: { ...refunded.entry, amount: eur(minor), refunds },
});

const spend = (fields: object): WalletCommand => ({ type: 'AddExpense', amount: '10', ...fields });
const correct = (id: string, fields: object): WalletCommand => ({ type: 'CorrectEntry', entryId: id, ...fields });
const refund = (fields: object): WalletCommand => ({ type: 'AddRefund', amount: '5', ...fields });
const cheese = { category: 'Food', amount: '6', note: 'Cheese' };
const home = { category: 'Home', amount: '4' };

export const walletDecisions: readonly Decided[] = [
  ['a wallet is in UTC unless told', [], { type: 'OpenWallet', name: ' Household ', currency: 'EUR' }],
  ['a wallet opens on the day of its zone', [], { type: 'OpenWallet', name: 'A', currency: 'JPY', zone: 'Etc/GMT+12' }],
  ['a wallet gets another name', [opened], { type: 'RenameWallet', name: 'Home' }],
  ['a wallet is closed', [opened], { type: 'CloseWallet' }],
  ['a closed wallet is opened again', [opened, { type: 'WalletClosed' }], { type: 'ReopenWallet' }],
];

export const additionDecisions: readonly Decided[] = [
  ['income may have no category', [opened], { type: 'AddIncome', amount: '2500' }],
  ['income with a blank category has none', [opened], { type: 'AddIncome', amount: '2500', category: ' ' }],
  ['income has a category when it is named', [opened], { type: 'AddIncome', amount: '1', category: 'Income: Gift' }],
  ['an expense is on today unless told', [opened], spend({ category: 'Food' })],
  ['today is that of the zone', [{ ...opened, zone: 'Etc/GMT+12' }], spend({ category: 'Food' })],
  [
    'an expense says all that it was told',
    [opened],
    spend({ category: 'Food', occurredOn: '2026-09-30', payee: ' The  baker', tags: ['work', '#a'], note: ' Rolls ' }),
  ],
  ['blank texts are none', [opened], spend({ category: 'Food', payee: ' ', tags: [], note: ' ' })],
  ['parts may have amounts', [opened], spend({ parts: [cheese, home] })],
  [
    'parts may have shares',
    [opened],
    spend({
      parts: [
        { category: 'A', share: 2 },
        { category: 'B', share: 1 },
      ],
    }),
  ],
  [
    'a share may be a million',
    [opened],
    spend({
      amount: '20000',
      parts: [
        { category: 'A', share: 1_000_000 },
        { category: 'B', share: 1 },
      ],
    }),
  ],
  ['a payee brings the category it had last', [opened, payee], spend({ payee: 'baker' })],
  ['a category that is named stays', [opened, payee], spend({ payee: 'Baker', category: 'Home' })],
  ['parts that are named stay', [opened, payee], spend({ payee: 'Baker', parts: [cheese, home] })],
  ['income of a known payee has its category', [opened, payee], { type: 'AddIncome', amount: '1', payee: 'Baker' }],
];

export const correctionDecisions: readonly Decided[] = [
  ['what is not named stays, with all that it is tied to', [opened, full], correct('full', { note: 'Other' })],
  ['null takes away', [opened, full], correct('full', { payee: null, note: null, tags: [] })],
  ['a category takes the place of parts', [opened, full], correct('full', { category: 'Food' })],
  ['parts take the place of a category', [opened, bought], correct(entryId, { amount: '10', parts: [cheese, home] })],
  ['parts and no category', [opened, bought], correct(entryId, { amount: '10', category: null, parts: [cheese, home] })],
  ['no parts and a category', [opened, full], correct('full', { parts: null, category: 'Food' })],
  ['another amount', [opened, bought], correct(entryId, { amount: '12.51' })],
  ['another day', [opened, bought], correct(entryId, { occurredOn: '2026-10-15' })],
  ['another category', [opened, bought], correct(entryId, { category: 'Home' })],
  ['another payee', [opened, full], correct('full', { payee: 'Bakery' })],
  ['other tags', [opened, full], correct('full', { tags: ['berlin'] })],
  ['another kind', [opened, bought], correct(entryId, { kind: 'income' })],
  ['the kind it has, and another note', [opened, bought], correct(entryId, { kind: 'expense', note: 'A' })],
  ['income becomes an expense', [opened, salary], correct('salary', { kind: 'expense' })],
  ['income loses its category', [opened, salary], correct('salary', { category: null })],
  ['a part has another category', [opened, full], correct('full', { parts: [{ ...cheese, category: 'Milk' }, home] })],
  [
    'parts have other amounts',
    [opened, full],
    correct('full', {
      parts: [
        { ...cheese, amount: '5' },
        { ...home, amount: '5' },
      ],
    }),
  ],
  ['a part has another note', [opened, full], correct('full', { parts: [{ ...cheese, note: 'Milk' }, home] })],
  ['a part loses its note', [opened, full], correct('full', { parts: [{ category: 'Food', amount: '6' }, home] })],
  ['one part more', [opened, full], correct('full', { parts: [cheese, { ...home, amount: '3' }, { ...home, amount: '1' }] })],
  ['the same parts, and another note', [opened, full], correct('full', { parts: [cheese, home], note: 'A' })],
  ['a sent transfer gets a note and a day', [opened, sent], correct('sent', { note: 'Rent', occurredOn: '2026-10-22' })],
  ['a received transfer gets a note', [opened, received], correct('received', { note: 'Rent', tags: ['flat'], payee: 'Me' })],
  ['an expense shrinks to what came back of it', [opened, bought, refunded], correct(entryId, { amount: '4' })],
  ['an expense of which money came back stays one', [opened, bought, refunded], correct(entryId, { kind: 'expense', note: 'A' })],
  ['a refund grows to what is left', [opened, bought, refunded], correct('refund', { amount: '12.50' })],
  ['a refund stays one', [opened, bought, refunded], correct('refund', { note: 'Late' })],
  [
    'of several corrections those that change nothing are left out, and the last of an entry counts',
    [opened, bought, salary],
    {
      type: 'CorrectEntries',
      changes: [
        { entryId, category: 'Home' },
        { entryId: 'salary', category: 'Income:Salary' },
        { entryId, category: 'Food', payee: 'Baker', tags: ['work'], note: 'A' },
      ],
    },
  ],
  [
    'several corrections take away what is null, also of a refund',
    [opened, bought, refunded, { ...full, entryId: 'other' }],
    {
      type: 'CorrectEntries',
      changes: [
        { entryId: 'other', payee: null, note: null },
        { entryId: 'refund', category: 'Home' },
      ],
    },
  ],
];

export const voidDecisions: readonly Decided[] = [
  ['a void keeps the entry', [opened, full], { type: 'VoidEntry', entryId: 'full' }],
  ['a void has a reason', [opened, bought], { type: 'VoidEntry', entryId, reason: ' Twice ' }],
  ['a blank reason is none', [opened, bought], { type: 'VoidEntry', entryId, reason: ' ' }],
  ['a refund is voided', [opened, bought, refunded], { type: 'VoidEntry', entryId: 'refund' }],
  ['an entry is restored', [opened, full, voided(full)], { type: 'RestoreEntry', entryId: 'full' }],
  [
    'an entry that went with its file is restored against it',
    [opened, full, { type: 'EntryVoided', entryId: 'full', entry: full.entry, undoes: 'file' }],
    { type: 'RestoreEntry', entryId: 'full' },
  ],
  ['a refund is restored', [opened, bought, refunded, voided(refunded)], { type: 'RestoreEntry', entryId: 'refund' }],
];

export const refundDecisions: readonly Decided[] = [
  ['a refund of no expense says its own', [opened], refund({ category: 'Food', payee: 'Baker', note: 'A' })],
  ['a refund has the category of its expense', [opened, bought], refund({ refunds: entryId })],
  ['a refund has the payee of its expense', [opened, payee], refund({ refunds: 'payee' })],
  ['a refund has its own when it is named', [opened, payee], refund({ refunds: 'payee', category: 'Home', payee: 'Shop' })],
  ['a refund has the parts of its expense', [opened, full], refund({ refunds: 'full' })],
  ['a refund of parts has its own category', [opened, full], refund({ refunds: 'full', category: 'Home' })],
  ['a refund has its own parts', [opened, bought], refund({ refunds: entryId, amount: '10', parts: [cheese, home] })],
  ['a cent of parts goes to the largest', [opened, full], refund({ refunds: 'full', amount: '0.01' })],
  [
    'a refund takes what the last one left of the parts',
    [opened, full, { ...refunded, entry: { ...refunded.entry, amount: eur(999n), refunds: 'full' } }],
    refund({ refunds: 'full', amount: '0.01' }),
  ],
  [
    'a refund is shared by what is left of each part',
    [opened, full, back('full', 1n)],
    refund({ refunds: 'full', amount: '0.03' }),
  ],
  [
    'what came back to another category leaves the parts as they were',
    [opened, coins, back('coins', 3n)],
    refund({ refunds: 'coins', amount: '0.01' }),
  ],
  ['all comes back', [opened, bought], refund({ refunds: entryId, amount: '12.50' })],
  ['all that is left comes back', [opened, bought, refunded], refund({ refunds: entryId, amount: '8.50' })],
];
