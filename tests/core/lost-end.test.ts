import { randomUUID } from 'node:crypto';
import {
  createLedger,
  createMemoryEventStore,
  createMemoryViewStore,
  verifyLedger,
  type EventStore,
  type Ledger,
  type Outcome,
  type ViewStore,
  type Wallet,
} from '@kakeibo/core';
import { expect, test } from 'vitest';

function ledgerOver(store: EventStore, views: ViewStore): Ledger {
  return createLedger({ store, views, clock: Date, ids: { next: randomUUID } });
}

function done<Result>(outcome: Outcome<Result>): Result {
  if (!('result' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

async function spend(wallet: Wallet, amount: string, count: number, names: string = randomUUID()): Promise<void> {
  for (let at = 0; at < count; at += 1)
    done(await wallet.addExpense({ amount, category: 'Food', occurredOn: '2026-10-14' }, { commandId: `${names} ${at}` }));
}

/** What a backup of so many events comes to. */
async function beginningOf(store: EventStore, count: number): Promise<EventStore> {
  const restored = createMemoryEventStore({ clock: Date });
  for (const { stream, version, ...event } of await store.readAll({ after: 0, limit: count }))
    await restored.append(stream, [event], { expected: version - 1 });
  return restored;
}

async function balanceOf(ledger: Ledger, wallet: Wallet): Promise<readonly unknown[]> {
  const summary = await ledger.wallet(wallet.id).summary();
  return [summary?.balance, summary?.version, (await ledger.wallets()).length];
}

async function household(expenses: number) {
  const [store, views] = [createMemoryEventStore({ clock: Date }), createMemoryViewStore()];
  const ledger = ledgerOver(store, views);
  const { walletId } = done(await ledger.openWallet({ name: 'Household', currency: 'EUR' }));
  const wallet = ledger.wallet(walletId);
  await spend(wallet, '1.00', expenses, 'first');
  return { store, views, ledger, wallet };
}

/** A store whose server can be changed for another one under those who use it. */
function movable(first: EventStore): { readonly store: EventStore; moveTo(next: EventStore): void } {
  let now = first;
  return {
    store: {
      append: (...args) => now.append(...args),
      read: (...args) => now.read(...args),
      readAll: (...args) => now.readAll(...args),
      find: (...args) => now.find(...args),
      subscribe: (...args) => now.subscribe(...args),
      close: () => now.close(),
    },
    moveTo: (next) => void (now = next),
  };
}

test('views of a log that was restored from an older backup, and has grown past them since, are folded anew', async () => {
  const { store, views, ledger, wallet } = await household(700);
  expect((await balanceOf(ledger, wallet))[0]).toBe('-700.00');
  const restored = await beginningOf(store, 300);
  const elsewhere = ledgerOver(restored, createMemoryViewStore());
  await spend(elsewhere.wallet(wallet.id), '3.00', 600);
  done(await elsewhere.openWallet({ name: 'Another', currency: 'EUR' }));
  const right = await balanceOf(elsewhere, wallet);

  const back = ledgerOver(restored, views);
  expect(await balanceOf(back, wallet)).toEqual(right);
  await spend(back.wallet(wallet.id), '1.00', 600);
  expect(await verifyLedger({ store: restored, views })).toMatchObject({ findings: [], more: 0 });
});

test('who sent the same again after a restore is not taken for the first time', async () => {
  const { store, views, wallet } = await household(600);
  const restored = await beginningOf(store, 100);
  const elsewhere = ledgerOver(restored, createMemoryViewStore());
  await spend(elsewhere.wallet(wallet.id), '2.00', 1, 'between');
  await spend(elsewhere.wallet(wallet.id), '1.00', 600, 'first');
  const right = await balanceOf(elsewhere, wallet);
  expect(await balanceOf(ledgerOver(restored, views), wallet)).toEqual(right);
});

/** A ledger that runs, with fifty expenses, on a server whose place another may take. */
async function spentFifty() {
  const first = createMemoryEventStore({ clock: Date });
  const { store, moveTo } = movable(first);
  const ledger = ledgerOver(store, createMemoryViewStore());
  const { walletId } = done(await ledger.openWallet({ name: 'Household', currency: 'EUR' }));
  const wallet = ledger.wallet(walletId);
  await spend(wallet, '1.00', 50);
  return { first, moveTo, ledger, walletId, wallet };
}

test.each([
  ['is shorter', 0],
  ['has grown as far', 20],
  ['has grown further', 30],
])(
  'a ledger that runs while its server loses the last commits reads and writes on what is there, when that %s',
  async (_, more) => {
    const { first, moveTo, ledger, walletId, wallet } = await spentFifty();
    await balanceOf(ledger, wallet);

    const next = await beginningOf(first, 31);
    const other = ledgerOver(next, createMemoryViewStore());
    await spend(other.wallet(walletId), '3.00', more);
    moveTo(next);
    expect(await balanceOf(ledger, wallet)).toEqual(await balanceOf(other, wallet));
    await spend(wallet, '1.00', 2);
    expect(await balanceOf(ledger, wallet)).toEqual(await balanceOf(other, wallet));
  },
);

test('a write to a stream whose end was lost is decided on what is there', async () => {
  const { first, moveTo, ledger, wallet } = await spentFifty();
  moveTo(await beginningOf(first, 31));
  const booked = done(await wallet.addExpense({ amount: '1.00', category: 'Food', occurredOn: '2026-10-14' }));
  expect(booked.balance).toBe('-31.00');
  expect(await balanceOf(ledger, wallet)).toEqual(['-31.00', 32, 1]);
});
