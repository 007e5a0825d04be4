/** A ledger's stores in a schema of IBM Db2 (11.5 and later, Linux, UNIX, Windows, and Db2 on Cloud). */
import { setTimeout as sleep } from 'node:timers/promises';

import { StoreError } from '@kakeibo/core';
import type { Diagnosis, DiagnosisOptions, EventStore, LeaseStore, Outbox, ViewStore } from '@kakeibo/core';

import { DuplicateKey } from '../sql/connection.ts';
import type { SqlConnection } from '../sql/connection.ts';
import { createHealthCheck } from '../sql/health.ts';
import type { StoreHealth } from '../sql/health.ts';
import { refusingWriter } from '../sql/refusing-writer.ts';
import { assertReadable, migrate } from '../sql/schema.ts';
import { createSqlStores } from '../sql/stores.ts';
import { createSqlWriter } from '../sql/writer.ts';
import type { SqlWriter } from '../sql/writer.ts';
import { createDb2Connection } from './connection.ts';
import { diagnoseDb2 } from './diagnose.ts';
import { db2Dialect } from './dialect.ts';
import { loadDriver } from './driver.ts';
import { failureOf } from './failure.ts';
import { openLine } from './line.ts';
import type { Line } from './line.ts';
import { db2FromUrl, settingsOf } from './settings.ts';
import type { Db2Options } from './settings.ts';
import { assertKeepsTexts } from './text.ts';

export type { Db2Driver } from './driver.ts';
export type { Db2Options } from './settings.ts';
export { db2FromUrl };

/** What a check of the store found. */
export type Db2Health = StoreHealth;

/** An opened database. */
export interface Db2 {
  readonly events: EventStore;
  readonly views: ViewStore;
  readonly leases: LeaseStore;
  readonly outbox: Outbox;
  /** The server as it presents itself; `readOnly` when this user may not write, or nothing was to be written. */
  readonly settings: { readonly version: string; readonly server: string; readonly readOnly: boolean };
  /** Reads and writes for real, so that readiness is not a guess. Answers within the time-out (default 2,000). */
  check(options?: { readonly timeoutMs?: number }): Promise<Db2Health>;
  /** Looks at what the promises rest on: the log, texts, TLS, the clock, threads. */
  diagnose(options?: DiagnosisOptions): Promise<readonly Diagnosis[]>;
  /** Finishes what is under way and lets the connections go. Calling it again does nothing. */
  close(): Promise<void>;
}

/**
 * Opens the stores in a database, from parts or from a URL, and makes the tables when they are missing. Needs the package `ibm_db`.
 *
 * @example
 * const { events, views, close } = await openDb2('db2://kakeibo:secret@db2.example:50001/BLUDB?tls=true');
 */
export async function openDb2(place: Db2Options | string): Promise<Db2> {
  const options = typeof place === 'string' ? db2FromUrl(place) : place;
  const settings = settingsOf(options);
  const driver = options.driver ?? loadDriver();
  const { access = 'write', clock = { now: () => Date.now() } } = options;
  const open = (writes: boolean) => (): Promise<Line> => openLine(driver, settings, { writes });
  const writing = createDb2Connection({ ...settings, open: open(true), most: 1 });
  const reader = createDb2Connection({ ...settings, open: open(false), most: settings.readers });
  const prepared = access === 'read' ? lookAt(reader, open(false)) : prepare(writing, open(false), settings.busyTimeoutMs);
  const { writer, version, refused } = await prepared.catch(async (error: unknown) => {
    await Promise.all([writing.close(), reader.close()]);
    throw failureOf(error);
  });

  const stores = createSqlStores({ reader, writer, dialect: db2Dialect, clock, batchesAhead: 1 });
  return {
    ...stores,
    settings: { version, server: `${settings.host}:${settings.port}`, readOnly: refused !== undefined },
    check: createHealthCheck({ reader, writer, look: 'SELECT id FROM probe WHERE id = 1' }),
    diagnose: ({ depth = 'all' } = {}) =>
      diagnoseDb2({ reader, settings, clock, version, depth, refused: access === 'read' ? undefined : refused?.message }),
  };
}

interface Prepared {
  readonly writer: SqlWriter;
  readonly version: string;
  /** Why nothing can be written. */
  readonly refused?: StoreError;
}

/** Looks at the server, makes the tables, and writes once, so that what is wrong is told before the first entry. */
async function prepare(writing: SqlConnection, open: () => Promise<Line>, busyTimeoutMs: number): Promise<Prepared> {
  const version = await versionOf(open);
  await patiently(busyTimeoutMs, () => migrate(writing, db2Dialect));
  const writer = createSqlWriter(writing, db2Dialect);
  try {
    await writer.probe();
    return { writer, version };
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'read-only') throw error;
    return { writer: { ...refusingWriter(error), close: () => writing.close() }, version, refused: error };
  }
}

/** Looks at the server and the tables, and writes nothing. */
async function lookAt(reader: SqlConnection, open: () => Promise<Line>): Promise<Prepared> {
  const version = await versionOf(open);
  await assertReadable(reader, db2Dialect);
  const refused = new StoreError('read-only', 'the store was opened for reading');
  return { writer: refusingWriter(refused), version, refused };
}

/** What the server calls itself; refuses one that would lose characters. */
async function versionOf(open: () => Promise<Line>): Promise<string> {
  const line = await open();
  try {
    const version = await line.version();
    await assertKeepsTexts(line);
    return version;
  } finally {
    void line.close();
  }
}

/** Tries again while another process makes the tables. */
async function patiently(timeoutMs: number, work: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (let taken = 0; ;) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DuplicateKey) taken += 1;
      else if (!(error instanceof StoreError) || error.code !== 'busy') throw error;
      // One who made them meanwhile is seen at the next look; what then still is in the way is not ours.
      if (taken > 3)
        throw new StoreError(
          'incompatible',
          'the schema has a table that Kakeibo did not make (such as EVENTS, VIEWS or PROBE): give it a schema of its own',
          { cause: error },
        );
      if (performance.now() >= deadline && taken === 0) throw error;
      await sleep(50);
    }
  }
}
