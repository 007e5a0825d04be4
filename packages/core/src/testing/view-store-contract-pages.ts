/** Going through everything that is stored: pages of places and of buckets. */
import type { Bucket, StoredView, ViewStore } from '../ports/view-store.ts';
import { equal, holds } from './contract.ts';
import type { Claim } from './contract.ts';
import { bucket, saved, VIEW } from './view-store-steps.ts';

/** Reads everything by pages, and insists on their size. */
async function inPages<Item>(
  limit: number,
  read: (limit: number, after: Item | undefined) => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (;;) {
    const page = await read(limit, items.at(-1));
    items.push(...page);
    holds(page.length <= limit, `a page of ${limit} has ${page.length}`);
    if (page.length < limit) return items;
  }
}

export const PAGE_CLAIMS: readonly Claim<ViewStore>[] = [
  [
    'pages of places put together name every view of every stream once',
    async (store) => {
      const names = ['flows@1', 'Flows@1', 'é@1', '🧾@1'].flatMap((view) => ['w1', 'w2', 'W1'].map((stream) => [view, stream]));
      for (const [at, [view = '', stream = '']] of names.entries())
        await saved(store, { view, stream, expected: 0, seen: at + 1 });
      for (const limit of [1, 5, 12, 100]) {
        const found = await inPages<StoredView>(limit, (size, after) =>
          store.places(after === undefined ? { limit: size } : { after, limit: size }),
        );
        equal(
          found.map(({ view, stream, seen }) => `${seen} ${view} ${stream}`).sort(),
          names.map(([view, stream], at) => `${at + 1} ${view} ${stream}`).sort(),
          `by ${limit}`,
        );
      }
    },
  ],
  [
    'pages of a scan put together hold every bucket of one view of one stream once',
    async (store) => {
      const names = ['a', 'A', 'é', 'e\u0301', '🧾', '2026-10', '2026', "it's"];
      await saved(store, { expected: 0, seen: 1, buckets: names.map((name) => bucket(name, { name })) });
      await saved(store, { expected: 0, seen: 1, view: 'other@1', buckets: [bucket('b', 1, 'other@1')] });
      await saved(store, { expected: 0, seen: 1, stream: 'wallet-2', buckets: [bucket('c')] });
      for (const limit of [1, 3, 8, 100]) {
        const found = await inPages<Bucket>(limit, (size, last) =>
          store.scan({ view: VIEW, stream: 'wallet-1', limit: size, ...(last === undefined ? {} : { after: last.bucket }) }),
        );
        equal(
          found.map(({ view, bucket: name, value }) => JSON.stringify([view, name, value])).sort(),
          names.map((name) => JSON.stringify([VIEW, name, { name }])).sort(),
          `by ${limit}`,
        );
      }
      equal(await store.scan({ view: VIEW, stream: 'nobody', limit: 5 }), [], 'a stream that is not there');
    },
  ],
];
