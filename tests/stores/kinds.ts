import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMysql } from '@kakeibo/adapters/mysql';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import { createMemoryEventStore, createMemoryViewStore, type Clock, type EventStore, type ViewStore } from '@kakeibo/core';
import { freshDb2 } from '../db2/derby.ts';
import { hasDb2 } from '../db2/presence.ts';
import { freshEventStore } from '../eventstoredb/fresh.ts';
import { mariadbServer, mysqlServer, type TestServer } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';

/** Every store there is. */
export type StoreKind = 'memory' | 'sqlite' | 'mysql' | 'mariadb' | 'galera' | 'db2' | 'eventstoredb';

/** Stores that hold nothing yet. */
export interface FreshStores {
  readonly store: EventStore;
  readonly views: ViewStore;
  close(): Promise<void>;
}

interface Kind {
  isThere(): boolean;
  open(clock: Clock): Promise<FreshStores>;
}

const MACHINE: Clock = { now: () => Date.now() };

let folder: string | undefined;
let files = 0;

function freshFile(): string {
  if (folder === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'kakeibo-stores-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  return join(folder, `${(files += 1)}.db`);
}

const onServer = (server: () => Promise<TestServer>) => async (clock: Clock) => {
  const { freshDatabase, execute } = await server();
  const url = await freshDatabase();
  const { events, views, close } = await openMysql({ url, clock, busyTimeoutMs: 60_000 });
  const drop = `DROP DATABASE ${new URL(url).pathname.slice(1)}`;
  return { store: events, views, close: () => close().then(async () => void (await execute(drop))) };
};

let openOnCluster = (_: Clock): Promise<FreshStores> => Promise.reject(new Error('no cluster was started'));

/** Says how stores are opened on a cluster that runs. */
export function useCluster(open: typeof openOnCluster): void {
  openOnCluster = open;
}

const KINDS: Readonly<Record<StoreKind, Kind>> = {
  memory: {
    isThere: () => true,
    open: async (clock) => ({
      store: createMemoryEventStore({ clock }),
      views: createMemoryViewStore(),
      close: async () => undefined,
    }),
  },
  sqlite: {
    isThere: () => true,
    async open(clock) {
      const file = freshFile();
      const { events, views, close } = await openSqlite({ file, writer: 'caller', clock });
      return { store: events, views, close: () => close().then(() => rmSync(file)) };
    },
  },
  mysql: { isThere: () => isInstalled('mysql'), open: onServer(mysqlServer) },
  mariadb: { isThere: () => isInstalled('mariadb'), open: onServer(mariadbServer) },
  // IBM's client against Derby, whose SQL and protocol come from Db2.
  db2: {
    isThere: hasDb2,
    async open(clock) {
      const fresh = await freshDb2();
      const { events, views } = await fresh.open({ clock });
      return { store: events, views, close: fresh.close };
    },
  },
  // Its own tests start it, since it takes three servers.
  galera: { isThere: () => false, open: (clock) => openOnCluster(clock) },
  // On a double of its protocol, or on the server that KAKEIBO_EVENTSTOREDB names.
  eventstoredb: {
    isThere: () => true,
    async open(clock) {
      const fresh = await freshEventStore();
      const { events, views, close } = await fresh.open(clock);
      return { store: events, views, close: () => close().then(fresh.close) };
    },
  },
};

/** The stores that this machine can run; the tests say which they lack. */
export const storeKinds: readonly StoreKind[] = (Object.keys(KINDS) as StoreKind[]).filter((kind) => KINDS[kind].isThere());

/** All but the reference store. */
export const durableKinds = storeKinds.filter((kind) => kind !== 'memory');

/** Opens stores of a kind, which hold nothing yet. */
export function openStores(kind: StoreKind, clock: Clock = MACHINE): Promise<FreshStores> {
  return KINDS[kind].open(clock);
}

/** How many cases a kind is looked at with: fewer where each costs a server's time. At least one. */
export function casesOn(kind: StoreKind, cases: number): number {
  const part: Readonly<Record<StoreKind, number>> = {
    memory: 1,
    sqlite: 10,
    mysql: 20,
    mariadb: 20,
    galera: 60,
    db2: 40,
    eventstoredb: 20,
  };
  return Math.ceil(cases / part[kind]);
}
