import type { WalletCommand, WalletEvent } from '@kakeibo/core';
import { samples } from './sample-events.ts';

/** What happened before, and the command that is refused after it. */
export type Refused = readonly [readonly WalletEvent[], WalletCommand];

const opened = samples.WalletOpened;
const bought = samples.ExpenseAdded;
const yen: WalletEvent = { ...opened, currency: 'JPY' as typeof opened.currency };
const salary: WalletEvent = { ...samples.IncomeAdded, entryId: 'salary' };
const sent: WalletEvent = { ...samples.TransferSent, entryId: 'sent' };
const received: WalletEvent = { ...samples.TransferReceived, entryId: 'received' };
const eur = (minor: bigint) => ({ minor, currency: opened.currency });

const { entryId } = bought;
/** Four euros came back of the twelve fifty. */
const refunded: Extract<WalletEvent, { type: 'ExpenseRefunded' }> = {
  type: 'ExpenseRefunded',
  entryId: 'refund',
  entry: { kind: 'refund', amount: eur(400n), occurredOn: bought.entry.occurredOn, category: 'Food', refunds: entryId },
};
const split: WalletEvent = {
  type: 'ExpenseAdded',
  entryId: 'split',
  entry: {
    kind: 'expense',
    amount: eur(1_000n),
    occurredOn: bought.entry.occurredOn,
    parts: [
      { category: 'Food', amount: eur(600n) },
      { category: 'Home', amount: eur(400n) },
    ],
  },
};

const expense = (fields: object): WalletCommand => ({ type: 'AddExpense', amount: '1', category: 'Food', ...fields });
const parts = (...details: readonly object[]): WalletCommand =>
  ({ type: 'AddExpense', amount: '10', parts: details }) as unknown as WalletCommand;
const correct = (fields: object): WalletCommand => ({ type: 'CorrectEntry', entryId, ...fields });
const refund = (fields: object): WalletCommand => ({ type: 'AddRefund', amount: '1', refunds: entryId, ...fields });
const food = { category: 'Food' };

export const walletRefusals: readonly Refused[] = [
  [[], expense({})],
  [[opened, { type: 'WalletClosed' }], expense({})],
  [[opened], { type: 'OpenWallet', name: 'A', currency: 'EUR' }],
  [[opened, { type: 'WalletClosed' }], { type: 'OpenWallet', name: 'A', currency: 'EUR' }],
  [[opened], { type: 'ReopenWallet' }],
  [[], { type: 'OpenWallet', name: ' ', currency: 'EUR' }],
  [[], { type: 'OpenWallet', name: 'A', currency: 'eur' }],
  [[], { type: 'OpenWallet', name: 'A', currency: 'EUR', zone: 'Mars/Phobos' }],
  [[opened], { type: 'RenameWallet', name: 'x'.repeat(101) }],
  [[opened], { type: 'RenameWallet', name: opened.name }],
];

export const entryRefusals: readonly Refused[] = [
  [[opened], { type: 'AddExpense', category: 'Food' } as unknown as WalletCommand],
  [[opened], expense({ amount: '1e3' })],
  [[opened], expense({ amount: 12 })],
  [[opened], expense({ amount: '12.345' })],
  [[yen], expense({ amount: '12.5' })],
  [[opened], expense({ amount: `1${'0'.repeat(40)}` })],
  [[opened], expense({ amount: '0' })],
  [[opened], expense({ category: ' ' })],
  [[opened], expense({ category: undefined })],
  [[opened], expense({ category: undefined, payee: 'Nobody' })],
  [[opened], expense({ category: 'Food::Cafe' })],
  [[opened], expense({ category: 'x'.repeat(61) })],
  [[opened], expense({ category: 'x'.repeat(5_000) })],
  [[opened], expense({ category: 'a:b:c:d:e:f:g:h:i' })],
  [[opened], expense({ payee: 'a\u0007b' })],
  [[opened], expense({ payee: 'x'.repeat(101) })],
  [[opened], expense({ tags: ['two words'] })],
  [[opened], expense({ note: 'a\u0007b' })],
  [[opened], expense({ note: 'x'.repeat(501) })],
  [[opened], expense({ occurredOn: '2026-02-30' })],
  [[opened], expense({ occurredOn: '0000-01-01' })],
  [[opened], parts(food)],
  [[opened], parts(...Array.from({ length: 51 }, () => ({ ...food, share: 1 })))],
  [[opened], expense({ parts: [food, food] })],
  [[opened], parts({ ...food, amount: '4' }, { ...food, amount: '5' })],
  [[opened], parts({ ...food, amount: '4' }, { ...food, amount: '6', share: 1 })],
  [[opened], parts({ ...food, amount: '4' }, { ...food, amount: 'six' })],
  [[opened], parts({ ...food, amount: '10' }, { ...food, amount: '0' })],
  [[opened], parts({ ...food, share: 1 }, { ...food, amount: '6' })],
  [[opened], parts({ ...food, share: 1 }, food)],
  [[opened], parts({ ...food, share: 1 }, { ...food, share: 1, amount: '5' })],
  [[opened], parts({ ...food, share: 1 }, { ...food, share: 0 })],
  [[opened], parts({ ...food, share: 1_000_001 }, { ...food, share: 1 })],
  [[opened], parts({ ...food, share: 1 }, { ...food, share: 1.5 })],
  [[opened], parts({ ...food, share: 1_000_000 }, { ...food, share: 1 })],
  [[opened], parts({ ...food, share: 1 }, { category: '', share: 1 })],
  [[opened], parts({ ...food, share: 1 }, { ...food, share: 1, note: 'a\u0007b' })],
  [[opened], parts(...Array.from({ length: 20 }, () => ({ ...food, share: 1, note: '語'.repeat(200) })))],
];

