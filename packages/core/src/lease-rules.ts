/** What every store of leases and messages asks of its callers, so that no two stores differ in it. */
import { assert } from './assert.ts';
import { MAX_EVENT_BYTES } from './ports/event-store.ts';
import type { Hold, Lease } from './ports/lease-store.ts';
import type { NewMessage, Handled } from './ports/outbox.ts';
import { assertName, utf8Length } from './store-rules.ts';

/** A message with its data as the JSON text that is stored. */
export interface EncodedMessage {
  readonly id: string;
  readonly type: string;
  readonly data: string;
}

/** A stretch that was handled as it is stored. */
export interface EncodedHandled extends Omit<Handled, 'messages'> {
  readonly messages: readonly EncodedMessage[];
}

/** The most messages that one step may put in, or mark as done. */
export const MAX_MESSAGES = 10_000;

/** The most messages that are removed with one note of what is done. */
export const REMOVED_AT_ONCE = 500;

/** The longest time that a lease may go on without a sign of life. */
const MAX_TTL_MS = 24 * 3_600_000;

/** Whether nothing has happened to a lease: each change makes its token and beat greater. */
export function isSameLease(one: Lease | undefined, other: Lease | undefined): boolean {
  return one?.token === other?.token && one?.beat === other?.beat;
}

/** Stops on a change of a lease that would hide that there was one. */
export function assertSwap(name: string, seen: Lease | undefined, next: Lease): void {
  assertName(name, 'the name of a lease');
  if (next.holder !== null) assertName(next.holder, 'a holder');
  for (const figure of [next.token, next.beat]) assert(Number.isSafeInteger(figure) && figure >= 0, 'a lease counts up from 0');
  const [token, beat] = seen === undefined ? [0, 0] : [seen.token, seen.beat];
  assert(next.token > token || (next.token === token && next.beat > beat), 'token and beat of a lease go up');
  assert(Number.isInteger(next.ttlMs) && next.ttlMs >= 1 && next.ttlMs <= MAX_TTL_MS, 'a lease lasts from 1 ms to a day');
}

/** Stops on what is no term of a lease. */
export function assertHold({ lease, token }: Hold): void {
  assertName(lease, 'the name of a lease');
  assert(Number.isSafeInteger(token) && token >= 1, 'a term is numbered from 1');
}

/** Stops on ids that no message can have, or too many. */
export function assertMessageIds(ids: readonly string[]): void {
  assert(ids.length <= MAX_MESSAGES, `at most ${MAX_MESSAGES} messages at once`);
  for (const id of ids) assertName(id, 'the id of a message');
}

/** A stretch that was handled with its messages as JSON text, each id once. Stops on what no store accepts. */
export function encodeHandled({ name, after, upTo, messages }: Handled): EncodedHandled {
  assertName(name, 'the name of a checkpoint');
  assert(Number.isSafeInteger(after) && after >= 0, 'a checkpoint stands at 0 or a later place');
  assert(Number.isSafeInteger(upTo) && upTo >= after, 'a checkpoint does not move back');
  assertMessageIds(messages.map(({ id }) => id));
  const encoded = new Map<string, EncodedMessage>();
  for (const message of messages) if (!encoded.has(message.id)) encoded.set(message.id, encodeMessage(message));
  return { name, after, upTo, messages: [...encoded.values()] };
}

function encodeMessage({ id, type, data }: NewMessage): EncodedMessage {
  assertName(type, 'the type of a message');
  const text = JSON.stringify(data);
  assert(utf8Length(text) <= MAX_EVENT_BYTES, `the data of a message takes at most ${MAX_EVENT_BYTES} bytes`);
  return { id, type, data: text };
}
