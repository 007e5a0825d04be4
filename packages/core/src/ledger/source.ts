import type { EventStore, Slice, StoredEvent } from '../ports/event-store.ts';

/** A stream, or the whole log, as something to fold. */
export interface Source {
  readonly key: string;
  read(slice: Slice): Promise<readonly StoredEvent[]>;
  /** Those of its events that bear one of these ids. */
  find(ids: readonly string[]): Promise<readonly StoredEvent[]>;
  /** An event's version in a stream, its position in the log. */
  placeOf(event: { readonly version: number; readonly position: number }): number;
}

/** A stream as something to fold. */
export function streamSource(stream: string, store: EventStore): Source {
  return {
    key: stream,
    read: (slice) => store.read(stream, slice),
    find: (ids) => store.find(stream, ids),
    placeOf: ({ version }) => version,
  };
}

/** The whole log as something to fold. Events are found by id in their stream only, so none of its views may begin with one. */
export function logSource(key: string, store: EventStore): Source {
  return { key, read: (slice) => store.readAll(slice), find: async () => [], placeOf: ({ position }) => position };
}
