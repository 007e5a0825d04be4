/** The writing connection: one transaction at a time, tried again when the server took it back, and found out about when nobody knows. */
import { setTimeout as sleep } from 'node:timers/promises';

import { StoreError } from '@kakeibo/core';

import type { SqlConnection, SqlRunner } from '../sql/connection.ts';
import { doubt, failureOf, isReadOnlyServer, Transient, wasRefused } from './failure.ts';
import { fenceOff } from './fence.ts';
import type { Server } from './server.ts';
import type { Session } from './session.ts';
import { takeTurns } from './turns.ts';

/** How often a transaction is tried that the server takes back. */
const MOST_TRIES = 8;

/** The longest nap between two tries; the first is a few milliseconds. */
const NAP_MS = 250;

/** How long the old connection is given to be gone. */
const OLD_ONE_MS = 5_000;

/**
 * Makes the writing connection. `open` is called whenever the connection was lost.
 *
 * @example
 * const connection = createWriteConnection(await open(), open);
 */
export function createWriteConnection(first: Session, open: () => Promise<Session>): SqlConnection {
  let session = first;
  let closed = false;
  /** The connection on which a COMMIT was lost. */
  let doubtful: Server | undefined;
  /** Connections that were given up. */
  const left = new Set<Server>();
  /** The connection on which a write has worked. */
  let proven: Session | undefined;
  const inTurn = takeTurns();

  const current = async (): Promise<Session> => {
    if (closed) throw new StoreError('closed', 'the store was closed');
    if (!session.alive()) {
      left.add(session.server);
      session = await open();
    }
    for (const old of left) {
      await endOldOne(session, old);
      left.delete(old);
    }
    return session;
  };

  const commit = async (to: Session): Promise<void> => {
    try {
      await to.run('COMMIT');
    } catch (error) {
      if (wasRefused(error)) throw failureOf(error);
      to.destroy();
      doubtful = to.server;
      throw doubt(error);
    }
  };

  const once = async <Result>(kind: 'read' | 'write', work: (sql: SqlRunner) => Promise<Result>): Promise<Result> => {
    const to = await current();
    try {
      // A writing session is in a transaction from its first statement on.
      if (kind === 'read') await to.run('START TRANSACTION READ ONLY').catch(rethrow);
      const result = await work(runnerOf(to));
      await commit(to);
      if (kind === 'write') proven = to;
      return result;
    } catch (error) {
      // A lock that was waited for too long takes back the statement and leaves the transaction open.
      if (to.alive()) await to.run('ROLLBACK').catch(() => to.destroy());
      if (isReadOnlyServer(error)) {
        // Another one is written to by now, and may be found where this one was.
        to.destroy();
        if (proven === to) throw new Transient('read-only', (error as Error).message, { cause: error });
      }
      throw error;
    }
  };

  const transaction = <Result>(kind: 'read' | 'write', work: (sql: SqlRunner) => Promise<Result>): Promise<Result> =>
    persistently(() => once(kind, work));

  /** A statement by itself: a read, or one of the steps of the schema, which are noted and may be taken again. */
  const alone = async <Result>(work: (sql: SqlRunner) => Promise<Result>): Promise<Result> => {
    const to = await current();
    const result = await work(runnerOf(to));
    await to.run('COMMIT').catch(rethrow);
    return result;
  };

  const settle = async (): Promise<void> => {
    if (doubtful === undefined) return;
    const old = doubtful;
    await endOldOne(await current(), old);
    await transaction('write', fenceOff);
    // Unless that one was lost too.
    if (doubtful === old) doubtful = undefined;
  };

  return {
    query: (sql, parameters) => inTurn(() => alone((inside) => inside.query(sql, parameters))),
    execute: (sql, parameters) => inTurn(() => alone((inside) => inside.execute(sql, parameters))),
    transaction: (kind, work) =>
      inTurn(async () => {
        await settle();
        return transaction(kind, work);
      }),
    recover: () => inTurn(settle),
    close: () =>
      inTurn(async () => {
        closed = true;
        await session.end();
      }),
  };
}

/** Does work again that the server took back, a few times, with naps of no fixed length in between. */
export async function persistently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Transient) || tries >= MOST_TRIES) throw error;
      await sleep(Math.random() * Math.min(NAP_MS, 4 * 2 ** tries));
    }
  }
}

/** A session's statements, with failures as a store throws them. */
export function runnerOf(session: Session): SqlRunner {
  return {
    query: (sql, parameters) => session.run(sql, parameters).catch(rethrow),
    execute: (sql, parameters) => session.write(sql, parameters).catch(rethrow),
  };
}

function rethrow(error: unknown): never {
  throw failureOf(error);
}

/**
 * A connection whose line was cut may sit in its transaction and hold the head for hours. It is ended, if it is still there: its
 * number alone could by now be somebody else's, on another node or after a restart.
 */
async function endOldOne(session: Session, old: Server): Promise<void> {
  const deadline = performance.now() + OLD_ONE_MS;
  const { query, execute } = runnerOf(session);
  for (let nap = 5; performance.now() < deadline; nap = Math.min(nap * 2, NAP_MS)) {
    const found = await query('SELECT id FROM information_schema.processlist WHERE id = ? AND host = ?', [old.id, old.from]);
    if (found.length === 0) return;
    // It may be gone at this moment, which is what is wanted.
    await execute(`KILL ${old.id}`).catch(() => undefined);
    await sleep(nap);
  }
}
