/** SQLite's result codes as what a store throws. */
import { StoreError } from '@kakeibo/core';
import type { StoreErrorCode } from '@kakeibo/core';

import { DuplicateKey } from '../sql/connection.ts';

// https://www.sqlite.org/rescode.html
const PRIMARY: Readonly<Record<number, readonly [StoreErrorCode, string]>> = {
  5: ['busy', 'another process is writing to the file for longer than the time-out'],
  6: ['busy', 'another connection holds a table of the file'],
  8: ['read-only', 'the file may be read, not written'],
  10: ['unavailable', 'the disk failed'],
  11: ['unavailable', 'the file is damaged: restore a backup'],
  13: ['storage-full', 'there is no room left on the disk'],
  14: ['unavailable', 'the file cannot be opened'],
  26: ['incompatible', 'the file is not an SQLite database'],
};
const IO_ERROR = 10;
const NO_ROOM_FOR_INDEX = 4874; // SQLITE_IOERR_SHMSIZE: the WAL's index could not grow
const UNIQUE = new Set([1555, 2067, 2579]); // SQLITE_CONSTRAINT_PRIMARYKEY, _UNIQUE, _ROWID

/** SQLite's extended result code, when the error comes from it. */
export function resultCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined;
}

/** Whether somebody else holds the lock. */
export function isBusy(error: unknown): boolean {
  return ((resultCode(error) ?? 0) & 0xff) === 5;
}

/** Whether a failed COMMIT may yet have happened: an fsync or a write failed, and the log may hold the frames. */
export function leavesDoubt(error: unknown): boolean {
  const code = resultCode(error) ?? 0;
  return (code & 0xff) === IO_ERROR && code !== NO_ROOM_FOR_INDEX;
}

/** What to throw for it. Errors that are not SQLite's pass as they are. */
export function failureOf(error: unknown): unknown {
  const code = resultCode(error);
  if (code === undefined) return error;
  if (UNIQUE.has(code)) return new DuplicateKey('a unique key is taken', { cause: error });
  const [kind, message] = PRIMARY[code === NO_ROOM_FOR_INDEX ? 13 : code & 0xff] ?? ['unavailable', 'SQLite failed'];
  const said = error instanceof Error ? error.message : '';
  return new StoreError(kind, `${message} (SQLite ${code}: ${said})`, { cause: error });
}

/** What to throw for a COMMIT that nobody knows the end of. */
export function doubt(error: unknown): StoreError {
  return new StoreError('outcome-unknown', 'the disk failed while the transaction was committed', { cause: error });
}
