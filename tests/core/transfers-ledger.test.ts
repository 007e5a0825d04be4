import { createRunner, type Wallet } from '@kakeibo/core';
import { expect, test } from 'vitest';
import { balanceOf, codeOf, openBooks, resultOf, type Books } from './transfer-books.ts';

/** An expense in one wallet and an income in another that are one transfer. */
async function joinable({ open }: Books) {
  const [giro, savings] = [await open('Giro'), await open('Savings')];
  const left = resultOf(await giro.addExpense({ amount: '90', category: 'Unsorted', tags: ['bank'] }));
  const came = resultOf(await savings.addIncome({ amount: '90', category: 'Gift' }));
  const halves = { from: { walletId: giro.id, entryId: left.entryId }, to: { walletId: savings.id, entryId: came.entryId } };
  return { giro, savings, halves };
}

async function statesOf(...wallets: readonly Wallet[]): Promise<readonly string[]> {
  const pages = await Promise.all(wallets.map((wallet) => wallet.transfers({ limit: 10 })));
  return pages.map(({ items }) => items.map(({ state }) => state).join());
}

test('what was sent before the other wallet was closed is answered as it was; nothing new is sent to it', async () => {
  const { open } = openBooks();
  const [giro, savings] = [await open('Giro'), await open('Savings')];
  const sending = { to: savings.id, amount: '10' };
  const sent = await giro.sendTransfer(sending, { commandId: 'once' });
  await savings.close();
  expect(await giro.sendTransfer(sending, { commandId: 'once' })).toEqual({ ...sent, kind: 'repeated' });
  expect(await giro.sendTransfer(sending)).toMatchObject({ rejection: { code: 'wallet-closed', field: 'to' } });
  expect(codeOf(await giro.sendTransfer({ ...sending, amount: '11' }, { commandId: 'once' }))).toBe('command-id-reused');
  expect(codeOf(await giro.sendTransfer(sending, { commandId: 'not\nan id' }))).toBe('command-id-invalid');
});

test('the sender itself is looked at first, then the other wallet, then what is sent', async () => {
  const { open, ledger } = openBooks();
  const [giro, savings, shut] = [await open('Giro'), await open('Savings'), await open('Shut')];
  await shut.close();
  const sending = { to: savings.id, amount: 'nonsense', toCurrency: 'USD' };
  expect(codeOf(await giro.sendTransfer(sending))).toBe('currency-differs');
  expect(codeOf(await giro.sendTransfer({ ...sending, to: giro.id }))).toBe('transfer-to-itself');
  expect(await shut.sendTransfer(sending)).toMatchObject({ rejection: { code: 'wallet-closed' } });
  expect(await ledger.wallet('nobody').sendTransfer({ ...sending, to: shut.id })).toMatchObject({
    rejection: { code: 'wallet-unknown' },
  });
  expect(codeOf(await giro.sendTransfer({ ...sending, toCurrency: 'EUR' }))).toBe('amount-malformed');
});

test('both wallets and the ledger tell where a transfer is', async () => {
  const { open, runner, ledger } = openBooks();
  const [giro, savings] = [await open('Giro'), await open('Savings')];
  const { transferId } = resultOf(await giro.sendTransfer({ to: savings.id, amount: '10', note: 'Rent' }));
  expect(await statesOf(giro, savings)).toEqual(['sent', '']);
  await runner.settled();
  expect(await statesOf(giro, savings)).toEqual(['arrived', 'arrived']);
  resultOf(await giro.takeBackTransfer(transferId));
  expect(await statesOf(giro, savings)).toEqual(['recalled', 'recalled']);
  expect(await ledger.inTransit()).toMatchObject([{ transferId, state: 'recalled', recalled: true, amount: '10.00' }]);
  await runner.settled();
  expect(await statesOf(giro, savings)).toEqual(['returned', 'returned']);
  expect((await savings.entries({ void: 'only' }, { limit: 5 })).items).toMatchObject([
    { kind: 'received', note: 'Rent', voidReason: 'recalled' },
  ]);
});

test('a transfer that is wanted back before it arrives comes back by way of the other wallet', async () => {
  const { open, runner, ledger } = openBooks();
  const [giro, savings] = [await open('Giro'), await open('Savings')];
  const { transferId } = resultOf(await giro.sendTransfer({ to: savings.id, amount: '10' }));
  resultOf(await giro.takeBackTransfer(transferId));
  expect(await ledger.inTransit()).toMatchObject([{ state: 'sent', recalled: true }]);
  await runner.settled();
  expect((await savings.events({ after: 1, limit: 10 })).map(({ type }) => type)).toEqual([
    'TransferReceived',
    'TransferGivenBack',
  ]);
  expect([await balanceOf(giro), await balanceOf(savings)]).toEqual(['0.00', '0.00']);
});

