import { assert } from '../assert.ts';
import { StoreError, type Slice, type StoredEvent } from '../ports/event-store.ts';
import type { Bucket, BucketRef, LoadedBuckets, ViewStore } from '../ports/view-store.ts';
import { viewNameOf, type Projection, type Recorded } from '../projection.ts';
import { decode } from '../wallet/codec.ts';
import type { WalletEvent } from '../wallet/events.ts';
import type { AnyProjection, Need, Views } from '../wallet/state.ts';
import { createTail } from './tail.ts';

/** A stream, or the whole log, as something to fold. */
export interface Source {
  readonly key: string;
  read(slice: Slice): Promise<readonly StoredEvent[]>;
  /** An event's version in a stream, its position in the log. */
  placeOf(event: { readonly version: number; readonly position: number }): number;
}

/** The buckets of one stream's projections, folded up to a place and kept in memory. */
export interface StreamViews {
  readonly views: Views;
  /** The last event folded in. */
  readonly place: number;
  /** Where that event stands in the whole log. */
  readonly position: number;
  /** Folds in what was stored since. `upTo` stops it there. */
  refresh(upTo?: number): Promise<void>;
  /** Makes some buckets readable. */
  load(needs: readonly Need[]): Promise<void>;
  /** Folds in events that were just stored, without reading them again. */
  absorb(events: readonly Recorded<WalletEvent>[]): void;
  /** Writes what was folded, if there is enough of it; settled when that is done. */
  settle(): Promise<void>;
}

const PAGE = 500;
/** How many events may be folded anew on a cold read: past it the buckets they touch are rewritten, in the background. */
const SAVE_AFTER = 256;
/** How many buckets of a stream stay in memory. */
const MAX_BUCKETS = 4_096;
const MAX_TRIES = 20;
const THE_END = Number.MAX_SAFE_INTEGER;

/**
 * Keeps a stream's views: each bucket is what the view store has, plus the tail of the stream after it. A read of the stream
 * and a read of a bucket may come in any order with an append, so every step checks its place before it trusts what it read.
 */
