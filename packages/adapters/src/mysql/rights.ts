/** Whether this user may do what a ledger does, found out before the first entry rather than at it. */
import type { SqlConnection } from '../sql/connection.ts';
import { TOUCH_HEAD } from '../sql/head.ts';
import { EVENT_COLUMNS } from '../sql/statements.ts';
import { mysqlDialect } from './dialect.ts';

/** Takes it all back. */
class Enough extends Error {
  override readonly name = 'Enough';
}

/** Does once what writing does, and takes it back. Throws a `StoreError` when something is not allowed. */
export async function assertMayWrite(connection: SqlConnection): Promise<void> {
  try {
    await connection.transaction('write', async (sql) => {
      await sql.query(mysqlDialect.head.select);
      await sql.execute(TOUCH_HEAD);
      // No event has position 0, and no view has no name.
      await sql.execute(`INSERT INTO events (${EVENT_COLUMNS}) VALUES (0, '', 0, '', '', '', '', 0)`);
      await sql.execute("REPLACE INTO views (view, stream, bucket, body) VALUES ('', '', '', '')");
      await sql.execute("DELETE FROM views WHERE view = ''");
      throw new Enough();
    });
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
}
