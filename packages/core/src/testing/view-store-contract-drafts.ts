/** What holds when drafts take the place of views. */
import type { Json } from '../ports/event-store.ts';
import type { ViewStore } from '../ports/view-store.ts';
import { equal, holds } from './contract.ts';
import type { Claim } from './contract.ts';
import { bucket, look, saved, VIEW } from './view-store-steps.ts';

export const DRAFT_CLAIMS: readonly Claim<ViewStore>[] = [
  [
    'a draft takes the place of its view, and is gone; other streams and views stay',
    async (store) => {
      await saved(store, { expected: 0, seen: 9, buckets: [bucket('a', 1), bucket('b', 1)] });
      await saved(store, { expected: 0, seen: 9, buckets: [bucket('a', 1)], stream: 'wallet-2' });
      await saved(store, {
        expected: 0,
        seen: 4,
        buckets: [bucket('a', 2, 'draft@1'), bucket('c', 2, 'draft@1')],
        view: 'draft@1',
      });
      await saved(store, { expected: 0, seen: 3, buckets: [bucket('a', 3, 'draft@1')], view: 'draft@1', stream: 'wallet-2' });
      await store.publish('wallet-1', [{ view: VIEW, draft: 'draft@1' }]);
      equal(await look(store, ['a', 'b', 'c']), [4, 2, 2], 'the view');
      equal(await look(store, ['a', 'c'], 'draft@1'), [null], 'the draft');
      equal(
        [await look(store, ['a'], VIEW, 'wallet-2'), await look(store, ['a'], 'draft@1', 'wallet-2')],
        [
          [9, 1],
          [3, 3],
        ],
        'another stream',
      );
    },
  ],
  [
    'a view whose draft was never saved is forgotten; one that was not there comes to be',
    async (store) => {
      await saved(store, { expected: 0, seen: 9, buckets: [bucket('a', 1)] });
      await saved(store, { expected: 0, seen: 2, buckets: [bucket('a', 2, 'draft@1')], view: 'draft@1' });
      await store.publish('wallet-1', [
        { view: VIEW, draft: 'no-draft@1' },
        { view: 'new@1', draft: 'draft@1' },
      ]);
      equal([await look(store, ['a']), await look(store, ['a'], 'new@1')], [[null], [2, 2]], 'what is there');
    },
  ],
  [
    'who reads while drafts are published sees what was there, or what is',
    async (store) => {
      await saved(store, { expected: 0, seen: 1, buckets: [bucket('a', 1), bucket('b', 1)] });
      const publishing = (async () => {
        for (let seen = 2; seen <= 40; seen += 1) {
          const buckets = [bucket('a', seen, 'draft@1'), bucket('b', seen, 'draft@1')];
          await saved(store, { expected: 0, seen, buckets, view: 'draft@1' });
          await store.publish('wallet-1', [{ view: VIEW, draft: 'draft@1' }]);
        }
      })();
      for (let times = 0; times < 60; times += 1) {
        const [seen, a, b] = (await look(store, ['a', 'b'])) as readonly Json[];
        holds(
          seen !== null && seen === a && a === b,
          `seen ${JSON.stringify(seen)} with ${JSON.stringify(a)} and ${JSON.stringify(b)}`,
        );
      }
      await publishing;
    },
  ],
];
