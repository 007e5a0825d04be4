import { createMemoryViewStore } from '../memory/view-store.ts';
import type { EventStore, Version } from '../ports/event-store.ts';
import { entries } from '../wallet/entries.ts';
import { importedEntries, knownRows } from '../wallet/imports.ts';
import type { AnyProjection } from '../wallet/state.ts';
import { readConsistently, type ReadPlan } from './read-plan.ts';
import { streamSource } from './source.ts';
import { StreamViews } from './stream-views.ts';

type Read = <Result>(stream: string, plan: ReadPlan<Result>) => Promise<Result>;
type ReadAt = <Result>(stream: string, instant: string, plan: ReadPlan<Result>) => Promise<Result>;

/** How many past states stay in memory: what was never changes, so they are never stale. */
const MAX_PASTS = 6;

/** What only deciding looks at: as many buckets as there are entries, which no report reads. */
const NOT_READ: ReadonlySet<AnyProjection> = new Set<AnyProjection>([entries, knownRows, importedEntries]);

/** How many of a stream's events were recorded by an instant: found by halving, one event at a time. */
async function versionAt(
  { store, stream, end }: { readonly store: EventStore; readonly stream: string; readonly end: Version },
  instant: string,
): Promise<Version> {
  let [known, unknown] = [0, end + 1];
  while (unknown - known > 1) {
    const middle = Math.floor((known + unknown) / 2);
    const [event] = await store.read(stream, { after: middle - 1, limit: 1 });
    if (event !== undefined && event.recordedAt <= instant) known = middle;
    else unknown = middle;
  }
  return known;
}

/**
 * Makes reads of what a ledger knew at an instant: its views are folded up to the last event that was recorded by then, and kept
 * for the next who asks. The first who asks waits for a replay.
 */
export function createPast(store: EventStore, projections: readonly AnyProjection[], now: Read): ReadAt {
  const kept = new Map<string, StreamViews>();
  const read = projections.filter((projection) => !NOT_READ.has(projection));

  function open(stream: string, version: Version): StreamViews {
    const key = `${stream} ${version}`;
    const whole = streamSource(stream, store);
    const until = {
      ...whole,
      read: async ({ after, limit }: { readonly after: number; readonly limit: number }) =>
        after >= version ? [] : whole.read({ after, limit: Math.min(limit, version - after) }),
    };
    const views = kept.get(key) ?? new StreamViews(until, read, createMemoryViewStore());
    kept.delete(key);
    kept.set(key, views);
    const oldest = kept.keys().next().value;
    if (kept.size > MAX_PASTS && oldest !== undefined) kept.delete(oldest);
    return views;
  }

  return async <Result>(stream: string, instant: string, plan: ReadPlan<Result>): Promise<Result> => {
    const end = await now(stream, { needs: () => [], result: (_, __, at) => at.version });
    const version = await versionAt({ store, stream, end }, instant);
    if (version === end) {
      // Nothing came since: the wallet as it stands, if it still does.
      const asItStands = await now(stream, {
        needs: (head, views) => plan.needs(head, views),
        result: (head, views, at) => (at.version === version ? { result: plan.result(head, views, at) } : undefined),
      });
      if (asItStands !== undefined) return asItStands.result;
    }
    const views = open(stream, version);
    await views.refresh();
    return readConsistently(views, plan);
  };
}
