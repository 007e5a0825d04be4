/** Appends: judged on the log as it is, written at an expected revision, and answered when they are seen in the log. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { formatRecordTime, StoreError } from '@kakeibo/core';
import type { AppendResult, Clock, EncodedEvent, NewEvent, StoredEvent } from '@kakeibo/core';

import type { Connection } from './connection.ts';
import { failureOf, mayPass, typeOf, wroteNothing } from './failure.ts';
import type { Log } from './log.ts';
import { proposalOf } from './record.ts';
import { createTurns } from './turns.ts';

/** An append that may be tried: its events as they are, and as they are stored. */
export interface Append {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly NewEvent[];
  readonly encoded: readonly EncodedEvent[];
}

/** Appends to the log. */
export interface Appender {
  append(append: Append): Promise<AppendResult>;
  /** Resolves when everything that was given has its answer. */
  drained(): Promise<void>;
}

/** So many appends, of different streams, are under way at once. */
const AT_ONCE = 32;
const PAUSE_MS = 5;
const MOST_READS = 10;
/** A write whose answer is lost is tried so often in its time: the second time finds what the first has done. */
const TRIES = 3;

/**
 * Makes it.
 *
 * @example
 * const appender = createAppender({ connection, log, clock, prefix: 'kakeibo-', deadlineMs: 10_000 });
 */
