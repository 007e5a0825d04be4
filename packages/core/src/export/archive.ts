import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { StoredEvent } from '../ports/event-store.ts';

/** The first line of an archive: what the lines after it are, how many, and the SHA-256 of their UTF-8, line breaks included. */
export interface ArchiveHeader {
  readonly format: typeof ARCHIVE_FORMAT;
  readonly version: typeof ARCHIVE_VERSION;
  readonly events: number;
  readonly streams: number;
  readonly sha256: string;
}

export const ARCHIVE_FORMAT = 'kakeibo-archive';
/** Archives are read for ever: a new field in an event is no new version, another form of the lines is. */
export const ARCHIVE_VERSION = 1;

/** An event as an archive has it: all but its position, which another log gives anew. */
export type ArchiveEvent = Omit<StoredEvent, 'position'>;

/** The line of an event, without its line break. */
export function archiveLine({ stream, version, id, type, data, meta, recordedAt }: ArchiveEvent): string {
  return JSON.stringify({ stream, version, id, type, data, meta, recordedAt });
}

/** Sums up lines for the header: written before them, so an archive is made in two passes. */
export interface ArchiveSummary {
  count(stream: string, line: string): void;
  header(): ArchiveHeader;
}

export function createArchiveSummary(): ArchiveSummary {
  const hash = sha256.create();
  const streams = new Set<string>();
  let events = 0;
  return {
    count(stream, line) {
      hash.update(utf8ToBytes(`${line}\n`));
      streams.add(stream);
      events += 1;
    },
    header: () => ({
      format: ARCHIVE_FORMAT,
      version: ARCHIVE_VERSION,
      events,
      streams: streams.size,
      sha256: bytesToHex(hash.clone().digest()),
    }),
  };
}

/**
 * Kakeibo's own archive, line by line, each with its line break: a header, then an event each, in the order of the log. It is
 * all there is: figures are computed from it anew. `events` is gone through twice.
 *
 * @example
 * [...archiveOf([])].length; // 1
 */
export function* archiveOf(events: Iterable<StoredEvent>): Generator<string> {
  const summary = createArchiveSummary();
  for (const event of events) summary.count(event.stream, archiveLine(event));
  yield `${JSON.stringify(summary.header())}\n`;
  for (const event of events) yield `${archiveLine(event)}\n`;
}
