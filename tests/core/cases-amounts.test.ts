import { dayAt, type Wallet } from '@kakeibo/core';
import { expect, test } from 'vitest';
import { done, openBooks } from './books.ts';

async function codeOf(outcome: Promise<Awaited<ReturnType<Wallet['addIncome']>>>): Promise<string> {
  const came = await outcome;
  return came.kind === 'rejected' ? came.rejection.code : came.kind;
}

test('case 2: an entry keeps its day, whatever zone somebody looks from', async () => {
  const { ledger, on } = await openBooks('memory', '2026-01-31');
  const opened = done(await ledger.openWallet({ name: 'Cash', currency: 'USD', zone: 'America/New_York' }));
  const wallet = ledger.wallet(opened.walletId);
  done(await wallet.addExpense({ amount: '10', category: 'Food', occurredOn: '2026-01-31' }));
  const other = ledger.wallet(done(await ledger.openWallet({ name: 'Tokyo', currency: 'USD', zone: 'Asia/Tokyo' })).walletId);
  done(await other.addExpense({ amount: '10', category: 'Food', occurredOn: '2026-01-31' }));
  on('2026-07-01');
  for (const each of [wallet, other]) {
    const { items } = await each.entries({}, { limit: 9 });
    expect(items.map(({ occurredOn }) => occurredOn)).toEqual(['2026-01-31']);
  }
});

test('case 3: one instant is one day of a zone, however its offset is written', () => {
  const spellings = ['2026-02-01T04:30:00Z', '2026-01-31T23:30:00-05:00', '2026-02-01T10:00:00+05:30'];
  expect(new Set(spellings.map((text) => dayAt(Date.parse(text), 'America/New_York')))).toEqual(new Set(['2026-01-31']));
});

test('case 36: nothing is no entry', async () => {
  const wallet = await (await openBooks()).open('EUR');
  for (const amount of ['0', '0.00', '-0']) {
    expect(await codeOf(wallet.addExpense({ amount, category: 'Food' }))).toBe('amount-not-positive');
    expect(await codeOf(wallet.addIncome({ amount }))).toBe('amount-not-positive');
  }
  expect((await wallet.summary())?.entries).toBe(0);
});

test('case 38: more decimals than the currency has, and grouping, are refused and never rounded', async () => {
  const { open } = await openBooks();
  const [yen, dinars] = [await open('JPY'), await open('KWD')];
  expect(await codeOf(yen.addIncome({ amount: '100.5' }))).toBe('amount-too-precise');
  expect(await codeOf(dinars.addIncome({ amount: '1.2345' }))).toBe('amount-too-precise');
  expect(await codeOf(dinars.addIncome({ amount: '1,234' }))).toBe('amount-malformed');
});

test('case 39: a sum beyond what a float can hold comes through every report whole', async () => {
  const { open, ledger } = await openBooks('sqlite');
  const wallet = await open('EUR');
  const amount = '90071992547409.93';
  done(await wallet.addIncome({ amount, category: 'Salary', occurredOn: '2026-10-14' }));
  expect((await wallet.summary())?.balance).toBe(amount);
  expect(JSON.parse(JSON.stringify(await wallet.totals({})))).toMatchObject({ in: amount });
  expect((await ledger.wallets())[0]?.balance).toBe(amount);
  expect((await wallet.events({ after: 1, limit: 1 }))[0]?.data['amount']).toBe(amount);
});

test('case 40: sums above 2^63 are right, and a single amount that large is refused', async () => {
  const wallet = await (await openBooks('sqlite')).open('EUR');
  const largest = '9999999999999999.99';
  for (let times = 0; times < 12; times += 1) done(await wallet.addIncome({ amount: largest, occurredOn: '2026-10-14' }));
  expect((await wallet.summary())?.balance).toBe('119999999999999999.88');
  expect(await codeOf(wallet.addIncome({ amount: '92233720368547758.08' }))).toBe('amount-too-large');
});
