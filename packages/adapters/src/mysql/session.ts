/** One connection to the server, set as the promises need it. It runs a statement at a time and gives up one that takes too long. */
import { connect as connectSocket } from 'node:net';
import type { Socket } from 'node:net';

import { StoreError } from '@kakeibo/core';
import type { Connection } from 'mysql2';

import type { SqlRow, SqlValue } from '../sql/connection.ts';
import { placeOf } from './address.ts';
import type { Address } from './address.ts';
import { loadDriver } from './driver.ts';
import { failureOf, isGone, TimedOut } from './failure.ts';
import { readServer, settingStatements } from './server.ts';
import type { Server } from './server.ts';

/** A connection. */
export interface Session {
  readonly server: Server;
  /** Whether it can be used: not closed, lost or given up. */
  alive(): boolean;
  /** Throws the driver's own error, or {@link TimedOut}. */
  run(sql: string, parameters?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** The same for what gives no rows: how many it wrote. */
  write(sql: string, parameters?: readonly SqlValue[]): Promise<number>;
  /** Says goodbye to the server. */
  end(): Promise<void>;
  /** Cuts the line. What the server still does with it is its own affair. */
  destroy(): void;
}

/** How to open one. */
export interface SessionOptions {
  readonly address: Address;
  readonly connectTimeoutMs: number;
  readonly queryTimeoutMs: number;
  /** How long the server waits for a lock. */
  readonly busyTimeoutMs: number;
  /** `write` sees what others committed a moment ago; `read` one state throughout a transaction. */
  readonly kind: 'read' | 'write';
}

const NONE: readonly SqlRow[] = [];

/** More prepared statements than this are not kept on a connection: a few dozen, and one for each number of rows. */
const MOST_STATEMENTS = 300;

/**
 * Opens a connection. Throws a `StoreError` that says why it cannot.
 *
 * @example
 * const session = await openSession({ address, connectTimeoutMs: 10_000, queryTimeoutMs: 30_000, busyTimeoutMs: 5_000, kind: 'read' });
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { address, connectTimeoutMs, queryTimeoutMs, busyTimeoutMs, kind } = options;
  const { connection, socket } = await connect(address, connectTimeoutMs);
  let usable = true;
  const destroy = (): void => {
    usable = false;
    socket.destroy();
  };
  connection.on('error', destroy);
  connection.on('end', destroy);

  const ask = async (sql: string, parameters: readonly SqlValue[] = []): Promise<unknown> => {
    if (!usable) throw Object.assign(new Error('the connection was closed'), { code: 'PROTOCOL_CONNECTION_LOST' });
    try {
      return await answer(connection, sql, { parameters, timeoutMs: queryTimeoutMs });
    } catch (error) {
      if (isGone(error)) destroy();
      throw error;
    }
  };
  const run = async (sql: string, parameters?: readonly SqlValue[]): Promise<readonly SqlRow[]> => {
    const result = await ask(sql, parameters);
    return Array.isArray(result) ? texts(result as SqlRow[]) : NONE;
  };
  const write = async (sql: string, parameters?: readonly SqlValue[]): Promise<number> => {
    const { affectedRows } = (await ask(sql, parameters)) as { readonly affectedRows?: number };
    return affectedRows ?? 0;
  };
  const end = async (): Promise<void> => {
    if (!usable) return;
    usable = false;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, connectTimeoutMs);
      connection.end(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    socket.destroy();
  };

  try {
    const server = await readServer(run, kind);
    for (const sql of settingStatements({ server, kind, busyTimeoutMs })) await run(sql);
    return { server, alive: () => usable, run, write, end, destroy };
  } catch (error) {
    destroy();
    throw failureOf(error);
  }
}

async function connect(
  address: Address,
  timeoutMs: number,
): Promise<{ readonly connection: Connection; readonly socket: Socket }> {
  const driver = await loadDriver();
  const { host, port, user, password, database, tls, ca } = address;
  // Our own, so that it can be cut: the driver's way waits for the other side.
  const socket = connectSocket({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 });
  const connection = driver.createConnection({
    host,
    port,
    user,
    password,
    database,
    stream: socket,
    connectTimeout: timeoutMs,
    charset: 'UTF8MB4_BIN',
    rowsAsArray: true,
    // Numbers up to 2^53 as they are, larger ones as text.
    supportBigNumbers: true,
    multipleStatements: false,
    // No file of this machine is ever sent; and `position` is a column's name, with or without a space behind it.
    flags: ['-LOCAL_FILES', '-IGNORE_SPACE', '-ODBC'],
    maxPreparedStatements: MOST_STATEMENTS,
    ...(tls === 'off'
      ? {}
      : {
          ssl: {
            minVersion: 'TLSv1.2',
            rejectUnauthorized: true,
            verifyIdentity: tls === 'verify-identity',
            ...(ca === undefined ? {} : { ca }),
          },
        }),
  });
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.connect((error) => (error === null ? resolve() : reject(error)));
    });
    return { connection, socket };
  } catch (error) {
    connection.on('error', () => undefined);
    socket.destroy();
    const failure = failureOf(error);
    if (!(failure instanceof StoreError)) throw failure;
    // Not to be tried again by itself: who asked is told.
    throw new StoreError(failure.code, `${placeOf(address)}: ${failure.message}`, { cause: failure });
  }
}

function answer(
  connection: Connection,
  sql: string,
  { parameters, timeoutMs }: { readonly parameters: readonly SqlValue[]; readonly timeoutMs: number },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TimedOut(`the server did not answer within ${timeoutMs} ms`)), timeoutMs);
    const done = (error: Error | null, result: unknown): void => {
      clearTimeout(timer);
      if (error === null || error === undefined) resolve(result);
      else reject(error);
    };
    // What has no parameters is mostly run once, or is nothing that a server prepares.
    if (parameters.length === 0) connection.query(sql, done);
    else connection.execute(sql, [...parameters], done);
  });
}

/** Names are kept as bytes, so that every server compares them alike: here they become text again. */
function texts(rows: readonly SqlRow[]): readonly SqlRow[] {
  for (const row of rows as unknown as unknown[][]) {
    for (const [at, value] of row.entries()) if (Buffer.isBuffer(value)) row[at] = value.toString('utf8');
  }
  return rows;
}
