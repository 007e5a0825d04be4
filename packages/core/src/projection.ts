import { copyJson } from './json.ts';
import type { JsonObject, Position, StoredEvent, Version } from './ports/event-store.ts';

/** An event with its place, decoded. */
export interface Recorded<Event> {
  readonly id: string;
  readonly stream: string;
  readonly version: Version;
  readonly position: Position;
  readonly recordedAt: string;
  readonly meta: JsonObject;
  readonly event: Event;
}

/** An event that is not stored yet, in the place it will have. */
export function upcoming<Event>(event: Event, version: Version): Recorded<Event> {
  return { id: '', stream: '', version, position: 0, recordedAt: '', meta: {}, event };
}

/**
 * A pure fold of events into views, kept in buckets: a projection names the buckets an event touches, so that a read loads the
 * few it needs and an entry booked three years back rewrites its own month and no other.
 *
 * A view is plain JSON (amounts as strings of minor units). `apply` returns a new view and leaves the old one as it was. Change
 * `version` whenever `apply` changes: the views are then folded anew beside the old ones.
 *
 * @example
 * const coffees: Projection<{ cups: number }, WalletEvent> = {
 *   name: 'coffees', version: 1, initial: { cups: 0 },
 *   bucketsOf: ({ event }) => (event.type === 'ExpenseAdded' && event.entry.note === 'coffee' ? [event.entry.occurredOn.slice(0, 7)] : []),
 *   apply: ({ cups }) => ({ cups: cups + 1 }),
 * };
 */
export interface Projection<View, Event> {
  readonly name: string;
  readonly version: number;
  /** What a bucket holds before its first event. */
  readonly initial: View;
  /**
   * Says that a bucket which bears the id of an event begins with that event. While no other event has touched it, it is not
   * stored: it is read from the event. For projections with a bucket for each of very many things.
   */
  readonly beginsWithEvent?: true;
  bucketsOf(recorded: Recorded<Event>): readonly string[];
  apply(view: View, recorded: Recorded<Event>, bucket: string): View;
  /**
   * Does what `apply` does to a view that nobody else holds, so it may change it instead of copying it: what makes folding a long
   * history cheap where views are large.
   */
  fold?(view: View, recorded: Recorded<Event>, bucket: string): View;
  /**
   * Says that what is in memory may be folded in place too, by `fold`, so that an event costs no more in a large view than in a
   * small one. Whoever is handed such a view reads it at once and keeps nothing of it.
   */
  readonly inPlace?: true;
}

/** A projection's name in a view store. */
export function viewNameOf(projection: { readonly name: string; readonly version: number }): string {
  return `${projection.name}@${projection.version}`;
}

/** Each bucket once: asked for every event, and nearly always of one or none. */
export function distinct(buckets: readonly string[]): readonly string[] {
  return buckets.length < 2 ? buckets : [...new Set(buckets)];
}

/** Whether a bucket begins with an event, so that it is not stored for it alone. */
export function isBeginning<Event>(
  { beginsWithEvent }: { readonly beginsWithEvent?: true },
  { id }: Recorded<Event>,
  bucket: string,
): boolean {
  return beginsWithEvent === true && id === bucket;
}

/** Gives a stored event its decoded form. */
export function record<Event>(stored: StoredEvent, event: Event): Recorded<Event> {
  const { id, stream, version, position, recordedAt, meta } = stored;
  return { id, stream, version, position, recordedAt, meta, event };
}

/** Folds one event into a view that nobody else holds, or into none yet. */
export function foldInto<View, Event>(
  projection: Projection<View, Event>,
  view: View | undefined,
  recorded: Recorded<Event>,
  bucket: string,
): View {
  if (projection.fold === undefined) return projection.apply(view ?? projection.initial, recorded, bucket);
  return projection.fold(view ?? copyJson(projection.initial), recorded, bucket);
}

/** How many events make it worth to copy a view once, as a whole, instead of what each of them touches. */
const MANY = 8;

/** Folds several events, each of which touches the bucket, into a view that others may hold. */
export function foldMany<View, Event>(
  projection: Projection<View, Event>,
  view: View,
  history: readonly Recorded<Event>[],
  bucket: string,
): View {
  if (projection.fold === undefined || history.length < MANY) {
    return history.reduce((next, recorded) => projection.apply(next, recorded, bucket), view);
  }
  const own = copyJson(view);
  return history.reduce((next, recorded) => foldInto(projection, next, recorded, bucket), own);
}

/** Folds events into a view that is kept in memory, and that its readers were handed. */
export function foldLoaded<View, Event>(
  projection: Projection<View, Event>,
  view: View,
  history: readonly Recorded<Event>[],
  bucket: string,
): View {
  if (projection.inPlace !== true) return foldMany(projection, view, history, bucket);
  // Before its first event a view is the one that all buckets begin with.
  const own = view === projection.initial ? undefined : view;
  return history.reduce((next: View | undefined, recorded) => foldInto(projection, next, recorded, bucket), own) ?? view;
}

/** A view that may be kept by whoever is handed it. */
export function keepable<View>({ inPlace }: { readonly inPlace?: true }, view: View): View {
  return inPlace === true ? copyJson(view) : view;
}

/** Folds a whole history, from scratch: what every cached bucket must equal. Buckets that were never touched are absent. */
export function project<View, Event>(
  projection: Projection<View, Event>,
  history: Iterable<Recorded<Event>>,
): ReadonlyMap<string, View> {
  const views = new Map<string, View>();
  for (const recorded of history) {
    for (const bucket of projection.bucketsOf(recorded)) {
      views.set(bucket, projection.apply(views.get(bucket) ?? projection.initial, recorded, bucket));
    }
  }
  return views;
}
