/** Appends from within a test, and remembers what was answered, for comparison with the log. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { StoreError } from '@kakeibo/core';
import type { EventStore, NewEvent } from '@kakeibo/core';

import type { AppenderLine } from './appender.ts';

/** Events that belong together. */
export function batchOf(count: number): readonly NewEvent[] {
  const batch = randomUUID();
  return Array.from({ length: count }, () => ({ id: randomUUID(), type: 'Noted', data: { batch }, meta: {} }));
}

/** What to append: so many times, or as long as `goesOn`; from where the stream stands. */
export interface Writing {
  readonly stream: string;
  readonly events: number;
  readonly goesOn: (done: number) => boolean;
  /** How long to rest after each. */
  readonly restMs?: number;
}

/**
 * Appends one after another. An append of which nobody knows the end is made again with the same ids, as a client does, until
 * there is an answer: what was stored already counts as appended then.
 */
export async function write(
  store: EventStore,
  { stream, events: count, goesOn, restMs = 0 }: Writing,
  into: AppenderLine[],
): Promise<void> {
  let expected = 0;
  let unanswered: readonly NewEvent[] | undefined;
  for (let done = 0; goesOn(done); done += 1) {
    const events = unanswered ?? batchOf(count);
    const ids = events.map(({ id }) => id);
    const { answer: told, versions } = await answerOf(store, stream, events, expected);
    // That a second try wrote nothing says nothing of the first.
    const isOpen = unanswered !== undefined && (told === 'unavailable' || told === 'busy');
    // A first try is never a repeat: a store that did it twice by itself has to have found out that it was done.
    const isFoundOut = unanswered !== undefined && told === 'repeated';
    const answer = isOpen ? 'outcome-unknown' : isFoundOut ? 'appended' : told;
    into.push({ stream, ids, answer, versions });
    unanswered = answer === 'outcome-unknown' ? events : undefined;
    if (answer === 'appended') expected += count;
    else if (unanswered === undefined) expected = await placeOf(store, stream, expected);
    if (unanswered !== undefined || restMs > 0) await sleep(Math.max(restMs, unanswered === undefined ? 0 : 20));
  }
}

async function answerOf(
  store: EventStore,
  stream: string,
  events: readonly NewEvent[],
  expected: number,
): Promise<Pick<AppenderLine, 'answer' | 'versions'>> {
  try {
    const result = await store.append(stream, events, { expected });
    const kept = result.kind === 'appended' || result.kind === 'repeated' ? result.events.map(({ version }) => version) : [];
    return { answer: result.kind, versions: kept };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { answer: error.code, versions: [] };
  }
}

/** Where a stream stands, asked until there is an answer. */
async function placeOf(store: EventStore, stream: string, after: number): Promise<number> {
  for (;;) {
    try {
      return after + (await store.read(stream, { after, limit: 10_000 })).length;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      await sleep(20);
    }
  }
}

/** How often each answer was given. */
export function tally(lines: readonly AppenderLine[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { answer } of lines) counts[answer] = (counts[answer] ?? 0) + 1;
  return counts;
}
