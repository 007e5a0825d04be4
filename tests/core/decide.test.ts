import { REJECTION_CODES, type WalletCommand, type WalletEvent, type RejectionCode } from '@kakeibo/core';
import { givenEvents } from '@kakeibo/core/testing';
import { describe, expect, test } from 'vitest';
import { samples } from './sample-events.ts';

const opened = samples.WalletOpened;
const groceries = samples.ExpenseAdded;
const salary = samples.IncomeAdded;
const foodLimit = samples.LimitSet;
const yen: WalletEvent = { ...opened, currency: 'JPY' as typeof opened.currency };

/** What the sample events' amounts look like, changed. */
const eur = (minor: bigint) => ({ minor, currency: opened.currency });

describe('a command is refused', () => {
  const expense = (fields: object): WalletCommand => ({ type: 'AddExpense', amount: '1', category: 'Food', ...fields });
  const rows: readonly (readonly [RejectionCode, readonly WalletEvent[], WalletCommand])[] = [
    ['wallet-unknown', [], expense({})],
    ['wallet-closed', [opened, { type: 'WalletClosed' }], expense({ amount: 'NaN' })],
    ['wallet-closed', [opened, { type: 'WalletClosed' }], { type: 'CloseWallet' }],
    ['wallet-not-closed', [opened], { type: 'ReopenWallet' }],
    ['name-invalid', [], { type: 'OpenWallet', name: '  ', currency: 'EUR' }],
    ['name-invalid', [opened], { type: 'RenameWallet', name: 'x'.repeat(101) }],
    ['nothing-to-change', [opened], { type: 'RenameWallet', name: opened.name }],
    ['currency-unknown', [], { type: 'OpenWallet', name: 'A', currency: 'DEM' }],
    ['zone-unknown', [], { type: 'OpenWallet', name: 'A', currency: 'EUR', zone: 'Mars/Phobos' }],
    ['amount-malformed', [opened], expense({ amount: '1e3' })],
    ['amount-malformed', [opened], expense({ amount: 'NaN' })],
    ['amount-too-precise', [opened], expense({ amount: '12.345' })],
    ['amount-too-precise', [yen], expense({ amount: '12.5' })],
    ['amount-too-large', [opened], expense({ amount: `1${'0'.repeat(40)}` })],
    ['amount-not-positive', [opened], expense({ amount: '0' })],
    ['amount-not-positive', [opened], expense({ amount: '-5' })],
    ['category-missing', [opened], expense({ category: ' ' })],
    ['category-invalid', [opened], expense({ category: 'Food::Cafe' })],
    ['category-invalid', [opened], expense({ category: 'Fo\u0000od' })],
    ['category-invalid', [opened], expense({ category: '__proto__' })],
    ['category-too-long', [opened], expense({ category: 'x'.repeat(10_000) })],
    ['category-too-long', [opened], expense({ category: 'x'.repeat(61) })],
    ['category-too-deep', [opened], expense({ category: 'a:b:c:d:e:f:g:h:i:j' })],
    ['note-invalid', [opened], expense({ note: 'a\u0007b' })],
    ['note-invalid', [opened], expense({ note: '\ud800' })],
    ['note-too-long', [opened], expense({ note: 'x'.repeat(501) })],
    ['date-invalid', [opened], expense({ occurredOn: '2026-02-30' })],
    ['date-out-of-range', [opened], expense({ occurredOn: '0000-01-01' })],
    ['date-out-of-range', [opened], expense({ occurredOn: '10000-01-01' })],
    ['entry-unknown', [opened], { type: 'VoidEntry', entryId: 'nobody' }],
    ['entry-unknown', [opened], { type: 'CorrectEntry', entryId: '__proto__', amount: '1' }],
    ['entry-void', [opened, groceries, samples.EntryVoided], { type: 'VoidEntry', entryId: groceries.entryId }],
    ['entry-void', [opened, groceries, samples.EntryVoided], { type: 'CorrectEntry', entryId: groceries.entryId, amount: '1' }],
    ['entry-not-void', [opened, groceries], { type: 'RestoreEntry', entryId: groceries.entryId }],
    ['nothing-to-change', [opened, groceries], { type: 'CorrectEntry', entryId: groceries.entryId, amount: '12.50' }],
    ['limit-unknown', [opened], { type: 'RemoveLimit', limitId: 'food' }],
    ['limit-id-invalid', [opened], { type: 'SetLimit', limitId: 'a b', period: 'month', amount: '1' }],
    ['period-invalid', [opened], { type: 'SetLimit', limitId: 'a', period: 'fortnight', amount: '1' }],
    ['thresholds-invalid', [opened], { type: 'SetLimit', limitId: 'a', period: 'month', amount: '1', thresholds: [100, 80] }],
    ['thresholds-invalid', [opened], { type: 'SetLimit', limitId: 'a', period: 'month', amount: '1', thresholds: [] }],
    ['mode-invalid', [opened], { type: 'SetLimit', limitId: 'a', period: 'month', amount: '1', mode: 'shout' }],
    ['amount-not-positive', [opened], { type: 'SetLimit', limitId: 'a', period: 'month', amount: '-1' }],
    ['import-unknown', [opened], { type: 'UndoImport', importId: 'nobody', page: 0 }],
    [
      'limit-exceeded',
      [opened, { ...foodLimit, terms: { ...foodLimit.terms, mode: 'block' } }],
      expense({ amount: '100.01', category: 'Food:Cafe', occurredOn: '2026-10-14' }),
    ],
    [
      'too-many-limits',
      [opened, ...Array.from({ length: 100 }, (_, index): WalletEvent => ({ ...foodLimit, limitId: `l${index}` }))],
      { type: 'SetLimit', limitId: 'one-more', period: 'month', amount: '1' },
    ],
  ];
  test.each(rows)('%s', (code, history, command) =>
    givenEvents(...history)
      .when(command)
      .thenRejected(code),
  );

  test('with the first code in order when several apply', () => {
    const worst = { amount: '0', category: '::', note: '\u0000', occurredOn: 'never' };
    givenEvents(opened).when(expense(worst)).thenRejected('amount-not-positive');
    givenEvents(opened)
      .when(expense({ ...worst, amount: '1' }))
      .thenRejected('category-invalid');
    givenEvents(opened)
      .when(expense({ ...worst, amount: '1', category: 'A' }))
      .thenRejected('note-invalid');
    givenEvents(opened)
      .when(expense({ ...worst, amount: '1', category: 'A', note: '' }))
      .thenRejected('date-invalid');
    const order = ['amount-not-positive', 'category-invalid', 'note-invalid', 'date-invalid'].map((code) =>
      REJECTION_CODES.indexOf(code as RejectionCode),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });
});

describe('a limit', () => {
  const spend = (amount: string, occurredOn = '2026-10-14'): WalletCommand => ({
    type: 'AddExpense',
    amount,
    category: 'Food:Cafe',
    occurredOn,
  });
  const told = (history: readonly WalletEvent[], command: WalletCommand): readonly string[] => {
    const { decision } = givenEvents(...history).when(command);
    if (decision.kind === 'rejected') return [decision.rejection.code];
    return decision.events.flatMap((event) =>
      event.type === 'LimitReached' || event.type === 'LimitCleared' ? [`${event.type} ${event.threshold} ${event.from}`] : [],
    );
  };
  const spent = (minor: bigint): WalletEvent => ({
    ...groceries,
    entryId: 'before',
    entry: { ...groceries.entry, amount: eur(minor) },
  });

  test('is silent below the first threshold', () => expect(told([opened, foodLimit], spend('79.99'))).toEqual([]));
  test('tells at exactly 80 %', () => expect(told([opened, foodLimit], spend('80.00'))).toEqual(['LimitReached 80 2026-10-01']));
  test('tells both thresholds when one entry passes both', () =>
    expect(told([opened, foodLimit], spend('100.00'))).toEqual(['LimitReached 80 2026-10-01', 'LimitReached 100 2026-10-01']));
  test('tells of the month the entry belongs to', () =>
    expect(told([opened, foodLimit], spend('90', '2026-12-31'))).toEqual(['LimitReached 80 2026-12-01']));
  test('is silent about a month before it began', () => expect(told([opened, foodLimit], spend('90', '2026-09-30'))).toEqual([]));
  test('tells once while it stays over, and again after it was under (edge case 32)', () => {
    const reached = samples.LimitReached;
    expect(told([opened, foodLimit, spent(8_000n), reached], spend('5'))).toEqual([]);
    expect(told([opened, foodLimit, spent(8_000n), reached], { type: 'VoidEntry', entryId: 'before' })).toEqual([
      'LimitCleared 80 2026-10-01',
    ]);
  });
  test('of nothing is passed by any spending, and not by none (edge case 23)', () => {
    const nothing: WalletEvent = { ...foodLimit, terms: { ...foodLimit.terms, amount: eur(0n) } };
    expect(told([opened, nothing], spend('0.01'))).toEqual(['LimitReached 80 2026-10-01', 'LimitReached 100 2026-10-01']);
    expect(told([opened], { type: 'SetLimit', limitId: 'food', period: 'month', amount: '0' })).toEqual([]);
  });
  test('that is set below what was spent tells at once', () =>
    expect(
      told([opened, spent(9_000n)], { type: 'SetLimit', limitId: 'food', period: 'month', amount: '100', scope: 'Food' }),
    ).toEqual(['LimitReached 80 2026-10-01']));
  test('that blocks lets exactly the limit through, and not one cent more (edge case 18)', () => {
    const block: WalletEvent = { ...foodLimit, terms: { ...foodLimit.terms, mode: 'block' } };
    expect(told([opened, block], spend('100.00'))).toHaveLength(2);
    expect(told([opened, block], spend('100.01'))).toEqual(['limit-exceeded']);
  });
  test('does not count income, other categories, or those that only look alike', () => {
    expect(told([opened, foodLimit], { type: 'AddIncome', amount: '500', category: 'Food' })).toEqual([]);
    expect(told([opened, foodLimit], { type: 'AddExpense', amount: '500', category: 'Food-like' })).toEqual([]);
  });
  test('counts a correction that moves an entry from one month to another in both (edge case 29)', () => {
    const { decision } = givenEvents(opened, foodLimit, spent(8_000n), samples.LimitReached).when({
      type: 'CorrectEntry',
      entryId: 'before',
      occurredOn: '2026-11-02',
    });
    expect(decision.kind === 'accepted' && decision.events.map(({ type }) => type)).toEqual([
      'EntryCorrected',
      'LimitCleared',
      'LimitReached',
    ]);
  });
});

test('the sums of the samples hold', () => expect(salary.entry.amount.minor).toBe(250_000n));
