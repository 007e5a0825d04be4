/** What the caller's thread and the writing thread say to each other. */
import type { Draft, EncodedEvent, EncodedHandled, Hold, Lease, StoreErrorCode } from '@kakeibo/core';

import type { AppendRequest, Verdict } from '../sql/judge.ts';
import type { EncodedSave } from '../sql/view-writer.ts';

/** Something to do. */
export type Task =
  | { readonly kind: 'commit'; readonly batch: readonly AppendRequest[]; readonly nowMs: number }
  | { readonly kind: 'resolve'; readonly batch: readonly AppendRequest[] }
  | { readonly kind: 'save'; readonly save: EncodedSave }
  | { readonly kind: 'drop'; readonly view: string; readonly stream: string | undefined }
  | { readonly kind: 'swap'; readonly name: string; readonly seen: Lease | undefined; readonly next: Lease }
  | { readonly kind: 'progress'; readonly hold: Hold; readonly handled: EncodedHandled }
  | { readonly kind: 'settle'; readonly hold: Hold; readonly name: string; readonly ids: readonly string[] }
  | { readonly kind: 'publish'; readonly stream: string; readonly drafts: readonly Draft[] }
  | { readonly kind: 'probe' }
  | { readonly kind: 'close' };

/** A task with the number that its answer bears. */
export interface Asked {
  readonly number: number;
  readonly task: Task;
}

/** An error as plain data. `code` is missing when it was not a store's. */
export interface Failure {
  readonly code: StoreErrorCode | undefined;
  readonly message: string;
}

/** What came of a task; number 0 is the opening. */
export type Answered =
  | { readonly number: number; readonly value: unknown }
  | { readonly number: number; readonly failure: Failure };

/**
 * How a task travels. A commit, which there are many of, goes as one flat list, since that crosses in a fraction of the time
 * that objects take: its number, the time, then for each append its stream, expected version and number of events, and of
 * each event id, type, data and meta. One that asks for record times, as a restore does, travels as it is.
 */
export type AskedMessage = Asked | readonly (string | number)[];

/** How an answer travels: verdicts without repeats and without record times of their own as the number, then for each its place in {@link KINDS} and two numbers. */
export type AnsweredMessage = Answered | readonly number[];

const KINDS = ['appended', 'conflict', 'lost'] as const;

/** Prepares a task for its way. */
export function packAsked({ number, task }: Asked): AskedMessage {
  if (task.kind !== 'commit' || task.batch.some(({ events }) => events.some(asksForTime))) return { number, task };
  const packed: (string | number)[] = [number, task.nowMs];
  for (const { stream, expected, events } of task.batch) {
    packed.push(stream, expected, events.length);
    for (const { id, type, data, meta } of events) packed.push(id, type, data, meta);
  }
  return packed;
}

function asksForTime({ recordedAt }: EncodedEvent): boolean {
  return recordedAt !== undefined;
}

/** And back. */
export function unpackAsked(message: AskedMessage): Asked {
  if ('task' in message) return message;
  const batch: AppendRequest[] = [];
  let at = 0;
  const text = (): string => message[at++] as string;
  const figure = (): number => message[at++] as number;
  const [number, nowMs] = [figure(), figure()];
  while (at < message.length) {
    const [stream, expected, count] = [text(), figure(), figure()];
    const events: EncodedEvent[] = [];
    while (events.length < count) events.push({ id: text(), type: text(), data: text(), meta: text() });
    batch.push({ stream, expected, events });
  }
  return { number, task: { kind: 'commit', batch, nowMs } };
}

/** Prepares verdicts for their way. */
export function packVerdicts(number: number, verdicts: readonly Verdict[]): AnsweredMessage {
  const packed = [number];
  for (const verdict of verdicts) {
    if (verdict.kind === 'appended' && verdict.times === undefined) packed.push(0, verdict.position, verdict.recordedAt);
    else if (verdict.kind === 'conflict') packed.push(1, verdict.actual, 0);
    else if (verdict.kind === 'lost') packed.push(2, 0, 0);
    else return { number, value: verdicts };
  }
  return packed;
}

/** And back. */
export function unpackAnswered(message: AnsweredMessage): Answered {
  if ('number' in message) return message;
  const verdicts: Verdict[] = [];
  for (let at = 1; at < message.length; at += 3) {
    const [one, other] = [message[at + 1] ?? 0, message[at + 2] ?? 0];
    const kind = KINDS[message[at] ?? 2] ?? 'lost';
    if (kind === 'appended') verdicts.push({ kind, position: one, recordedAt: other });
    else if (kind === 'conflict') verdicts.push({ kind, actual: one });
    else verdicts.push({ kind });
  }
  return { number: message[0] ?? 0, value: verdicts };
}
