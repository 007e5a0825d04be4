/** Makes sure that a transaction whose end nobody knows is over. */
import { randomUUID } from 'node:crypto';

import { assert } from '@kakeibo/core';

import { DuplicateKey } from '../sql/connection.ts';
import type { SqlRunner } from '../sql/connection.ts';
import { EVENT_COLUMNS } from '../sql/statements.ts';
import { createTurn } from '../sql/turn.ts';
import { mysqlDialect } from './dialect.ts';
import { Transient } from './failure.ts';

/**
 * Takes the turn, and takes the place after the last event and gives it back. On one server whoever held the turn has ended then. On
 * another node of a cluster, where transactions are compared by what they write, one that was to write to that place can no longer be
 * certified; and where it is written already, the place is another one. Call it in a transaction; once that is committed, what is not
 * there will not come.
 *
 * @example
 * await connection.transaction('write', fenceOff);
 */
export async function fenceOff(sql: SqlRunner): Promise<void> {
  const { turns, select } = mysqlDialect.head;
  assert(turns !== undefined, 'writers take turns here');
  await createTurn(turns).take(sql);
  const place = Number((await sql.query(select))[0]?.[0] ?? 0) + 1;
  await sql
    .execute(`INSERT INTO events (${EVENT_COLUMNS}) VALUES (?, '', 0, ?, '', '', '', 0)`, [place, randomUUID()])
    .catch(later);
  await sql.execute('DELETE FROM events WHERE position = ?', [place]);
}

/** On another node somebody has written there meanwhile. */
function later(error: unknown): never {
  throw error instanceof DuplicateKey
    ? new Transient('busy', 'others keep writing at the end of the log', { cause: error })
    : error;
}
