/** The reference view store: the shortest code that keeps the contract. */
import { StoreError } from '../ports/event-store.ts';
import type { Json } from '../ports/event-store.ts';
import type { ViewStore } from '../ports/view-store.ts';
import { assertSave } from '../store-rules.ts';

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
        return body === undefined ? [] : [{ view, bucket, value: JSON.parse(body) as Json }];
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
    async close() {
      closed = true;
    },
  };
}
