import {
  createLedger,
  createMemoryEventStore,
  createMemoryViewStore,
  rebuildLedger,
  StoreError,
  verifyLedger,
  type EventStore,
  type Ledger,
  type ViewStore,
} from '@kakeibo/core';
import { expect, test } from 'vitest';

const clock = { now: () => Date.parse('2026-10-14T12:00:00Z') };

/** A ledger with stored views of a wallet, and its stores. */
async function books(): Promise<{
  readonly store: EventStore;
  readonly views: ViewStore;
  readonly ledger: Ledger;
  readonly walletId: string;
}> {
  const [store, views] = [createMemoryEventStore({ clock }), createMemoryViewStore()];
  let id = 0;
  const ledger = createLedger({ store, views, clock, ids: { next: () => `command-${(id += 1)}` } });
  const opened = await ledger.openWallet({ name: 'Household', currency: 'EUR' });
  if (opened.kind !== 'recorded') throw new Error(opened.kind);
  const { walletId } = opened.result;
  for (let day = 1; day <= 28; day += 1)
    await ledger
      .wallet(walletId)
      .addExpense({ amount: '1.50', category: 'Food', occurredOn: `2026-09-${String(day).padStart(2, '0')}` });
  await ledger.rebuild();
  return { store, views, ledger, walletId };
}

/** Everything that is stored under names that are read. */
async function stored(views: ViewStore): Promise<readonly unknown[]> {
  const places = (await views.places({ limit: 1_000 })).filter(({ view }) => !view.endsWith('~'));
  return Promise.all(places.map(async (place) => [place, await views.scan({ ...place, limit: 1_000 })]));
}

test('at every step of a rebuild the stored views are the old or the new ones, whole', async () => {
  const { store, views } = await books();
  const before = await stored(views);
  expect(before.length).toBeGreaterThan(8);
  let steps = 0;
  const looking = async (): Promise<void> => {
    steps += 1;
    expect(await stored(views)).toEqual(before);
  };
  const watched: ViewStore = {
    ...views,
    save: async (save) => {
      const result = await views.save(save);
      await looking();
      return result;
    },
    publish: async (stream, drafts) => {
      await looking();
      await views.publish(stream, drafts);
      await looking();
    },
    drop: async (view, stream) => {
      await views.drop(view, stream);
      await looking();
    },
  };
  await rebuildLedger({ store, views: watched });
  expect(steps).toBeGreaterThan(8);
  expect(await stored(views)).toEqual(before);
  expect((await views.places({ limit: 1_000 })).filter(({ view }) => view.endsWith('~'))).toEqual([]);
});

test('wherever a rebuild breaks, the old views are as they were, and the next one is whole', async () => {
  const { store, views } = await books();
  const before = await stored(views);
  for (let at = 1; ; at += 1) {
    let calls = 0;
    const breaks = (): void => {
      calls += 1;
      if (calls === at) throw new StoreError('unavailable', 'the line is cut');
    };
    const breaking: ViewStore = {
      ...views,
      save: async (save) => (breaks(), views.save(save)),
      publish: async (stream, drafts) => (breaks(), views.publish(stream, drafts)),
      drop: async (view, stream) => (breaks(), views.drop(view, stream)),
    };
    const result = await rebuildLedger({ store, views: breaking }).catch((error: unknown) => error);
    expect(await stored(views)).toEqual(before);
    if (!(result instanceof StoreError) && calls < at) break;
  }
  await rebuildLedger({ store, views });
  expect((await verifyLedger({ store, views })).findings).toEqual([]);
});

test('reports go on, and say the same, while entries come in and all is folded anew', async () => {
  const { store, views, ledger, walletId } = await books();
  const wallet = ledger.wallet(walletId);
  const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  const slow: ViewStore = {
    ...views,
    save: async (save) => turn().then(() => views.save(save)),
    publish: async (stream, drafts) => turn().then(() => views.publish(stream, drafts)),
  };
  const rebuilding = (async () => {
    for (let times = 0; times < 10; times += 1) await rebuildLedger({ store, views: slow });
  })();
  let isOver = false;
  void rebuilding.then(() => (isOver = true));
  let entries = 28;
  while (!isOver) {
    await wallet.addExpense({ amount: '1.50', category: 'Food', occurredOn: '2026-10-01' });
    entries += 1;
    const summary = await ledger.wallet(walletId).summary();
    expect(summary).toMatchObject({ entries });
    await turn();
  }
  await rebuilding;
  expect(entries).toBeGreaterThan(30);
  expect((await verifyLedger({ store, views })).findings).toEqual([]);
});

test('what is damaged in the store is mended, also for who had read it before', async () => {
  const { store, views, walletId } = await books();
  const stream = `wallet-${walletId}`;
  const places = await views.places({ limit: 1_000 });
  for (const place of places.filter((each) => each.stream === stream)) {
    const buckets = await views.scan({ ...place, limit: 1_000 });
    const seen = place.seen ?? 0;
    const broken = buckets.map((bucket) => ({
      ...bucket,
      value: JSON.parse(JSON.stringify(bucket.value).replaceAll('1.50', '9.50')) as typeof bucket.value,
    }));
    await views.save({ stream, views: [{ view: place.view, expected: seen, seen }], buckets: broken });
  }
  const ledger = createLedger({ store, views, clock, ids: { next: () => 'unused' } });
  await ledger.wallet(walletId).summary();
  await ledger.rebuild();
  expect((await verifyLedger({ store, views })).findings).toEqual([]);
  expect(await ledger.wallet(walletId).summary()).toMatchObject({ entries: 28 });
});

test('views of another version and of streams that are gone are forgotten', async () => {
  const { store, views } = await books();
  await views.save({ stream: 'wallet-gone', views: [{ view: 'flows@1', expected: 0, seen: 3 }], buckets: [] });
  await views.save({ stream: '*alerts', views: [{ view: 'old@7', expected: 0, seen: 3 }], buckets: [] });
  await rebuildLedger({ store, views });
  const left = await views.places({ limit: 1_000 });
  expect(left.filter(({ view, stream }) => stream === 'wallet-gone' || view === 'old@7')).toEqual([]);
});
