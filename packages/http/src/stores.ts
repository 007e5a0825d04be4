import { openSqlite } from '@kakeibo/adapters/sqlite';
import { createMemoryLeases, createMemoryViewStore } from '@kakeibo/core';
import type { Diagnosis, DiagnosisOptions, EventStore, LeaseStore, ViewStore } from '@kakeibo/core';
import { ConfigError } from './config-error.ts';
import type { Config } from './config.ts';
import type { Health } from './service.ts';
import { secretUrl, type ServerAddress, type StoreAddress } from './store-address.ts';

/** A store that is open, whatever it is. */
export interface Store {
  readonly events: EventStore;
  readonly views: ViewStore;
  /** Which of several services works. */
  readonly leases: LeaseStore;
  /** Reads and writes for real, within a time. */
  check(): Promise<Health>;
  /** Looks at what the promises rest on: settings, clock, room, and the log itself. */
  diagnose(options?: DiagnosisOptions): Promise<readonly Diagnosis[]>;
  /** Writes all of it into a new file of its own kind, where it has one. */
  readonly backup?: (to: string, options: { readonly onProgress: (progress: PageProgress) => void }) => Promise<void>;
  close(): Promise<void>;
}

/** How far a copy of a file is. */
interface PageProgress {
  readonly done: number;
  readonly total: number;
}

export interface OpenOptions {
  /** `read`: nothing is written, made or brought up to date. `frozen`: nobody else writes to it either, as to a backup. */
  readonly access?: 'write' | 'read' | 'frozen';
  /** `events`: nobody asks for views or leases, so that what keeps events only needs no store beside it. */
  readonly only?: 'events';
}

type Servers = Readonly<
  Record<ServerAddress['kind'], (address: ServerAddress, options: OpenOptions, views?: Store) => Promise<Store>>
>;

/** The servers: the adapter of each is loaded when it is asked for. */
const openers: Servers = {
  async mysql(address, { access = 'write' }) {
    const { openMysql } = await import('@kakeibo/adapters/mysql');
    return openMysql({ url: secretUrl(address), access: access === 'write' ? 'write' : 'read' });
  },
  async db2(address, { access = 'write' }) {
    const { db2FromUrl, openDb2 } = await import('@kakeibo/adapters/db2');
    return openDb2({ ...db2FromUrl(secretUrl(address)), access: access === 'write' ? 'write' : 'read' });
  },
  async esdb(address, { only }, views) {
    if (views === undefined && only !== 'events')
      throw new ConfigError('EventStoreDB keeps events: KAKEIBO_VIEWS names the store for views');
    const { openEventStore } = await import('@kakeibo/adapters/eventstoredb');
    const ledger = address.database === undefined ? {} : { ledger: address.database };
    const connectionString = secretUrl(address);
    if (views === undefined) {
      const opened = await openEventStore({ connectionString, views: createMemoryViewStore(), ...ledger });
      return { ...opened, leases: createMemoryLeases().leases };
    }
    const opened = await openEventStore({ connectionString, views: views.views, ...ledger });
    return besideViews({ ...opened, leases: views.leases }, views);
  },
};

/** Opens a store by its address. Throws a `StoreError` that says why it cannot. */
export async function openStore({ store, views }: Pick<Config, 'store' | 'views'>, options: OpenOptions = {}): Promise<Store> {
  if (store.kind === 'sqlite') return openSqlite({ file: store.file, ...options });
  if (views === undefined) return openers[store.kind](store, options);
  const beside = await openStore({ store: views }, options);
  try {
    await assertNoLedger(beside);
    return await openers[store.kind](store, options, beside);
  } catch (error) {
    await beside.close();
    throw error;
  }
}

/** The views of the whole log have the same names in every ledger: two of them in one place would be each other's. */
async function assertNoLedger({ events }: Store): Promise<void> {
  if ((await events.readAll({ after: 0, limit: 1 })).length > 0)
    throw new ConfigError(
      'KAKEIBO_VIEWS names a store that has a ledger of its own: give the views a file or database of theirs',
    );
}

/** One store out of one for events and one for views. */
function besideViews(store: Store, views: Store): Store {
  return {
    events: store.events,
    views: views.views,
    leases: views.leases,
    async check() {
      const [one, other] = await Promise.all([store.check(), views.check()]);
      const reason = one.reason ?? other.reason;
      return {
        canRead: one.canRead && other.canRead,
        canWrite: one.canWrite && other.canWrite,
        ...(reason === undefined ? {} : { reason }),
      };
    },
    diagnose: async (options) => [...(await store.diagnose(options)), ...(await views.diagnose(options))],
    async close() {
      await store.close();
      await views.close();
    },
  };
}

/** Whether a failure to open may pass by itself: a server that is away comes back, another process lets go of a file. */
export function mayComeBack({ kind }: StoreAddress, code: string): boolean {
  return code === 'busy' || (code === 'unavailable' && kind !== 'sqlite');
}
