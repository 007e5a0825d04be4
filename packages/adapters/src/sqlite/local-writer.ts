/** The writing half in the thread that opens it. */
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

import { StoreError } from '@kakeibo/core';

import { migrate } from '../sql/schema.ts';
import { createSqlWriter } from '../sql/writer.ts';
import type { SqlWriter } from '../sql/writer.ts';
import { createSqliteConnection } from './connection.ts';
import { openDatabase } from './database.ts';
import { sqliteDialect } from './dialect.ts';

/** What a writing connection needs to know. Plain data, so that it can be sent to a thread. */
export interface WriterOptions {
  readonly file: string;
  readonly busyTimeoutMs: number;
}

/**
 * Opens the file for writing and brings its tables up to date.
 *
 * @example
 * const writer = await openLocalWriter({ file: 'ledger.db', busyTimeoutMs: 5_000 });
 */
export async function openLocalWriter({ file, busyTimeoutMs }: WriterOptions): Promise<SqlWriter> {
  const open = (): DatabaseSync => openDatabase(file, 'write', 0);
  const connection = await patiently(busyTimeoutMs, async () => createSqliteConnection({ open, busyTimeoutMs }));
  try {
    await patiently(busyTimeoutMs, () => migrate(connection, sqliteDialect));
  } catch (error) {
    await connection.close();
    throw error;
  }
  return createSqlWriter(connection, sqliteDialect);
}

/** Tries again while another process holds the file: SQLite's own waiting would stop the thread, and skips some locks. */
async function patiently<Result>(timeoutMs: number, work: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'busy' || performance.now() >= deadline) throw error;
      await sleep(10);
    }
  }
}
