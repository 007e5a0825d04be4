/** What every store asks of its callers and computes the same way, so that no two stores differ in it. */
import { parseJson } from './json.ts';
import { assert } from './assert.ts';
import { memoised } from './calendar.ts';
import { MAX_EVENT_BYTES } from './ports/event-store.ts';
import type { JsonObject, NewEvent, Slice, StoredEvent, Version } from './ports/event-store.ts';
import type { Draft, SaveBuckets } from './ports/view-store.ts';

/** The most bytes of UTF-8 in the name of a stream, a type, a view or a bucket, so that every engine can index it. */
export const MAX_NAME_BYTES = 255;

/** The most that one slice may ask for. */
export const MAX_SLICE = 10_000;

/** An event with its payload as the JSON text that is stored. */
export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly meta: string;
  /** The record time that is asked for, in microseconds since 1970. */
  readonly recordedAt?: number;
}

/** An event in its place, as a store keeps it: texts, and microseconds since 1970. */
export interface EncodedStoredEvent extends EncodedEvent {
  readonly stream: string;
  readonly version: Version;
  readonly position: number;
  readonly recordedAt: number;
}

/** How far ahead of the clock a record time may be that is asked for. */
const MAX_AHEAD_MICROS = 24 * 3_600 * 1_000_000;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The bytes that a text takes in UTF-8.
 *
 * @example
 * utf8Length('é'); // 2
 */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) {
      bytes += 2;
      at += 1;
    } else bytes += 2;
  }
  return bytes;
}

/**
 * The next record time in microseconds: the clock's, or one more than the last when the clock stands still or steps back. A time
 * that is asked for is taken when it is later than the last and at most a day ahead of the clock.
 *
 * @example
 * nextRecordTime(1_000, 1_000_000); // 1_000_001
 * nextRecordTime(1_000, 10, 25); // 25
 */
export function nextRecordTime(nowMs: number, last: number, asked?: number): number {
  if (asked !== undefined && asked > last && asked <= nowMs * 1000 + MAX_AHEAD_MICROS) return asked;
  return Math.max(Math.floor(nowMs * 1000), last + 1);
}

/**
 * Microseconds since 1970 as ISO 8601 with six decimals.
 *
 * @example
 * formatRecordTime(1); // '1970-01-01T00:00:00.000001Z'
 */
export function formatRecordTime(micros: number): string {
  const rest = micros % MICROS_A_SECOND;
  return `${secondOf(String((micros - rest) / MICROS_A_SECOND))}${String(rest).padStart(6, '0')}Z`;
}

const MICROS_A_SECOND = 1_000_000;

/** `1970-01-01T00:00:00.`: events come in order, so most share their second with the one before. */
const secondOf = memoised((seconds) => new Date(Number(seconds) * 1000).toISOString().slice(0, -4));

const RECORD_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

/**
 * Reads what {@link formatRecordTime} wrote, from 1970 to 2255, where microseconds are exact numbers; anything else is nothing.
 *
 * @example
 * parseRecordTime('1970-01-01T00:00:00.000001Z'); // 1
 * parseRecordTime('1970-01-01'); // undefined
 */
export function parseRecordTime(text: string): number | undefined {
  if (!RECORD_TIME.test(text)) return undefined;
  const micros = Date.parse(`${text.slice(0, 23)}Z`) * 1000 + Number(text.slice(23, 26));
  // A day that does not exist comes back as another one.
  return Number.isSafeInteger(micros) && micros >= 0 && formatRecordTime(micros) === text ? micros : undefined;
}

/** Whether a text can be a name: {@link assertName} without stopping. */
export function isName(name: string): boolean {
  return name.length > 0 && utf8Length(name) <= MAX_NAME_BYTES && name.isWellFormed() && !name.includes('\0');
}

/** Stops on a name that not every store could keep and find again. */
export function assertName(name: string, what: string): void {
  assert(name.length > 0, `${what} is not empty`);
  assert(
    name.length * 3 <= MAX_NAME_BYTES || utf8Length(name) <= MAX_NAME_BYTES,
    `${what} takes at most ${MAX_NAME_BYTES} bytes`,
  );
  assert(name.isWellFormed() && !name.includes('\0'), `${what} is well-formed text`);
}

