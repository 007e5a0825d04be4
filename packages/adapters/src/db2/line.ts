/** One connection to the server, as long as it lasts. */
import type { SqlRow, SqlValue } from '../sql/connection.ts';
import { answered, FETCH_LISTS } from './driver.ts';
import type { Db2Driver, DriverResult, DriverStatement } from './driver.ts';
import { remedyOf, TookTooLong } from './failure.ts';
import { connectionText } from './settings.ts';
import type { Db2Settings } from './settings.ts';
import { given, kept, statementFor } from './text.ts';
import { assertSpeaksTls } from './tls.ts';

/** Opens, asks and closes; its errors are the client's. */
export interface Line {
  query(sql: string, parameters: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  execute(sql: string, parameters: readonly SqlValue[]): Promise<number>;
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** The server's version, as the client was told. */
  version(): Promise<string>;
  /** Whether nothing more may be asked: what was asked last may still be under way. */
  isBroken(): boolean;
  /** Whether it was used before, so that it may have been lost meanwhile. */
  isUsed(): boolean;
  /** How long it has lain idle. */
  idleMs(): number;
  used(): void;
  close(): Promise<void>;
}

const AUTOCOMMIT = 102; // SQL_ATTR_AUTOCOMMIT
const ISOLATION = 108; // SQL_ATTR_TXN_ISOLATION
const READ_STABILITY = 4; // SQL_TXN_REPEATABLE_READ, which Db2 calls RS
const DBMS_VERSION = 18; // SQL_DBMS_VER

/** More prepared statements than this are not kept. */
const MOST_STATEMENTS = 160;

/** Opens one, and chooses the schema. One that writes keeps what it has read from being changed until its transaction ends. */
export async function openLine(
  driver: Db2Driver,
  settings: Db2Settings,
  { writes }: { readonly writes: boolean },
): Promise<Line> {
  if (settings.tls) await assertSpeaksTls(settings);
  const database = new driver.Database();
  const statements = new Map<string, DriverStatement>();
  let [broken, used, last] = [false, false, performance.now()];
  /** Calls that have no answer yet. While there are any, nothing may be freed: that would stop the event loop. */
  const underway = new Set<Promise<unknown>>();

  const within = async <Value>(timeoutMs: number, call: Promise<Value>, advice = ''): Promise<Value> => {
    const settled = call.then(
      () => undefined,
      () => undefined,
    );
    underway.add(settled);
    void settled.then(() => underway.delete(settled));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new TookTooLong(`the Db2 server gave no answer within ${timeoutMs} ms${advice}`)),
        timeoutMs,
      );
    });
    try {
      return await Promise.race([call, late]);
    } catch (error) {
      if (remedyOf(error) === 'gone') broken = true;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };
  const asked = <Value>(call: Promise<Value>): Promise<Value> => {
    if (broken) return Promise.reject(new TookTooLong('the connection to the Db2 server was given up'));
    return within(settings.queryTimeoutMs, call);
  };

  const setAttribute = (attribute: number, value: number): void => {
    const set = broken || database.setAttrSync(attribute, value);
    if (set === true && !broken) return;
    broken = true;
    throw set instanceof Error ? set : new TookTooLong('the connection to the Db2 server was given up');
  };

  const forget = async (sql: string): Promise<void> => {
    const statement = statements.get(sql);
    statements.delete(sql);
    if (statement !== undefined) await asked(answered((answer) => statement.close(answer)));
  };
  const prepared = async (sql: string): Promise<DriverStatement> => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    for (const [oldest] of statements) if (statements.size >= MOST_STATEMENTS) await forget(oldest);
    const [statement] = await asked(answered<DriverStatement>((answer) => database.prepare(statementFor(sql), answer)));
    statements.set(sql, statement);
    return statement;
  };
  /** A statement that failed is prepared anew: its tables may be others by then. */
  const fresh = async <Value>(sql: string, work: (statement: DriverStatement) => Promise<Value>): Promise<Value> => {
    try {
      return await work(await prepared(sql));
    } catch (error) {
      if (!broken) await forget(sql).catch(() => undefined);
      throw error;
    } finally {
      last = performance.now();
    }
  };

  const line: Line = {
    query: (sql, parameters) =>
      fresh(sql, async (statement) => {
        const [result] = await asked(answered<DriverResult>((answer) => filled(statement, parameters).execute(answer)));
        const [rows, columns] = await asked(
          answered<readonly (readonly unknown[])[]>((answer) => result.fetchAll({ fetchMode: FETCH_LISTS }, answer)),
        );
        await asked(answered((answer) => result.close(answer)));
        // Asked over a connection that is gone, the binding has been seen to answer with no rows and no columns instead of an error.
        if (columns === 0) {
          broken = true;
          throw new TookTooLong('the connection to the Db2 server was lost');
        }
        return rows.map((row) => row.map(valueOf));
      }),
    execute: (sql, parameters) =>
      fresh(sql, async (statement) => {
        const [count] = await asked(answered<number>((answer) => filled(statement, parameters).executeNonQuery(answer)));
        return count;
      }),
    // The client keeps it for the next statement: nobody is asked, so no thread is needed.
    begin: async () => setAttribute(AUTOCOMMIT, 0),
    // Not by `commitTransaction`: ibm_db 4.0.1 reads its result from the wrong place, so that a COMMIT that failed is a success.
    // To turn on AUTOCOMMIT commits, and is answered for.
    commit: async () => void (await asked(answered((answer) => database.setAttr(AUTOCOMMIT, 1, answer)))),
    rollback: async () => void (await asked(answered((answer) => database.rollbackTransaction(answer)))),
    version: async () => (await asked(answered<string>((answer) => database.getInfo(DBMS_VERSION, answer))))[0],
    isBroken: () => broken,
    isUsed: () => used,
    idleMs: () => performance.now() - last,
    used: () => void (used = true),
    async close() {
      broken = true;
      await Promise.all(underway);
      for (const [sql, statement] of statements) {
        statements.delete(sql);
        await answered((answer) => statement.close(answer)).catch(() => undefined);
      }
      await answered((answer) => database.close(answer)).catch(() => undefined);
    },
  };
  // One that opens too late is closed when it does.
  await orClose(line, async () => {
    await within(
      settings.connectTimeoutMs,
      answered((answer) => database.open(connectionText(settings), answer)),
      `: check the host, the port ${settings.port}, and whether it speaks TLS`,
    );
    if (writes) setAttribute(ISOLATION, READ_STABILITY);
    if (settings.schema !== undefined) await line.execute(`SET SCHEMA "${settings.schema}"`, []);
  });
  return line;
}

async function orClose(line: Line, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    void line.close();
    throw error;
  }
}

/** A statement with its values. To bind them in a thread would cost a turn of the event loop for each statement. */
function filled(statement: DriverStatement, parameters: readonly SqlValue[]): DriverStatement {
  if (parameters.length > 0) statement.bindSync(bound(parameters));
  return statement;
}

function bound(parameters: readonly SqlValue[]): unknown[] {
  return parameters.map((value) => {
    if (typeof value === 'string') return kept(value);
    // A number that has more digits than a double is sure to keep on its way goes as text.
    return typeof value === 'bigint' || Math.abs(value ?? 0) > 1e15 ? String(value) : value;
  });
}

/** BIGINT comes as text, which loses no digit; small whole numbers come as numbers. */
function valueOf(value: unknown): SqlValue {
  if (typeof value === 'string') return given(value);
  return typeof value === 'number' || typeof value === 'bigint' ? value : null;
}
