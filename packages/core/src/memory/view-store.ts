/** The reference view store: the shortest code that keeps the contract. */
import { parseJson } from '../json.ts';
import { StoreError } from '../ports/event-store.ts';
import type { Json } from '../ports/event-store.ts';
import type { ViewStore } from '../ports/view-store.ts';
import { assertDrafts, assertPage, assertSave } from '../store-rules.ts';

interface KeptView {
  seen: number;
  readonly buckets: Map<string, string>;
}

/**
 * A view store in memory, for tests and trials: it forgets everything when it is closed.
 *
 * @example
 * const views = createMemoryViewStore();
 * await views.save({ stream, views: [{ view: 'flows@1', expected: 0, seen: 3 }], buckets: [] });
 */
export function createMemoryViewStore(): ViewStore {
  /** By view, then by stream. */
  const kept = new Map<string, Map<string, KeptView>>();
  let closed = false;

  const assertOpen = (): void => {
    if (closed) throw new StoreError('closed', 'the store was closed');
  };

  return {
    async load(stream, views, refs) {
      assertOpen();
      const seen = new Map<string, number>();
      for (const view of views) {
        const found = kept.get(view)?.get(stream);
        if (found !== undefined) seen.set(view, found.seen);
      }
      const buckets = refs.flatMap(({ view, bucket }) => {
        const body = kept.get(view)?.get(stream)?.buckets.get(bucket);
        return body === undefined ? [] : [{ view, bucket, value: parseJson(body) as Json }];
      });
      return { seen, buckets };
    },
    async save(save) {
      assertOpen();
      assertSave(save);
      const { stream, views, buckets } = save;
      if (views.some(({ view, expected }) => (kept.get(view)?.get(stream)?.seen ?? 0) !== expected)) return 'stale';
      for (const { view, seen } of views) {
        const streams = kept.get(view) ?? new Map<string, KeptView>();
        kept.set(view, streams);
        streams.set(stream, { seen, buckets: streams.get(stream)?.buckets ?? new Map<string, string>() });
      }
      for (const { view, bucket, value } of buckets) {
        kept.get(view)?.get(stream)?.buckets.set(bucket, JSON.stringify(value));
      }
      return 'saved';
    },
    async drop(view, stream) {
      assertOpen();
      if (stream === undefined) kept.delete(view);
      else kept.get(view)?.delete(stream);
    },
    async publish(stream, drafts) {
      assertOpen();
      assertDrafts(stream, drafts);
      for (const { view, draft } of drafts) {
        const found = kept.get(draft)?.get(stream);
        kept.get(draft)?.delete(stream);
        kept.get(view)?.delete(stream);
        if (found === undefined) continue;
        kept.set(view, (kept.get(view) ?? new Map<string, KeptView>()).set(stream, found));
      }
    },
    async places({ after, limit }) {
      assertOpen();
      assertPage({ limit });
      const all = [...kept].flatMap(([view, streams]) => [...streams].map(([stream, { seen }]) => ({ view, stream, seen })));
      return pageOf(all, ({ view, stream }) => `${view}\0${stream}`, after && `${after.view}\0${after.stream}`, limit);
    },
    async scan({ view, stream, after, limit }) {
      assertOpen();
      assertPage({ limit });
      const bodies = [...(kept.get(view)?.get(stream)?.buckets ?? [])];
      return pageOf(bodies, ([bucket]) => bucket, after, limit).map(([bucket, body]) => ({
        view,
        bucket,
        value: parseJson(body) as Json,
      }));
    },
    async close() {
      closed = true;
    },
  };
}

/** What comes after a key in the order of keys. */
function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  after: string | undefined,
  limit: number,
): readonly Item[] {
  return items
    .filter((item) => after === undefined || keyOf(item) > after)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .slice(0, limit);
}
