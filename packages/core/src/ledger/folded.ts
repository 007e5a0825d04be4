import { assert } from '../assert.ts';
import type { Json } from '../ports/event-store.ts';
import type { BucketRef, ViewStore } from '../ports/view-store.ts';
import { foldInto, isBeginning, viewNameOf, type Recorded } from '../projection.ts';
import type { WalletEvent } from '../wallet/events.ts';
import type { AnyProjection, Need } from '../wallet/state.ts';
import { readBeginnings } from './beginnings.ts';
import type { Source } from './source.ts';

/** A projection with more buckets than this is one of entries: a bucket of it is seldom touched again, and let go once it is saved. */
const MAX_KEPT = 4_096;
/** How many names of such buckets are remembered; past it every bucket that is not in memory is looked for. */
const MAX_LET_GO = 400_000;

interface Kept {
  readonly shelf: Shelf;
  readonly bucket: string;
  view: unknown;
  isDirty: boolean;
}

/** A bucket that is not in memory. */
export interface Missing extends Need {
  /** False when it can only be made of the event that it begins with. */
  readonly mayBeStored: boolean;
}

/** Buckets of a stream that are folded in place. */
export interface Folded {
  /** The buckets that some events touch, and that must be loaded before. */
  missing(events: readonly Recorded<WalletEvent>[]): readonly Missing[];
  load(missing: readonly Missing[]): Promise<void>;
  fold(recorded: Recorded<WalletEvent>): void;
  save(expected: number, seen: number): Promise<'saved' | 'stale'>;
}

/** One projection's buckets. */
interface Shelf {
  readonly projection: AnyProjection;
  readonly view: string;
  readonly kept: Map<string, Kept>;
  /** Those that are in the store and no longer in memory. */
  readonly letGo: Set<string>;
}

/** Buckets with nothing in them yet. `fromStart` says that none of the stream is in the store. */
export function createFolded(
  source: Source,
  projections: readonly AnyProjection[],
  store: Pick<ViewStore, 'load' | 'save'>,
  fromStart: boolean,
): Folded {
  const shelves = projections.map((projection): Shelf => ({
    projection,
    view: viewNameOf(projection),
    kept: new Map(),
    letGo: new Set(),
  }));
  const byView = new Map(shelves.map((shelf) => [shelf.view, shelf]));
  let dirty: Kept[] = [];
  /** Whether a bucket that is neither in memory nor let go cannot be in the store. */
  let isWhole = fromStart;

  function keep(shelf: Shelf, bucket: string, view: unknown): Kept {
    const made = { shelf, bucket, view, isDirty: false };
    shelf.kept.set(bucket, made);
    return made;
  }

  function foldBucket(shelf: Shelf, bucket: string, recorded: Recorded<WalletEvent>): void {
    const known = shelf.kept.get(bucket);
    assert(known !== undefined || (isWhole && !shelf.letGo.has(bucket)), 'a bucket is loaded before it is folded');
    const held = known ?? keep(shelf, bucket, undefined);
    held.view = foldInto(shelf.projection, held.view, recorded, bucket);
    if (!held.isDirty) dirty.push(held);
    held.isDirty = true;
  }

  function letGo(shelf: Shelf): void {
    if (shelf.kept.size <= MAX_KEPT) return;
    for (const bucket of shelf.kept.keys()) shelf.letGo.add(bucket);
    shelf.kept.clear();
    if (shelf.letGo.size <= MAX_LET_GO) return;
    isWhole = false;
    shelf.letGo.clear();
  }

  return {
    missing(events) {
      const asked = shelves.filter(({ projection, letGo: gone }) => !isWhole || gone.size > 0 || projection.beginsWithEvent);
      if (asked.length === 0) return [];
      const missing = new Map<string, Missing>();
      for (const recorded of events) {
        for (const { projection, view, kept, letGo: gone } of asked) {
          for (const bucket of projection.bucketsOf(recorded)) {
            if (kept.has(bucket) || isBeginning(projection, recorded, bucket)) continue;
            const mayBeStored = !isWhole || gone.has(bucket);
            if (mayBeStored || projection.beginsWithEvent) missing.set(`${view} ${bucket}`, { projection, bucket, mayBeStored });
          }
        }
      }
      return [...missing.values()];
    },
    async load(missing) {
      const refs = missing.filter(({ mayBeStored }) => mayBeStored).map(refOf);
      const stored = refs.length === 0 ? [] : (await store.load(source.key, [], refs)).buckets;
      const values = new Map<string, unknown>(stored.map(({ view, bucket, value }) => [`${view} ${bucket}`, value]));
      const others = missing.filter(({ projection, bucket }) => !values.has(`${viewNameOf(projection)} ${bucket}`));
      for (const [key, value] of await readBeginnings(source, others)) values.set(key, value);
      for (const { view, bucket } of missing.map(refOf)) {
        const shelf = byView.get(view);
        if (shelf !== undefined) keep(shelf, bucket, values.get(`${view} ${bucket}`));
      }
    },
    fold(recorded) {
      for (const shelf of shelves) {
        for (const bucket of shelf.projection.bucketsOf(recorded)) {
          if (!isBeginning(shelf.projection, recorded, bucket)) foldBucket(shelf, bucket, recorded);
        }
      }
    },
    save(expected, seen) {
      // In the order of their names, since that is how most stores keep them.
      const buckets = dirty.sort(byName).map(({ shelf, bucket, view }) => ({ view: shelf.view, bucket, value: view as Json }));
      for (const held of dirty) held.isDirty = false;
      dirty = [];
      const saving = store.save({ stream: source.key, views: shelves.map(({ view }) => ({ view, expected, seen })), buckets });
      for (const shelf of shelves) letGo(shelf);
      return saving;
    },
  };
}

function refOf({ projection, bucket }: Need): BucketRef {
  return { view: viewNameOf(projection), bucket };
}

function byName(a: Kept, b: Kept): number {
  if (a.shelf !== b.shelf) return a.shelf.view < b.shelf.view ? -1 : 1;
  return a.bucket < b.bucket ? -1 : 1;
}
