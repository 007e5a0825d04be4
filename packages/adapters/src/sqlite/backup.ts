/** SQLite's online backup: the file as it is at one moment, taken while others go on writing. */
import { backup } from 'node:sqlite';
import { rm } from 'node:fs/promises';

import { openDatabase } from './database.ts';
import { failureOf } from './failure.ts';
import { assertIntegrity } from './integrity.ts';

/** How far a backup is, in pages. */
export interface BackupProgress {
  readonly done: number;
  readonly total: number;
}

/** Few enough that progress is told and the caller's other work goes on. */
const PAGES_AT_A_TIME = 500;

/** A copy that takes longer to be looked at is one that cannot be trusted to be read. */
const CHECK_MS = 3_600_000;

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
  await assertIntegrity({ file: to, access: 'frozen', timeoutMs: CHECK_MS });
}
