/** An event store of your own: the log as lines of JSON, in a list that could as well be a file or a bucket. */
import {
  assertSlice,
  decodeEvent,
  encodeAppend,
  followLog,
  nextRecordTime,
  oversizeOf,
  StoreError,
  type Clock,
  type EncodedStoredEvent,
  type EventStore,
  type Follower,
} from '@kakeibo/core';

/** Keeps events as lines of JSON. `lines` outlives the store: opened with the same lines, it goes on where it was. */
export function openLines({ lines, clock }: { readonly lines: string[]; readonly clock: Clock }): EventStore {
  const followers = new Set<Follower>();
  let closed = false;

  // What a line says is parsed whenever it is asked for: short, and slow enough to stay an example.
  const log = (): readonly EncodedStoredEvent[] => {
    if (closed) throw new StoreError('closed', 'the store was closed');
    return lines.map((line) => JSON.parse(line) as EncodedStoredEvent);
  };

  const store: EventStore = {
    async append(stream, events, { expected }) {
      const before = log();
      const encoded = encodeAppend(stream, events, expected);
      const bytes = oversizeOf(encoded);
      if (bytes !== undefined) return { kind: 'too-large', bytes };

      // A repeat is looked for before the version, so that whoever tries again finds the first result.
      const ids = new Set(encoded.map(({ id }) => id));
      const repeated = before.filter(({ id }) => ids.has(id));
      if (repeated.length > 0) return { kind: 'repeated', events: repeated.map(decodeEvent) };

      const actual = before.filter((event) => event.stream === stream).length;
      if (actual !== expected) return { kind: 'conflict', actual };

      const now = clock.now();
      let recordedAt = before.at(-1)?.recordedAt ?? 0;
      const added = encoded.map((event, at): EncodedStoredEvent => {
        recordedAt = nextRecordTime(now, recordedAt, event.recordedAt);
        return { ...event, stream, version: expected + at + 1, position: before.length + at + 1, recordedAt };
      });
      lines.push(...added.map((event) => JSON.stringify(event)));
      for (const follower of followers) follower.wake();
      return { kind: 'appended', events: added.map(decodeEvent) };
    },
    async read(stream, slice) {
      assertSlice(slice);
      const found = log().filter((event) => event.stream === stream && event.version > slice.after);
      return found.slice(0, slice.limit).map(decodeEvent);
    },
    async readAll(slice) {
      assertSlice(slice);
      return log()
        .slice(slice.after, slice.after + slice.limit)
        .map(decodeEvent);
    },
    async find(stream, ids) {
      const found = log().filter((event) => event.stream === stream && ids.includes(event.id));
      return found.map(decodeEvent);
    },
    subscribe({ after, handle }) {
      log();
      const follower = followLog({ after, handle, read: (slice) => store.readAll(slice) });
      followers.add(follower);
      const forget = (): void => void followers.delete(follower);
      follower.finished.then(forget, forget);
      return follower;
    },
    async close() {
      const ending = [...followers].map((follower) => follower.close());
      closed = true;
      await Promise.all(ending);
    },
  };
  return store;
}
