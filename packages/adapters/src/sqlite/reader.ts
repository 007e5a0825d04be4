/** The reading half: a connection in the caller's thread that cannot write. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

import { StoreError } from '@kakeibo/core';

import { createSqliteConnection } from './connection.ts';
import type { SqliteConnection } from './connection.ts';
import { openDatabase } from './database.ts';

/**
 * Opens the file for reading. Where nobody can write (`readOnly`), a folder that cannot take SQLite's lock files is got over
 * by doing without them.
 */
export function openReader(options: {
  readonly file: string;
  readonly busyTimeoutMs: number;
  readonly readOnly: boolean;
  readonly isFrozen: boolean;
}): SqliteConnection {
  const { file, busyTimeoutMs, readOnly, isFrozen } = options;
  const open = (): DatabaseSync => {
    if (isFrozen) return openDatabase(file, 'frozen', busyTimeoutMs);
    try {
      return openDatabase(file, 'read', busyTimeoutMs);
    } catch (error) {
      if (!readOnly || !(error instanceof StoreError) || !nobodyWrites(file)) throw error;
      return openDatabase(file, 'frozen', busyTimeoutMs);
    }
  };
  return createSqliteConnection({ open, busyTimeoutMs });
}

/** Without the lock files SQLite would not notice a writer, so there must be none: a write-protected disk, or file. */
function nobodyWrites(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return false;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EROFS') return true;
    return existsSync(file) && (statSync(file).mode & 0o222) === 0;
  }
}
