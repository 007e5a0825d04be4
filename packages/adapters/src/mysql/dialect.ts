/** MySQL's and MariaDB's answers: one dialect for both. */
import { StoreError } from '@kakeibo/core';

import type { SqlRunner } from '../sql/connection.ts';
import type { SqlDialect } from '../sql/dialect.ts';
import { turnHead } from '../sql/head.ts';
import type { ColumnTypes } from '../sql/table.ts';
import { isUnsupported } from './failure.ts';

const LOCK = ' FOR UPDATE';
const SUFFIX = ' ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC';

/** What one process holds while it takes the steps. Such locks are the server's, so the database is in the name. */
const ALONE = "CONCAT('kakeibo:', LEFT(SHA2(DATABASE(), 256), 40))";

/** How long a start waits for another one that makes the tables: less than what a statement may take. */
const ALONE_S = 20;

const COLUMNS = 'SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ?';

async function columns(sql: SqlRunner, table: string): Promise<readonly string[]> {
  return (await sql.query(COLUMNS, [table])).map(([name]) => String(name));
}

/** How many steps were taken, and how many statements of the next one. */
async function place(sql: SqlRunner): Promise<readonly [version: number, done: number]> {
  if ((await columns(sql, 'kakeibo_schema')).length === 0) return [0, 0];
  const [version, done] = (await sql.query('SELECT version, done FROM kakeibo_schema WHERE id = 1'))[0] ?? [];
  return [Number(version ?? 0), Number(done ?? 0)];
}

async function note(sql: SqlRunner, version: number, done: number): Promise<void> {
  if ((await columns(sql, 'kakeibo_schema')).length === 0)
    await sql.execute(
      `CREATE TABLE IF NOT EXISTS kakeibo_schema (id BIGINT NOT NULL PRIMARY KEY, version BIGINT NOT NULL, done BIGINT NOT NULL)${SUFFIX}`,
    );
  await sql.execute('REPLACE INTO kakeibo_schema (id, version, done) VALUES (1, ?, ?)', [version, done]);
}

/** Some clusters have no such locks. There it is left to the names: what another program has made meanwhile is there. */
async function lock(sql: SqlRunner): Promise<boolean> {
  try {
    const [got] = (await sql.query(`SELECT GET_LOCK(${ALONE}, ${ALONE_S})`))[0] ?? [];
    if (Number(got) === 1) return true;
  } catch (error) {
    if (isUnsupported(error)) return false;
    throw error;
  }
  throw new StoreError('busy', `another program has been making the tables for ${ALONE_S} s: try again when it is done`);
}

const types: ColumnTypes = { name: 'VARBINARY(255)', integer: 'BIGINT', payload: 'MEDIUMTEXT', body: 'LONGTEXT' };

/**
 * Names are kept as bytes: the collations that compare byte by byte and do not ignore trailing spaces have another name on each
 * server. Everything else names its character set, so that the database's does not matter.
 */
export const mysqlDialect: SqlDialect = {
  types,
  tableSuffix: SUFFIX,
  // Both engines know this form; a row is the same by its id whoever has the turn, and is waited for.
  head: turnHead({ types, lockSuffix: LOCK, keepSuffix: ' LOCK IN SHARE MODE', key: 'id' }),
  lockSuffix: LOCK,
  limitSuffix: 'LIMIT ?',
  replaceVerb: 'REPLACE',
  // A round trip each, in a packet of at most 128 times what an event may take.
  rowsPerInsert: 128,
  fewInserts: true,
  valuesPerList: 128,
  schemaVersion: {
    read: async (sql) => (await place(sql))[0],
    write: (sql, version) => note(sql, version, 0),
  },
  stepwise: {
    async alone(sql, work) {
      const isHeld = await lock(sql);
      const result = await work();
      // After a failure the connection is closed, and the lock goes with it.
      if (isHeld) await sql.query(`SELECT RELEASE_LOCK(${ALONE})`);
      return result;
    },
    readDone: async (sql) => (await place(sql))[1],
    note: (sql, { version, done }) => note(sql, version, done),
    columns,
  },
};
