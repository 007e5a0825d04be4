import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import {
  createArchiveReader,
  exportArchive,
  isArchiveFault,
  MAX_ARCHIVE_LINE,
  restoreArchive,
  type Archive,
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
export async function readArchiveBody(body: Readable, maxBytes = MAX_BYTES): Promise<Archive> {
  const reader = createArchiveReader();
  let line = 0;
  for await (const bytes of linesIn(body, maxBytes)) {
    line += 1;
    if (!isUtf8(bytes)) throw archiveRefused({ code: 'archive-line-invalid', line, message: 'The line is not UTF-8.' });
    const fault = reader.read(bytes.toString());
    if (fault !== undefined) throw archiveRefused(fault);
  }
  const archive = reader.end();
  if (isArchiveFault(archive)) throw archiveRefused(archive);
  return archive;
}

const NEWLINE = 10;
/** A line that has so much and no end is one that no reader takes. */
const MAX_HELD_BYTES = 4 * MAX_ARCHIVE_LINE;

/** The lines of a body, without their line breaks; a line that never ends comes as far as it is known. */
async function* linesIn(body: Readable, maxBytes: number): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of chunksOf(body, maxBytes)) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      yield Buffer.concat([held, chunk.subarray(from, end)]);
      held = Buffer.alloc(0);
      from = end + 1;
    }
    held = Buffer.concat([held, chunk.subarray(from)]);
    if (held.length > MAX_HELD_BYTES) break;
  }
  if (held.length > 0) yield held;
}

async function* chunksOf(body: Readable, maxBytes: number): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    // Kept open when we stop reading, so that the refusal can be answered; the rest is thrown away.
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) break;
      yield chunk;
    }
  } catch {
    throw new Problem(400, 'request-invalid', 'The body ended before it was whole.');
  }
  if (size > maxBytes)
    throw new Problem(413, 'body-too-large', `An archive may have ${maxBytes} bytes here.`, {
      headers: { Connection: 'close' },
    });
}

/** What came of a restore. */
export interface Restored {
  /** How many events are there now, and how many of them were there before. */
  readonly events: number;
  readonly present: number;
  /** How many could not keep the record time that they had, since the clock here is more than a day behind it. */
  readonly redated: number;
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
  const { events, present, redated } = restored;
  return { events, present, redated };
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
