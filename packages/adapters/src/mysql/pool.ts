/** Reading connections: a few, opened when they are needed, each for one reader at a time. */
import { StoreError } from '@kakeibo/core';

import type { SqlConnection, SqlRunner } from '../sql/connection.ts';
import { runnerOf } from './connection.ts';
import { Transient } from './failure.ts';
import type { Session } from './session.ts';

/** More than this do not wait for a connection: one more is refused as `busy`, so that memory stays bounded. */
const MOST_WAITING = 1_000;

interface Waiting {
  readonly serve: (session: Session | undefined) => void;
}

/**
 * Makes the pool. A reader that gets no connection in time is refused as `busy`.
 *
 * @example
 * const reader = createReadPool({ open, size: 4, acquireTimeoutMs: 10_000 });
 */
export function createReadPool(options: {
  readonly open: () => Promise<Session>;
  readonly size: number;
  readonly acquireTimeoutMs: number;
}): SqlConnection {
  const { open, size, acquireTimeoutMs } = options;
  const idle: Session[] = [];
  const waiting: Waiting[] = [];
  let inUse = 0;
  let closing = false;
  let unused: (() => void) | undefined;

  /** Waits for a session that is handed on, or for the right to open one. */
  const wait = (): Promise<Session | undefined> => {
    if (waiting.length >= MOST_WAITING) throw new StoreError('busy', `${MOST_WAITING} reads are waiting already`);
    return new Promise((resolve, reject) => {
      const mine: Waiting = {
        serve(session) {
          clearTimeout(timer);
          resolve(session);
        },
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(mine), 1);
        reject(new StoreError('busy', `all ${size} reading connections have been in use for ${acquireTimeoutMs} ms`));
      }, acquireTimeoutMs);
      waiting.push(mine);
    });
  };

  const acquire = async (): Promise<Session> => {
    if (closing) throw new StoreError('closed', 'the store was closed');
    let handed: Session | undefined;
    if (inUse >= size) handed = await wait();
    else inUse += 1;
    while (handed === undefined && idle.length > 0) {
      const rested = idle.pop();
      if (rested?.alive() === true) handed = rested;
    }
    if (handed !== undefined) return handed;
    try {
      return await open();
    } catch (error) {
      release(undefined);
      throw error;
    }
  };

  /** Hands the place on; a session that can be used goes with it. */
  const release = (session: Session | undefined): void => {
    const good = session?.alive() === true ? session : undefined;
    const next = waiting.shift();
    if (next !== undefined) {
      next.serve(good);
      return;
    }
    inUse -= 1;
    if (good !== undefined) idle.push(good);
    if (inUse === 0) unused?.();
  };

  const during = async <Result>(work: (sql: SqlRunner, session: Session) => Promise<Result>): Promise<Result> => {
    const session = await acquire();
    try {
      return await work(runnerOf(session), session);
    } catch (error) {
      throw unlessOutOfStep(error, session);
    } finally {
      release(session);
    }
  };
  /**
   * A read may be done twice: a connection that died while it rested is no reason to refuse. The others rested as long, and may be dead
   * like it, so the second time is on a new one.
   */
  const twice = async <Result>(work: (sql: SqlRunner, session: Session) => Promise<Result>): Promise<Result> => {
    try {
      return await during(work);
    } catch (error) {
      if (!(error instanceof Transient)) throw error;
      for (const rested of idle.splice(0)) rested.destroy();
      return during(work);
    }
  };

  return {
    query: (sql, parameters) => twice((runner) => runner.query(sql, parameters)),
    execute: (sql, parameters) => twice((runner) => runner.execute(sql, parameters)),
    transaction: (_kind, work) =>
      twice(async (runner, session) => {
        await runner.execute('START TRANSACTION READ ONLY');
        try {
          return await work(runner);
        } finally {
          if (session.alive()) await session.run('ROLLBACK').catch(() => session.destroy());
        }
      }),
    recover: async () => undefined,
    async close() {
      closing = true;
      if (inUse > 0) await new Promise<void>((resolve) => (unused = resolve));
      await Promise.all(idle.splice(0).map((session) => session.end()));
    },
  };
}

/** Reads wait for no lock: on a node of Galera this is how one says that it has waited in vain to be in step with the others. */
function unlessOutOfStep(error: unknown, { server }: Session): unknown {
  if (!(error instanceof StoreError) || error instanceof Transient || error.code !== 'busy') return error;
  if (server.variables.get('wsrep_on') !== 'ON') return error;
  return new StoreError('unavailable', 'the node is not in step with its cluster now: use another', { cause: error });
}
