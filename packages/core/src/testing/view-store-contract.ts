/** What every view store must hold, as cases for any test runner. */
import { parseJson } from '../json.ts';
import type { Json } from '../ports/event-store.ts';
import type { Bucket, ViewStore } from '../ports/view-store.ts';
import { casesOf, equal, holds, refused } from './contract.ts';
import type { Claim, ContractCase } from './contract.ts';
import { DRAFT_CLAIMS } from './view-store-contract-drafts.ts';
import { PAGE_CLAIMS } from './view-store-contract-pages.ts';
import { bucket, look, saved, VIEW } from './view-store-steps.ts';

const SAVE_CLAIMS: readonly Claim<ViewStore>[] = [
  [
    'a view that was never saved is absent',
    async (store) => {
      const loaded = await store.load('wallet-1', [VIEW], [bucket('2026-10')]);
      equal([loaded.seen, loaded.buckets], [new Map(), []], 'what is there');
    },
  ],
  [
    'a saved bucket comes back, with what its view has seen',
    async (store) => {
      await saved(store, { expected: 0, seen: 7, buckets: [bucket('2026-10'), bucket('2026-11', [1, 2])] });
      const refs = ['2026-12', '2026-11', '2026-10'].map((name) => ({ view: VIEW, bucket: name }));
      const loaded = await store.load('wallet-1', [VIEW, 'other@1'], refs);
      equal(loaded.seen, new Map([[VIEW, 7]]), 'seen');
      equal(loaded.buckets, [bucket('2026-11', [1, 2]), bucket('2026-10')], 'the buckets that exist, as they were asked for');
    },
  ],
  [
    'a later save replaces its buckets and leaves the others',
    async (store) => {
      await saved(store, { expected: 0, seen: 3, buckets: [bucket('a', 1), bucket('b', 1)] });
      await saved(store, { expected: 3, seen: 4, buckets: [bucket('b', 2), bucket('c', 2)] });
      await saved(store, { expected: 4, seen: 9 });
      equal(await look(store, ['a', 'b', 'c']), [9, 1, 2, 2], 'what is there');
    },
  ],
  [
    'a save from a place where the view does not stand is stale and writes nothing',
    async (store) => {
      await saved(store, { expected: 4, seen: 5, buckets: [bucket('a', 9)] }, 'stale');
      await saved(store, { expected: 0, seen: 5, buckets: [bucket('a', 1)] });
      for (const expected of [0, 4, 6])
        await saved(store, { expected, seen: 8, buckets: [bucket('a', 9), bucket('b', 9)] }, 'stale');
      equal(await look(store, ['a', 'b']), [5, 1], 'what is there');
    },
  ],
  [
    'a save of several views is all or nothing',
    async (store) => {
      await saved(store, { expected: 0, seen: 2, buckets: [bucket('a', 1)] });
      const save = (expected: number): Promise<'saved' | 'stale'> =>
        store.save({
          stream: 'wallet-1',
          views: [
            { view: 'other@1', expected: 0, seen: 3 },
            { view: VIEW, expected, seen: 3 },
          ],
          buckets: [bucket('a', 2, 'other@1'), bucket('a', 2)],
        });
      equal(await save(1), 'stale', 'one of the views is elsewhere');
      equal([await look(store, ['a']), await look(store, ['a'], 'other@1')], [[2, 1], [null]], 'nothing is written');
      equal(await save(2), 'saved', 'both are where they should be');
      equal(
        [await look(store, ['a']), await look(store, ['a'], 'other@1')],
        [
          [3, 2],
          [3, 2],
        ],
        'both are written',
      );
    },
  ],
  [
    'of many saves from one place exactly one wins',
    async (store) => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          store.save({
            stream: 'wallet-1',
            views: [{ view: VIEW, expected: 0, seen: 1 }],
            buckets: [bucket('a', at), bucket('b', at)],
          }),
        ),
      );
      equal(answers.filter((answer) => answer === 'saved').length, 1, 'winners');
      const [, a, b] = (await look(store, ['a', 'b'])) as readonly Json[];
      equal(a, b, 'both buckets are of one save');
    },
  ],
  [
    'streams and views keep their buckets apart',
    async (store) => {
      const places = [
        ['flows@1', 'wallet-1'],
        ['flows@2', 'wallet-1'],
        ['flows@1', 'wallet-2'],
        ['Flows@1', 'Wallet-1'],
      ] as const;
      for (const [at, [view, stream]] of places.entries())
        await saved(store, { view, stream, expected: 0, seen: at + 1, buckets: [bucket('a', at, view)] });
      for (const [at, [view, stream]] of places.entries()) equal(await look(store, ['a', 'A'], view, stream), [at + 1, at], view);
    },
  ],
  [
    'a load sees buckets and places of one moment',
    async (store) => {
      await saved(store, { expected: 0, seen: 1, buckets: [bucket('a', 1), bucket('b', 1)] });
      const writing = (async () => {
        for (let seen = 2; seen <= 60; seen += 1)
          await saved(store, { expected: seen - 1, seen, buckets: [bucket('a', seen), bucket('b', seen)] });
      })();
      for (let times = 0; times < 60; times += 1) {
        const [seen, a, b] = (await look(store, ['a', 'b'])) as readonly Json[];
        holds(seen === a && a === b, `seen ${JSON.stringify(seen)} with ${JSON.stringify(a)} and ${JSON.stringify(b)}`);
      }
      await writing;
    },
  ],
];

