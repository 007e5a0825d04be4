/** Two wallets: a limit that carries on from month to month, money sent across currencies, and a change that is undone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createLedger, createMemoryEventStore, createRunner, dayAt, type Outcome } from '@kakeibo/core';

// A program of yours passes `Date`; here the day stands still, so that the output does.
const clock = { now: () => Date.UTC(2026, 9, 14, 12) };
const today = dayAt(clock.now(), 'UTC');
const store = createMemoryEventStore({ clock });
const ledger = createLedger({ store, clock, ids: { next: () => crypto.randomUUID() } });

/** What came of a command; a refusal ends the program. */
function done<Result>(outcome: Outcome<Result>): Result {
  if (!('result' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

async function open(name: string, currency: string) {
  const { walletId } = done(await ledger.openWallet({ name, currency }));
  return ledger.wallet(walletId);
}
const household = await open('Household', 'EUR');
const trip = await open('Trip', 'JPY');

// What a month leaves is carried into the next, and so is what it lacks.
await household.addIncome({ amount: '2400', category: 'Salary', occurredOn: '2026-08-01' });
done(
  await household.setLimit('food', { scope: 'Food', period: 'month', amount: '400', rollover: 'both', startsOn: '2026-08-01' }),
);
await household.addExpense({ amount: '370', category: 'Food:Groceries', occurredOn: '2026-08-20' });
await household.addExpense({ amount: '450', category: 'Food:Groceries', occurredOn: '2026-09-12' });
// From October on it is another amount; the months before keep theirs.
done(await household.setLimit('food', { scope: 'Food', period: 'month', amount: '420', rollover: 'both' }));

const { rows } = await household.limitHistory('food', { last: 3, on: today });
for (const { from, planned, carried, spent, left } of rows)
  console.log(`${from.slice(0, 7)}  planned ${planned}, carried ${carried}, spent ${spent}, left ${left}`);

// The money has left at once. A runner brings it to the other wallet; until then it is in transit.
done(await household.sendTransfer({ to: trip.id, amount: '500', toAmount: '82650' }));
for (const { amount, currency, toAmount, toCurrency, derivedRate } of await ledger.inTransit())
  console.log(`In transit: ${currency} ${amount} to ${toCurrency} ${toAmount}, at ${derivedRate}`);
const runner = createRunner({ store, lists: [ledger.openTransfers], timer: { sleep: (ms) => sleep(ms) } });
runner.start();
await runner.settled();
await runner.close();

const balances = async () => (await ledger.wallets()).map(({ currency, balance }) => `${currency} ${balance}`).join(', ');
console.log(`Arrived: ${await balances()}, ${(await ledger.inTransit()).length} in transit`);

// The last thing done is undone by an event that compensates it, and comes back in the same way.
const { crossed } = done(await household.addExpense({ amount: '390', category: 'Food:Restaurant' }));
console.log(`Dinner: ${crossed.map(({ threshold }) => `${threshold} % of Food`).join(', ')}`);
const undone = done(await household.undoLast());
console.log(`Undone: ${undone.cleared.map(({ threshold }) => `${threshold} % cleared`).join(', ')}; ${await balances()}`);
await household.redoLast();
console.log(`Redone: ${await balances()}`);