export const correctionRefusals: readonly Refused[] = [
  [[opened], correct({ amount: '1' })],
  [[opened, bought, samples.EntryVoided], correct({ amount: '1' })],
  [[opened, bought], correct({ amount: '12.50' })],
  [[opened, bought], correct({ kind: 'sent' })],
  [[opened, sent], correct({ entryId: 'sent', amount: '1' })],
  [[opened, sent], correct({ entryId: 'sent', kind: 'income' })],
  [[opened, sent], correct({ entryId: 'sent', category: 'Food' })],
  [[opened, sent], correct({ entryId: 'sent', parts: [food, food] })],
  [[opened, sent], correct({ entryId: 'sent', note: 'For the flat' })],
  [[opened, received], correct({ entryId: 'received', amount: '1' })],
  [[opened, bought, refunded], correct({ entryId: 'refund', kind: 'income' })],
  [[opened, bought, refunded], correct({ entryId: 'refund', kind: 'expense' })],
  [[opened, bought, refunded], correct({ kind: 'income' })],
  [[opened, bought, refunded], correct({ amount: '3.99' })],
  [[opened, bought, refunded], correct({ entryId: 'refund', amount: '12.51' })],
  [[opened, bought, refunded], correct({ amount: 'four' })],
  [[opened, split], correct({ entryId: 'split', amount: '11' })],
  [
    [opened, split],
    correct({
      entryId: 'split',
      parts: [
        { ...food, amount: '6' },
        { category: 'Home', amount: '4' },
      ],
    }),
  ],
  [[opened, split], correct({ entryId: 'split', parts: null })],
  [[opened, split], correct({ entryId: 'split', category: null })],
  [[opened, bought], correct({ category: null })],
  [[opened, bought], { type: 'CorrectEntries', changes: [] }],
  [[opened, bought], { type: 'CorrectEntries', changes: [{ entryId, category: 'Food:Groceries' }] }],
  [[opened, bought], { type: 'CorrectEntries', changes: [{ entryId, category: '::' }] }],
  [[opened, bought], { type: 'CorrectEntries', changes: [{ entryId, category: 'Home' }, { entryId: 'nobody' }] }],
  [[opened, bought], { type: 'CorrectEntries', changes: Array.from({ length: 1_000 }, () => ({ entryId })) }],
  [[opened], { type: 'CorrectEntries', changes: Array.from({ length: 1_001 }, () => ({ entryId })) }],
  [[opened], { type: 'VoidEntry', entryId }],
  [[opened, bought, samples.EntryVoided], { type: 'VoidEntry', entryId }],
  [[opened, bought], { type: 'VoidEntry', entryId, reason: 'x'.repeat(501) }],
  [[opened, bought, refunded], { type: 'VoidEntry', entryId }],
  [[opened, sent], { type: 'VoidEntry', entryId: 'sent' }],
  [[opened], { type: 'RestoreEntry', entryId }],
  [[opened, bought], { type: 'RestoreEntry', entryId }],
  [[opened, sent, { ...samples.TransferReturned, entryId: 'sent' }], { type: 'RestoreEntry', entryId: 'sent' }],
  [[opened, bought, refunded, voidedOf(refunded), samples.EntryVoided], { type: 'RestoreEntry', entryId: 'refund' }],
];

/** What was bought is said to be income since. */
const turned: WalletEvent = {
  type: 'EntryCorrected',
  entryId,
  addedIn: 2,
  before: bought.entry,
  after: { ...bought.entry, kind: 'income' },
};

export const refundRefusals: readonly Refused[] = [
  [[opened], refund({})],
  [[opened, bought, samples.EntryVoided], refund({})],
  [[opened, salary], refund({ refunds: 'salary' })],
  [[opened, bought], refund({ amount: '0' })],
  [[opened, split], refund({ refunds: 'split', amount: '1.001' })],
  [[opened, bought], refund({ amount: '12.51' })],
  [[opened, bought, refunded], refund({ amount: '8.51' })],
  [[opened, bought], refund({ category: '::' })],
  [[opened, bought], refund({ amount: '20', category: '::' })],
  [[opened, bought], refund({ note: 'a\u0007b' })],
  [[opened], refund({ refunds: undefined })],
  [[opened, bought, refunded, voidedOf(refunded), turned], { type: 'RestoreEntry', entryId: 'refund' }],
];

function voidedOf({ entryId: id, entry }: Extract<WalletEvent, { type: 'ExpenseRefunded' }>): WalletEvent {
  return { type: 'EntryVoided', entryId: id, entry };
}
