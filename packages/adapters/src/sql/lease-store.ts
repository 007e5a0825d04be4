/** The only lease store and the only outbox over SQL: they read through a connection, and write through a writer that may be elsewhere. */
import {
  assertHold,
  assertMessageIds,
  assertName,
  assertPage,
  assertSwap,
  encodeHandled,
  parseJson,
  StoreError,
} from '@kakeibo/core';
import type { JsonObject, LeaseStore, Outbox } from '@kakeibo/core';

import type { SqlRunner } from './connection.ts';
import type { SqlDialect } from './dialect.ts';
import { CHECKPOINT, LEASE, leaseOf } from './lease-writer.ts';
import type { LeaseWriter } from './lease-writer.ts';

/** What they are made of. */
export interface SqlLeaseStoreParts {
  readonly reader: SqlRunner;
  readonly dialect: SqlDialect;
  readonly writer: LeaseWriter;
  /** Lets go of what is beneath; called once by each. */
  readonly release: () => Promise<void>;
}

const PENDING = 'SELECT place, id, type, data FROM outbox WHERE name = ? AND done = 0 ORDER BY place';

/**
 * Makes a lease store over any SQL engine.
 *
 * @example
 * const leases = createSqlLeaseStore({ reader, dialect, writer, release });
 */
export function createSqlLeaseStore({ reader, writer, release }: SqlLeaseStoreParts): LeaseStore {
  const { during, close } = createDoor(release);
  return {
    read: (name) =>
      during(async () => {
        assertName(name, 'the name of a lease');
        return leaseOf((await reader.query(LEASE, [name]))[0]);
      }),
    swap: (name, seen, next) =>
      during(() => {
        assertSwap(name, seen, next);
        return writer.swap(name, seen, { ...next });
      }),
    close,
  };
}

/**
 * Makes an outbox over any SQL engine; it looks at the leases of the same database.
 *
 * @example
 * const outbox = createSqlOutbox({ reader, dialect, writer, release });
 */
export function createSqlOutbox({ reader, dialect, writer, release }: SqlLeaseStoreParts): Outbox {
  const pending = `${PENDING} ${dialect.limitSuffix}`;
  const { during, close } = createDoor(release);
  return {
    checkpoint: (name) =>
      during(async () => {
        assertName(name, 'the name of a checkpoint');
        const [row] = await reader.query(CHECKPOINT, [name]);
        return row === undefined ? undefined : Number(row[0]);
      }),
    commit: (hold, handled) =>
      during(() => {
        assertHold(hold);
        return writer.progress(hold, encodeHandled(handled));
      }),
    pending: (name, limit) =>
      during(async () => {
        assertPage({ limit });
        const rows = await reader.query(pending, [name, limit]);
        return rows.map(([place, id, type, data]) => ({
          place: Number(place),
          id: id as string,
          type: type as string,
          data: parseJson(data as string) as JsonObject,
        }));
      }),
    settle: (hold, name, ids) =>
      during(() => {
        assertHold(hold);
        assertMessageIds(ids);
        return writer.settle(hold, name, [...ids]);
      }),
    close,
  };
}

/** Lets work in until it is closed, and closes what is beneath when everything under way has its answer. */
function createDoor(release: () => Promise<void>): {
  during<Result>(work: () => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
} {
  const underway = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;
  const finish = async (): Promise<void> => {
    await Promise.allSettled(underway);
    await release();
  };
  return {
    async during(work) {
      if (closing !== undefined) throw new StoreError('closed', 'the store was closed');
      const running = work();
      underway.add(running);
      try {
        return await running;
      } finally {
        underway.delete(running);
      }
    },
    close: () => (closing ??= finish()),
  };
}
