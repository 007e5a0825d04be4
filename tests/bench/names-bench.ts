import { createLedger, createMemoryEventStore, createMemoryViewStore, type Outcome, type Wallet } from '@kakeibo/core';

/** Two saves of views are among so many. */
const BOOKINGS = 1_100;
const FEW = 100;
const MANY = 8_000;
const CORRECTIONS = 1_000;
const ROUNDS = 3;

function done<Result>(outcome: Outcome<Result>): Result {
  if (!('result' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

async function open(): Promise<Wallet> {
  const [store, views] = [createMemoryEventStore({ clock: Date }), createMemoryViewStore()];
  const ledger = createLedger({ store, views, clock: Date, ids: { next: () => crypto.randomUUID() } });
  return ledger.wallet(done(await ledger.openWallet({ name: 'Household', currency: 'EUR' })).walletId);
}

/** A wallet that paid each of many shops once in this year, each in a category of its own. */
async function among(names: number): Promise<Wallet> {
  const wallet = await open();
  const rows = Array.from({ length: names }, (_, index) => ({
    kind: 'expense' as const,
    amount: '1.50',
    category: `Kind ${index}`,
    payee: `Shop ${index}`,
    occurredOn: `2026-${10 + (index % 2)}-${10 + (index % 20)}`,
    fingerprint: `row ${index}`,
  }));
  done(await wallet.importEntries({ name: 'shops.csv', rows }));
  return wallet;
}

/** What one of many takes of a processor, in ms. */
async function cpu(times: number, work: (count: number) => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let count = 0; count < times; count += 1) await work(count);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / times;
}

async function booking(names: number): Promise<number> {
  const wallet = await among(names);
  const book = (count: number) =>
    wallet.addExpense({
      amount: '2.00',
      category: `Kind ${count % names}`,
      payee: `Shop ${count % names}`,
      occurredOn: '2026-10-12',
    });
  await cpu(FEW, book);
  return cpu(BOOKINGS, book);
}

/** What the first hundred and the last hundred of many corrections of one entry take, each. */
async function correcting(): Promise<readonly [first: number, last: number]> {
  const wallet = await open();
  const { entryId } = done(await wallet.addExpense({ amount: '1.00', category: 'Food', occurredOn: '2026-10-12' }));
  const correct = (count: number) => wallet.correctEntry(entryId, { amount: `${1 + (count % 90)}.50` });
  await cpu(FEW, correct);
  const first = await cpu(FEW, correct);
  await cpu(CORRECTIONS - 3 * FEW, correct);
  return [first, await cpu(FEW, correct)];
}

async function least(measure: () => Promise<number>): Promise<number> {
  const figures: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) figures.push(await measure());
  return Math.min(...figures);
}

/** That an entry costs what it costs, however many names and corrections there are. */
export async function namesBench() {
  const [few, many] = [await least(() => booking(FEW)), await least(() => booking(MANY))];
  await correcting();
  const [first, last] = await correcting();
  const row = (name: string, ours: number, bare: number) => ({
    name: `${name} (ms of a processor)`,
    ours,
    bare,
    ratio: ours / bare,
    goal: '≤ 3',
  });
  return [
    row('booking among 8,000 payees and categories, against among 100', many, few),
    row('the thousandth correction of an entry, against the first ones', last, first),
  ];
}

if (process.argv[1] === import.meta.filename) console.table(await namesBench());
