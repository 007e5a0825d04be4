import { StoreError, type EventStore } from '../ports/event-store.ts';
import type { ViewStore } from '../ports/view-store.ts';
import type { AnyProjection } from '../wallet/state.ts';
import { decode } from '../wallet/codec.ts';
import { catchUp, createBulkFold, SAVE_EVERY, type BulkFold, type Caught } from './catch-up.ts';
import { logViews, walletProjections } from './session.ts';
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
  const own = [...walletProjections, ...projections];
  const streams = [...counts].map(([stream, events]) => ({ source: streamSource(stream, store), projections: own, events }));
  const all = [...counts.values()].reduce((sum, events) => sum + events, 0);
  const log = Object.entries(logViews).map(([key, each]) => ({ source: logSource(key, store), projections: each, events: all }));
  return [...streams, ...log];
}

/** How many streams are folded side by side while the log goes by once; further ones are read by themselves. */
const MAX_BESIDE = 64;

/**
 * Forgets every stored view and folds all of them anew from the events. What is read meanwhile is right, and slower.
 *
 * @example
 * await rebuildLedger({ store, views, onProgress: ({ done, total }) => console.log(done, total) });
 */
export async function rebuildLedger(
  books: Books & { readonly onProgress?: (progress: Progress) => void },
): Promise<{ readonly streams: number; readonly events: number }> {
  const { views, onProgress } = books;
  const dropped = dropAll(views);
  dropped.catch(() => undefined); // awaited further down, where it throws
  const { counts, undone } = await foldLog(books, dropped, (done) => onProgress?.({ stage: 'log', done, total: null }));
  const foldings = foldingsOf(books, counts).filter(({ source }) => undone.has(source.key));
  const events = [...counts.values()].reduce((sum, each) => sum + each, 0);
  const total = foldings.reduce((sum, folding) => sum + folding.events, events);
  let done = events;
  const onPage = (more: number): void => onProgress?.({ stage: 'views', done: Math.min((done += more), total), total });
  for (const { source, projections } of foldings) await foldAnew({ source, projections, store: views }, onPage);
  onProgress?.({ stage: 'views', done: total, total });
  return { streams: counts.size, events };
}

/** Goes through the log once, folding the first streams and the views of the whole log on the way. */
async function foldLog(
  books: Books,
  dropped: Promise<void>,
  onPage: (done: number) => void,
): Promise<{ readonly counts: ReadonlyMap<string, number>; readonly undone: ReadonlySet<string> }> {
  const { store, views, projections = [] } = books;
  const own = [...walletProjections, ...projections];
  const counts = new Map<string, number>();
  const undone = new Set<string>();
  const folds = new Map<string, BulkFold>();
  for (const [key, each] of Object.entries(logViews)) {
    folds.set(key, createBulkFold({ source: logSource(key, store), projections: each, store: views }, 0));
  }
  const foldOf = (stream: string): BulkFold | undefined => {
    if (!counts.has(stream) && counts.size < MAX_BESIDE) {
      folds.set(stream, createBulkFold({ source: streamSource(stream, store), projections: own, store: views }, 0));
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
    // The first save comes no earlier, so the old views are dropped while the first events are folded.
    if (done + PAGE >= SAVE_EVERY || page.length < PAGE) await dropped;
    if (page.length < PAGE) break;
    after = page.at(-1)?.position ?? after;
  }
  for (const [key, fold] of folds) keep(key, await fold.end());
  return { counts, undone };
}

async function dropAll(views: ViewStore): Promise<void> {
  for (;;) {
    const page = await views.places({ limit: 1_000 });
    await Promise.all([...new Set(page.map(({ view }) => view))].map((view) => views.drop(view)));
    if (page.length === 0) return;
  }
}

async function foldAnew(parts: Parameters<typeof catchUp>[0], onPage: (events: number) => void): Promise<void> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const result = await catchUp(parts, { from: 0, upTo: Number.MAX_SAFE_INTEGER, onPage });
    if (result === 'saved') return;
    if (result === 'failed') throw new StoreError('unavailable', 'the views cannot be saved; make room or look at the disk');
    // Somebody read the wallet meanwhile and saved first.
    for (const { name, version } of parts.projections) await parts.store.drop(`${name}@${version}`, parts.source.key);
  }
  throw new StoreError('busy', `the views of ${parts.source.key} are saved by others faster than they are folded`);
}
