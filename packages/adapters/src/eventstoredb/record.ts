/** An event as EventStoreDB keeps it, and back. */
import type { AllStreamRecordedEvent, EventData, RecordedEvent } from '@eventstore/db-client';
import { formatRecordTime, parseJson, StoreError } from '@kakeibo/core';
import type { EncodedEvent, Json, JsonObject, StoredEvent } from '@kakeibo/core';

/** What an append says in the metadata of its events, so that every reader works out the same record times. */
export interface Stamp {
  /** Which append wrote it: the server answers a repeat like the first time, and this tells them apart. */
  readonly append: string;
  /** How many events it has: a reader that has seen fewer is in the middle of it. */
  readonly size: number;
  /** The writer's clock, in milliseconds. */
  readonly nowMs: number;
}

/** The stamp that was read, with the record time that was asked for in microseconds. */
export interface ReadStamp extends Stamp {
  readonly asked?: number;
}

/** The form of the metadata. A greater one is a newer program's. */
const FORM = 1;

/** Whether a member's name is written with an escape: the client reads JSON with `JSON.parse`, which mistakes such names. */
function hasEscapedName(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasEscapedName);
  return Object.entries(value as JsonObject).some(
    ([name, member]) => JSON.stringify(name).includes('\\') || hasEscapedName(member),
  );
}

/**
 * What to send for an event: its data as JSON, to be seen in the server's own pages; as bytes when the client would read it
 * back otherwise.
 */
export function proposalOf(event: EncodedEvent, { append, size, nowMs }: Stamp): EventData {
  const { id, type } = event;
  const asked = event.recordedAt === undefined ? {} : { recordedAt: event.recordedAt };
  const metadata = { kakeibo: FORM, append, size, now: nowMs, ...asked, meta: event.meta };
  const data = parseJson(event.data) as JsonObject;
  return hasEscapedName(data)
    ? { id, type, contentType: 'application/octet-stream', data: Buffer.from(event.data), metadata }
    : { id, type, contentType: 'application/json', data, metadata };
}

function notOurs(event: RecordedEvent, what: string): never {
  throw new StoreError(
    'incompatible',
    `event ${event.revision} of the stream ${JSON.stringify(event.streamId)} ${what}: let nothing else write to these streams`,
  );
}

function noteOf(event: RecordedEvent): { readonly [name: string]: unknown } {
  const { metadata } = event;
  if (typeof metadata !== 'object' || metadata instanceof Uint8Array || !('kakeibo' in metadata))
    return notOurs(event, 'was not written by Kakeibo');
  if (metadata['kakeibo'] !== FORM) return notOurs(event, 'was written by a newer Kakeibo, or is damaged');
  return metadata;
}

/** Reads the stamp. Throws when the event is another program's. */
export function stampOf(event: AllStreamRecordedEvent): ReadStamp {
  const { append, size, now, recordedAt } = noteOf(event);
  if (typeof append !== 'string' || typeof size !== 'number' || typeof now !== 'number')
    return notOurs(event, 'has damaged metadata');
  return { append, size, nowMs: now, ...(typeof recordedAt === 'number' ? { asked: recordedAt } : {}) };
}

/** The event as the port hands it out. */
export function storedEvent(
  event: RecordedEvent,
  place: { readonly stream: string; readonly position: number; readonly recordedAt: number },
): StoredEvent {
  const { meta } = noteOf(event);
  if (typeof meta !== 'string') return notOurs(event, 'has damaged metadata');
  const data: unknown = event.data instanceof Uint8Array ? parseJson(Buffer.from(event.data).toString('utf8')) : event.data;
  if (typeof data !== 'object') return notOurs(event, 'has damaged data');
  return {
    id: event.id,
    type: event.type,
    data: data as JsonObject,
    meta: parseJson(meta) as JsonObject,
    stream: place.stream,
    version: Number(event.revision) + 1,
    position: place.position,
    recordedAt: formatRecordTime(place.recordedAt),
  };
}
