/** The only event store over SQL: reads through a connection, writes through a commit step that may be elsewhere. */
import { assertSlice, decodeEvent, encodeAppend, followLog, formatRecordTime, oversizeOf, StoreError } from '@kakeibo/core';
import type { AppendResult, Clock, EventStore, Follower, NewEvent, StoredEvent } from '@kakeibo/core';

import type { SqlRow, SqlRunner } from './connection.ts';
import type { SqlDialect } from './dialect.ts';
import type { AppendRequest, Verdict } from './judge.ts';
import { createCommitQueue } from './queue.ts';
import { keptEvent } from './rows.ts';
import { byCount, EVENT_COLUMNS, marks, portions } from './statements.ts';

/** What an event store over SQL is made of. */
export interface SqlEventStoreParts {
  readonly reader: SqlRunner;
  readonly dialect: SqlDialect;
  readonly clock: Clock;
  readonly commit: (batch: readonly AppendRequest[], nowMs: number) => Promise<readonly Verdict[]>;
  /** How many batches `commit` may be given before it has answered the first; it takes them in order. */
  readonly batchesAhead: number;
  /** Lets go of what is beneath; called once, when everything under way has its answer. */
  readonly release: () => Promise<void>;
}

/** How often the log is looked at for what other processes appended. */
const POLL_MS = 250;

// Of which stream they are is looked at afterwards: asked for both, SQLite goes through all events of the stream for many ids.
const FIND = byCount((count) => `SELECT ${EVENT_COLUMNS} FROM events WHERE id IN (${marks(count)})`);

/**
 * Makes an event store over any SQL engine.
 *
 * @example
 * const events = createSqlEventStore({ reader, dialect, clock, commit: committer.commit, batchesAhead: 1, release });
 */
export function createSqlEventStore(parts: SqlEventStoreParts): EventStore {
  const { reader, dialect, clock, commit, batchesAhead, release } = parts;
  const readStream = `SELECT ${EVENT_COLUMNS} FROM events WHERE stream = ? AND version > ? ORDER BY version ${dialect.limitSuffix}`;
  const readLog = `SELECT ${EVENT_COLUMNS} FROM events WHERE position > ? ORDER BY position ${dialect.limitSuffix}`;
  const queue = createCommitQueue((batch) => commit(batch, clock.now()), batchesAhead);
  const followers = new Set<Follower>();
  let poll: NodeJS.Timeout | undefined;
  let closing: Promise<void> | undefined;

  const assertOpen = (): void => {
    if (closing !== undefined) throw new StoreError('closed', 'the store was closed');
  };
  const wake = (): void => {
    for (const follower of followers) follower.wake();
  };
  const forget = (follower: Follower): void => {
    followers.delete(follower);
    if (followers.size === 0) clearInterval(poll);
  };
  const close = async (): Promise<void> => {
    await Promise.all([...followers].map((follower) => follower.close()));
    await queue.drained();
    await release();
  };

  return {
    async append(stream, events, { expected }) {
      assertOpen();
      const encoded = encodeAppend(stream, events, expected);
      const bytes = oversizeOf(encoded);
      if (bytes !== undefined) return { kind: 'too-large', bytes };
      const verdict = await queue.push({ stream, expected, events: encoded });
      if (verdict.kind === 'appended') wake();
      return resultOf(verdict, stream, events, expected);
    },
    async read(stream, slice) {
      assertOpen();
      assertSlice(slice);
      return decoded(await reader.query(readStream, [stream, slice.after, slice.limit]));
    },
    async readAll(slice) {
      assertOpen();
      assertSlice(slice);
      return decoded(await reader.query(readLog, [slice.after, slice.limit]));
    },
    async find(stream, ids) {
      assertOpen();
      const found: StoredEvent[] = [];
      for (const some of portions([...new Set(ids)], dialect.valuesPerList))
        found.push(...decoded(await reader.query(FIND(some.length), some)));
      return found.filter((event) => event.stream === stream).sort((one, other) => one.position - other.position);
    },
    subscribe({ after, handle }) {
      assertOpen();
      const read = async (slice: { after: number; limit: number }): Promise<readonly StoredEvent[]> =>
        decoded(await whenFree(reader.query(readLog, [slice.after, slice.limit])));
      const follower = followLog({ after, handle, read });
      if (followers.size === 0) poll = setInterval(wake, POLL_MS).unref();
      followers.add(follower);
      follower.finished.then(
        () => forget(follower),
        () => forget(follower),
      );
      return follower;
    },
    close: () => (closing ??= close()),
  };
}

function decoded(rows: readonly SqlRow[]): readonly StoredEvent[] {
  return rows.map((row) => decodeEvent(keptEvent(row)));
}

/** A subscription sits out a lock: it looks again at the next poll. */
async function whenFree(rows: Promise<readonly SqlRow[]>): Promise<readonly SqlRow[]> {
  try {
    return await rows;
  } catch (error) {
    if (error instanceof StoreError && error.code === 'busy') return [];
    throw error;
  }
}

function resultOf(verdict: Verdict, stream: string, events: readonly NewEvent[], expected: number): AppendResult {
  if (verdict.kind === 'conflict') return verdict;
  if (verdict.kind === 'repeated') return { kind: 'repeated', events: verdict.events.map(decodeEvent) };
  if (verdict.kind === 'lost')
    throw new StoreError('unavailable', 'the store failed while it wrote, and nothing was written: try again');
  const placed = events.map(({ id, type, data, meta }, at) => ({
    id,
    type,
    data,
    meta,
    stream,
    version: expected + 1 + at,
    position: verdict.position + at,
    recordedAt: formatRecordTime(verdict.times?.[at] ?? verdict.recordedAt + at),
  }));
  return { kind: 'appended', events: placed };
}
