import { createReadStream } from 'node:fs';
import { access, mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { copyLog } from '@kakeibo/core';
import type { Config } from '../config.ts';
import { readArchiveBody, restore as restoreArchive } from '../exports/archive.ts';
import { Problem } from '../problem.ts';
import type { Store } from '../stores.ts';
import { figuresOf, figuresOfFile, inWords, type LogFigures } from './backup.ts';
import { EXIT, Failure } from './failure.ts';
import type { GivenTarget } from './given.ts';
import type { Output } from './output.ts';
import { configOf, openTarget, refuseUrl } from './target.ts';
import { writeWhole } from './whole-file.ts';

const SQLITE_FILE = 'SQLite format 3\0';

/** `kakeibo restore FILE`: into a ledger that is not there yet or empty; with `--resume` also into what an earlier try came to. */
export async function restore({ target, output, options }: GivenTarget<{ readonly resume?: true }>, file = ''): Promise<number> {
  refuseUrl(target, 'restore');
  const config = configOf(target);
  const path = resolve(file);
  const work = { path, config, output, resumes: options.resume === true };
  const { figures, redated } = (await isSqlite(path)) ? await restoreDatabase(work) : await restoreFromArchive(work);
  output.result({ store: config.store.shown, redated, ...figures }, () => [
    `Restored ${config.store.shown}: ${inWords(figures)}`,
    ...(redated === 0 ? [] : [`${redated} events could not keep the time at which they were recorded`]),
  ]);
  return 0;
}

interface Work {
  readonly path: string;
  readonly config: Config;
  readonly output: Output;
  readonly resumes: boolean;
}

interface RestoredLog {
  readonly figures: LogFigures;
  readonly redated: number;
}

async function restoreDatabase({ path, config, output, resumes }: Work): Promise<RestoredLog> {
  const { store } = config;
  if (store.kind === 'sqlite' && !(await isThere(store.file))) {
    await restoreFile(path, store.file, output);
    const figures = await figuresOfFile(store.file);
    if (figures.sha256 !== (await figuresOfFile(path)).sha256) throw differs(path);
    return { figures, redated: 0 };
  }
  const source = await openTarget({ store: { kind: 'sqlite', file: path, shown: path } }, { access: 'frozen', create: false });
  const into = await openEmpty(config, resumes);
  const progress = output.progress('Restore');
  try {
    const copied = await copyLog(source.events, into.events, {
      onProgress: ({ done, total }) => progress.update({ done, total: total ?? done }),
    });
    if (copied.kind === 'refused') throw notEmpty(config, copied.message);
    return { figures: { ...copied.to, streams: copied.to.streams.length }, redated: copied.redated };
  } finally {
    progress.stop();
    await source.close();
    await into.close();
  }
}

/** A file of its own kind comes back page by page, with its views. */
async function restoreFile(path: string, to: string, output: Output): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  if (await isThere(`${to}-wal`))
    throw new Failure(
      `${to}-wal is left of a ledger that was there, and SQLite would replay it into this one: move it to where its file went.`,
      EXIT.refused,
    );
  const source = await openTarget({ store: { kind: 'sqlite', file: path, shown: path } }, { access: 'frozen', create: false });
  const progress = output.progress('Restore');
  try {
    await writeWhole(to, async (partial) => source.backup?.(partial, { onProgress: progress.update }));
  } finally {
    progress.stop();
    await source.close();
  }
}

async function restoreFromArchive({ path, config, output, resumes }: Work): Promise<RestoredLog> {
  const progress = output.progress('Restore');
  try {
    const archive = await readArchiveBody(createReadStream(path), Number.MAX_SAFE_INTEGER);
    const into = await openEmpty(config, resumes);
    try {
      const { redated } = await restoreArchive(into.events, archive, progress.update);
      const figures = await figuresOf(into);
      if (redated === 0 && figures.sha256 !== archive.header.sha256) throw differs(path);
      return { figures, redated };
    } finally {
      await into.close();
    }
  } catch (error) {
    if (error instanceof Problem) throw new Failure(`${path}: ${error.message}`, EXIT.refused);
    throw error;
  } finally {
    progress.stop();
  }
}

async function openEmpty(config: Config, resumes: boolean): Promise<Store> {
  const store = await openTarget(config, { create: true });
  const [first] = await store.events.readAll({ after: 0, limit: 1 });
  if (first === undefined || resumes) return store;
  await store.close();
  throw notEmpty(config, 'it holds entries; a restore that was interrupted goes on with --resume');
}

function notEmpty({ store }: Config, why: string): Failure {
  return new Failure(`${store.shown} is not empty: ${why}. Restore into a new ledger.`, EXIT.refused);
}

function differs(path: string): Failure {
  return new Failure(`What was restored is not what ${path} holds: look at the disk, and restore anew.`, EXIT.broken);
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function isSqlite(path: string): Promise<boolean> {
  const handle = await open(path).catch((error: unknown) => {
    throw new Failure(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, EXIT.usage);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SQLITE_FILE.length), 0, SQLITE_FILE.length, 0);
    return buffer.subarray(0, bytesRead).toString() === SQLITE_FILE;
  } finally {
    await handle.close();
  }
}
