/** SQLite's driver as what the SQL stores ask of one. It is synchronous beneath: what it awaits is only its turn. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

import type { SqlConnection, SqlRow, SqlRunner, SqlValue } from '../sql/connection.ts';
import { WRITE_PROBE } from '../sql/writer.ts';
import { paceCheckpoints } from './checkpoints.ts';
import { settingsOf } from './database.ts';
import type { SqliteSettings } from './database.ts';
import { doubt, failureOf, isBusy, leavesDoubt } from './failure.ts';

/** A connection that can say how it is set. */
export interface SqliteConnection extends SqlConnection {
  settings(): SqliteSettings;
}

const NONE: readonly SqlValue[] = [];

/** More prepared statements than this are not kept; the stores use a few dozen. */
const MOST_STATEMENTS = 256;

/** The longest nap while another process holds the right to write. */
const NAP_MS = 20;

/**
 * Makes a connection.
 *
 * @example
 * const connection = createSqliteConnection({ open: () => openDatabase(file, 'write', 0), busyTimeoutMs: 5_000 });
 */
export function createSqliteConnection(options: {
  /** Opens the file; called again after the disk failed. */
  readonly open: () => DatabaseSync;
  readonly busyTimeoutMs: number;
}): SqliteConnection {
  let database = options.open();
  let statements = new Map<string, StatementSync>();
  /** Whether it is somebody's turn, and those who wait for theirs. */
  let taken = false;
  const waiting: (() => void)[] = [];
  let doubtful = false;
  /** How many rows the transaction has written. */
  let rows = 0;
  let checkpoints = paceCheckpoints(database);

  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    if (statements.size >= MOST_STATEMENTS) statements.clear();
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    statements.set(sql, statement);
    return statement;
  };
  const all = (sql: string, parameters: readonly SqlValue[]): readonly SqlRow[] =>
    prepared(sql).all(...parameters) as unknown as readonly SqlRow[];

  /** Inside a transaction: it is this one's turn already. */
  const inside: SqlRunner = {
    async query(sql, parameters = NONE) {
      return all(sql, parameters);
    },
    async execute(sql, parameters = NONE) {
      const written = Number(prepared(sql).run(...parameters).changes);
      rows += written;
      return written;
    },
  };

  const inTurn = async <Result>(work: () => Promise<Result> | Result): Promise<Result> => {
    if (taken) await new Promise<void>((resolve) => waiting.push(resolve));
    taken = true;
    try {
      return await work();
    } catch (error) {
      throw failureOf(error);
    } finally {
      // Handed on rather than put down, so that nobody who comes later is served earlier.
      const next = waiting.shift();
      if (next === undefined) taken = false;
      else next();
    }
  };

  const begin = async (): Promise<void> => {
    let deadline: number | undefined;
    for (let nap = 1; ; nap = Math.min(nap * 2, NAP_MS)) {
      try {
        prepared('BEGIN IMMEDIATE').run();
        return;
      } catch (error) {
        deadline ??= performance.now() + options.busyTimeoutMs;
        // SQLite's own waiting would stop the whole thread.
        if (!isBusy(error) || performance.now() >= deadline) throw error;
        await sleep(nap);
      }
    }
  };

  const reopen = async (): Promise<void> => {
    statements = new Map();
    if (database.isOpen) database.close();
    database = options.open();
    checkpoints = paceCheckpoints(database);
    // A commit whose fsync failed may have left whole frames at the log's end, invisible now, alive again after a crash. The
    // next commit overwrites them, so one is made before anybody looks: from then on the question is decided. SQLite does not
    // write what is there already, hence a mark that is not.
    await begin();
    prepared(WRITE_PROBE).run(randomUUID());
    prepared('COMMIT').run();
    doubtful = false;
  };

  const rollBack = (): void => {
    // After some errors SQLite has rolled back by itself.
    if (database.isOpen && database.isTransaction) prepared('ROLLBACK').run();
  };

  const commit = (): void => {
    try {
      prepared('COMMIT').run();
    } catch (error) {
      if (!leavesDoubt(error)) throw error;
      doubtful = true;
      throw doubt(error);
    }
  };

  return {
    settings: () => settingsOf(database),
    query: async (sql, parameters = NONE) => {
      if (taken) return inTurn(() => all(sql, parameters));
      try {
        return all(sql, parameters);
      } catch (error) {
        throw failureOf(error);
      }
    },
    execute: (sql, parameters) => inTurn(() => inside.execute(sql, parameters)),
    transaction: (kind, work) =>
      inTurn(async () => {
        if (doubtful) await reopen();
        if (kind === 'write') await begin();
        else prepared('BEGIN').run();
        try {
          rows = 0;
          const result = await work(inside);
          if (rows > 0) checkpoints.beforeCommit(rows);
          commit();
          return result;
        } catch (error) {
          try {
            rollBack();
          } catch {
            doubtful = true;
          }
          throw error;
        }
      }),
    recover: () => inTurn(reopen),
    close: () =>
      inTurn(() => {
        statements.clear();
        if (database.isOpen) database.close();
      }),
  };
}
