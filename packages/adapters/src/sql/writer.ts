/** Everything that writes, over one connection: what a thread of its own can be given to do. */
import { randomUUID } from 'node:crypto';

import { createCommitter } from './commit.ts';
import type { Committer } from './commit.ts';
import type { SqlConnection } from './connection.ts';
import type { SqlDialect } from './dialect.ts';
import { createLeaseWriter } from './lease-writer.ts';
import type { LeaseWriter } from './lease-writer.ts';
import { createViewWriter } from './view-writer.ts';
import type { ViewWriter } from './view-writer.ts';

/** The writing half of the stores. */
export interface SqlWriter extends Committer, ViewWriter, LeaseWriter {
  /** Writes something that nobody reads, to find out whether writing works. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/** Writes a mark where nobody reads it. */
export const WRITE_PROBE = 'UPDATE probe SET body = ? WHERE id = 1';

/** How often the mark is repeated: more than an append mostly takes, so that a store with no room for one does not pass. */
const PROBE_MARKS = 850;

/**
 * Makes the writing half over a connection.
 *
 * @example
 * const writer = createSqlWriter(connection, dialect);
 */
export function createSqlWriter(connection: SqlConnection, dialect: SqlDialect): SqlWriter {
  return {
    ...createCommitter(connection, dialect),
    ...createViewWriter(connection, dialect),
    ...createLeaseWriter(connection, dialect),
    // Another mark each time: an engine does not write what is there already.
    probe: () =>
      connection.transaction('write', async (sql) => {
        // Who cannot have the head cannot append.
        await sql.query(dialect.head.turns?.block ?? dialect.head.select);
        await sql.execute(WRITE_PROBE, [randomUUID().repeat(PROBE_MARKS)]);
      }),
    close: () => connection.close(),
  };
}
