/** Lines to the server as what the SQL stores ask of a connection: one that writes, and a few that read. */
import { setTimeout as sleep } from 'node:timers/promises';

import { StoreError } from '@kakeibo/core';

import type { SqlConnection, SqlRow, SqlRunner, SqlValue } from '../sql/connection.ts';
import { doubt, failureOf, remedyOf, wasTakenBack } from './failure.ts';
import type { Line } from './line.ts';
import { waitingCall } from './threads.ts';

const NONE: readonly SqlValue[] = [];

/** The longest pause before a transaction is tried again. */
const PAUSE_MS = 100;

/** A line that lay idle for longer is asked for a sign of life first. */
const IDLE_MS = 30_000;
const SIGN_OF_LIFE = 'SELECT 1 FROM SYSIBM.SYSDUMMY1';

/** Holds what is read until the end of the transaction, and keeps out what would join it. */
const ONE_STATE = ' WITH RR';

/** What a pool is made of. */
export interface LinesOptions {
  readonly open: () => Promise<Line>;
  /** How many there are at the most. */
  readonly most: number;
  readonly acquireTimeoutMs: number;
  readonly busyTimeoutMs: number;
}

/**
 * Makes a connection of up to `most` lines that are opened when they are needed; with one, transactions go one after another.
 *
 * @example
 * const reader = createDb2Connection({ open, most: 3, acquireTimeoutMs: 5_000, busyTimeoutMs: 5_000 });
 */
export function createDb2Connection(options: LinesOptions): SqlConnection {
  const { open, most, acquireTimeoutMs, busyTimeoutMs } = options;
  const idle: Line[] = [];
  const closing = new Set<Promise<void>>();
  let held = 0;
  const waiting: (() => void)[] = [];

  /** Lets a line go without waiting for it: what it was asked last may take its time. */
  const drop = (line: Line): void => {
    const closed = line.close().finally(() => closing.delete(closed));
    closing.add(closed);
  };
  const handOn = (): void => {
    const next = waiting.shift();
    if (next === undefined) held -= 1;
    else next();
  };
  const acquire = async (): Promise<void> => {
    if (held < most) {
      held += 1;
      return;
    }
    const turn = Promise.withResolvers<void>();
    waiting.push(turn.resolve);
    const timer = setTimeout(() => {
      const place = waiting.indexOf(turn.resolve);
      if (place < 0) return;
      waiting.splice(place, 1);
      turn.reject(new StoreError('busy', `no connection to the Db2 server was free within ${acquireTimeoutMs} ms`));
    }, acquireTimeoutMs);
    await turn.promise.finally(() => clearTimeout(timer));
  };
  const live = async (): Promise<Line> => {
    for (let line = idle.pop(); line !== undefined; line = idle.pop()) {
      if (line.idleMs() < IDLE_MS || (await isAlive(line))) return line;
      drop(line);
    }
    return waitingCall(open);
  };

  /** Works on a line, and tries again where that cannot do harm: what failed was taken back, or never began. */
  const withLine = async <Result>(work: (line: Line) => Promise<Result>): Promise<Result> => {
    await acquire();
    const deadline = performance.now() + busyTimeoutMs;
    try {
      for (let tries = 1; ; tries += 1) {
        const line = await live();
        try {
          const result = await work(line);
          line.used();
          idle.push(line);
          return result;
        } catch (error) {
          const remedy = remedyOf(error);
          // The client may have joined another session in place of a lost one, without the schema that was chosen.
          const lost = line.isBroken() || (remedy === 'missing' && line.isUsed());
          if (lost) drop(line);
          else idle.push(line);
          const isOver = error instanceof StoreError && error.code === 'outcome-unknown';
          const again = remedy === 'again' ? performance.now() < deadline : lost && line.isUsed() && tries <= most;
          if (isOver || !again) throw error;
          await sleep(Math.random() * Math.min(PAUSE_MS, 5 * 2 ** tries));
        }
      }
    } finally {
      handOn();
    }
  };
  const translated = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      throw failureOf(error);
    }
  };

  return {
    query: (sql, parameters = NONE) => translated(withLine((line) => waitingCall(() => line.query(sql, parameters)))),
    execute: (sql, parameters = NONE) => translated(withLine((line) => waitingCall(() => line.execute(sql, parameters)))),
    transaction: (kind, work) => translated(withLine((line) => within(line, kind === 'read' ? ONE_STATE : '', work))),
    // Whoever looks then waits for the head, which the transaction in question holds until it is decided.
    recover: () =>
      translated(
        withLine(async (line) => {
          await line.query(SIGN_OF_LIFE, NONE);
        }),
      ),
    async close() {
      for (const line of idle.splice(0)) drop(line);
      await Promise.all(closing);
    },
  };
}

async function isAlive(line: Line): Promise<boolean> {
  try {
    await line.query(SIGN_OF_LIFE, NONE);
    return true;
  } catch {
    return false;
  }
}

/** One transaction on a line; its errors are the client's, but for a COMMIT that nobody knows the end of. */
async function within<Result>(line: Line, suffix: string, work: (sql: SqlRunner) => Promise<Result>): Promise<Result> {
  /** Nothing is held yet: who finds no row locks none. */
  let free = true;
  const turn = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    const answer = await (free ? waitingCall(call) : call());
    free &&= answer === 0;
    return answer;
  };
  const runner: SqlRunner = {
    query: (sql, parameters = NONE): Promise<readonly SqlRow[]> =>
      turn(() => translate(line.query(`${sql}${suffix}`, parameters))),
    execute: (sql, parameters = NONE) => turn(() => translate(line.execute(sql, parameters))),
  };
  await line.begin();
  let result: Result;
  try {
    result = await work(runner);
  } catch (error) {
    if (!line.isBroken()) await line.rollback().catch(() => undefined);
    throw error;
  }
  try {
    await line.commit();
  } catch (error) {
    if (wasTakenBack(error)) throw error;
    throw doubt(error);
  }
  return result;
}

async function translate<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    throw failureOf(error);
  }
}
