import type { EntryDetails, Wallet } from '@kakeibo/core';
import { expect, test } from 'vitest';
import { workedMs } from '../worked.ts';
import { codeOf, done, openBooks, storeKinds } from './books.ts';
import { bring, openWallet, row } from './import-steps.ts';

// Each of these went wrong once.

test('an import that is undone keeps an expense that money came back of, until its refund is void', async () => {
  const wallet = await openWallet();
  const { importId } = await bring(wallet, row({ amount: '20' }), row({ amount: '7' }));
  const [entry] = (await wallet.entries({}, { limit: 10 })).items.filter(({ amount }) => amount === '20.00');
  const { entryId: refund } = done(await wallet.addRefund({ amount: '5', refunds: entry?.id ?? '' }));
  expect(done(await wallet.undoImport(importId))).toMatchObject({ voided: 1 });
  expect((await wallet.summary())?.balance).toBe('-15.00');
  expect(codeOf(await wallet.voidEntry(refund))).toBe('ok');
  expect(done(await wallet.undoImport(importId))).toMatchObject({ voided: 1 });
  expect((await wallet.summary())?.balance).toBe('0.00');
});

test('an import that is undone does not make an expense smaller than what came back of it since', async () => {
  const wallet = await openWallet();
  await bring(wallet, row({ amount: '10', bankId: 'b1' }));
  const { importId } = await bring(wallet, row({ amount: '20', bankId: 'b1' }));
  const [entry] = (await wallet.entries({}, { limit: 10 })).items;
  done(await wallet.addRefund({ amount: '15', refunds: entry?.id ?? '' }));
  expect(done(await wallet.undoImport(importId))).toMatchObject({ reverted: 0 });
  expect((await wallet.entry(entry?.id ?? ''))?.amount).toBe('20.00');
});

test('a refund is not restored when what it refunds has become an income or a transfer since', async () => {
  const books = await openBooks();
  const [wallet, other] = [await books.open('EUR'), await books.open('EUR')];
  const { entryId } = done(await wallet.addExpense({ amount: '10', category: 'Food' }));
  const { entryId: refund } = done(await wallet.addRefund({ amount: '4', refunds: entryId }));
  done(await wallet.voidEntry(refund));
  done(await wallet.correctEntry(entryId, { kind: 'income' }));
  expect(codeOf(await wallet.restoreEntry(refund))).toBe('kind-invalid');
  done(await wallet.undoLast());
  const { entryId: income } = done(await other.addIncome({ amount: '10' }));
  const joining = { from: { walletId: wallet.id, entryId }, to: { walletId: other.id, entryId: income } };
  done(await books.ledger.joinTransfer(joining));
  expect(codeOf(await wallet.restoreEntry(refund))).toBe('kind-invalid');
  const { items } = await wallet.changes({ limit: 10 });
  const voiding = items.find(({ what }) => what.type === 'EntryVoided')?.version ?? 0;
  expect(codeOf(await wallet.undo(voiding))).toBe('kind-invalid');
  expect((await wallet.summary())?.balance).toBe('-10.00');
});

test('a file of thousands of shops that nobody knew comes in nearly as fast as one of a single shop', async () => {
  const timed = async (payee: (index: number) => string): Promise<number> => {
    const wallet = await openWallet();
    const start = workedMs();
    await bring(
      wallet,
      ...Array.from({ length: 3_000 }, (_, index) =>
        row({ payee: payee(index), occurredOn: `2026-${10 + (index % 2)}-${10 + (index % 20)}` }),
      ),
    );
    return workedMs() - start;
  };
  await timed(() => 'Shop');
  const one = await timed(() => 'Shop');
  expect(await timed((index) => `Shop ${index}`)).toBeLessThan(6 * one + 500);
});

/** What a caller without types may hand over. */
const odd: readonly unknown[] = [null, 5, Number.NaN, true, [], ['a'], {}, 10n, Symbol('odd'), () => 1, new Date(0)];

