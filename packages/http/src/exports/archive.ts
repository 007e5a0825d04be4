import type { IncomingMessage } from 'node:http';
import {
  createArchiveReader,
  exportArchive,
  isArchiveFault,
  restoreArchive,
  type Archive,
  type ArchiveFault,
  type ArchiveProgress,
  type EventStore,
} from '@kakeibo/core';
import { Problem } from '../problem.ts';
import { archiveRefused } from '../statuses.ts';

const PIECE = 65_536;

/** All events of a store as an archive, in pieces that are worth sending. */
export async function* archivePieces(store: EventStore): AsyncGenerator<string> {
  let piece = '';
  for await (const line of exportArchive(store)) {
    piece += line;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

const MAX_BYTES = 500_000_000;

/** Reads an archive as it arrives. The first line that is not right refuses it, before anything is stored. */
export async function readArchiveBody(request: IncomingMessage): Promise<Archive> {
  const reader = createArchiveReader();
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let [held, bytes, lines] = ['', 0, 0];
  const take = (text: string, isLast: boolean): void => {
    const parts = (held + text).split('\n');
    held = isLast ? '' : (parts.pop() ?? '');
    if (isLast && parts.at(-1) === '') parts.pop();
    for (const line of parts) {
      lines += 1;
      refuseFault(reader.read(line));
    }
    // A line without an end is refused before it fills the memory.
    if (held.length > PIECE * 32) refuseFault(reader.read(held));
  };
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      throw archiveRefused({ code: 'archive-line-invalid', line: lines + 1, message: 'The file is not UTF-8 from here on.' });
    }
  };
  try {
    for await (const chunk of request as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > MAX_BYTES) throw new Problem(413, 'body-too-large', `An archive may have ${MAX_BYTES} bytes here.`);
      take(decode(chunk), false);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(400, 'request-invalid', 'The body ended before it was whole.');
  }
  take(decode(), true);
  const archive = reader.end();
  if (isArchiveFault(archive)) throw archiveRefused(archive);
  return archive;
}

function refuseFault(fault: ArchiveFault | undefined): void {
  if (fault !== undefined) throw archiveRefused(fault);
}

/** What came of a restore. */
export interface Restored {
  /** How many events are there now, and how many of them were there before. */
  readonly events: number;
  readonly present: number;
}

const PAGE = 500;

/** Restores an archive into a ledger that holds nothing else. Done twice, it changes nothing. */
export async function restore(
  store: EventStore,
  archive: Archive,
  onProgress: (progress: ArchiveProgress) => void = () => undefined,
): Promise<Restored> {
  await refuseOthers(store, new Set(archive.batches.map(({ stream }) => stream)));
  const restored = await restoreArchive(store, archive, { onProgress });
  if (restored.kind === 'refused')
    throw new Problem(409, restored.code, restored.message, { figures: { version: restored.version } });
  const { events, present } = restored;
  return { events, present };
}

async function refuseOthers(store: EventStore, own: ReadonlySet<string>): Promise<void> {
  for (let after = 0; ;) {
    const page = await store.readAll({ after, limit: PAGE });
    if (page.some(({ stream }) => !own.has(stream)))
      throw new Problem(
        409,
        'ledger-not-empty',
        'This ledger holds wallets that the archive does not. Restore into an empty one.',
      );
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.position;
  }
}
