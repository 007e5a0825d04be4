/** The log kept up to date: what it holds is read when it is needed, and followed in between. */
import { setTimeout as sleep } from 'node:timers/promises';

import { StoreError } from '@kakeibo/core';
import type { StoredEvent } from '@kakeibo/core';

import type { Connection, Following } from './connection.ts';
import { failureOf, mayPass } from './failure.ts';
import { createFold } from './fold.ts';
import type { Fold } from './fold.ts';
import { storedEvent } from './record.ts';

/** The log of one ledger. */
export interface Log {
  readonly fold: Fold;
  /** Takes in all that was acknowledged to anyone before this moment (of `performance.now`); default: before the call. */
  catchUp(to?: number): Promise<void>;
  /** The events after a position that were taken in, at most so many. */
  range(after: number, limit: number): Promise<readonly StoredEvent[]>;
  /** Tries again what may pass, until the time is over. */
  persistently<Result>(work: (leftMs: number) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** So many events of `$all` are asked for at once. */
const PAGE = 1_000;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;
/** A reader of the whole log that hears nothing for so long is told to look for itself. */
const QUIET_MS = 500;

/**
 * Opens the log: reads all of it once, and then follows it.
 *
 * @example
 * const log = await openLog({ connection, prefix: 'kakeibo-', deadlineMs: 10_000, grown: () => undefined });
 */
export async function openLog(parts: {
  readonly connection: Connection;
  readonly prefix: string;
  readonly deadlineMs: number;
  readonly grown: () => void;
}): Promise<Log> {
  const { connection, prefix, deadlineMs, grown } = parts;
  const fold = createFold(prefix, grown);
  const closing = new AbortController();
  let following: Following | undefined;
  let heard = performance.now();
  let caughtUp = false;
  /** When the last reading began that came to the end. */
  let lastBegan = -1;

  const persistently: Log['persistently'] = async (work) => {
    const end = performance.now() + deadlineMs;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        return await work(Math.max(end - performance.now(), 1));
      } catch (error) {
        if (!mayPass(error) || performance.now() + pause >= end) throw failureOf(error, connection.where);
      }
      await sleep(pause);
    }
  };

  const readToEnd = async (): Promise<void> => {
    const began = performance.now();
    // A log that grows is read for as long as it takes; only silence has a limit.
    while ((await persistently((left) => connection.readAll(fold.seen, PAGE, left, (event) => fold.take(event)))) >= PAGE);
    fold.assertWhole();
    lastBegan = began;
  };

  let reading: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const read = (): Promise<void> => {
    reading = readToEnd().finally(() => (reading = undefined));
    return reading;
  };
  const readAgain = async (before: Promise<void>): Promise<void> => {
    await before.catch(() => undefined);
    next = undefined;
    await read();
  };
  // A read that began before the call may have missed what was acknowledged since; those who come during it share the next one.
  const catchUp: Log['catchUp'] = async (to = Infinity) => {
    if (lastBegan <= to) await (reading === undefined ? read() : (next ??= readAgain(reading)));
  };

  const follow = async (): Promise<void> => {
    for (let pause = FIRST_PAUSE_MS; !closing.signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      following = connection.follow(fold.seen, [prefix, `$$${prefix}`], {
        event(event) {
          heard = performance.now();
          fold.take(event);
          pause = FIRST_PAUSE_MS;
        },
        upTo(position) {
          heard = performance.now();
          fold.passTo(position);
        },
        caughtUp: () => (caughtUp = true),
      });
      await following.ended;
      await sleep(pause, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  };

  /** The first reading goes by the server's filter: `$all` is mostly the server's own figures. What is left is read as always. */
  const readFirst = async (): Promise<void> => {
    const last = await persistently((left) => connection.last(left));
    tail = follow();
    heard = performance.now();
    const behind = (): boolean => last !== undefined && (fold.seen === undefined || fold.seen.commit < last.commit);
    while (behind() && !caughtUp && performance.now() - heard < QUIET_MS) await sleep(2);
    await catchUp();
  };

  let tail: Promise<void> = Promise.resolve();
  const close = async (): Promise<void> => {
    closing.abort();
    following?.stop();
    await connection.end();
    await tail;
  };
  try {
    await readFirst();
  } catch (error) {
    await close();
    throw error;
  }

  const range = (after: number, limit: number): Promise<readonly StoredEvent[]> => {
    const end = Math.min(after + limit, fold.places.size);
    return end <= after ? Promise.resolve([]) : persistently((left) => rangeOf(connection, { fold, prefix }, [after, end], left));
  };
  return { fold, catchUp, range, persistently, close };
}

/** The events at the positions above the first, up to the second. */
async function rangeOf(
  connection: Connection,
  { fold, prefix }: { readonly fold: Fold; readonly prefix: string },
  [after, end]: readonly [number, number],
  idleMs: number,
): Promise<readonly StoredEvent[]> {
  const { places } = fold;
  const events: StoredEvent[] = [];
  let last = places.commitOf(after + 1);
  // Others' events lie between, so it may take more than one reading.
  for (let page = end - after; after + events.length < end; page = Math.min(page * 2, PAGE)) {
    const commit = BigInt(last);
    const count = await connection.readAll({ commit, prepare: commit }, Math.max(page, 2), idleMs, ({ event }) => {
      if (event === undefined || after + events.length >= end) return;
      last = Number(event.position.commit);
      const position = places.positionAt(last);
      if (position !== after + events.length + 1) return;
      const stream = event.streamId.slice(prefix.length);
      events.push(storedEvent(event, { stream, position, recordedAt: places.timeOf(position) }));
    });
    if (count < Math.max(page, 2)) break;
  }
  if (after + events.length < end)
    throw new StoreError(
      'incompatible',
      `event ${after + events.length + 1} of the log was removed from EventStoreDB: restore a backup`,
    );
  return events;
}