/** Stops on a page without a sensible bound. */
export function assertPage({ limit }: { readonly limit: number }): void {
  assert(Number.isInteger(limit) && limit >= 1 && limit <= MAX_SLICE, `a page has 1 to ${MAX_SLICE} items`);
}

/** Whether a text can be an event's id. */
export function isEventId(text: string): boolean {
  return UUID.test(text);
}

/** Stops on a slice without a sensible bound. */
export function assertSlice({ after, limit }: Slice): void {
  assert(Number.isSafeInteger(after) && after >= 0, 'a slice begins after 0 or a later place');
  assert(Number.isInteger(limit) && limit >= 1 && limit <= MAX_SLICE, `a slice has 1 to ${MAX_SLICE} events`);
}

/**
 * An append's events as JSON text. Stops on what no store accepts: no event, a malformed or doubled id, an odd version.
 * A payload that is too big is not a bug but an answer: see {@link oversizeOf}.
 */
export function encodeAppend(stream: string, events: readonly NewEvent[], expected: Version): readonly EncodedEvent[] {
  assertName(stream, 'a stream name');
  assert(Number.isSafeInteger(expected) && expected >= 0, 'an expected version is 0 or more');
  assert(events.length > 0, 'an append has an event');
  assert(events.length === 1 || new Set(events.map(({ id }) => id)).size === events.length, 'an append has each id once');
  return events.map(({ id, type, data, meta, recordedAt }) => {
    assert(isEventId(id), 'an event id is a UUID in lower case');
    assertName(type, 'an event type');
    const encoded = { id, type, data: JSON.stringify(data), meta: JSON.stringify(meta) };
    if (recordedAt === undefined) return encoded;
    const micros = parseRecordTime(recordedAt);
    assert(micros !== undefined, 'a record time is ISO 8601 with six decimals');
    return { ...encoded, recordedAt: micros };
  });
}

/** The bytes of the first payload above {@link MAX_EVENT_BYTES}, when there is one. */
export function oversizeOf(events: readonly EncodedEvent[]): number | undefined {
  for (const { data } of events) {
    // A UTF-16 unit takes at most three bytes, so most payloads need no counting.
    if (data.length * 3 <= MAX_EVENT_BYTES) continue;
    const bytes = utf8Length(data);
    if (bytes > MAX_EVENT_BYTES) return bytes;
  }
  return undefined;
}

/** The last meta that was read: the events of one append bear the same, and are read one after another. */
let lastMeta: { readonly text: string; readonly meta: JsonObject } = { text: '{}', meta: {} };

function metaOf(text: string): JsonObject {
  if (lastMeta.text !== text) lastMeta = { text, meta: parseJson(text) as JsonObject };
  return lastMeta.meta;
}

/** What a store kept, as what it hands out. */
export function decodeEvent(kept: EncodedStoredEvent): StoredEvent {
  return {
    id: kept.id,
    type: kept.type,
    data: parseJson(kept.data) as JsonObject,
    meta: metaOf(kept.meta),
    stream: kept.stream,
    version: kept.version,
    position: kept.position,
    recordedAt: formatRecordTime(kept.recordedAt),
  };
}

/** Stops on drafts that no store can put in the place of views: a name that is none, or is there twice. */
export function assertDrafts(stream: string, drafts: readonly Draft[]): void {
  assertName(stream, 'a stream name');
  const names = drafts.flatMap(({ view, draft }) => [view, draft]);
  for (const name of names) assertName(name, 'a view name');
  assert(new Set(names).size === names.length, 'each view and each draft is named once');
}

/** Stops on a save that no store accepts: an odd name, a view that does not move on, a bucket of a view that is not named. */
export function assertSave({ stream, views, buckets }: SaveBuckets): void {
  assertName(stream, 'a stream name');
  const named = new Set(views.map(({ view }) => view));
  assert(named.size === views.length && views.length > 0, 'a save names each of its views once');
  for (const { view, expected, seen } of views) {
    assertName(view, 'a view name');
    assert(Number.isSafeInteger(expected) && expected >= 0, 'a view has seen 0 or more events');
    assert(Number.isSafeInteger(seen) && seen >= expected, 'a view does not move back');
  }
  const places = new Set<string>();
  for (const { view, bucket } of buckets) {
    assert(named.has(view), 'a saved bucket belongs to a named view');
    assertName(bucket, 'a bucket name');
    places.add(`${view}\0${bucket}`);
  }
  assert(places.size === buckets.length, 'a save has each bucket once');
}
