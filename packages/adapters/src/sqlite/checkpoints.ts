/** How far SQLite's write-ahead log grows before its pages go into the file. */
import type { DatabaseSync } from 'node:sqlite';

import { pragma } from './database.ts';

/**
 * Bytes of pages while appends come one by one. A log that still grows takes longer to flush, so it soon starts over.
 */
const CALM_BYTES = 2 * 1024 * 1024;

/**
 * Bytes of pages while many write at once. Each batch touches the index at as many places as it has streams, mostly the same as
 * the batch before: the later they go into the file, the fewer times each does. It is less than what the log shrinks to.
 */
const RUSH_BYTES = 48 * 1024 * 1024;

/** As many rows in one transaction mean that many write at once. */
const RUSH_ROWS = 16;

/**
 * Sets the bound, and moves it with what is written: tell it before each commit how many rows there are. SQLite itself looks at
 * the bound when it has committed.
 *
 * @example
 * const checkpoints = paceCheckpoints(database);
 * checkpoints.beforeCommit(100);
 */
export function paceCheckpoints(database: DatabaseSync): { beforeCommit(rows: number): void } {
  const pageBytes = Number(pragma(database, 'page_size'));
  const set = (bytes: number): void => database.exec(`PRAGMA wal_autocheckpoint = ${Math.floor(bytes / pageBytes)}`);
  let rush = false;
  set(CALM_BYTES);
  return {
    beforeCommit(rows) {
      if (rows >= RUSH_ROWS === rush) return;
      rush = !rush;
      set(rush ? RUSH_BYTES : CALM_BYTES);
    },
  };
}
