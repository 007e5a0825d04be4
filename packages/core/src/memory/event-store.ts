/** The reference event store: the shortest code that keeps the contract. Every other store is compared with it. */
import { followLog } from '../follow.ts';
import type { Follower } from '../follow.ts';
import type { Clock } from '../ports/clock.ts';
import { StoreError } from '../ports/event-store.ts';
import type { EventStore } from '../ports/event-store.ts';
import { assertSlice, decodeEvent, encodeAppend, nextRecordTime, oversizeOf } from '../store-rules.ts';
import type { EncodedStoredEvent } from '../store-rules.ts';

/**
 * An event store in memory, for tests and trials: it forgets everything when it is closed.
 *
 * @example
 * const store = createMemoryEventStore({ clock: { now: () => 0 } });
 * await store.append('wallet-1', [event], { expected: 0 });
 */
export function createMemoryEventStore({ clock }: { readonly clock: Clock }): EventStore {
  const log: EncodedStoredEvent[] = [];
  const streams = new Map<string, EncodedStoredEvent[]>();
  const byId = new Map<string, EncodedStoredEvent>();
  const followers = new Set<Follower>();
  let closed = false;

  const assertOpen = (): void => {
    if (closed) throw new StoreError('closed', 'the store was closed');
  };

  const known = (ids: readonly string[]): EncodedStoredEvent[] =>
    [...new Set(ids)].flatMap((id) => byId.get(id) ?? []).sort((one, other) => one.position - other.position);

  const store: EventStore = {
    async append(stream, events, { expected }) {
      assertOpen();
      const encoded = encodeAppend(stream, events, expected);
      const bytes = oversizeOf(encoded);
      if (bytes !== undefined) return { kind: 'too-large', bytes };
      const repeated = known(encoded.map(({ id }) => id));
      if (repeated.length > 0) return { kind: 'repeated', events: repeated.map(decodeEvent) };
      const kept = streams.get(stream) ?? [];
      if (kept.length !== expected) return { kind: 'conflict', actual: kept.length };

      const nowMs = clock.now();
      streams.set(stream, kept);
      const added = encoded.map((event) => {
        const recordedAt = nextRecordTime(nowMs, log.at(-1)?.recordedAt ?? 0, event.recordedAt);
        const placed = { ...event, stream, version: kept.length + 1, position: log.length + 1, recordedAt };
        kept.push(placed);
        log.push(placed);
        byId.set(placed.id, placed);
        return placed;
      });
      for (const follower of followers) follower.wake();
      return { kind: 'appended', events: added.map(decodeEvent) };
    },
    async read(stream, slice) {
      assertOpen();
      assertSlice(slice);
      const kept = streams.get(stream) ?? [];
      return kept.slice(slice.after, slice.after + slice.limit).map(decodeEvent);
    },
    async readAll(slice) {
      assertOpen();
      assertSlice(slice);
      return log.slice(slice.after, slice.after + slice.limit).map(decodeEvent);
    },
    async find(stream, ids) {
      assertOpen();
      return known(ids)
        .filter((event) => event.stream === stream)
        .map(decodeEvent);
    },
    subscribe({ after, handle }) {
      assertOpen();
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
