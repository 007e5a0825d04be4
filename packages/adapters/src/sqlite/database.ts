/** Opens one SQLite connection with the settings that the promises rest on, and refuses one that does not have them. */
import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

import { StoreError } from '@kakeibo/core';

import { assertKnownSchema } from '../sql/schema.ts';
import { failureOf, isBusy, resultCode } from './failure.ts';

/** What the file's header says that it belongs to: `KAKE`. */
export const APPLICATION_ID = 0x4b41_4b45;

/** The settings of a connection, as SQLite reports them. */
export interface SqliteSettings {
  readonly journalMode: string;
  readonly synchronous: 'off' | 'normal' | 'full' | 'extra';
  readonly foreignKeys: boolean;
}

/** What a connection may do. `frozen` reads a file on a medium that nobody can write to. */
export type SqliteAccess = 'write' | 'read' | 'frozen';

const CANNOT_OPEN = 14; // SQLITE_CANTOPEN

const SYNCHRONOUS = ['off', 'normal', 'full', 'extra'] as const;

/** How much of the file a writing connection keeps in memory: what one save of views touches of their index, and is then written once. */
const CACHE_KIB = 32 * 1024;

/**
 * A new file's pages: large enough for an event, and half of SQLite's default. An append touches three or four, each of which is written
 * to the log in full. A file that is there keeps its own.
 */
const PAGE_BYTES = 2_048;

/** A log that grew in a rush shrinks to this again. */
const JOURNAL_BYTES = 64 * 1024 * 1024;

/** What SQLite says of a setting. */
export function pragma(database: DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

/** Reads back what was set. */
export function settingsOf(database: DatabaseSync): SqliteSettings {
  return {
    journalMode: String(pragma(database, 'journal_mode')),
    synchronous: SYNCHRONOUS[Number(pragma(database, 'synchronous'))] ?? 'off',
    foreignKeys: pragma(database, 'foreign_keys') === 1,
  };
}

/** Opens the file. Throws a `StoreError` that says why it cannot. */
export function openDatabase(file: string, access: SqliteAccess, busyTimeoutMs: number): DatabaseSync {
  const name = access === 'frozen' ? frozenName(file) : file;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(name, {
      readOnly: access !== 'write',
      timeout: busyTimeoutMs,
      enableForeignKeyConstraints: true,
    });
    configure(database, access);
    return database;
  } catch (error) {
    database?.close();
    const failure = failureOf(error);
    // SQLite says no more than that about a file, folder or disk that may only be read.
    if (access === 'write' && ((resultCode(error) ?? 0) & 0xff) === CANNOT_OPEN)
      throw new StoreError('read-only', 'the file cannot be opened for writing', { cause: failure });
    throw failure;
  }
}

function configure(database: DatabaseSync, access: SqliteAccess): void {
  // Asked before anything is written: another program's file stays as it is.
  assertOurs(database, access);
  if (access === 'write') {
    database.exec(
      `PRAGMA page_size = ${PAGE_BYTES}; PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = ${JOURNAL_BYTES}; PRAGMA cache_size = -${CACHE_KIB}`,
    );
  }
  // SQLite falls back to its own default on every connection, so it is set on every connection, and read back.
  database.exec('PRAGMA synchronous = FULL');
  const settings = settingsOf(database);
  if (settings.synchronous !== 'full')
    throw new StoreError('unavailable', `SQLite runs with synchronous=${settings.synchronous}: it would lose entries`);
  if (access !== 'frozen' && settings.journalMode !== 'wal')
    throw new StoreError('unavailable', `SQLite cannot keep a write-ahead log here (journal ${settings.journalMode})`);
  if (access === 'write') assertWritable(database);
}

/** SQLite opens a write-protected file for reading without a word, and even begins to write, so it is made to write. */
function assertWritable(database: DatabaseSync): void {
  try {
    database.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${Number(pragma(database, 'user_version'))}; ROLLBACK`);
  } catch (error) {
    if (!isBusy(error)) throw error;
  }
}

function assertOurs(database: DatabaseSync, access: SqliteAccess): void {
  // In one transaction, so that a file which another process is just making is seen before it or after, and not half.
  database.exec('BEGIN');
  const tables = Number(Object.values(database.prepare('SELECT count(*) FROM sqlite_schema').get() ?? {})[0]);
  const id = Number(pragma(database, 'application_id'));
  const version = Number(pragma(database, 'user_version'));
  database.exec('ROLLBACK');
  const fresh = id === 0 && version === 0 && tables === 0;
  if (id !== APPLICATION_ID && !fresh)
    throw new StoreError('incompatible', `the file is another application's (id ${id}), not Kakeibo's`);
  if (fresh && access !== 'write') throw new StoreError('incompatible', 'the file holds no ledger');
  if (!fresh) assertKnownSchema(version);
}

/**
 * The name that opens a file without its lock files. SQLite then does not look at the write-ahead log, so a file that has one
 * is refused rather than read without its newest entries.
 */
function frozenName(file: string): string {
  const log = `${file}-wal`;
  if (existsSync(log) && statSync(log).size > 0)
    throw new StoreError(
      'read-only',
      `the file's newest entries are in ${log}, which cannot be opened here: copy both to a folder that can be written`,
    );
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  return url.href;
}
