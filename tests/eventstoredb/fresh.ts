/** A fresh event store for the tests: on the double, or on the server that `KAKEIBO_EVENTSTOREDB` names. */
import { openEventStore } from '@kakeibo/adapters/eventstoredb';
import type { EventStoreOptions, OpenedEventStore } from '@kakeibo/adapters/eventstoredb';
import { createMemoryViewStore } from '@kakeibo/core';
import type { Clock } from '@kakeibo/core';

import { startDouble } from './double.ts';
import type { Double } from './double.ts';

/** The real server's connection string, when there is one. */
export const REAL_SERVER = process.env['KAKEIBO_EVENTSTOREDB'];

/** Opens a ledger on a double. */
export function openOn(double: Double, options: Partial<EventStoreOptions> = {}): Promise<OpenedEventStore> {
  return openEventStore({
    connectionString: `esdb://localhost:${double.port}?tls=false`,
    views: createMemoryViewStore(),
    // A machine may be slow; what is to take its time says how much.
    deadlineMs: 100_000,
    ...options,
  });
}

/**
 * An empty place for one ledger: `open` opens it, any number of times, `close` takes the double away. On a real server it is a
 * ledger with a name of its own.
 *
 * @example
 * const { open, close } = await freshEventStore();
 * const { events } = await open();
 */
export async function freshEventStore(): Promise<{
  open(clock?: Clock): Promise<OpenedEventStore>;
  close(): Promise<void>;
}> {
  const ledger = `t${crypto.randomUUID().replaceAll('-', '_')}`;
  const views = createMemoryViewStore();
  if (REAL_SERVER !== undefined) {
    const connectionString = REAL_SERVER;
    return {
      open: (clock) => openEventStore({ connectionString, ledger, views, ...(clock === undefined ? {} : { clock }) }),
      close: async () => undefined,
    };
  }
  const double = await startDouble();
  return {
    open: (clock) => openOn(double, { ledger, views, ...(clock === undefined ? {} : { clock }) }),
    close: () => double.close(),
  };
}
