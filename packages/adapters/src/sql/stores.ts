/** All stores over one reading and one writing half. */
import type { Clock, EventStore, LeaseStore, Outbox, ViewStore } from '@kakeibo/core';

import type { SqlConnection } from './connection.ts';
import type { SqlDialect } from './dialect.ts';
import { createSqlEventStore } from './event-store.ts';
import { createSqlLeaseStore, createSqlOutbox } from './lease-store.ts';
import { createSqlViewStore } from './view-store.ts';
import type { SqlWriter } from './writer.ts';

/** What they are made of. */
export interface SqlStoresParts {
  readonly reader: SqlConnection;
  readonly writer: SqlWriter;
  readonly dialect: SqlDialect;
  readonly clock: Clock;
  readonly batchesAhead: number;
}

/** The stores of a ledger. */
export interface SqlStores {
  readonly events: EventStore;
  readonly views: ViewStore;
  readonly leases: LeaseStore;
  readonly outbox: Outbox;
  /** Finishes what is under way and closes both halves. Calling it again does nothing. */
  close(): Promise<void>;
}

/**
 * Makes the stores of a ledger. The last of them to be closed closes the reading half, and then the writing one.
 *
 * @example
 * const { events, views, close } = createSqlStores({ reader, writer, dialect, clock, batchesAhead: 1 });
 */
export function createSqlStores({ reader, writer, dialect, clock, batchesAhead }: SqlStoresParts): SqlStores {
  let holders = 4;
  const release = async (): Promise<void> => {
    holders -= 1;
    if (holders > 0) return;
    await reader.close();
    await writer.close();
  };
  const parts = { reader, dialect, writer, release };
  const events = createSqlEventStore({ reader, dialect, clock, commit: writer.commit, batchesAhead, release });
  const views = createSqlViewStore(parts);
  const leases = createSqlLeaseStore(parts);
  const outbox = createSqlOutbox(parts);
  return {
    events,
    views,
    leases,
    outbox,
    async close() {
      await Promise.all([events, views, leases, outbox].map((store) => store.close()));
    },
  };
}
