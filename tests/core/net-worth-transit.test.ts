import { parseCurrency, periodOf, type CivilDate, type CurrencyCode, type Wallet } from '@kakeibo/core';
import { expect, test } from 'vitest';
import { done, openBooks, type Books } from './books.ts';

const day = (text: string): CivilDate => text as CivilDate;
const asked = {
  currency: parseCurrency('EUR') as CurrencyCode,
  period: periodOf('month', day('2026-10-14')),
  by: 'month',
  on: day('2026-10-14'),
} as const;

/** Wallets in EUR and USD with 100.00 each. */
async function household(): Promise<Books & { readonly euros: Wallet }> {
  const books = await openBooks();
  const [euros, dollars] = [await books.open('EUR', 'Giro'), await books.open('USD', 'Savings')];
  for (const wallet of [euros, dollars]) done(await wallet.addIncome({ amount: '100', occurredOn: '2026-10-01' }));
  return { ...books, euros };
}

test('counts money that is between wallets, until it has arrived', async () => {
  const { ledger, euros } = await household();
  const savings = done(await ledger.openWallet({ name: 'Savings in euros', currency: 'EUR' })).walletId;
  // Nothing carries the transfer over: it stays on its way.
  done(await euros.sendTransfer({ to: savings, amount: '30' }));
  const report = await ledger.netWorth(asked);
  expect(report).toMatchObject({ total: '100.00', wallets: [{ balance: '70.00' }, {}, { balance: '0.00' }] });
  expect(report.inTransit).toMatchObject([{ currency: 'EUR', balance: '30.00' }]);
});

test('tells what was known, and what had occurred, as it was told then', async () => {
  const { ledger, euros, on } = await household();
  const savings = done(await ledger.openWallet({ name: 'Savings in euros', currency: 'EUR' })).walletId;
  done(await euros.sendTransfer({ to: savings, amount: '30' }));
  const told = await ledger.netWorth(asked);
  const last = (await euros.events({ after: 0, limit: 100 })).at(-1)?.recordedAt ?? '';
  on('2026-10-20');
  done(await euros.takeBackTransfer((await ledger.inTransit())[0]?.transferId ?? ''));
  done(await euros.addExpense({ amount: '5', category: 'Food', occurredOn: '2026-10-02' }));
  done(await ledger.wallet(savings).addIncome({ amount: '7', occurredOn: '2026-10-13' }));
  const { position: _, ...then } = await ledger.netWorth({ ...asked, asOf: { recordedAsOf: last } });
  const { position: __, ...before } = told;
  expect(then).toEqual(before);
  const occurred = await ledger.netWorth({ ...asked, asOf: { occurredAsOf: day('2026-10-12') } });
  expect(occurred).toMatchObject({ wallets: [{ balance: '95.00' }, {}, { balance: '0.00' }], inTransit: [] });
});
