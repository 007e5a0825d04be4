/** SQLite's answers. */
import type { SqlDialect } from '../sql/dialect.ts';
import { lastEventHead } from '../sql/head.ts';
import { APPLICATION_ID } from './database.ts';

/** Text compares byte by byte and has no length in SQLite; the right to write is the whole file's, so no row is locked. */
export const sqliteDialect: SqlDialect = {
  types: { name: 'TEXT', integer: 'INTEGER', payload: 'TEXT', body: 'TEXT' },
  tableSuffix: ' STRICT',
  head: lastEventHead,
  lockSuffix: '',
  limitSuffix: 'LIMIT ?',
  replaceVerb: 'INSERT OR REPLACE',
  // Measured: a statement costs nothing to speak of here, and SQLite takes twice as long for a row among eight or more.
  rowsPerInsert: 4,
  valuesPerList: 64,
  schemaVersion: {
    read: async (sql) => Number((await sql.query('PRAGMA user_version'))[0]?.[0] ?? 0),
    write: async (sql, version) => {
      await sql.execute(`PRAGMA application_id = ${APPLICATION_ID}`);
      await sql.execute(`PRAGMA user_version = ${version}`);
    },
  },
};
