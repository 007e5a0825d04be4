import { StoreError } from '../ports/event-store.ts';
import type { ViewStore } from '../ports/view-store.ts';
import type { Recorded } from '../projection.ts';
import { decode } from '../wallet/codec.ts';
import type { WalletEvent } from '../wallet/events.ts';
import type { AnyProjection } from '../wallet/state.ts';
import { createFolded } from './folded.ts';
import type { Source } from './source.ts';

/** As much of a view store as folding needs. */
export type FoldedStore = Pick<ViewStore, 'load' | 'save'>;

/** What folds where to. */
export interface Parts {
  readonly source: Source;
  readonly projections: readonly AnyProjection[];
  readonly store: FoldedStore;
}

/** From how many events on it is worth it. */
export const FAR_BEHIND = 5_000;
const PAGE = 500;
/** How many events go into one save: few saves, since each writes the months it touches, but enough to write while more is folded. */
const SAVE_EVERY = 20_000;

/** What came of a save: `stale` when another process saved meanwhile, `failed` when nothing can be saved. */
export type Caught = 'saved' | 'stale' | 'failed';

/** Folds a stream's events, page by page, and saves what they come to. */
export interface BulkFold {
  /** Takes the next events. What is not `saved` ends it. */
  take(events: readonly Recorded<WalletEvent>[]): Promise<Caught>;
  /** Saves the rest. */
  end(): Promise<Caught>;
}

/** Folds in views that nobody else holds; what one save writes is written while the next events are folded. */
export function createBulkFold({ source, projections, store }: Parts, from: number): BulkFold {
  const folded = createFolded(source, projections, store, from === 0);
  let [saved, place] = [from, from];
  let saving: Promise<Caught> = Promise.resolve('saved');

  async function save(): Promise<Caught> {
    const before = await saving;
    if (before !== 'saved' || place === saved) return before;
    saving = folded.save(saved, place).catch(failedOf);
    saved = place;
    return 'saved';
  }

  return {
    async take(events) {
      const last = events.at(-1);
      if (last === undefined) return 'saved';
      const missing = folded.missing(events);
      if (missing.some(({ mayBeStored }) => mayBeStored)) {
        const before = await saving; // what was let go of must be there before it is read again
        if (before !== 'saved') return before;
      }
      if (missing.length > 0) await folded.load(missing);
      for (const each of events) folded.fold(each);
      place = source.placeOf(last);
      return place - saved < SAVE_EVERY ? 'saved' : save();
    },
    async end() {
      const before = await save();
      return before === 'saved' ? saving : before;
    },
  };
}

/** Folds the many events after a place in one go. What goes wrong with a save costs time, never an answer. */
export async function catchUp(
  parts: Parts,
  options: { readonly from: number; readonly upTo: number; readonly onPage?: (events: number) => void },
): Promise<Caught> {
  const { source } = parts;
  const bulk = createBulkFold(parts, options.from);
  for (let place = options.from; ;) {
    const limit = Math.min(PAGE, options.upTo - place);
    const events = limit > 0 ? (await source.read({ after: place, limit })).map(decode) : [];
    const last = events.at(-1);
    const result = await bulk.take(events);
    if (result !== 'saved') return result;
    options.onPage?.(events.length);
    if (last === undefined || events.length < limit) return bulk.end();
    place = source.placeOf(last);
  }
}

function failedOf(error: unknown): 'failed' {
  if (error instanceof StoreError) return 'failed';
  throw error;
}
