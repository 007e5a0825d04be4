/** A ledger's stores in a database of MySQL (8.0 and later) or MariaDB (10.11 and later). */
import { StoreError } from '@kakeibo/core';
import type { Clock, Diagnosis, DiagnosisOptions, EventStore, LeaseStore, Outbox, ViewStore } from '@kakeibo/core';

import type { SqlConnection } from '../sql/connection.ts';
import { createHealthCheck } from '../sql/health.ts';
import type { StoreHealth } from '../sql/health.ts';
import { refusingWriter } from '../sql/refusing-writer.ts';
import { assertReadable, migrate } from '../sql/schema.ts';
import { createSqlStores } from '../sql/stores.ts';
import { createSqlWriter } from '../sql/writer.ts';
import type { SqlWriter } from '../sql/writer.ts';
import { addressesOf, placeOf } from './address.ts';
import type { MysqlAddress } from './address.ts';
import { createWriteConnection, persistently } from './connection.ts';
import { diagnoseMysql } from './diagnose.ts';
import { mysqlDialect } from './dialect.ts';
import { failureOf, Transient } from './failure.ts';
import { createReadPool } from './pool.ts';
import { assertMayWrite } from './rights.ts';
import type { Server } from './server.ts';
import { createOpener } from './nodes.ts';
import type { Session } from './session.ts';

export type { MysqlAddress, MysqlTls } from './address.ts';

/** How to open a database. */
export interface MysqlOptions extends MysqlAddress {
  /** `read` makes and changes nothing, also no older tables: for a replica, or a user who may only read. Default `write`. */
  readonly access?: 'write' | 'read';
  /** Connections for reading, opened when they are needed; one more writes. Default 4. */
  readonly readers?: number;
  /** How long a connection may take to be made. Default 10,000. */
  readonly connectTimeoutMs?: number;
  /** How long a read waits for a connection to be free. Default 10,000. */
  readonly acquireTimeoutMs?: number;
  /** How long a statement may take; then its connection is given up. Default 30,000. */
  readonly queryTimeoutMs?: number;
  /** How long a write waits for another one before it is refused as `busy`, in whole seconds. Default 5,000. */
  readonly busyTimeoutMs?: number;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

/** The server as it presents itself. */
export interface MysqlSettings {
  readonly engine: 'mysql' | 'mariadb';
  readonly version: string;
  /** Host and port, of each node when there are several. */
  readonly server: string;
  readonly readOnly: boolean;
}

/** What a check of the store found. */
export type MysqlHealth = StoreHealth;

/** An opened database. */
export interface Mysql {
  readonly events: EventStore;
  readonly views: ViewStore;
  readonly leases: LeaseStore;
  readonly outbox: Outbox;
  readonly settings: MysqlSettings;
  /** Reads and writes for real, so that readiness is not a guess. Answers within the time-out (default 2,000). */
  check(options?: { readonly timeoutMs?: number }): Promise<MysqlHealth>;
  /** Looks at the settings, the clock, the cluster and the log that the promises rest on. Takes as long as counting the log. */
  diagnose(options?: DiagnosisOptions): Promise<readonly Diagnosis[]>;
  /** Finishes what is under way and lets the connections go. Calling it again does nothing. */
  close(): Promise<void>;
}

/**
 * Opens the stores in a database, and makes the tables when they are missing. Needs the package `mysql2`. The nodes of a cluster
 * may be named all, `mysql://kakeibo@a,b,c/ledger`: the first that can be used is, and the next when it cannot be any more.
 *
 * @example
 * const { events, views, close } = await openMysql({ url: 'mysql://kakeibo:secret@db.example:3306/ledger' });
 */
export async function openMysql(options: MysqlOptions): Promise<Mysql> {
  const { access = 'write', readers = 4, acquireTimeoutMs = 10_000, clock = { now: () => Date.now() } } = options;
  const { connectTimeoutMs = 10_000, queryTimeoutMs = 30_000, busyTimeoutMs = 5_000 } = options;
  const nodes = addressesOf(options);
  const open = createOpener(nodes, { connectTimeoutMs, queryTimeoutMs, busyTimeoutMs });
  const reader = createReadPool({ open: () => open('read'), size: readers, acquireTimeoutMs });
  const { writer, server } = await asStoreError(
    access === 'write' ? openWriter(() => open('write')) : openNoWriter(reader, () => open('read')),
  ).catch(async (error: unknown) => {
    await reader.close();
    throw error;
  });

  const stores = createSqlStores({ reader, writer, dialect: mysqlDialect, clock, batchesAhead: 1 });
  const { engine, version } = server;
  return {
    ...stores,
    settings: { engine, version, server: nodes.map(placeOf).join(', '), readOnly: access === 'read' },
    check: createHealthCheck({ reader, writer, look: 'SELECT id FROM probe WHERE id = 1' }),
    diagnose: ({ depth = 'all' } = {}) => diagnoseMysql({ reader, nodes, clock, depth }),
  };
}

interface OpenedWriter {
  readonly writer: SqlWriter;
  readonly server: Server;
}

async function openWriter(open: () => Promise<Session>): Promise<OpenedWriter> {
  const first = await open();
  const connection = createWriteConnection(first, open);
  try {
    // The lock that migrations are made under is one node's: in a cluster they may meet, and go on where the other one was.
    await persistently(() => migrate(connection, mysqlDialect));
    await assertMayWrite(connection);
    return { writer: createSqlWriter(connection, mysqlDialect), server: first.server };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function openNoWriter(reader: SqlConnection, open: () => Promise<Session>): Promise<OpenedWriter> {
  const { server, end } = await open();
  await end();
  await assertReadable(reader, mysqlDialect);
  return { writer: refusingWriter(new StoreError('read-only', 'the store was opened for reading')), server };
}

/** What is tried again by itself while the store is open is told as it is when it opens. */
async function asStoreError<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const failure = failureOf(error);
    throw failure instanceof Transient ? new StoreError(failure.code, failure.message, { cause: failure }) : failure;
  }
}