test('day, payee, tags and note of half a transfer are corrected, also on its way; nothing else is', async () => {
  const { open, runner } = openBooks();
  const [giro, savings] = [await open('Giro'), await open('Savings')];
  const { entryId } = resultOf(await giro.sendTransfer({ to: savings.id, amount: '10', note: 'Old' }));
  resultOf(await giro.correctEntry(entryId, { note: 'New', payee: 'Me', tags: ['a'], occurredOn: '2026-10-01' }));
  await runner.settled();
  expect((await savings.entries({}, { limit: 5 })).items).toMatchObject([
    { amount: '10.00', note: 'Old', occurredOn: '2026-10-14' },
  ]);
  expect(await giro.entry(entryId)).toMatchObject({ note: 'New', occurredOn: '2026-10-01', transfer: { walletId: savings.id } });
  expect(codeOf(await giro.correctEntry(entryId, { kind: 'expense' }))).toBe('entry-is-transfer');
  expect(codeOf(await giro.correctEntry(entryId, { category: 'Food' }))).toBe('entry-is-transfer');
  expect(codeOf(await giro.voidEntry(entryId))).toBe('entry-is-transfer');
});

test('limits let go of what is joined, and take it in again when it is parted', async () => {
  const books = openBooks();
  const { giro, savings, halves } = await joinable(books);
  await giro.setLimit('all', { period: 'month', amount: '100' });
  const { transferId, cleared } = resultOf(await books.ledger.joinTransfer(halves));
  expect(cleared).toMatchObject([{ threshold: 80, spent: '0.00' }]);
  await books.runner.settled();
  resultOf(await savings.takeBackTransfer(transferId));
  await books.runner.settled();
  expect((await books.ledger.alerts({ limit: 10 })).items).toMatchObject([
    { threshold: 80, spent: '90.00', clearedAt: null },
    { threshold: 80, clearedAt: expect.any(String) as string },
  ]);
  expect(await giro.entry(halves.from.entryId)).toMatchObject({ tags: ['bank'], category: 'Unsorted' });
});

test('a join is answered again as it was, whatever has become of the entries', async () => {
  const books = openBooks();
  const { savings, halves } = await joinable(books);
  const joined = await books.ledger.joinTransfer(halves, { commandId: 'join' });
  await books.runner.settled();
  resultOf(await savings.takeBackTransfer(resultOf(joined).transferId));
  await books.runner.settled();
  await savings.correctEntry(halves.to.entryId, { amount: '91' });
  expect(await books.ledger.joinTransfer(halves, { commandId: 'join' })).toEqual({ ...joined, kind: 'repeated' });
  const other = { ...halves, to: { ...halves.to, entryId: halves.from.entryId } };
  expect(codeOf(await books.ledger.joinTransfer(other, { commandId: 'join' }))).toBe('command-id-reused');
});

test('a closed wallet joins what it has, since no money moves', async () => {
  const books = openBooks();
  const { savings, halves } = await joinable(books);
  resultOf(await books.ledger.joinTransfer(halves));
  await savings.close();
  await books.runner.settled();
  expect(await savings.entry(halves.to.entryId)).toMatchObject({ kind: 'received' });
});

test('more than a thousand transfers arrive, and a wallet lists them by pages', async () => {
  const { open, runner, store, ledger } = openBooks();
  const [giro, savings] = [await open('Giro'), await open('Savings')];
  await Promise.all(Array.from({ length: 1_200 }, () => giro.sendTransfer({ to: savings.id, amount: '0.01' })));
  expect(await ledger.inTransit()).toHaveLength(1_200);
  const other = createRunner({ store, lists: [ledger.openTransfers], timer: { sleep: async () => {} } });
  await Promise.all([runner.settled(), other.settled()]);
  expect(await balanceOf(savings)).toBe('12.00');
  const seen = new Set<string>();
  let below: number | null = Number.MAX_SAFE_INTEGER;
  while (below !== null) {
    const page: Awaited<ReturnType<Wallet['transfers']>> = await savings.transfers({ limit: 150, below });
    for (const { transferId } of page.items) seen.add(transferId);
    below = page.next;
  }
  expect(seen.size).toBe(1_200);
});