const SIZE_CLAIMS: readonly Claim<ViewStore>[] = [
  [
    'two thousand buckets are saved and loaded at once',
    async (store) => {
      const buckets = Array.from({ length: 2_000 }, (_, at) => bucket(`2026-${at}`, { at }));
      await saved(store, { expected: 0, seen: 1, buckets });
      await saved(store, { expected: 1, seen: 2, buckets });
      const loaded = await store.load('wallet-1', [VIEW], buckets);
      equal(loaded.buckets, buckets, 'the buckets');
    },
  ],
  [
    'a bucket of a megabyte comes back whole',
    async (store) => {
      const value = { rows: Array.from({ length: 10_000 }, (_, at) => `${at} ${'é'.repeat(50)}`) };
      await saved(store, { expected: 0, seen: 1, buckets: [bucket('big', value)] });
      equal(await look(store, ['big']), [1, value], 'the bucket');
    },
  ],
  [
    'any JSON and any name comes back as it was',
    async (store) => {
      const value = parseJson('{"__proto__":[null,true,1.5e-7,""],"é🧾":{"\\u0000":"\\ud800"}}') as Json;
      const escaped = [
        { a: [], '\\': 0 },
        { a: 1, '"': 2 },
      ];
      await saved(store, { stream: 'wallet-2', expected: 0, seen: 1, buckets: [bucket('escaped', escaped)] });
      equal(await look(store, ['escaped'], VIEW, 'wallet-2'), [1, escaped], 'names with escapes');
      const names = ["it's", '100%_', 'é', 'e\u0301', 'A', 'a', '🧾'.repeat(60), '__proto__'];
      await saved(store, { expected: 0, seen: 1, buckets: names.map((name) => bucket(name, { name, value })) });
      equal(await look(store, names), [1, ...names.map((name) => ({ name, value }))], 'the buckets');
    },
  ],
];

const DROP_CLAIMS: readonly Claim<ViewStore>[] = [
  [
    'a view is dropped for one stream, or for all',
    async (store) => {
      for (const stream of ['wallet-1', 'wallet-2', 'wallet-3'])
        for (const view of [VIEW, 'other@1'])
          await saved(store, { view, stream, expected: 0, seen: 2, buckets: [bucket('a', 1, view)] });
      await store.drop(VIEW, 'wallet-1');
      equal([await look(store, ['a']), await look(store, ['a'], VIEW, 'wallet-2')], [[null], [2, 1]], 'of one stream');
      await saved(store, { expected: 0, seen: 1 });
      equal(await look(store, ['a']), [1], 'the old bucket is gone');
      await store.drop(VIEW);
      for (const stream of ['wallet-1', 'wallet-2', 'wallet-3']) {
        equal(await look(store, ['a'], VIEW, stream), [null], `of all, ${stream}`);
        equal(await look(store, ['a'], 'other@1', stream), [2, 1], `the other view, ${stream}`);
      }
      await store.drop('never-saved@1');
    },
  ],
  [
    'what is handed to a save may change after the call',
    async (store) => {
      const value = { sum: '1.00' };
      const save = saved(store, { expected: 0, seen: 1, buckets: [bucket('a', value)] });
      value.sum = '2.00';
      await save;
      equal(await look(store, ['a']), [1, { sum: '1.00' }], 'the bucket as it was');
    },
  ],
  [
    'what no store can keep is refused as a bug',
    async (store) => {
      const save = (views: readonly (readonly [string, number, number])[], buckets: readonly Bucket[]) => () =>
        store.save({ stream: 'wallet-1', views: views.map(([view, expected, seen]) => ({ view, expected, seen })), buckets });
      await refused(save([], []), 'assertion-failed', 'no view');
      await refused(
        save(
          [
            [VIEW, 0, 1],
            [VIEW, 0, 1],
          ],
          [],
        ),
        'assertion-failed',
        'a view twice',
      );
      await refused(save([[VIEW, 2, 1]], []), 'assertion-failed', 'a view that moves back');
      await refused(save([[VIEW, 0, 1]], [bucket('a', 1, 'other@1')]), 'assertion-failed', 'a bucket of another view');
      await refused(save([[VIEW, 0, 1]], [bucket('a'), bucket('a')]), 'assertion-failed', 'a bucket twice');
      await refused(save([[VIEW, 0, 1]], [bucket('')]), 'assertion-failed', 'a bucket without a name');
      equal(await look(store, ['a']), [null], 'nothing is written');
    },
  ],
  [
    'close can be repeated, and every call after it is refused',
    async (store) => {
      const save = store.save({ stream: 'wallet-1', views: [{ view: VIEW, expected: 0, seen: 1 }], buckets: [] });
      await Promise.all([store.close(), store.close()]);
      await store.close();
      equal(await save, 'saved', 'a save that was under way');
      await refused(() => store.load('wallet-1', [VIEW], []), 'closed', 'load');
      await refused(() => store.save({ stream: 'wallet-1', views: [], buckets: [] }), 'closed', 'save');
      await refused(() => store.drop(VIEW), 'closed', 'drop');
      await refused(() => store.publish('wallet-1', []), 'closed', 'publish');
      await refused(() => store.places({ limit: 1 }), 'closed', 'places');
      await refused(() => store.scan({ view: VIEW, stream: 'wallet-1', limit: 1 }), 'closed', 'scan');
    },
  ],
];

/**
 * The cases that every view store passes. `open` gives a fresh, empty store each time; the case closes it.
 *
 * @example
 * for (const { name, run } of viewStoreContract(async () => createMemoryViewStore())) test(name, run);
 */
export function viewStoreContract(open: () => Promise<ViewStore>): readonly ContractCase[] {
  return casesOf(open, [...SAVE_CLAIMS, ...DRAFT_CLAIMS, ...SIZE_CLAIMS, ...DROP_CLAIMS, ...PAGE_CLAIMS]);
}