test('a field that there is not is refused by its name, wherever it stands, and a list that is none is refused', async () => {
  const books = await openBooks('memory');
  const wallet = await books.open('EUR');
  const expense = { amount: '1', category: 'Food' };
  const parts = [
    { category: 'A', share: 1 },
    { category: 'B', share: 1, amout: '2' },
  ];
  const refusals = [
    [await wallet.addExpense({ ...expense, amout: '2' } as EntryDetails), 'amout'],
    [await wallet.addExpense({ amount: '1', parts } as EntryDetails), 'parts[1].amout'],
    [await wallet.setLimit('food', { period: 'month', amount: '1', treshold: 5 } as never), 'treshold'],
    [await wallet.correctEntry('e', { '__proto__ ': 1 } as never), '__proto__ '],
    [
      await wallet.importEntries({ name: 'a', rows: [row({ payee: 'x' }), { ...row(), bankID: '1' } as never] }),
      'rows[1].bankID',
    ],
    [await books.ledger.openWallet({ name: 'A', currency: 'EUR', ['x'.repeat(500)]: 1 } as never), 'x'.repeat(60)],
  ] as const;
  for (const [outcome, field] of refusals) {
    expect(outcome).toMatchObject({ rejection: { code: 'command-malformed', field, message: `There is no field “${field}”.` } });
  }
  expect(codeOf(await wallet.addExpense({ ...expense, note: undefined, amout: undefined } as never))).toBe('ok');
  for (const lines of [7, null, {}, 'EUR', [7], [{ line: 1 }]]) {
    expect(await books.ledger.setRates(lines as never)).toMatchObject({ code: 'command-malformed' });
  }
  const line = { line: 1, on: '2026-01-01', base: 'EUR', quote: 'USD', rate: '1.1' };
  expect(await books.ledger.setRates([{ ...line, rte: '1' }] as never)).toMatchObject({ field: 'lines[0].rte' });
  await books.close();
});

test.each(storeKinds)(
  'what is of the wrong type is refused by its field and takes no other command with it (%s)',
  async (kind) => {
    const books = await openBooks(kind);
    const wallet = await books.open('EUR');
    const asked: readonly ((value: never, wallet: Wallet) => ReturnType<Wallet['addExpense'] | Wallet['setLimit']>)[] = [
      (value) => wallet.addExpense({ amount: value, category: 'Food' }),
      (value) => wallet.addExpense({ amount: '1', category: value }),
      (value) => wallet.addExpense({ amount: '1', category: 'Food', payee: value }),
      (value) => wallet.addExpense({ amount: '1', category: 'Food', tags: [value] }),
      (value) => wallet.addExpense({ amount: '1', parts: [value, value] }),
      (value) => wallet.correctEntry(value, { amount: '1' }),
      (value) => wallet.setLimit(value, { period: 'month', amount: '1' }),
      (value) => wallet.setLimit('food', { period: 'month', amount: '1', thresholds: value }),
    ];
    for (const value of odd) {
      for (const [index, ask] of asked.entries()) {
        if (index === 7 && Array.isArray(value)) continue;
        const [refused, good] = await Promise.all([
          ask(value as never, wallet),
          wallet.addExpense({ amount: '1', category: 'Food' } satisfies EntryDetails),
        ]);
        expect([index, String(value as string), codeOf(refused)]).toEqual([index, String(value as string), 'command-malformed']);
        expect(codeOf(good)).toBe('ok');
      }
    }
    await books.close();
  },
);

test('what a file says of its rows is bounded before any of it is stored', async () => {
  const wallet = await openWallet();
  const many = Array.from({ length: 600 }, (_, index) => row({ fingerprint: `row ${index}` }));
  for (const long of [row({ bankId: 'b'.repeat(20_000) }), row({ fingerprint: 'f'.repeat(20_000) })]) {
    expect(codeOf(await wallet.importEntries({ name: 'bank.ofx', rows: [...many, long] }))).toBe('command-malformed');
  }
  expect(codeOf(await wallet.importEntries({ name: 'n'.repeat(20_000), rows: many }))).toBe('command-malformed');
  expect((await wallet.summary())?.version).toBe(1);
});

test('what a bank tells anew of a large split comes in, without the words that there is no room for', async () => {
  const wallet = await openWallet();
  const said = { bankId: 'b1', category: 'Food' };
  await bring(wallet, row({ ...said, amount: '30' }));
  const [entry] = (await wallet.entries({}, { limit: 10 })).items;
  const path = Array.from({ length: 7 }, () => '𒀱'.repeat(14)).join(':');
  const parts = Array.from({ length: 16 }, (_, index) => ({ category: `${path}:${index}`, share: 1 }));
  done(await wallet.correctEntry(entry?.id ?? '', { parts }));
  const told = row({ ...said, fingerprint: 'told anew', amount: '40', payee: '𒀱'.repeat(100), note: '𒀱'.repeat(500) });
  expect(await bring(wallet, told)).toMatchObject({ corrected: 1 });
  expect(await wallet.entry(entry?.id ?? '')).toMatchObject({ amount: '40.00', payee: 'Cafe', note: null });
  expect(await bring(wallet, told)).toMatchObject({ corrected: 0, duplicates: 1 });
});
