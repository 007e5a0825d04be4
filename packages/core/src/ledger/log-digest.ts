import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { createArchiveSummary, archiveLine } from '../export/archive.ts';
import { canonical } from '../ids.ts';
import type { EventStore, StoredEvent } from '../ports/event-store.ts';

/** What a stream comes to: its events' ids, versions, types and contents, without their places and times in the log. */
export interface StreamDigest {
  readonly stream: string;
  readonly events: number;
  readonly sha256: string;
}

/** What a log comes to. `sha256` is that of its archive: record times and the order of the log are in it. */
export interface LogDigest {
  readonly events: number;
  readonly sha256: string;
  readonly streams: readonly StreamDigest[];
}

/** Digests a log event by event. */
export interface LogDigester {
  add(event: StoredEvent): void;
  digest(): LogDigest;
}

export function createLogDigester(): LogDigester {
  const log = createArchiveSummary();
  const streams = new Map<string, { events: number; readonly hash: ReturnType<typeof sha256.create> }>();
  return {
    add(event) {
      log.count(event.stream, archiveLine(event));
      const known = streams.get(event.stream) ?? { events: 0, hash: sha256.create() };
      streams.set(event.stream, known);
      known.events += 1;
      known.hash.update(utf8ToBytes(`${contentOf(event)}\n`));
    },
    digest() {
      const { events, sha256: whole } = log.header();
      const each = [...streams].map(([stream, known]) => ({
        stream,
        events: known.events,
        sha256: bytesToHex(known.hash.clone().digest()),
      }));
      return { events, sha256: whole, streams: each };
    },
  };
}

/** All that two stores must agree on of an event, in one spelling. */
export function contentOf({ stream, version, id, type, data, meta }: StoredEvent): string {
  return canonical([stream, version, id, type, data, meta]);
}

const PAGE = 500;

/**
 * Reads a whole log and says what it comes to.
 *
 * @example
 * const { events, sha256, streams } = await digestLog(store);
 */
export async function digestLog(store: EventStore, onProgress: (events: number) => void = () => undefined): Promise<LogDigest> {
  const digester = createLogDigester();
  for (let [after, done] = [0, 0]; ;) {
    const page = await store.readAll({ after, limit: PAGE });
    for (const event of page) digester.add(event);
    onProgress((done += page.length));
    if (page.length < PAGE) return digester.digest();
    after = page.at(-1)?.position ?? after;
  }
}
