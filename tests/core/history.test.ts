import { createLedger, createMemoryEventStore, type ImportedRow, type Outcome, type RejectionCode } from '@kakeibo/core';
import { expect, test } from 'vitest';
import { figuresOf, openWallet } from './undo-walk.ts';

function done<Result>(outcome: Outcome<Result>): Result {
  if (!('result' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

const refused = (code: RejectionCode, detail?: object) => ({
  kind: 'rejected',
  rejection: { code, ...(detail === undefined ? {} : { detail }) },
});
const rows = (count: number): readonly ImportedRow[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'expense',
    amount: '1',
    category: 'Food',
    occurredOn: `2026-0${1 + (index % 9)}-1${index % 10}`,
    fingerprint: `row ${index}`,
  }));

test('a file is taken back as a whole, from any of its pages, and comes back as a whole', async () => {
  const wallet = await openWallet();
  done(await wallet.addIncome({ amount: '9', category: 'Salary' }));
  done(await wallet.importEntries({ name: 'a.csv', rows: rows(1_100) }));
  const before = await figuresOf(wallet);
  expect(done(await wallet.undo(700, { commandId: 'back' }))).toMatchObject({ entries: 1_100 });
  expect(await wallet.summary()).toMatchObject({ balance: '9.00', entries: 1 });
  expect((await wallet.changes({ limit: 8 })).items.filter(({ what }) => what.type === 'EntriesImported')).toMatchObject([
    { undone: true, undoable: { code: 'change-undone' } },
    { undone: true },
    { undone: true },
  ]);
  expect(done(await wallet.redoLast({ commandId: 'again' }))).toMatchObject({ entries: 1_100 });
  expect(await wallet.redoLast({ commandId: 'again' })).toMatchObject({ kind: 'repeated', result: { entries: 1_100 } });
  expect(await figuresOf(wallet)).toBe(before);
  expect(done(await wallet.importEntries({ name: 'a.csv', rows: rows(1_100) }))).toMatchObject({ added: 0 });
  // It is further back by now than the last thing done is looked for.
  expect(await wallet.undoLast()).toMatchObject(refused('change-unknown'));
  expect(done(await wallet.undo(3))).toMatchObject({ entries: 1_100 });
});

test('an undoing that is sent again means the same change', async () => {
  const wallet = await openWallet();
  done(await wallet.addExpense({ amount: '1', category: 'Food' }));
  done(await wallet.addExpense({ amount: '2', category: 'Food' }));
  const first = await wallet.undoLast({ commandId: 'once' });
  expect(await wallet.undoLast({ commandId: 'once' })).toEqual({ ...first, kind: 'repeated' });
  expect(await wallet.summary()).toMatchObject({ balance: '-1.00' });
  expect(await wallet.addExpense({ amount: '3', category: 'Food' }, { commandId: 'once' })).toMatchObject(
    refused('command-id-reused'),
  );
});

test('a bulk change is one change: of a thousand entries, undone by one undoing', async () => {
  const wallet = await openWallet();
  done(await wallet.importEntries({ name: 'a.csv', rows: rows(1_001) }));
  const food = { filter: { category: 'Food' }, change: { category: 'Home' } };
  expect(await wallet.recategorise(food)).toMatchObject(refused('too-many-entries', { entries: 1_001 }));
  const { entryIds } = done(await wallet.recategorise({ ...food, dryRun: true }));
  expect(entryIds).toHaveLength(1_001);
  done(await wallet.voidEntry(entryIds[0] ?? ''));
  done(
    await wallet.addExpense({
      amount: '4',
      parts: [
        { category: 'Food', share: 1 },
        { category: 'Fun', share: 1 },
      ],
    }),
  );
  const before = await figuresOf(wallet);
  const changedOnce = await wallet.recategorise(food, { commandId: 'bulk' });
  expect(changedOnce).toMatchObject({ kind: 'recorded', result: { untouched: 1 } });
  expect(await wallet.recategorise(food, { commandId: 'bulk' })).toEqual({ ...changedOnce, kind: 'repeated' });
  expect((await wallet.changes({ limit: 1 })).items).toMatchObject([
    { what: { type: 'EntryCorrected', entries: 1_000 }, undoable: true },
  ]);
  expect(done(await wallet.undoLast())).toMatchObject({ entries: 1_000 });
  expect(await figuresOf(wallet)).toBe(before);
});

test('the history tells every command once, newest first, page by page', async () => {
  const wallet = await openWallet();
  done(await wallet.setLimit('food', { scope: 'Food', period: 'month', amount: '10' }));
  done(await wallet.addExpense({ amount: '9', category: 'Food', payee: 'Baker' }, { actor: 'ann', commandId: 'bread' }));
  done(await wallet.undoLast());
  const all = await wallet.changes({ limit: 100 });
  expect(all.items.map(({ version, to, what }) => [version, to, what.type])).toEqual([
    [5, 7, 'ChangeUndone'],
    [3, 4, 'ExpenseAdded'],
    [2, 2, 'LimitSet'],
    [1, 1, 'WalletOpened'],
  ]);
  expect(all.items[1]).toMatchObject({
    commandId: 'bread',
    actor: 'ann',
    undone: true,
    what: { entries: 1, entry: { amount: '9.00', payee: 'Baker' } },
  });
  expect(all.items[2]).toMatchObject({ what: { type: 'LimitSet', name: 'Food', amount: '10.00' } });
  expect(all).toMatchObject({ next: null, version: 7 });
  const paged = [];
  for (let below: number | null = 8; below !== null;) {
    const page = await wallet.changes({ below, limit: 1 });
    paged.push(...page.items);
    below = page.next;
  }
  expect(paged).toEqual(all.items);
});

test('a transfer is not undone but taken back, and what is said of it beside can be undone', async () => {
  let ids = 0;
  const clock = { now: () => Date.UTC(2026, 10, 23, 9) };
  const ledger = createLedger({ store: createMemoryEventStore({ clock }), clock, ids: { next: () => `pair-${(ids += 1)}` } });
  const open = async (name: string) => ledger.wallet(done(await ledger.openWallet({ name, currency: 'EUR' })).walletId);
  const [from, to] = [await open('Purse'), await open('Bank')];
  const { entryId } = done(await from.sendTransfer({ to: to.id, amount: '5' }));
  expect(await from.undoLast()).toMatchObject({
    rejection: { code: 'change-final', message: expect.stringContaining('Take the transfer back') },
  });
  done(await from.correctEntry(entryId, { note: 'Rent' }));
  expect(done(await from.undoLast())).toMatchObject({ entries: 1 });
  expect(await from.entry(entryId)).toMatchObject({ note: null, void: false });
});