export function createAppender(parts: {
  readonly connection: Connection;
  readonly log: Log;
  readonly clock: Clock;
  readonly prefix: string;
  readonly deadlineMs: number;
}): Appender {
  const { connection, log, clock, prefix, deadlineMs } = parts;
  const { places } = log.fold;
  const turns = createTurns(AT_ONCE);

  /** What the log says to it, if it says anything: a repeat first, then its version. */
  const judged = async ({ stream, expected, events }: Append): Promise<AppendResult | undefined> => {
    // What is followed comes event by event, and an append is there as a whole or not.
    for (let reads = 0; log.fold.halfWay && reads < MOST_READS; reads += 1) await log.catchUp();
    const repeated = events.map(({ id }) => places.positionOf(id)).filter((position) => position !== undefined);
    if (repeated.length > 0) return { kind: 'repeated', events: await at(log, repeated) };
    const actual = log.fold.versionOf(stream);
    return actual === expected ? undefined : { kind: 'conflict', actual };
  };

  /** Waits until the log shows what was written, as it does at once unless a node lags behind. */
  const seen = async ({ events }: Append): Promise<void> => {
    const end = performance.now() + deadlineMs;
    while (!events.every(({ id }) => places.positionOf(id) !== undefined)) {
      await log.catchUp();
      if (performance.now() >= end) throw new Error('what was written does not come up in $all');
      if (!events.every(({ id }) => places.positionOf(id) !== undefined)) await sleep(PAUSE_MS);
    }
  };

  /** An append that is in the log may be there in part yet, for it is read event by event. */
  const answer = async (append: Append, mine: Mine): Promise<AppendResult> => {
    try {
      await seen(append);
    } catch (cause) {
      throw new StoreError('outcome-unknown', 'EventStoreDB took the write, and cannot be asked where it is in the log', {
        cause,
      });
    }
    const result = mine.landed ? undefined : await judged(append);
    if (result !== undefined) return result;
    return { kind: 'appended', events: append.events.map((event, index) => placed(event, append, index)) };
  };

  const placed = ({ id, type, data, meta }: NewEvent, { stream, expected }: Append, index: number): StoredEvent => {
    const position = places.positionOf(id) ?? 0;
    const recordedAt = formatRecordTime(places.timeOf(position));
    return { id, type, data, meta, stream, version: expected + 1 + index, position, recordedAt };
  };

  /** The log is asked what became of it. */
  const lookedUp = async (append: Append, mine: Mine, doubt: unknown): Promise<AppendResult | undefined> => {
    try {
      await log.catchUp();
    } catch (cause) {
      if (doubt === undefined) throw cause;
      throw new StoreError('outcome-unknown', 'EventStoreDB did not answer a write, and cannot be asked what became of it', {
        cause,
      });
    }
    return mine.landed ? answer(append, mine) : judged(append);
  };

  /** After the last try. */
  const giveUp = async (append: Append, mine: Mine, { doubt, error }: Failed): Promise<AppendResult> => {
    if (doubt === undefined) return refuse(error);
    const result = await lookedUp(append, mine, doubt);
    if (result !== undefined) return result;
    // It may lie in the server's queue yet.
    throw new StoreError('outcome-unknown', 'EventStoreDB did not answer a write, and does not have it so far', { cause: doubt });
  };

  /**
   * Writes until there is an answer. Tried again it is the same append: the same ids at the same revision, so that whichever
   * of the tries arrives, it takes effect once.
   */
  const write = async (append: Append, mine: Mine, proposals: Proposals): Promise<AppendResult> => {
    const end = performance.now() + deadlineMs;
    let doubt: unknown;
    for (;;) {
      try {
        await connection.append(prefix + append.stream, proposals, append.expected - 1, Math.ceil(deadlineMs / TRIES));
        break;
      } catch (error) {
        // The stream is elsewhere: because of an earlier try, because of others, or because a node is behind.
        if (typeOf(error) === 'wrong-expected-version') {
          const result = await lookedUp(append, mine, doubt);
          if (result !== undefined) return result;
        } else if (!wroteNothing(error)) doubt = error;
        if (!mayPass(error) || performance.now() >= end) return giveUp(append, mine, { doubt, error });
        await sleep(PAUSE_MS);
      }
    }
    return answer(append, mine);
  };

  const refuse = (error: unknown): never => {
    const failure = failureOf(error, connection.where);
    if (typeOf(error) !== 'access-denied') throw failure;
    throw new StoreError('read-only', 'EventStoreDB lets this user read, not write', { cause: error });
  };

  const perform = async (append: Append, came: number): Promise<AppendResult> => {
    if (performance.now() - came > deadlineMs)
      throw new StoreError(
        'busy',
        `other appends to the stream took longer than ${deadlineMs} ms: nothing was written, try again`,
      );
    // Those who waited for others were caught up by them.
    await log.catchUp(came);
    const result = await judged(append);
    if (result !== undefined) return result;
    const stamp = { append: randomUUID(), size: append.encoded.length, nowMs: clock.now() };
    const proposals = append.encoded.map((event) => proposalOf(event, stamp));
    const mine = log.fold.awaitAppend(stamp.append);
    try {
      return await write(append, mine, proposals);
    } finally {
      mine.forget();
    }
  };

  return {
    append(append) {
      const came = performance.now();
      const keys = [`stream ${append.stream}`, ...append.encoded.map(({ id }) => id)];
      return turns.take(keys, () => perform(append, came));
    },
    drained: turns.drained,
  };
}

type Proposals = readonly ReturnType<typeof proposalOf>[];

/** Whether the append was seen in the log. */
interface Mine {
  readonly landed: boolean;
}

/** The last failure, and the last one that leaves it open whether something was written. */
interface Failed {
  readonly doubt: unknown;
  readonly error: unknown;
}

/** The events at these positions, by position. Those that lie close together are read together. */
export async function at(log: Log, positions: readonly number[]): Promise<readonly StoredEvent[]> {
  const sorted = [...new Set(positions)].sort((one, other) => one - other);
  const events: StoredEvent[] = [];
  for (let from = 0; from < sorted.length;) {
    const first = sorted[from] ?? 0;
    let end = from + 1;
    while (
      end < sorted.length &&
      (sorted[end] ?? 0) - (sorted[end - 1] ?? 0) <= CLOSE &&
      (sorted[end] ?? 0) - first < MOST_AT_ONCE
    )
      end += 1;
    const wanted = new Set(sorted.slice(from, end));
    const found = await log.range(first - 1, (sorted[end - 1] ?? 0) - first + 1);
    events.push(...found.filter(({ position }) => wanted.has(position)));
    from = end;
  }
  return events;
}

const CLOSE = 16;
const MOST_AT_ONCE = 1_000;
