/** Checks a store of one's own against the contract that every store keeps, and keeps a wallet in it. */
import { createLedger } from '@kakeibo/core';
import { eventStoreContract, verifyContract } from '@kakeibo/core/testing';
import { openLines } from './jsonl-store.ts';

// Each case gets an empty store. A test runner would take the cases one by one; this runs them all and names what is broken.
const cases = eventStoreContract(async (clock) => openLines({ lines: [], clock }));
await verifyContract(cases);
console.log(cases.length > 30 ? 'The store keeps the contract.' : 'The contract is too short.');

const lines: string[] = [];
const clock = { now: () => Date.UTC(2026, 9, 14, 12) };
const store = openLines({ lines, clock });
const ledger = createLedger({ store, clock, ids: { next: () => crypto.randomUUID() } });

const opened = await ledger.openWallet({ name: 'Pocket', currency: 'EUR' }, { commandId: 'open-pocket' });
if (opened.kind !== 'recorded') throw new Error('the wallet was not opened');
const wallet = ledger.wallet(opened.result.walletId);
await wallet.addIncome({ amount: '50', category: 'Gift' });
await wallet.addExpense({ amount: '8.40', category: 'Books' });
await store.close();

// A new ledger over the same lines comes to the same balance: the events are all there is.
const reopened = createLedger({ store: openLines({ lines, clock }), clock, ids: { next: () => crypto.randomUUID() } });
for (const { name, balance, version } of await reopened.wallets()) console.log(`${name}: ${balance} after ${version} events`);
for (const line of lines) {
  const { type, data } = JSON.parse(line) as { type: string; data: string };
  const { amount } = JSON.parse(data) as { amount?: string };
  console.log(`  ${type}${amount === undefined ? '' : ` ${amount}`}`);
}
