import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import {
  createLedger,
  createMemoryEventStore,
  createMemoryViewStore,
  decode,
  project,
  StoreError,
  walletProjections,
  type EventStore,
  type Ledger,
  type ViewStore,
  type Wallet,
} from '@kakeibo/core';
import { afterAll, describe, expect, test } from 'vitest';

interface Stores {
  readonly store: EventStore;
  readonly views: ViewStore;
  close(): Promise<void>;
}

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-concurrency-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const memory = createMemoryEventStore({ clock: Date });
const memoryViews = createMemoryViewStore();

/** Opens the same place again and again, as processes would. */
const places: Record<string, () => Promise<Stores>> = {
  memory: async () => ({ store: memory, views: memoryViews, close: async () => {} }),
  sqlite: async () => {
    const opened = await openSqlite({ file: join(folder, 'one.db') });
    return { store: opened.events, views: opened.views, close: () => opened.close() };
  },
};

let ids = 0;
const ledgerOn = ({ store, views }: Pick<Stores, 'store' | 'views'>): Ledger =>
  createLedger({ store, views, clock: Date, ids: { next: () => `c-${(ids += 1)}-${process.pid}` } });

async function openWallet(ledger: Ledger): Promise<string> {
  const opened = await ledger.openWallet({ name: 'Household', currency: 'EUR' });
  if (!('result' in opened)) throw new Error('the wallet opens');
  return opened.result.walletId;
}

async function expectViewsToBeTrue(wallet: Wallet): Promise<void> {
  const history = [];
  for (let after = 0; ; after += 5_000) {
    const page = await wallet.events({ after, limit: 5_000 });
    history.push(...page.map(decode));
    if (page.length < 5_000) break;
  }
  for (const projection of walletProjections) {
    for (const [bucket, view] of project(projection, history))
      expect(await wallet.view(projection, bucket), `${projection.name} ${bucket}`).toEqual(view);
  }
}

describe.each(Object.keys(places))('on %s', (kind) => {
  const open = places[kind] as () => Promise<Stores>;

  test('600 expenses by three ledgers at once all count, once', async () => {
    const all = await Promise.all([open(), open(), open()]);
    const ledgers = all.map(ledgerOn);
    const id = await openWallet(ledgers[0] as Ledger);
    const wallets = ledgers.map((ledger) => ledger.wallet(id));
    const results = await Promise.all(
      Array.from({ length: 600 }, (_, index) =>
        (wallets[index % 3] as Wallet).addExpense({ amount: '0.01', category: `Food:${index % 7}` }, { commandId: `e-${index}` }),
      ),
    );
    expect(new Set(results.map((result) => result.kind))).toEqual(new Set(['recorded']));
    const versions = results.map((result) => ('version' in result ? result.version : 0));
    expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 600 }, (_, index) => index + 2));
    for (const wallet of wallets) {
      expect(await wallet.summary()).toMatchObject({ balance: '-6.00', entries: 600 });
      await expectViewsToBeTrue(wallet);
    }
    await Promise.all(all.map((stores) => stores.close()));
  });

  test('of expenses that together exceed a blocking limit just those that fit go through (edge case 30)', async () => {
    const all = await Promise.all([open(), open()]);
    const [a, b] = all.map(ledgerOn) as [Ledger, Ledger];
    const id = await openWallet(a);
    await a.wallet(id).setLimit('all', { period: 'month', amount: '10.00', mode: 'block' });
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? a : b).wallet(id).addExpense({ amount: '0.99', category: 'Food' }),
      ),
    );
    expect(results.filter(({ kind: outcome }) => outcome === 'recorded')).toHaveLength(10);
    expect(results.flatMap((result) => (result.kind === 'rejected' ? [result.rejection.code] : []))).toEqual(
      Array.from({ length: 30 }, () => 'limit-exceeded'),
    );
    await Promise.all(all.map((stores) => stores.close()));
  });

  test('the same command sent fifty times at once takes effect once, and all get its answer', async () => {
    const stores = await open();
    const ledger = ledgerOn(stores);
    const wallet = ledger.wallet(await openWallet(ledger));
    const results = await Promise.all(
      Array.from({ length: 50 }, () => wallet.addExpense({ amount: '5.00', category: 'Food' }, { commandId: 'same' })),
    );
    expect(results.filter(({ kind: outcome }) => outcome === 'recorded')).toHaveLength(1);
    expect(new Set(results.map((result) => JSON.stringify({ ...result, kind: '' })))).toHaveLength(1);
    expect(await wallet.summary()).toMatchObject({ balance: '-5.00' });
    await stores.close();
  });

  test('of those who saw the same version one writes, and the others hear where the wallet is', async () => {
    const stores = await open();
    const ledger = ledgerOn(stores);
    const wallet = ledger.wallet(await openWallet(ledger));
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        wallet.addExpense({ amount: '1', category: 'Food' }, { commandId: `seen-${index}`, expected: 1 }),
      ),
    );
    expect(results.filter(({ kind: outcome }) => outcome === 'recorded')).toHaveLength(1);
    expect(results.filter((result) => result.kind === 'conflict' && result.expected === 1)).toHaveLength(9);
    await stores.close();
  });
});

