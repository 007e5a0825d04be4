/** The event store over EventStoreDB. */
import { assertSlice, encodeAppend, followLog, oversizeOf, StoreError } from '@kakeibo/core';
import type { EventStore, Follower, Slice, StoredEvent } from '@kakeibo/core';

import { at } from './appender.ts';
import type { Appender } from './appender.ts';
import type { Connection, ResolvedEvent } from './connection.ts';
import type { Log } from './log.ts';
import { storedEvent } from './record.ts';

/** How soon a subscriber looks again at a server that did not answer. */
const LOOK_AGAIN_MS = 250;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Makes it.
 *
 * @example
 * const events = createEventStore({ connection, log, appender, prefix: 'kakeibo-', followers: new Set() });
 */
export function createEventStore(parts: {
  readonly connection: Connection;
  readonly log: Log;
  readonly appender: Appender;
  readonly prefix: string;
  /** Those who are woken when the log grows. */
  readonly followers: Set<Follower>;
}): EventStore {
  const { connection, log, appender, prefix, followers } = parts;
  const { places } = log.fold;
  const reads = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  const assertOpen = (): void => {
    if (closing !== undefined) throw new StoreError('closed', 'the store was closed');
  };
  /** Remembers work until it is done, so that `close` can wait for it. */
  const during = async <Result>(work: Promise<Result>): Promise<Result> => {
    reads.add(work);
    try {
      return await work;
    } finally {
      reads.delete(work);
    }
  };

  const readStream = async (stream: string, { after, limit }: Slice): Promise<readonly StoredEvent[]> => {
    // Noted first: while the stream is read it may grow.
    const known = log.fold.versionOf(stream);
    const found = await log.persistently((left) => connection.readStream(prefix + stream, BigInt(after), limit, left));
    const events = found.flatMap(({ event }) => event ?? []);
    // Read of the stream before it was read of the log: the log has it when it is caught up.
    if (events.some(({ id }) => places.positionOf(id) === undefined)) await log.catchUp();
    log.fold.assertWhole();
    const wanted = Math.min(limit, known - after);
    const whole = events.length >= wanted && events.every(({ revision }, index) => revision === BigInt(after + index));
    if (!whole)
      throw new StoreError(
        'incompatible',
        `events of the stream ${prefix}${stream} were removed from EventStoreDB: restore a backup`,
      );
    return events.map((event) => {
      const position = positionOf(event);
      return storedEvent(event, { stream, position, recordedAt: places.timeOf(position) });
    });
  };

  /** By its place when the server tells it (some tell none with a stream's events), else by its id. */
  const positionOf = ({ id, position }: NonNullable<ResolvedEvent['event']>): number => {
    const place = (position && places.positionAt(Number(position.commit))) ?? places.positionOf(id);
    if (place === undefined) throw new StoreError('unavailable', `EventStoreDB does not show the event ${id} in $all: try again`);
    return place;
  };

  const find = async (stream: string, ids: readonly string[]): Promise<readonly StoredEvent[]> => {
    await log.catchUp();
    const positions = ids.flatMap((id) => (UUID.test(id) ? (places.positionOf(id) ?? []) : []));
    return (await at(log, positions)).filter((event) => event.stream === stream);
  };

  const close = async (): Promise<void> => {
    await Promise.all([...followers].map((follower) => follower.close()));
    await appender.drained();
    await Promise.allSettled(reads);
    await log.close();
  };

  return {
    async append(stream, events, { expected }) {
      assertOpen();
      const encoded = encodeAppend(stream, events, expected);
      const bytes = oversizeOf(encoded);
      if (bytes !== undefined) return { kind: 'too-large', bytes };
      return appender.append({ stream, expected, events, encoded });
    },
    async read(stream, slice) {
      assertOpen();
      assertSlice(slice);
      return during(readStream(stream, slice));
    },
    async readAll(slice) {
      assertOpen();
      assertSlice(slice);
      // What is in its place stays there; only the end of the log may have moved.
      if (slice.after + slice.limit > places.size) await during(log.catchUp());
      return during(log.range(slice.after, slice.limit));
    },
    async find(stream, ids) {
      assertOpen();
      return ids.length === 0 ? [] : during(find(stream, ids));
    },
    subscribe({ after, handle }) {
      assertOpen();
      const read = async (slice: Slice): Promise<readonly StoredEvent[]> => {
        try {
          return await log.range(slice.after, slice.limit);
        } catch (error) {
          if (!(error instanceof StoreError) || !['unavailable', 'refused'].includes(error.code)) throw error;
          // A subscriber sits out a server that is away, and a password that is being changed.
          setTimeout(() => follower.wake(), LOOK_AGAIN_MS).unref();
          return [];
        }
      };
      const follower: Follower = followLog({ after, handle, read });
      followers.add(follower);
      const forget = (): void => void followers.delete(follower);
      follower.finished.then(forget, forget);
      return follower;
    },
    close: () => (closing ??= close()),
  };
}
