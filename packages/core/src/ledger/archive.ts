import { archiveLine, createArchiveSummary, type ArchiveEvent } from '../export/archive.ts';
import { canonical } from '../ids.ts';
import type { Archive, ArchiveBatch } from '../import/archive.ts';
import { StoreError, type EventStore, type Position, type StoredEvent, type Version } from '../ports/event-store.ts';

/** How far a long work is, in events. */
export interface ArchiveProgress {
  readonly done: number;
  readonly total: number;
}

/** How many events are read or appended at a time. */
const PAGE = 500;

/**
 * The archive of a store's events, of all streams or of some, line by line with line breaks. What is appended meanwhile is left
 * out: the log is read twice, and ends the second time where it ended the first.
 *
 * @example
 * for await (const line of exportArchive(store)) await handle(line);
 */
export async function* exportArchive(
  store: EventStore,
  {
    streams,
    onProgress,
  }: { readonly streams?: ReadonlySet<string>; readonly onProgress?: (progress: ArchiveProgress) => void } = {},
): AsyncGenerator<string> {
  const summary = createArchiveSummary();
  let end: Position = 0;
  for await (const event of wholeLog(store)) {
    end = event.position;
    if (streams?.has(event.stream) !== false) summary.count(event.stream, archiveLine(event));
  }
  const header = summary.header();
  yield `${JSON.stringify(header)}\n`;
  let done = 0;
  for await (const event of wholeLog(store)) {
    if (event.position > end) return;
    if (streams?.has(event.stream) === false) continue;
    yield `${archiveLine(event)}\n`;
    done += 1;
    if (done % PAGE === 0 || done === header.events) onProgress?.({ done, total: header.events });
  }
}

async function* wholeLog(store: EventStore): AsyncGenerator<StoredEvent> {
  for (let after: Position = 0; ;) {
    const page = await store.readAll({ after, limit: PAGE });
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.position;
  }
}

/**
 * What came of a restore.
 *
 * - `restored`: all events are in the store. `present` of them were before, from an earlier try; `redated` could not keep their
 *   record time, because the store had later events.
 * - `refused`: the store has other events in a stream of the archive, and nothing was stored. Where that came up in the midst of
 *   it (somebody wrote meanwhile, or an event of the archive is in another stream), what was restored before stays.
 */
export type Restored =
  | { readonly kind: 'restored'; readonly events: number; readonly present: number; readonly redated: number }
  | {
      readonly kind: 'refused';
      readonly code: 'restore-stream-taken';
      readonly stream: string;
      readonly version: Version;
      readonly message: string;
    };

/**
 * Appends the events of an archive to a store, with their ids, versions and record times. After a crash it can be done again
 * with the same archive: it goes on where it was.
 *
 * @example
 * await restoreArchive(store, archive); // { kind: 'restored', events: 0, present: 0, redated: 0 }
 */
export async function restoreArchive(
  store: EventStore,
  { header, batches }: Archive,
  { onProgress }: { readonly onProgress?: (progress: ArchiveProgress) => void } = {},
): Promise<Restored> {
  const present = await presentIn(store, batches);
  if (!(present instanceof Map)) return present;
  let [done, already, redated] = [0, 0, 0];
  for (const { stream, events } of joined(batches)) {
    const missing = events.slice(Math.max(0, (present.get(stream) ?? 0) - ((events[0]?.version ?? 1) - 1)));
    already += events.length - missing.length;
    done += events.length;
    const [first] = missing;
    if (first !== undefined) {
      const result = await store.append(
        stream,
        missing.map(({ stream: _, version: __, ...event }) => event),
        { expected: first.version - 1 },
      );
      if (result.kind === 'conflict' || result.kind === 'repeated') return taken(stream, first.version);
      if (result.kind === 'too-large')
        throw new StoreError('incompatible', `the store does not take an event of ${result.bytes} bytes`);
      redated += result.events.filter(({ recordedAt }, at) => recordedAt !== missing[at]?.recordedAt).length;
    }
    onProgress?.({ done, total: header.events });
  }
  return { kind: 'restored', events: header.events, present: already, redated };
}

function taken(stream: string, version: Version): Restored {
  const message = `The stream ${stream} has other events from version ${version} on: restore into an empty ledger.`;
  return { kind: 'refused', code: 'restore-stream-taken', stream, version, message };
}

/** How many events of each stream are there already; they must be the archive's. */
async function presentIn(store: EventStore, batches: readonly ArchiveBatch[]): Promise<Map<string, number> | Restored> {
  const streams = new Map<string, ArchiveEvent[]>();
  for (const { stream, events } of batches) {
    const own = streams.get(stream);
    if (own === undefined) streams.set(stream, [...events]);
    else own.push(...events);
  }
  const present = new Map<string, number>();
  for (const [stream, own] of streams) {
    for (let after = 0; ;) {
      const page = await store.read(stream, { after, limit: PAGE });
      const other = page.find((event) => !isSame(event, own[event.version - 1]));
      if (other !== undefined) return taken(stream, other.version);
      after += page.length;
      present.set(stream, after);
      if (page.length < PAGE) break;
    }
  }
  return present;
}

function isSame(stored: StoredEvent, own: ArchiveEvent | undefined): boolean {
  return own !== undefined && stored.id === own.id && stored.type === own.type && canonical(stored.data) === canonical(own.data);
}

/** Batches of one stream that follow one another, together: an append for each would cost a write to the disk for each. */
function* joined(batches: readonly ArchiveBatch[]): Generator<Pick<ArchiveBatch, 'stream' | 'events'>> {
  let open: { readonly stream: string; readonly events: ArchiveEvent[] } | undefined;
  for (const { stream, events } of batches) {
    if (open !== undefined && open.stream === stream && open.events.length + events.length <= PAGE) {
      open.events.push(...events);
      continue;
    }
    if (open !== undefined) yield open;
    open = { stream, events: [...events] };
  }
  if (open !== undefined) yield open;
}
