import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { digestLog, exportArchive, parseJson, type ArchiveHeader } from '@kakeibo/core';
import { openStore, type Store } from '../stores.ts';
import { EXIT, Failure } from './failure.ts';
import type { GivenTarget } from './given.ts';
import type { Output } from './output.ts';
import { configOf, openTarget, refuseUrl } from './target.ts';
import { writeWhole } from './whole-file.ts';

export const BACKUP_FORMATS = ['database', 'archive'] as const;
type BackupFormat = (typeof BACKUP_FORMATS)[number];

/** What a log comes to: equal figures, equal logs. */
export interface LogFigures {
  readonly events: number;
  readonly streams: number;
  readonly sha256: string;
}

export function inWords({ events, streams, sha256 }: LogFigures): string {
  return `${events} events in ${streams} streams, SHA-256 ${sha256}`;
}

/** `kakeibo backup FILE`: taken while others write, and read back before it takes its name. */
export async function backup(
  { target, output, options }: GivenTarget<{ readonly format?: BackupFormat }>,
  file = '',
): Promise<number> {
  refuseUrl(target, 'backup');
  const config = configOf(target);
  const path = resolve(file);
  if (config.store.kind === 'sqlite' && path === config.store.file)
    throw new Failure('A backup is another file than the ledger.', EXIT.usage);
  const store = await openTarget(config, { access: 'read', create: false });
  try {
    const format = options.format ?? (store.backup === undefined ? 'archive' : 'database');
    const figures = await written(store, { path, format, output });
    output.result({ file: path, format, ...figures }, () => [`Wrote ${path}: ${inWords(figures)}`]);
    return 0;
  } finally {
    await store.close();
  }
}

async function written(
  store: Store,
  { path, format, output }: { readonly path: string; readonly format: BackupFormat; readonly output: Output },
): Promise<LogFigures> {
  let figures: LogFigures | undefined;
  const progress = output.progress('Backup');
  await writeWhole(path, async (partial) => {
    if (format === 'archive') {
      const lines = exportArchive(store.events, { onProgress: progress.update });
      await pipeline(lines, createWriteStream(partial, { mode: 0o600 }));
      figures = await figuresOfArchive(partial);
      return;
    }
    if (store.backup === undefined)
      throw new Failure('Only a SQLite ledger has a file of its own kind: use --format archive.', EXIT.usage);
    await store.backup(partial, { onProgress: progress.update });
    figures = await figuresOfFile(partial);
    // What belongs to the backup before would be replayed into this one.
    for (const suffix of ['-wal', '-shm']) await rm(path + suffix, { force: true });
  }).finally(progress.stop);
  if (figures === undefined) throw new Failure(`${path} was not written.`, EXIT.broken);
  return figures;
}

/** Read back, event by event. */
export async function figuresOfFile(file: string): Promise<LogFigures> {
  const store = await openStore({ store: { kind: 'sqlite', file, shown: file } }, { access: 'frozen' });
  try {
    return await figuresOf(store);
  } finally {
    await store.close();
  }
}

export async function figuresOf({ events: log }: Store): Promise<LogFigures> {
  const { events, streams, sha256 } = await digestLog(log);
  return { events, streams: streams.length, sha256 };
}

/** Read back, and summed up anew. */
async function figuresOfArchive(file: string): Promise<LogFigures> {
  const hash = createHash('sha256');
  let header: ArchiveHeader | undefined;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (header === undefined) header = parseJson(line) as unknown as ArchiveHeader;
    else hash.update(`${line}\n`);
  }
  if (header === undefined || hash.digest('hex') !== header.sha256)
    throw new Failure(`${file} does not read back as it was written: look at the disk.`, EXIT.broken);
  const { events, streams, sha256 } = header;
  return { events, streams, sha256 };
}
