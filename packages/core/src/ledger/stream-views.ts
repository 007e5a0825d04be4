import { assert } from '../assert.ts';
import { StoreError, type StoredEvent } from '../ports/event-store.ts';
import type { Bucket, BucketRef, LoadedBuckets, ViewStore } from '../ports/view-store.ts';
import { viewNameOf, type Projection, type Recorded } from '../projection.ts';
import { decode } from '../wallet/codec.ts';
import type { WalletEvent } from '../wallet/events.ts';
import type { AnyProjection, Need, Views } from '../wallet/state.ts';
import { catchUp, FAR_BEHIND, type Caught } from './catch-up.ts';
import type { Source } from './source.ts';
import { readBeginnings } from './beginnings.ts';
import { foldAll, makeRoom, type Loaded } from './loaded.ts';
import { markIn, markOf, newest, newestRef } from './newest.ts';
import { createTail, type Tail } from './tail.ts';

const PAGE = 500;
/** How many events may be folded anew on a cold read: past it the buckets they touch are rewritten, in the background. */
const SAVE_AFTER = 512;
/** The same while much is written at once, since each save rewrites the months it touches. */
const SAVE_LATER_AFTER = 2_500;
/** The more buckets the last save rewrote, the more events the next one is for. */
const EVENTS_PER_BUCKET = 8;
const MAX_TRIES = 20;
const THE_END = Number.MAX_SAFE_INTEGER;

/**
 * Keeps a stream's views in memory, folded up to a place: each bucket is what the view store has, plus the tail of the stream
 * after it. A read of the stream and a read of a bucket may come in any order with an append, so every step checks its place
 * before it trusts what it read.
 */
export class StreamViews implements Views {
  readonly #source: Source;
  readonly #projections: readonly AnyProjection[];
  readonly #store: ViewStore;
  readonly #names: readonly string[];
  readonly #loaded: Loaded;
  /** The events after what the view store has seen. */
  readonly #tail: Tail;
  /** What the view store has seen; undefined before it was asked. */
  #base: number | undefined;
  #place = 0;
  #position = 0;
  /** Tells the event at that place from any other that may come to stand there. */
  #mark = '';
  /** Counts how often everything was forgotten. */
  #epoch = 0;
  #writing: Promise<unknown> | undefined;
  #settling: Promise<void> | undefined;
  #catching: Promise<Caught> | undefined;
  #saveAt = SAVE_AFTER;

  constructor(source: Source, projections: readonly AnyProjection[], store: ViewStore) {
    this.#source = source;
    this.#projections = projections;
    this.#store = store;
    this.#names = projections.map(viewNameOf);
    this.#loaded = new Map(projections.map((projection) => [projection, new Map()]));
    this.#tail = createTail(projections);
  }

  /** The last event folded in. */
  get place(): number {
    return this.#place;
  }

  /** Where that event stands in the whole log. */
  get position(): number {
    return this.#position;
  }

  has(projection: AnyProjection, bucket: string): boolean {
    return this.#loaded.get(projection)?.has(bucket) === true;
  }

  get<View>(projection: Projection<View, WalletEvent>, bucket: string): View {
    assert(this.has(projection, bucket), `bucket ${bucket} of ${projection.name} was loaded before it is read`);
    return this.#loaded.get(projection)?.get(bucket) as View;
  }

