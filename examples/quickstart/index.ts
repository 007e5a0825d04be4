/** A wallet in an SQLite file: money in, money out, a limit that tells, and where it went. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import { createLedger, dayAt, periodOf } from '@kakeibo/core';

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-quickstart-'));
// A program of yours passes `Date`; here the day stands still, so that the output does.
const clock = { now: () => Date.UTC(2026, 9, 14, 12) };

const { events, views, close } = await openSqlite({ file: join(folder, 'ledger.db'), clock });
const ledger = createLedger({ store: events, views, clock, ids: { next: () => crypto.randomUUID() } });

const opened = await ledger.openWallet({ name: 'Household', currency: 'EUR', zone: 'Europe/Berlin' });
if (opened.kind !== 'recorded') throw new Error('the wallet was not opened');
const wallet = ledger.wallet(opened.result.walletId);

await wallet.addIncome({ amount: '2400', category: 'Salary' });
await wallet.setLimit('food', { scope: 'Food', period: 'month', amount: '400' });
await wallet.addExpense({ amount: '310.50', category: 'Food:Groceries', note: 'Market' });
const bill = await wallet.addExpense({ amount: '98.20', category: 'Food:Restaurant' });

if (bill.kind === 'recorded') {
  console.log(`Balance: ${bill.result.balance}`);
  for (const { scope, threshold, spent, amount } of bill.result.crossed)
    console.log(`${scope} is at ${threshold} %: ${spent} of ${amount}`);
}

// Refusals are values with a code, not exceptions.
const refused = await wallet.addExpense({ amount: '12.345', category: 'Food' });
if (refused.kind === 'rejected') console.log(`Refused: ${refused.rejection.code}`);

// The same command id has one effect, however often it is sent.
const first = await wallet.addExpense({ amount: '4.20', category: 'Food:Cafe' }, { commandId: 'coffee-1' });
const again = await wallet.addExpense({ amount: '4.20', category: 'Food:Cafe' }, { commandId: 'coffee-1' });
console.log(`First ${first.kind}, then ${again.kind}`);

const { total, rows } = await wallet.spending(periodOf('month', dayAt(clock.now(), 'Europe/Berlin')));
for (const { category, depth, total: spent, share } of rows) {
  console.log(
    `${'  '.repeat(depth)}${category.padEnd(20 - 2 * depth)}${spent.padStart(8)}${depth === 0 ? `${share} %`.padStart(7) : ''}`,
  );
}
console.log(`${'Spent'.padEnd(20)}${total.padStart(8)}`);

await close();
rmSync(folder, { recursive: true });
