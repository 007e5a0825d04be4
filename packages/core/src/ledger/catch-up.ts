import { assert } from '../assert.ts';
import { StoreError, type EventStore, type Json, type Slice, type StoredEvent } from '../ports/event-store.ts';
import type { ViewStore } from '../ports/view-store.ts';
import { foldInto, viewNameOf, type Recorded } from '../projection.ts';
import { decode } from '../wallet/codec.ts';
import type { WalletEvent } from '../wallet/events.ts';
import type { AnyProjection, Need } from '../wallet/state.ts';

/** A stream, or the whole log, as something to fold. */
export interface Source {
  readonly key: string;
  read(slice: Slice): Promise<readonly StoredEvent[]>;
  /** An event's version in a stream, its position in the log. */
  placeOf(event: { readonly version: number; readonly position: number }): number;
}

/** A stream as something to fold. */
export function streamSource(stream: string, store: EventStore): Source {
  return { key: stream, read: (slice) => store.read(stream, slice), placeOf: ({ version }) => version };
}

/** The whole log as something to fold. */
export function logSource(key: string, store: EventStore): Source {
  return { key, read: (slice) => store.readAll(slice), placeOf: ({ position }) => position };
}

/** What folds where to. */
interface Parts {
  readonly source: Source;
  readonly projections: readonly AnyProjection[];
  readonly store: ViewStore;
}

/** From how many events on it is worth it. */
export const FAR_BEHIND = 5_000;
const PAGE = 2_000;
/** How many events go into one save: few saves, since each writes the months it touches, but enough to write while more is folded. */
const SAVE_EVERY = 20_000;
/** How many buckets stay in memory from one save to the next. */
const MAX_KEPT = 300_000;

/**
 * Folds the many events after a place and saves what they come to, page by page, in views that nobody else holds. What one save
 * writes is written while the next pages are folded. `stale` when another process saved meanwhile, `failed` when nothing can be
 * saved: either costs time, never an answer.
 */
export async function catchUp(
  { source, projections, store }: Parts,
  options: { readonly from: number; readonly upTo: number; readonly onPage?: (events: number) => void },
): Promise<'done' | 'stale' | 'failed'> {
  const folded = createFolded(source.key, projections, store, options.from === 0);
  let [saved, place] = [options.from, options.from];
  let saving: Promise<'saved' | 'stale' | 'failed'> = Promise.resolve('saved');
  for (;;) {
    const limit = Math.min(PAGE, options.upTo - place);
    const events = limit > 0 ? await source.read({ after: place, limit }) : [];
    const recorded = events.map(decode);
    if (!folded.isWhole()) {
      await saving; // what was let go of must be there before it is read again
      await folded.load(recorded);
    }
    for (const each of recorded) folded.fold(each);
    place = recorded.length === 0 ? place : source.placeOf(recorded.at(-1) as Recorded<WalletEvent>);
    options.onPage?.(recorded.length);
    const isLast = events.length < limit || limit === 0;
    if (!isLast && place - saved < SAVE_EVERY) continue;
    const before = await saving;
    if (before !== 'saved') return before;
    if (place > saved) saving = folded.save(saved, place).catch(failedOf);
    saved = place;
    if (isLast) return (await saving) === 'saved' ? 'done' : saving.then((result) => (result === 'saved' ? 'done' : result));
  }
}

function failedOf(error: unknown): 'failed' {
  if (error instanceof StoreError) return 'failed';
  throw error;
}

interface Kept {
  readonly need: Need;
  view: unknown;
  isDirty: boolean;
}

function byName({ need: a }: Kept, { need: b }: Kept): number {
  if (a.projection !== b.projection) return a.projection.name < b.projection.name ? -1 : 1;
  return a.bucket < b.bucket ? -1 : 1;
}

/** Buckets that are folded in place. */
interface Folded {
  /** Whether a bucket that is not in memory cannot be in the store. */
  isWhole(): boolean;
  load(events: readonly Recorded<WalletEvent>[]): Promise<void>;
  fold(recorded: Recorded<WalletEvent>): void;
  save(expected: number, seen: number): Promise<'saved' | 'stale'>;
}

function createFolded(stream: string, projections: readonly AnyProjection[], store: ViewStore, fromStart: boolean): Folded {
  const kept = new Map(projections.map((projection) => [projection, new Map<string, Kept>()]));
  let dirty: Kept[] = [];
  let isWhole = fromStart;

  function keep(need: Need, view: unknown): Kept {
    const made = { need, view, isDirty: false };
    kept.get(need.projection)?.set(need.bucket, made);
    return made;
  }

  function foldBucket(projection: AnyProjection, bucket: string, recorded: Recorded<WalletEvent>): void {
    const known = kept.get(projection)?.get(bucket);
    assert(known !== undefined || isWhole, 'a bucket is loaded before it is folded');
    const held = known ?? keep({ projection, bucket }, undefined);
    held.view = foldInto(projection, held.view, recorded, bucket);
    if (!held.isDirty) dirty.push(held);
    held.isDirty = true;
  }

  function letGo(): void {
    let count = 0;
    for (const buckets of kept.values()) count += buckets.size;
    if (count <= MAX_KEPT) return;
    for (const buckets of kept.values()) buckets.clear();
    isWhole = false;
  }

  return {
    isWhole: () => isWhole,
    async load(events) {
      const missing = new Map<string, Need>();
      for (const recorded of events) {
        for (const projection of projections) {
          for (const bucket of projection.bucketsOf(recorded)) {
            if (kept.get(projection)?.has(bucket) !== true) missing.set(`${projection.name} ${bucket}`, { projection, bucket });
          }
        }
      }
      const needs = [...missing.values()];
      const refs = needs.map(({ projection, bucket }) => ({ view: viewNameOf(projection), bucket }));
      const found = await store.load(stream, [], refs);
      const values = new Map(found.buckets.map(({ view, bucket, value }) => [`${view} ${bucket}`, value]));
      for (const need of needs) keep(need, values.get(`${viewNameOf(need.projection)} ${need.bucket}`));
    },
    fold(recorded) {
      for (const projection of projections) {
        for (const bucket of projection.bucketsOf(recorded)) foldBucket(projection, bucket, recorded);
      }
    },
    save(expected, seen) {
      // In the order of their names, since that is how most stores keep them.
      const buckets = dirty.toSorted(byName).map(({ need, view }) => ({
        view: viewNameOf(need.projection),
        bucket: need.bucket,
        value: view as Json,
      }));
      for (const held of dirty) held.isDirty = false;
      dirty = [];
      const saving = store.save({
        stream,
        views: projections.map((each) => ({ view: viewNameOf(each), expected, seen })),
        buckets,
      });
      letGo();
      return saving;
    },
  };
}
