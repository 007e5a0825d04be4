/** Whether this user may do what a ledger does, found out before the first entry rather than at it. */
import type { SqlConnection } from '../sql/connection.ts';
import { fenceOff } from './fence.ts';

/** Takes it all back. */
class Enough extends Error {
  override readonly name = 'Enough';
}

/** Does once what writing does, and takes it back. Throws a `StoreError` when something is not allowed. */
export async function assertMayWrite(connection: SqlConnection): Promise<void> {
  try {
    await connection.transaction('write', async (sql) => {
      await fenceOff(sql);
      // No view has no name.
      await sql.execute("REPLACE INTO views (view, stream, bucket, body) VALUES ('', '', '', '')");
      await sql.execute("DELETE FROM views WHERE view = ''");
      throw new Enough();
    });
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
}
