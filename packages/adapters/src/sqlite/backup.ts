/** SQLite's online backup: the file as it is at one moment, taken while others go on writing. */
import { backup } from 'node:sqlite';
import { rm } from 'node:fs/promises';

import { StoreError } from '@kakeibo/core';

import { openDatabase } from './database.ts';
import { failureOf } from './failure.ts';

/** How far a backup is, in pages. */
export interface BackupProgress {
  readonly done: number;
  readonly total: number;
}

/** Few enough that progress is told and the caller's other work goes on. */
const PAGES_AT_A_TIME = 500;

/**
 * Copies a ledger's file page by page into a new one, and looks at every page of what came of it. Whoever wants the file on
 * stable storage under its own name calls fsync and renames it.
 *
 * @example
 * await backupSqlite({ file: 'ledger.db', to: 'backup.db.part', access: 'read', busyTimeoutMs: 5_000 });
 */
export async function backupSqlite(parts: {
  readonly file: string;
  readonly to: string;
  readonly access: 'read' | 'frozen';
  readonly busyTimeoutMs: number;
  readonly onProgress?: (progress: BackupProgress) => void;
}): Promise<void> {
  const { file, to, access, busyTimeoutMs, onProgress } = parts;
  const source = openDatabase(file, access, busyTimeoutMs);
  try {
    await Promise.all(['', '-wal', '-shm', '-journal'].map((ending) => rm(to + ending, { force: true })));
    // A read transaction holds one state of the file: without it SQLite begins anew whenever somebody writes.
    source.exec('BEGIN; SELECT count(*) FROM sqlite_schema');
    await backup(source, to, {
      rate: PAGES_AT_A_TIME,
      progress: ({ totalPages, remainingPages }) => onProgress?.({ done: totalPages - remainingPages, total: totalPages }),
    });
  } catch (error) {
    throw failureOf(error);
  } finally {
    source.close();
  }
  assertWhole(to, busyTimeoutMs);
}

function assertWhole(file: string, busyTimeoutMs: number): void {
  const copy = openDatabase(file, 'frozen', busyTimeoutMs);
  try {
    const found = Object.values(copy.prepare('PRAGMA quick_check(1)').get() ?? {})[0];
    if (found !== 'ok') throw new StoreError('unavailable', `the copy is damaged, and so is the ledger: ${String(found)}`);
  } finally {
    copy.close();
  }
}
