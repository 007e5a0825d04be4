/** Db2's answers. All of it is understood by Derby too, against which it is tested. */
import { StoreError } from '@kakeibo/core';

import type { SqlRunner } from '../sql/connection.ts';
import type { SqlDialect } from '../sql/dialect.ts';
import { turnHead } from '../sql/head.ts';
import type { ColumnTypes } from '../sql/table.ts';

/** The newest step that was taken; 0 where there are no tables yet. */
async function newestStep(sql: SqlRunner): Promise<number> {
  try {
    return Number((await sql.query('SELECT MAX(version) FROM kakeibo_schema'))[0]?.[0] ?? 0);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'incompatible') return 0;
    throw error;
  }
}

const LOCKED = ' FOR UPDATE WITH RS';

/**
 * Sized for pages of 32 K, in which a row takes up to 32,677 bytes, each VARCHAR four more than its length. A name has a byte
 * more than names have, for the mark in text.ts.
 */
const types: ColumnTypes = {
  name: 'VARCHAR(256)',
  id: 'VARCHAR(36)',
  integer: 'BIGINT',
  payload: 'VARCHAR(16384)',
  meta: 'VARCHAR(15700)',
  body: 'VARCHAR(31000)',
};

export const db2Dialect: SqlDialect = {
  types,
  tableSuffix: '',
  head: turnHead({ types, lockSuffix: LOCKED, cast: (type) => `CAST(? AS ${type})`, key: 'turn' }),
  lockSuffix: LOCKED,
  limitSuffix: 'FETCH FIRST ? ROWS ONLY',
  rowsPerInsert: 100,
  fewInserts: true,
  valuesPerList: 64,
  pieceBytes: 31_000,
  schemaVersion: {
    read: newestStep,
    async write(sql, version) {
      if ((await newestStep(sql)) === 0) await sql.execute('CREATE TABLE kakeibo_schema (version BIGINT NOT NULL PRIMARY KEY)');
      await sql.execute('INSERT INTO kakeibo_schema (version) VALUES (?)', [version]);
    },
  },
};
