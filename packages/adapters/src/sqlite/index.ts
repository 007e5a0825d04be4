/** A ledger's stores in one SQLite file. */
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { assert, StoreError } from '@kakeibo/core';
import type { Clock, Diagnosis, DiagnosisOptions, EventStore, LeaseStore, Outbox, ViewStore } from '@kakeibo/core';

import { createHealthCheck } from '../sql/health.ts';
import type { StoreHealth } from '../sql/health.ts';
import { refusingWriter } from '../sql/refusing-writer.ts';
import { createSqlStores } from '../sql/stores.ts';
import type { SqlWriter } from '../sql/writer.ts';
import { backupSqlite } from './backup.ts';
import type { BackupProgress } from './backup.ts';
import type { SqliteAccess, SqliteSettings } from './database.ts';
import { diagnoseSqlite } from './diagnose.ts';
import { sqliteDialect } from './dialect.ts';
import { openLocalWriter } from './local-writer.ts';
import { openReader } from './reader.ts';
import { openThreadWriter } from './thread-writer.ts';

/** What a check of the file found. */
export type SqliteHealth = StoreHealth;
export type { BackupProgress } from './backup.ts';
export type { SqliteAccess, SqliteSettings } from './database.ts';

/** How to open a file. */
export interface SqliteOptions {
  /** The file's path. It and its folder are made when they are missing. */
  readonly file: string;
  /** Where writes happen: in a thread of their own (default), so that no fsync stops the caller, or in the caller's. */
  readonly writer?: 'worker' | 'caller';
  /** How long a write waits for another process before it is refused as `busy`. Default 5,000. */
  readonly busyTimeoutMs?: number;
  /**
   * `read` makes and changes nothing, also no older tables, and reads what others write. `frozen` leaves no lock files beside it
   * either: for a file that nobody writes to, like a backup. Default `write`.
   */
  readonly access?: SqliteAccess;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

/** An opened file. */
export interface Sqlite {
  readonly events: EventStore;
  readonly views: ViewStore;
  readonly leases: LeaseStore;
  readonly outbox: Outbox;
  /** As SQLite reports them; `readOnly` when the file or its disk cannot be written. */
  readonly settings: SqliteSettings & { readonly readOnly: boolean };
  /** Reads and writes for real, so that readiness is not a guess. Answers within the time-out (default 2,000). */
  check(options?: { readonly timeoutMs?: number }): Promise<SqliteHealth>;
  /** Writes the file as it is at one moment into a new one, while others go on writing, and looks at every page of it. */
  backup(to: string, options?: { readonly onProgress?: (progress: BackupProgress) => void }): Promise<void>;
  /**
   * Looks at the settings, the pages, the log, the disk and the rights that the promises rest on. The pages are looked at in a
   * process of their own, which takes as long as reading the file.
   */
  diagnose(options?: DiagnosisOptions): Promise<readonly Diagnosis[]>;
  /** Finishes what is under way and lets the file go. Calling it again does nothing. */
  close(): Promise<void>;
}

/**
 * Opens the stores in an SQLite file (write-ahead log, `synchronous=FULL`): an acknowledged append is on stable storage.
 *
 * @example
 * const { events, views, close } = await openSqlite({ file: 'data/ledger.db' });
 */
export async function openSqlite(options: SqliteOptions): Promise<Sqlite> {
  const { writer: place = 'worker', busyTimeoutMs = 5_000, clock = { now: () => Date.now() }, access = 'write' } = options;
  assert(options.file !== '' && !options.file.startsWith(':'), 'a ledger lives in a file');
  const file = resolve(options.file);
  if (access === 'write') makeFolder(dirname(file));

  const { writer, refused } = access === 'write' ? await openWriter(file, place, busyTimeoutMs) : onlyReading();
  const readOnly = refused !== undefined;
  const reader = await orClose(writer, () => openReader({ file, busyTimeoutMs, readOnly, isFrozen: access === 'frozen' }));

  // Closed, the writer copies the log into the file, in its own thread.
  const batchesAhead = place === 'worker' ? 2 : 1;
  const looking = access === 'frozen' ? 'frozen' : 'read';
  const stores = createSqlStores({ reader, writer, dialect: sqliteDialect, clock, batchesAhead });
  return {
    ...stores,
    settings: { ...reader.settings(), readOnly },
    check: createHealthCheck({ reader, writer, look: sqliteDialect.head.select }),
    backup: (to, more = {}) => backupSqlite({ file, to, access: looking, busyTimeoutMs, ...more }),
    diagnose: (more) => diagnoseSqlite({ reader, file, access: looking, nowMs: clock.now() }, more),
  };
}

async function orClose<Opened>(writer: SqlWriter, open: () => Opened): Promise<Opened> {
  try {
    return open();
  } catch (error) {
    await writer.close();
    throw error;
  }
}

function makeFolder(folder: string): void {
  try {
    // For its owner only: what somebody spends is nobody else's business.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new StoreError('unavailable', `the folder ${folder} cannot be made`, { cause });
  }
}

/** The writing half; where the file may only be read, one that refuses every write, and why. */
async function openWriter(
  file: string,
  place: 'worker' | 'caller',
  busyTimeoutMs: number,
): Promise<{ readonly writer: SqlWriter; readonly refused?: StoreError }> {
  const open = place === 'worker' ? openThreadWriter : openLocalWriter;
  try {
    return { writer: await open({ file, busyTimeoutMs }) };
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'read-only') throw error;
    return { writer: refusingWriter(error), refused: error };
  }
}

function onlyReading(): { readonly writer: SqlWriter; readonly refused: StoreError } {
  const refused = new StoreError('read-only', 'the file was opened for reading');
  return { writer: refusingWriter(refused), refused };
}
