import { expect, test } from 'vitest';
import { codeOf, done, openBooks } from './books.ts';
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
    const start = performance.now();
    await bring(
      wallet,
      ...Array.from({ length: 3_000 }, (_, index) =>
        row({ payee: payee(index), occurredOn: `2026-${10 + (index % 2)}-${10 + (index % 20)}` }),
      ),
    );
    return performance.now() - start;
  };
  await timed(() => 'Shop');
  const one = await timed(() => 'Shop');
  expect(await timed((index) => `Shop ${index}`)).toBeLessThan(6 * one + 500);
});
