/** Writes leases, and what is written under them: each change is one transaction. It runs where the writing connection is. */
import { DONE_KEPT, isSameLease, REMOVED_AT_ONCE } from '@kakeibo/core';
import type { EncodedHandled, EncodedMessage, Hold, Lease } from '@kakeibo/core';

import { DuplicateKey } from './connection.ts';
import type { SqlConnection, SqlRow, SqlRunner } from './connection.ts';
import type { SqlDialect } from './dialect.ts';
import { byCount, marks, portions } from './statements.ts';

/** The writing half of leases and outboxes. */
export interface LeaseWriter {
  swap(name: string, seen: Lease | undefined, next: Lease): Promise<boolean>;
  progress(hold: Hold, handled: EncodedHandled): Promise<'committed' | 'fenced' | 'stale'>;
  settle(hold: Hold, name: string, ids: readonly string[]): Promise<'settled' | 'fenced'>;
}

/** Reads a lease by its name. */
export const LEASE = 'SELECT holder, token, beat, ttl_ms FROM leases WHERE name = ?';
const ADD_LEASE = 'INSERT INTO leases (holder, token, beat, ttl_ms, name, writes) VALUES (?, ?, ?, ?, ?, 0)';
const MOVE_LEASE = 'UPDATE leases SET holder = ?, token = ?, beat = ?, ttl_ms = ? WHERE name = ?';
// A cluster may compare what transactions wrote, and not what they locked: so the fence is written too.
const FENCE = 'UPDATE leases SET writes = writes + 1 WHERE name = ?';

/** Reads a checkpoint by its name. */
export const CHECKPOINT = 'SELECT position FROM checkpoints WHERE name = ?';
const ADD_CHECKPOINT = 'INSERT INTO checkpoints (position, name) VALUES (?, ?)';
const MOVE_CHECKPOINT = 'UPDATE checkpoints SET position = ? WHERE name = ?';

const LAST_PLACE = 'SELECT MAX(place) FROM outbox WHERE name = ?';
const KNOWN = byCount((count) => `SELECT id FROM outbox WHERE name = ? AND id IN (${marks(count)})`);
const ADD = byCount(
  (count) =>
    `INSERT INTO outbox (name, place, id, type, data, done) VALUES ${new Array<string>(count).fill('(?, ?, ?, ?, ?, 0)').join(', ')}`,
);
const DONE = byCount((count) => `UPDATE outbox SET done = 1 WHERE name = ? AND id IN (${marks(count)})`);

// The last place always stays, so that no place is given twice.
const OLD = `SELECT place FROM outbox WHERE name = ? AND done = 1 AND place < (SELECT MAX(place) FROM outbox WHERE name = ?) - ${DONE_KEPT} ORDER BY place`;
const REMOVE = 'DELETE FROM outbox WHERE name = ? AND done = 1 AND place <= ?';

/** A row of {@link LEASE}. */
export function leaseOf(row: SqlRow | undefined): Lease | undefined {
  if (row === undefined) return undefined;
  const [holder, token, beat, ttlMs] = row;
  return { holder: holder as string | null, token: Number(token), beat: Number(beat), ttlMs: Number(ttlMs) };
}

/**
 * Makes the writing half over a connection.
 *
 * @example
 * await createLeaseWriter(connection, dialect).swap('runner', undefined, { holder: 'one', token: 1, beat: 0, ttlMs: 5_000 });
 */
export function createLeaseWriter(connection: SqlConnection, dialect: SqlDialect): LeaseWriter {
  const lease = LEASE + dialect.lockSuffix;
  const checkpoint = CHECKPOINT + dialect.lockSuffix;
  const old = `${OLD} ${dialect.limitSuffix}`;

  /** Whether the term stands. It does until the transaction ends: whoever takes over waits for that. */
  const stands = async (sql: SqlRunner, hold: Hold): Promise<boolean> => {
    const found = leaseOf((await sql.query(lease, [hold.lease]))[0]);
    if (found === undefined || found.holder === null || found.token !== hold.token) return false;
    await sql.execute(FENCE, [hold.lease]);
    return true;
  };

  const lastPlace = async (sql: SqlRunner, name: string): Promise<number> =>
    Number((await sql.query(LAST_PLACE, [name]))[0]?.[0] ?? 0);

  const removeOld = async (sql: SqlRunner, name: string): Promise<void> => {
    const last = (await sql.query(old, [name, name, REMOVED_AT_ONCE])).at(-1);
    if (last !== undefined) await sql.execute(REMOVE, [name, Number(last[0])]);
  };

  const putIn = async (sql: SqlRunner, name: string, messages: readonly EncodedMessage[]): Promise<void> => {
    const known = new Set<string>();
    for (const some of portions(messages, dialect.valuesPerList))
      for (const [id] of await sql.query(KNOWN(some.length), [name, ...some.map((message) => message.id)]))
        known.add(id as string);
    let place = await lastPlace(sql, name);
    const fresh = messages.filter(({ id }) => !known.has(id));
    for (const some of portions(fresh, dialect.rowsPerInsert))
      await sql.execute(
        ADD(some.length),
        some.flatMap(({ id, type, data }) => [name, (place += 1), id, type, data]),
      );
  };

  return {
    swap: (name, seen, next) =>
      unlessTaken(false, () =>
        connection.transaction('write', async (sql) => {
          const found = leaseOf((await sql.query(lease, [name]))[0]);
          if (!isSameLease(found, seen)) return false;
          const { holder, token, beat, ttlMs } = next;
          await sql.execute(found === undefined ? ADD_LEASE : MOVE_LEASE, [holder, token, beat, ttlMs, name]);
          return true;
        }),
      ),
    progress: (hold, { name, after, upTo, messages }) =>
      unlessTaken('stale' as const, () =>
        connection.transaction('write', async (sql) => {
          if (!(await stands(sql, hold))) return 'fenced';
          const row = (await sql.query(checkpoint, [name]))[0];
          if (Number(row?.[0] ?? 0) !== after) return 'stale';
          await sql.execute(row === undefined ? ADD_CHECKPOINT : MOVE_CHECKPOINT, [upTo, name]);
          if (messages.length > 0) await putIn(sql, name, messages);
          return 'committed';
        }),
      ),
    settle: (hold, name, ids) =>
      connection.transaction('write', async (sql) => {
        if (!(await stands(sql, hold))) return 'fenced';
        for (const some of portions(ids, dialect.valuesPerList)) await sql.execute(DONE(some.length), [name, ...some]);
        await removeOld(sql, name);
        return 'settled';
      }),
  };
}

/** Somebody else made the row after it was found to be missing: what no lock can hold off, since there is no row to lock. */
async function unlessTaken<Answer, Late>(late: Late, work: () => Promise<Answer>): Promise<Answer | Late> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DuplicateKey) return late;
    throw error;
  }
}
