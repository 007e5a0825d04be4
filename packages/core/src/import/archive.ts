import { parseJson } from '../json.ts';
import {
  ARCHIVE_FORMAT,
  ARCHIVE_VERSION,
  createArchiveSummary,
  type ArchiveEvent,
  type ArchiveHeader,
} from '../export/archive.ts';
import type { Version } from '../ports/event-store.ts';
import { readArchiveEvent } from './archive-event.ts';

/** Why a file is not an archive. */
export type ArchiveFaultCode =
  | 'archive-header-invalid'
  | 'archive-version-unknown'
  | 'archive-line-invalid'
  | 'archive-line-too-long'
  | 'archive-too-long'
  | 'archive-event-unknown'
  | 'archive-event-invalid'
  | 'archive-version-gap'
  | 'archive-id-twice'
  | 'archive-time-invalid'
  | 'archive-incomplete'
  | 'archive-digest-wrong';

/** The first fault of an archive and where it is; lines count from 1, which is the header. Nothing of it should be used. */
export interface ArchiveFault {
  readonly code: ArchiveFaultCode;
  readonly line: number;
  readonly message: string;
}

/** Events of one stream that are appended together: those of one command. */
export interface ArchiveBatch {
  readonly stream: string;
  /** Where the stream stands before them. */
  readonly expected: Version;
  readonly events: readonly ArchiveEvent[];
}

/** An archive that was read whole and holds what its header says. */
export interface Archive {
  readonly header: ArchiveHeader;
  readonly batches: readonly ArchiveBatch[];
}

/** The most characters in a line: an event's data takes at most 16 KiB, the rest is small. */
export const MAX_ARCHIVE_LINE = 1_048_576;
/** The most events in an archive. */
export const MAX_ARCHIVE_EVENTS = 10_000_000;

/** Reads an archive line by line, so that a file of any size can be refused at its first fault. */
export interface ArchiveReader {
  /** Takes the next line, without its line break; answers with its fault, and with the same one ever after. */
  read(line: string): ArchiveFault | undefined;
  end(): Archive | ArchiveFault;
}

export function isArchiveFault(value: Archive | ArchiveFault): value is ArchiveFault {
  return 'code' in value;
}

/**
 * Reads an archive from its lines.
 *
 * @example
 * readArchive(['{"format":"something else"}']).code; // 'archive-header-invalid'
 */
export function readArchive(lines: Iterable<string>): Archive | ArchiveFault {
  const reader = createArchiveReader();
  for (const line of lines) {
    const fault = reader.read(line);
    if (fault !== undefined) return fault;
  }
  return reader.end();
}

/**
 * Makes a reader of one archive. Each line is checked: its form, its type, that versions have no gap and times increase, and at
 * the end that nothing is missing and nothing was changed.
 */
export function createArchiveReader(): ArchiveReader {
  const summary = createArchiveSummary();
  const versions = new Map<string, Version>();
  const ids = new Set<string>();
  const batches: ArchiveBatch[] = [];
  let header: ArchiveHeader | undefined;
  let lastTime = '';
  let line = 0;
  let isOver = false;
  let fault: ArchiveFault | undefined;

  const faultOf = (code: ArchiveFaultCode, message: string): ArchiveFault => (fault = { code, line, message });

  const readHeader = (text: string): ArchiveFault | undefined => {
    const read = headerOf(text);
    if (typeof read === 'string') return faultOf(read, HEADER_MESSAGES[read]);
    header = read;
    return undefined;
  };

  const readEvent = (text: string, expected: ArchiveHeader): ArchiveFault | undefined => {
    if (ids.size >= expected.events)
      return faultOf('archive-incomplete', `The header says ${expected.events} events; here is one more.`);
    const event = readArchiveEvent(text);
    if ('code' in event) return faultOf(event.code, event.message);
    const before = versions.get(event.stream) ?? 0;
    if (event.version !== before + 1) {
      return faultOf(
        'archive-version-gap',
        `The stream ${event.stream} goes on with version ${before + 1}, not ${event.version}.`,
      );
    }
    if (ids.has(event.id)) return faultOf('archive-id-twice', `The event ${event.id} was there before.`);
    if (event.recordedAt <= lastTime)
      return faultOf('archive-time-invalid', 'Each event is recorded later than the one before it.');
    versions.set(event.stream, event.version);
    ids.add(event.id);
    lastTime = event.recordedAt;
    summary.count(event.stream, text);
    addTo(batches, event);
    return undefined;
  };

  return {
    read(text) {
      if (fault !== undefined) return fault;
      line += 1;
      const plain = text.endsWith('\r') ? text.slice(0, -1) : text;
      if (plain.length > MAX_ARCHIVE_LINE)
        return faultOf('archive-line-too-long', `A line has at most ${MAX_ARCHIVE_LINE} characters.`);
      if (header === undefined) return readHeader(plain);
      if (isOver) return faultOf('archive-line-invalid', 'Only the last line may be empty.');
      isOver = plain === '';
      return isOver ? undefined : readEvent(plain, header);
    },
    end() {
      if (fault !== undefined) return fault;
      if (header === undefined) return faultOf('archive-header-invalid', HEADER_MESSAGES['archive-header-invalid']);
      const found = summary.header();
      if (found.events !== header.events || found.streams !== header.streams) {
        const told = `${header.events} events in ${header.streams} streams`;
        return faultOf('archive-incomplete', `The header says ${told}; there are ${found.events} in ${found.streams}.`);
      }
      if (found.sha256 !== header.sha256)
        return faultOf('archive-digest-wrong', 'The lines are not those that the header was made for.');
      return { header, batches };
    },
  };
}

const HEADER_MESSAGES = {
  'archive-header-invalid': 'The first line is not the header of an archive of Kakeibo.',
  'archive-version-unknown': `This archive is of a newer form than ${ARCHIVE_VERSION}: read it with a newer Kakeibo.`,
  'archive-too-long': `An archive has at most ${MAX_ARCHIVE_EVENTS} events.`,
} as const;

function headerOf(text: string): ArchiveHeader | keyof typeof HEADER_MESSAGES {
  let read: unknown;
  try {
    read = parseJson(text);
  } catch {
    return 'archive-header-invalid';
  }
  if (typeof read !== 'object' || read === null) return 'archive-header-invalid';
  const { format, version, events, streams, sha256 } = read as { readonly [Field in keyof ArchiveHeader]?: unknown };
  if (format !== ARCHIVE_FORMAT || !isCount(version) || !isCount(events) || !isCount(streams)) return 'archive-header-invalid';
  if (version !== ARCHIVE_VERSION) return 'archive-version-unknown';
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return 'archive-header-invalid';
  return events > MAX_ARCHIVE_EVENTS ? 'archive-too-long' : { format, version, events, streams, sha256 };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** The most events in a batch; a command of more, which this version does not make, is parted. */
const MAX_BATCH = 2_000;

interface OpenBatch extends ArchiveBatch {
  readonly events: ArchiveEvent[];
}

function addTo(batches: ArchiveBatch[], event: ArchiveEvent): void {
  const open = batches.at(-1) as OpenBatch | undefined;
  const commandId = open?.events[0]?.meta['commandId'];
  const belongs = open?.stream === event.stream && commandId !== undefined && commandId === event.meta['commandId'];
  if (open !== undefined && belongs && open.events.length < MAX_BATCH) open.events.push(event);
  else batches.push({ stream: event.stream, expected: event.version - 1, events: [event] });
}