export function createStreamViews(source: Source, projections: readonly AnyProjection[], store: ViewStore): StreamViews {
  const names = projections.map(viewNameOf);
  const loaded = new Map<AnyProjection, Map<string, unknown>>(projections.map((projection) => [projection, new Map()]));
  const tail = createTail(projections); // the events after `base`
  let base: number | undefined; // what the view store has seen
  let place = 0;
  let position = 0;
  let epoch = 0; // counts how often everything was forgotten
  let writing: Promise<unknown> | undefined;
  let settling: Promise<void> | undefined;
  let saveAt = SAVE_AFTER;

  function forget(): void {
    epoch += 1;
    base = undefined;
    place = 0;
    position = 0;
    tail.drop(() => true);
    for (const buckets of loaded.values()) buckets.clear();
  }

  const views: Views = {
    has: (projection, bucket) => loaded.get(projection)?.has(bucket) === true,
    get<View>(projection: Projection<View, WalletEvent>, bucket: string): View {
      const buckets = loaded.get(projection);
      assert(buckets?.has(bucket) === true, `bucket ${bucket} of ${projection.name} was loaded before it is read`);
      return buckets.get(bucket) as View;
    },
  };

  async function open(): Promise<void> {
    const { seen } = await store.load(source.key, names, []);
    const places = names.map((name) => seen.get(name) ?? 0);
    const furthest = Math.max(0, ...places);
    // A projection that is new or was changed is folded by itself until it stands where the others do.
    for (const [index, projection] of projections.entries()) {
      if ((places[index] ?? 0) < furthest) await createStreamViews(source, [projection], store).refresh(furthest);
    }
    const last = furthest === 0 ? undefined : (await source.read({ after: furthest - 1, limit: 1 }))[0];
    if (furthest > 0 && last === undefined) {
      // The views have seen what the log does not have (a restored backup): they are of no use.
      for (const name of names) await store.drop(name, source.key);
      return open();
    }
    if (base !== undefined) return;
    base = furthest;
    place = furthest;
    position = last?.position ?? 0;
  }

  function isAt(expected: number | undefined, { seen }: LoadedBuckets): boolean {
    return expected !== undefined && names.every((name) => (seen.get(name) ?? 0) === expected);
  }

  function makeRoom(): void {
    let count = 0;
    for (const buckets of loaded.values()) count += buckets.size;
    if (count > MAX_BUCKETS) for (const buckets of loaded.values()) buckets.clear();
  }

  async function load(needs: readonly Need[]): Promise<void> {
    if (needs.some(({ projection, bucket }) => !views.has(projection, bucket))) makeRoom();
    for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
      const missing = needs.filter(({ projection, bucket }) => !views.has(projection, bucket));
      if (missing.length === 0) return;
      if (base === undefined) await refresh();
      const refs: readonly BucketRef[] = missing.map(({ projection, bucket }) => ({ view: viewNameOf(projection), bucket }));
      const found = await store.load(source.key, names, refs);
      if (isAt(base, found)) keep(missing, found.buckets);
      else if (writing !== undefined) await writing; // our own save is on its way
      else forget(); // another process saved: what is in memory may be behind it
    }
    throw new StoreError('busy', `the views of ${source.key} change faster than they can be read`);
  }

  function keep(missing: readonly Need[], found: readonly Bucket[]): void {
    const stored = new Map(found.map(({ view, bucket, value }) => [`${view} ${bucket}`, value]));
    for (const need of missing) {
      const value = stored.get(`${viewNameOf(need.projection)} ${need.bucket}`);
      loaded.get(need.projection)?.set(need.bucket, tail.fold(need, value));
    }
  }

  function fold(recorded: Recorded<WalletEvent>): void {
    place = source.placeOf(recorded);
    position = recorded.position;
    for (const { projection, bucket } of tail.push(recorded)) {
      const buckets = loaded.get(projection);
      if (buckets?.has(bucket) === true) buckets.set(bucket, projection.apply(buckets.get(bucket), recorded, bucket));
    }
  }

  function absorb(events: readonly Recorded<WalletEvent>[]): void {
    // What a refresh brought in before is not folded twice; a gap is left to the next refresh.
    for (const recorded of events) if (base !== undefined && source.placeOf(recorded) === place + 1) fold(recorded);
  }

  async function refresh(upTo = THE_END): Promise<void> {
    for (;;) {
      if (base === undefined) await open();
      const limit = Math.min(PAGE, upTo - place);
      const before = epoch;
      const events = limit > 0 ? await source.read({ after: place, limit }) : [];
      if (before !== epoch) continue;
      for (const stored of events) if (source.placeOf(stored) > place) fold(decode(stored));
      if (events.length === PAGE) await settle();
      if (events.length < limit || limit === 0) break;
    }
    if (upTo !== THE_END && tail.size > 0) await save();
  }

  async function save(): Promise<void> {
    const before = epoch;
    const needs = tail.touched();
    if (!needs.every(({ projection, bucket }) => views.has(projection, bucket))) {
      await load(needs);
      return before === epoch ? save() : undefined;
    }
    const [expected, seen] = [base ?? 0, place];
    const buckets = needs.map(({ projection, bucket }): Bucket => ({
      view: viewNameOf(projection),
      bucket,
      value: views.get(projection, bucket) as Bucket['value'],
    }));
    const saved = store.save({ stream: source.key, views: names.map((view) => ({ view, expected, seen })), buckets });
    writing = saved;
    const result = await saved.finally(() => (writing = undefined));
    if (before !== epoch) return;
    if (result === 'stale') return forget();
    base = seen;
    tail.drop((recorded) => source.placeOf(recorded) <= seen);
  }

  function settle(): Promise<void> {
    if (tail.size < saveAt) return settling ?? Promise.resolve();
    settling ??= save()
      .then(
        () => void (saveAt = SAVE_AFTER),
        (error: unknown) => {
          // Views are only a cache: a full disk or a read-only store costs speed, never an answer.
          if (!(error instanceof StoreError)) throw error;
          saveAt = tail.size + SAVE_AFTER;
        },
      )
      .finally(() => (settling = undefined));
    return settling;
  }

  return {
    views,
    get place() {
      return place;
    },
    get position() {
      return position;
    },
    refresh,
    load,
    absorb,
    settle,
  };
}