  /** Folds in what was stored since. `upTo` stops it there. */
  async refresh(upTo = THE_END): Promise<void> {
    for (;;) {
      if (this.#base === undefined) await this.#open();
      const limit = Math.min(PAGE, upTo - this.#place);
      const before = this.#epoch;
      const events = limit > 0 ? await this.#readOn(limit) : [];
      if (before !== this.#epoch) continue;
      if (events === undefined) {
        this.forget();
        continue;
      }
      if (events.length === PAGE && (await this.#catchUp(upTo))) continue;
      this.#fold(events.filter((stored) => this.#source.placeOf(stored) > this.#place).map(decode));
      if (events.length === PAGE) await this.settle();
      if (events.length < limit || limit === 0) break;
    }
    if (upTo !== THE_END && this.#tail.size > 0) await this.#save();
  }

  /** The events after the last one; nothing when that is not in the log any more: a server that took over, or a backup, was without it. */
  async #readOn(limit: number): Promise<readonly StoredEvent[] | undefined> {
    const [place, mark] = [this.#place, this.#mark];
    if (place === 0) return this.#source.read({ after: 0, limit });
    const [last, ...events] = await this.#source.read({ after: place - 1, limit: limit + 1 });
    return last !== undefined && markOf(last) === mark ? events : undefined;
  }

  /** Folds a long way in one go, past what is in memory. False when it is not far, or cannot be done that way. */
  async #catchUp(upTo: number): Promise<boolean> {
    if (this.#tail.size > 0 || this.#writing !== undefined) return false;
    const far = this.#place + FAR_BEHIND;
    if (far > upTo || (await this.#source.read({ after: far - 1, limit: 1 })).length === 0) return false;
    const parts = { source: this.#source, projections: this.#projections, store: this.#store };
    this.#catching ??= catchUp(parts, { from: this.#place, upTo }).finally(() => (this.#catching = undefined));
    if ((await this.#catching) === 'failed') return false;
    this.forget();
    return true;
  }

  /** Makes some buckets readable. */
  async load(needs: readonly Need[]): Promise<void> {
    if (!this.#hasAll(needs)) makeRoom(this.#loaded);
    for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
      const missing = needs.filter(({ projection, bucket }) => !this.has(projection, bucket));
      if (missing.length === 0) return;
      if (this.#base === undefined) await this.refresh();
      const refs: readonly BucketRef[] = missing.map(({ projection, bucket }) => ({ view: viewNameOf(projection), bucket }));
      const found = await this.#store.load(this.#source.key, this.#names, refs);
      const stored = new Map<string, unknown>(found.buckets.map(({ view, bucket, value }) => [`${view} ${bucket}`, value]));
      const others = missing.filter(({ projection, bucket }) => !stored.has(`${viewNameOf(projection)} ${bucket}`));
      for (const [key, value] of await readBeginnings(this.#source, others, Math.max(0, ...found.seen.values())))
        stored.set(key, value);
      if (this.#isHere(found)) this.#keep(missing, stored);
      else if (this.#writing !== undefined) await this.#writing; // our own save is on its way
      else this.forget(); // another process saved: what is in memory may be behind it
    }
    throw new StoreError('busy', `the views of ${this.#source.key} change faster than they can be read`);
  }

  /** Folds in events that were just stored, without reading them again. */
  absorb(events: readonly Recorded<WalletEvent>[]): void {
    // What a refresh brought in before is not folded twice; a gap is left to the next refresh.
    const next = events.findIndex((recorded) => this.#source.placeOf(recorded) === this.#place + 1);
    if (this.#base !== undefined && next !== -1) this.#fold(events.slice(next));
  }

  /** Writes what was folded, if there is enough of it; settled when that is done. `later` waits for more, `now` for nothing: for bulk writes. */
  settle(when: 'soon' | 'later' | 'now' = 'soon'): Promise<void> {
    const enough = { soon: this.#saveAt, later: Math.max(this.#saveAt, SAVE_LATER_AFTER), now: 1 }[when];
    if (this.#tail.size < enough) return this.#settling ?? Promise.resolve();
    this.#settling ??= this.#save()
      .then(
        (written) => void (this.#saveAt = Math.min(SAVE_LATER_AFTER, Math.max(SAVE_AFTER, EVENTS_PER_BUCKET * written))),
        (error: unknown) => {
          // Views are only a cache: a full disk or a read-only store costs speed, never an answer.
          if (!(error instanceof StoreError)) throw error;
          this.#saveAt = this.#tail.size + SAVE_AFTER;
        },
      )
      .finally(() => (this.#settling = undefined));
    return this.#settling;
  }

  async #open(): Promise<void> {
    const found = await this.#store.load(this.#source.key, this.#names, this.#projections.includes(newest) ? [newestRef] : []);
    const places = this.#names.map((name) => found.seen.get(name) ?? 0);
    const furthest = Math.max(0, ...places);
    const last = furthest === 0 ? undefined : (await this.#source.read({ after: furthest - 1, limit: 1 }))[0];
    const mark = last === undefined ? '' : markOf(last);
    if (furthest > 0 && (last === undefined || (markIn(found, furthest) ?? mark) !== mark)) {
      // The views have seen what the log does not have (a restored backup): they are of no use. The mark is the last to go.
      for (const name of this.#names) await this.#store.drop(name, this.#source.key);
      return this.#open();
    }
    // A projection that is new or was changed is folded by itself until it stands where the others do.
    for (const [index, projection] of this.#projections.entries()) {
      if ((places[index] ?? 0) < furthest) await new StreamViews(this.#source, [projection], this.#store).refresh(furthest);
    }
    if (this.#base !== undefined) return;
    this.#base = furthest;
    this.#place = furthest;
    this.#position = last?.position ?? 0;
    this.#mark = mark;
  }

  /** Lets go of all that is in memory: it is read again. */
  forget(): void {
    this.#epoch += 1;
    this.#base = undefined;
    this.#place = 0;
    this.#position = 0;
    this.#mark = '';
    this.#tail.drop(() => true);
    for (const buckets of this.#loaded.values()) buckets.clear();
  }

  #hasAll(needs: readonly Need[]): boolean {
    return needs.every(({ projection, bucket }) => this.has(projection, bucket));
  }

  #isHere({ seen }: LoadedBuckets): boolean {
    return this.#base !== undefined && this.#names.every((name) => (seen.get(name) ?? 0) === this.#base);
  }

  #keep(missing: readonly Need[], stored: ReadonlyMap<string, unknown>): void {
    for (const need of missing) {
      const value = stored.get(`${viewNameOf(need.projection)} ${need.bucket}`);
      this.#loaded.get(need.projection)?.set(need.bucket, this.#tail.fold(need, value));
    }
  }

  /** Folds in events that follow the last one. */
  #fold(events: readonly Recorded<WalletEvent>[]): void {
    const last = events.at(-1);
    if (last === undefined) return;
    this.#place = this.#source.placeOf(last);
    this.#position = last.position;
    this.#mark = markOf(last);
    foldAll(
      this.#loaded,
      events.map((recorded) => [recorded, this.#tail.push(recorded)]),
    );
  }

  /** Answers how many buckets were written. */
  async #save(): Promise<number> {
    const before = this.#epoch;
    const needs = this.#tail.touched();
    if (!this.#hasAll(needs)) {
      await this.load(needs);
      return before === this.#epoch ? this.#save() : 0;
    }
    const [expected, seen] = [this.#base ?? 0, this.#place];
    const buckets = needs.map(({ projection, bucket }): Bucket => ({
      view: viewNameOf(projection),
      bucket,
      value: this.get(projection, bucket) as Bucket['value'],
    }));
    const saved = this.#store.save({
      stream: this.#source.key,
      views: this.#names.map((view) => ({ view, expected, seen })),
      buckets,
    });
    this.#writing = saved;
    const result = await saved.finally(() => (this.#writing = undefined));
    if (before !== this.#epoch) return 0;
    if (result === 'stale') {
      this.forget();
      return 0;
    }
    this.#base = seen;
    this.#tail.drop((recorded) => this.#source.placeOf(recorded) <= seen);
    return buckets.length;
  }
}
