import { parseJson } from '../json.ts';
import type { ArchiveEvent } from '../export/archive.ts';
import { MAX_EVENT_BYTES, type JsonObject } from '../ports/event-store.ts';
import { isEventId, isName, parseRecordTime, utf8Length } from '../store-rules.ts';
import { decode, UnknownEventError } from '../wallet/codec.ts';

/** What is wrong with a line. */
interface LineFault {
  readonly code: 'archive-line-invalid' | 'archive-event-unknown' | 'archive-event-invalid';
  readonly message: string;
}

/** How deep JSON in an event may go: what Kakeibo writes needs five. */
const MAX_DEPTH = 16;

/** Reads the line of an event and checks all that a store and the ledger would stumble over. */
export function readArchiveEvent(line: string): ArchiveEvent | LineFault {
  let read: unknown;
  try {
    read = parseJson(line);
  } catch {
    return { code: 'archive-line-invalid', message: 'The line is not JSON.' };
  }
  if (!isObject(read)) return { code: 'archive-line-invalid', message: 'The line is not an event.' };
  const { stream, version, id, type, data, meta, recordedAt } = read;
  const wrong = wrongFieldOf(read);
  if (wrong !== undefined) return { code: 'archive-event-invalid', message: wrong };
  const event = { stream, version, id, type, data, meta, recordedAt } as ArchiveEvent;
  try {
    decode({ ...event, position: 0 });
    return event;
  } catch (error) {
    if (error instanceof UnknownEventError) return { code: 'archive-event-unknown', message: error.message };
    return {
      code: 'archive-event-invalid',
      message: `The data are not those of a ${event.type}: ${String(error).slice(0, 200)}`,
    };
  }
}

function wrongFieldOf(event: Readonly<Record<string, unknown>>): string | undefined {
  const { stream, version, id, type, data, meta, recordedAt } = event;
  if (typeof stream !== 'string' || !isName(stream)) return 'An event has the name of its stream.';
  if (!Number.isSafeInteger(version) || (version as number) < 1) return 'An event has a version from 1 on.';
  if (typeof id !== 'string' || !isEventId(id)) return 'The id of an event is a UUID in lower case.';
  if (typeof type !== 'string' || !isName(type)) return 'An event has a type.';
  if (typeof recordedAt !== 'string' || parseRecordTime(recordedAt) === undefined)
    return 'An event has a record time with six decimals.';
  if (!isObject(data) || !isObject(meta)) return 'An event has data and meta.';
  if (!isShallow(data, MAX_DEPTH) || !isShallow(meta, MAX_DEPTH)) return `Data and meta go at most ${MAX_DEPTH} deep.`;
  const bytes = utf8Length(JSON.stringify(data));
  return bytes > MAX_EVENT_BYTES ? `The data take ${bytes} bytes, and at most ${MAX_EVENT_BYTES} are kept.` : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((item) => isShallow(item, depth - 1));
}
