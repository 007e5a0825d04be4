import { StoreError, type EventStore } from '../ports/event-store.ts';
import type { StoredView, ViewStore } from '../ports/view-store.ts';
import { viewNameOf } from '../projection.ts';
import type { AnyProjection } from '../wallet/state.ts';
import { decode } from '../wallet/codec.ts';
import { catchUp, createBulkFold, type BulkFold, type Caught, type Parts } from './catch-up.ts';
import { draftOf, draftViews, isDraft } from './draft-views.ts';
import { logViews, keptProjections } from './session.ts';
import { logSource, streamSource, type Source } from './source.ts';

/** What is gone through, and with what. */
export interface Books {
  readonly store: EventStore;
  readonly views: ViewStore;
  /** Projections of one's own, as they were given to the ledger. */
  readonly projections?: readonly AnyProjection[];
}

/** How far it is: events done of those there are to do. */
export interface Progress {
  readonly stage: 'log' | 'views';
  readonly done: number;
  /** Null while it is not known yet. */
  readonly total: number | null;
}

/** What is folded, where from, and how many events there were. */
export interface Folding {
  readonly source: Source;
  readonly projections: readonly AnyProjection[];
  readonly events: number;
}

/** Few, so that most of what is read of a page is gone before a collection of young objects has to copy it. */
const PAGE = 500;
const MAX_TRIES = 5;

/** Everything that is folded of a log: each stream by itself, and the whole log. */
export function foldingsOf({ store, projections = [] }: Books, counts: ReadonlyMap<string, number>): readonly Folding[] {
  const own = [...projections, ...keptProjections];
  const streams = [...counts].map(([stream, events]) => ({ source: streamSource(stream, store), projections: own, events }));
  const all = [...counts.values()].reduce((sum, events) => sum + events, 0);
  const log = Object.entries(logViews).map(([key, each]) => ({ source: logSource(key, store), projections: each, events: all }));
  return [...streams, ...log];
}

/** How many streams are folded side by side while the log goes by once; further ones are read by themselves. */
const MAX_BESIDE = 64;

/**
 * Folds every view anew from the events, beside the stored ones, and puts each stream's in their place when they are done. What
 * is read meanwhile is the old or the new, never half; killed in the midst of it, the old ones stay.
 *
 * @example
 * await rebuildLedger({ store, views, onProgress: ({ done, total }) => console.log(done, total) });
 */
export async function rebuildLedger(
  books: Books & { readonly onProgress?: (progress: Progress) => void },
): Promise<{ readonly streams: number; readonly events: number }> {
  const { views, onProgress } = books;
  // What a rebuild that was killed has left.
  await dropPlaces(views, async ({ view }) => isDraft(view));
  const { counts, undone } = await foldLog(books, (done) => onProgress?.({ stage: 'log', done, total: null }));
  const foldings = foldingsOf(books, counts).filter(({ source }) => undone.has(source.key));
  const events = [...counts.values()].reduce((sum, each) => sum + each, 0);
  const total = foldings.reduce((sum, folding) => sum + folding.events, events);
  let done = events;
  const onPage = (more: number): void => onProgress?.({ stage: 'views', done: Math.min((done += more), total), total });
  for (const { source, projections } of foldings) await foldAnew({ source, projections, store: views }, onPage);
  await dropPlaces(views, (place) => isLeftOver(books, counts, place));
  onProgress?.({ stage: 'views', done: total, total });
  return { streams: counts.size, events };
}

/** Goes through the log once, folding the first streams and the views of the whole log on the way. */
async function foldLog(
  books: Books,
  onPage: (done: number) => void,
): Promise<{ readonly counts: ReadonlyMap<string, number>; readonly undone: ReadonlySet<string> }> {
  const { store, views, projections = [] } = books;
  const own = [...projections, ...keptProjections];
  const drafts = draftViews(views);
  const counts = new Map<string, number>();
  const undone = new Set<string>();
  const folds = new Map<string, BulkFold>();
  for (const [key, each] of Object.entries(logViews)) {
    folds.set(key, createBulkFold({ source: logSource(key, store), projections: each, store: drafts }, 0));
  }
  const foldOf = (stream: string): BulkFold | undefined => {
    if (!counts.has(stream) && counts.size < MAX_BESIDE) {
      folds.set(stream, createBulkFold({ source: streamSource(stream, store), projections: own, store: drafts }, 0));
    }
    return folds.get(stream);
  };
  const keep = (key: string, caught: Caught): void => {
    if (caught === 'saved') return;
    folds.delete(key);
    undone.add(key);
  };
  for (let [after, done] = [0, 0]; ;) {
    const page = await store.readAll({ after, limit: PAGE });
    const recorded = page.map(decode);
    for (const key of Object.keys(logViews)) keep(key, (await folds.get(key)?.take(recorded)) ?? 'stale');
    for (const [stream, events] of Map.groupBy(recorded, (each) => each.stream)) {
      keep(stream, (await foldOf(stream)?.take(events)) ?? 'stale');
      counts.set(stream, (counts.get(stream) ?? 0) + events.length);
    }
    onPage((done += page.length));
    if (page.length < PAGE) break;
    after = page.at(-1)?.position ?? after;
  }
  for (const [key, fold] of folds) {
    const caught = await fold.end();
    keep(key, caught);
    if (caught === 'saved') await publish(views, key, key in logViews ? logViews[key as keyof typeof logViews] : own);
  }
  return { counts, undone };
}

async function publish(views: ViewStore, stream: string, projections: readonly AnyProjection[]): Promise<void> {
  const names = projections.map(viewNameOf);
  await views.publish(
    stream,
    names.map((view) => ({ view, draft: draftOf(view) })),
  );
}

/** Forgets what stands at some places. */
async function dropPlaces(views: ViewStore, isMeant: (place: StoredView) => Promise<boolean>): Promise<void> {
  for (let after: StoredView | undefined; ;) {
    const page = await views.places({ limit: 1_000, ...(after === undefined ? {} : { after }) });
    for (const place of page) if (await isMeant(place)) await views.drop(place.view, place.stream);
    after = page.at(-1);
    if (after === undefined) return;
  }
}

/** What nothing is folded into any more: an older version's view, and one of a stream that the log does not have. */
async function isLeftOver(
  { store, projections = [] }: Books,
  counts: ReadonlyMap<string, number>,
  { view, stream }: StoredView,
): Promise<boolean> {
  const log = (logViews as Readonly<Record<string, readonly AnyProjection[]>>)[stream];
  const known = log ?? [...projections, ...keptProjections];
  if (!known.some((projection) => viewNameOf(projection) === view)) return true;
  if (counts.has(stream)) return false;
  const [first] = await (log === undefined ? store.read(stream, { after: 0, limit: 1 }) : store.readAll({ after: 0, limit: 1 }));
  return first === undefined;
}

async function foldAnew(parts: Parts & { readonly store: ViewStore }, onPage: (events: number) => void): Promise<void> {
  const { source, projections, store } = parts;
  const drafts = draftViews(store);
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    // What another rebuild, or a try that failed, has there.
    for (const projection of projections) await drafts.drop(viewNameOf(projection), source.key);
    const result = await catchUp({ ...parts, store: drafts }, { from: 0, upTo: Number.MAX_SAFE_INTEGER, onPage });
    if (result === 'saved') return publish(store, source.key, projections);
    if (result === 'failed') throw new StoreError('unavailable', 'the views cannot be saved; make room or look at the disk');
  }
  throw new StoreError('busy', `the views of ${source.key} are folded by another rebuild as well: wait until it is done`);
}