describe('a store that fails', () => {
  /** A store that stores and then says it does not know, or refuses, every other time. */
  function unsure(inner: EventStore, mode: 'after' | 'before'): EventStore {
    let calls = 0;
    return {
      ...inner,
      append: async (stream, events, options) => {
        calls += 1;
        if (calls % 2 === 0) return inner.append(stream, events, options);
        if (mode === 'after') await inner.append(stream, events, options);
        throw new StoreError(mode === 'after' ? 'outcome-unknown' : 'storage-full', 'as told');
      },
    };
  }

  test.each(['after', 'before'] as const)(
    '%s it wrote: sending the command again settles it, and nothing is doubled',
    async (mode) => {
      const ledger = createLedger({
        store: unsure(createMemoryEventStore({ clock: Date }), mode),
        clock: Date,
        ids: { next: () => `u-${(ids += 1)}` },
      });
      const send = async <Result>(what: () => Promise<Result>): Promise<Result> => {
        for (let tries = 0; ; tries += 1) {
          try {
            return await what();
          } catch (error) {
            if (!(error instanceof StoreError) || tries > 5) throw error;
          }
        }
      };
      const opened = await send(() => ledger.openWallet({ name: 'Household', currency: 'EUR' }, { commandId: 'open' }));
      if (!('result' in opened)) throw new Error('the wallet opens');
      const wallet = ledger.wallet(opened.result.walletId);
      const all = await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          send(() => wallet.addExpense({ amount: '1.00', category: 'Food' }, { commandId: `x-${index}` })),
        ),
      );
      expect(all.every((outcome) => outcome.kind === 'recorded' || outcome.kind === 'repeated')).toBe(true);
      expect(await wallet.summary()).toMatchObject({ balance: '-30.00', entries: 30 });
    },
  );

  test('views that cannot be saved cost speed, never an answer', async () => {
    const views = createMemoryViewStore();
    const broken: ViewStore = { ...views, save: () => Promise.reject(new StoreError('storage-full', 'no room')) };
    const ledger = ledgerOn({ store: createMemoryEventStore({ clock: Date }), views: broken });
    const wallet = ledger.wallet(await openWallet(ledger));
    for (let index = 0; index < 700; index += 1) await wallet.addExpense({ amount: '1.00', category: 'Food' });
    expect(await wallet.summary()).toMatchObject({ balance: '-700.00' });
  });

  test('views that are ahead of the log, as after a restored backup, are folded anew', async () => {
    const views = createMemoryViewStore();
    const store = createMemoryEventStore({ clock: Date });
    const first = ledgerOn({ store, views });
    const id = await openWallet(first);
    for (let index = 0; index < 600; index += 1) await first.wallet(id).addExpense({ amount: '1.00', category: 'Food' });
    const older = createMemoryEventStore({ clock: Date });
    for (const { id: eventId, type, data, meta, version, stream } of await store.readAll({ after: 0, limit: 100 })) {
      await older.append(stream, [{ id: eventId, type, data, meta }], { expected: version - 1 });
    }
    expect(await ledgerOn({ store: older, views }).wallet(id).summary()).toMatchObject({ balance: '-99.00', version: 100 });
  });
});

test('a projection that is added later is folded from the beginning', async () => {
  const views = createMemoryViewStore();
  const store = createMemoryEventStore({ clock: Date });
  const first = ledgerOn({ store, views });
  const id = await openWallet(first);
  await first.wallet(id).importEntries({
    name: 'f.csv',
    rows: Array.from({ length: 1_500 }, (_, index) => ({
      kind: 'expense',
      amount: '1',
      category: 'Food',
      occurredOn: `2026-0${1 + (index % 9)}-11`,
      fingerprint: `f${index}`,
    })),
  });
  const meals = {
    name: 'meals',
    version: 1,
    initial: 0,
    bucketsOf: ({ event }: { event: { type: string } }) => (event.type === 'ExpenseAdded' ? ['all'] : []),
    apply: (count: number) => count + 1,
  };
  const second = createLedger({ store, views, clock: Date, ids: { next: () => 'n' }, projections: [meals] });
  expect(await second.wallet(id).view(meals, 'all')).toBe(1_500);
  const changed = { ...meals, version: 2, apply: (count: number) => count + 2 };
  const third = createLedger({ store, views, clock: Date, ids: { next: () => 'n' }, projections: [changed] });
  expect(await third.wallet(id).view(changed, 'all')).toBe(3_000);
});
