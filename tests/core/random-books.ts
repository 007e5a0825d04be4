import { randomUUID } from 'node:crypto';
import {
  createLedger,
  createMemoryEventStore,
  createMemoryViewStore,
  encode,
  money,
  type CivilDate,
  type CurrencyCode,
  type EntryDetails,
  type EventStore,
  type Ledger,
  type ViewStore,
  type Wallet,
  type WalletEvent,
} from '@kakeibo/core';
import fc from 'fast-check';

/** One thing a person does, or that happens to a wallet. */
export type Deed = { readonly pick: number } & (
  | { readonly do: 'income' | 'expense' | 'refund'; readonly details: EntryDetails }
  | { readonly do: 'sent' | 'received'; readonly minor: number; readonly on: string }
  | { readonly do: 'move'; readonly category: string; readonly on: string }
  | { readonly do: 'void' | 'restore' }
  | { readonly do: 'limit'; readonly amount: string }
);

const amount = fc.integer({ min: 1, max: 99_999 }).map((minor) => (minor / 100).toFixed(2));
export const category = fc.constantFrom('Food', 'Food:Cafe', 'Food:Groceries', 'Food-like', 'Home:Rent', 'constructor');
export const day = fc.constantFrom(
  '2026-10-14',
  '2026-10-31',
  '2026-11-01',
  '2026-10-01',
  '2026-09-30',
  '2026-09-01',
  '2025-12-31',
  '2025-10-14',
  '2025-10-31',
  '2024-02-29',
);
const payee = fc.constantFrom('Ägir', 'Shop', '__proto__');
const tags = fc.constantFrom([], ['trip'], ['kids', 'trip']);
const parts = fc.tuple(category, category).map(([one, other]) => [
  { category: one, share: 2 },
  { category: other, share: 1 },
]);
const common = { amount, payee, tags, occurredOn: day };
const known = ['amount', 'occurredOn'] as const;
const spent = fc.oneof(
  { weight: 4, arbitrary: fc.record({ ...common, category }, { requiredKeys: [...known, 'category'] }) },
  { weight: 1, arbitrary: fc.record({ ...common, parts }, { requiredKeys: [...known, 'parts'] }) },
);
const pick = fc.nat(1_000);

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ pick, do: fc.constant('expense' as const), details: spent }) },
  {
    weight: 3,
    arbitrary: fc.record({
      pick,
      do: fc.constant('income' as const),
      details: fc.record({ ...common, category }, { requiredKeys: [...known] }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ pick, do: fc.constant('refund' as const), details: spent }) },
  {
    weight: 2,
    arbitrary: fc.record({
      pick,
      do: fc.constantFrom('sent' as const, 'received' as const),
      minor: fc.integer({ min: 1, max: 9_999 }),
      on: day,
    }),
  },
  { weight: 3, arbitrary: fc.record({ pick, do: fc.constant('move' as const), category, on: day }) },
  { weight: 3, arbitrary: fc.record({ pick, do: fc.constantFrom('void' as const, 'restore' as const) }) },
  { weight: 1, arbitrary: fc.record({ pick, do: fc.constant('limit' as const), amount }) },
);

export const deeds = fc.array(deed, { maxLength: 30 });

export interface RandomBooks {
  readonly ledger: Ledger;
  readonly wallet: Wallet;
  readonly store: EventStore;
  readonly views: ViewStore;
  /** The wallet's stream. */
  readonly stream: string;
  /** Does one thing more, an hour later. */
  take(deed: Deed): Promise<void>;
}

/** Opens a wallet in euros. */
export async function openBooks(
  stores: { readonly store?: EventStore; readonly views?: ViewStore } = {},
  at: { now: number } = { now: Date.UTC(2026, 9, 14, 9) },
): Promise<RandomBooks> {
  const clock = { now: () => at.now };
  const store = stores.store ?? createMemoryEventStore({ clock });
  const views = stores.views ?? createMemoryViewStore();
  const ledger = createLedger({ store, views, clock, ids: { next: randomUUID } });
  const opened = await ledger.openWallet({ name: 'Household', currency: 'EUR', zone: 'Europe/Berlin' });
  if (!('result' in opened)) throw new Error('the wallet opens');
  const wallet = ledger.wallet(opened.result.walletId);
  const ids: string[] = [];
  const stream = `wallet-${wallet.id}`;
  return {
    ledger,
    wallet,
    store,
    views,
    stream,
    async take(next) {
      at.now += 3_600_000;
      const entryId = ids[next.pick % Math.max(1, ids.length)] ?? 'none';
      const added = await takeDeed({ wallet, store, stream, entryId }, next);
      if (added !== undefined) ids.push(added);
    },
  };
}

interface Place {
  readonly wallet: Wallet;
  readonly store: EventStore;
  readonly stream: string;
  readonly entryId: string;
}

async function takeDeed({ wallet, store, stream, entryId }: Place, deed: Deed): Promise<string | undefined> {
  const idOf = (outcome: Awaited<ReturnType<Wallet['addIncome']>>) => ('result' in outcome ? outcome.result.entryId : undefined);
  switch (deed.do) {
    case 'income':
      return idOf(await wallet.addIncome(deed.details));
    case 'expense':
      return idOf(await wallet.addExpense(deed.details));
    case 'refund':
      return idOf(await wallet.addRefund(deed.details));
    case 'sent':
    case 'received':
      return transferred(store, stream, deed);
    case 'move':
      await wallet.correctEntry(entryId, { category: deed.category, occurredOn: deed.on });
      return undefined;
    case 'void':
      await wallet.voidEntry(entryId);
      return undefined;
    case 'restore':
      await wallet.restoreEntry(entryId);
      return undefined;
    case 'limit':
      await wallet.setLimit('food', { scope: 'Food', period: 'month', amount: deed.amount, startsOn: '2025-01-01' });
      return undefined;
  }
}

/** A half of a transfer, as its events are stored. */
async function transferred(
  store: EventStore,
  stream: string,
  { do: kind, minor, on }: { readonly do: 'sent' | 'received'; readonly minor: number; readonly on: string },
): Promise<undefined> {
  const id = randomUUID();
  const sum = money(BigInt(minor), 'EUR' as CurrencyCode);
  const entry = { kind, amount: sum, occurredOn: on as CivilDate, transfer: { id, wallet: randomUUID(), other: sum } };
  const event = { type: kind === 'sent' ? 'TransferSent' : 'TransferReceived', entryId: id, entry } as WalletEvent;
  const last = (await store.read(stream, { after: 0, limit: 10_000 })).length;
  await store.append(stream, [{ id, ...encode(event), meta: { commandId: id, digest: id } }], { expected: last });
  return undefined;
}
