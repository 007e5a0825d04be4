/** Places for a ledger in every kind of store that this machine has, as the command line names them. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { freshLine, run } from '../db2/derby.ts';
import { hasDb2 } from '../db2/presence.ts';
import { startDouble } from '../eventstoredb/double.ts';
import { mariadbServer, mysqlServer, type TestServer } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';

/** An empty place. */
export interface Hop {
  readonly address: string;
  /** How many events are there, asked past the adapter; none when there are no tables yet. */
  events(): Promise<number>;
}

/** A database of a server, its password in a file. */
async function onServer(server: () => Promise<TestServer>): Promise<Hop> {
  const { freshDatabase, execute } = await server();
  const url = await freshDatabase();
  const name = new URL(url).pathname.slice(1);
  return {
    address: url,
    async events() {
      const rows = await execute(`SELECT COUNT(*) AS events FROM ${name}.events`).catch(() => []);
      return Number(rows[0]?.['events'] ?? 0);
    },
  };
}

/** A schema of its own. IBM's binding is where its tests have it, and the programs that are started look there too. */
export async function db2Hop(): Promise<Hop & { readonly schema: string; as(user: string): string }> {
  vi.stubEnv('NODE_PATH', join(import.meta.dirname, '../db2/node_modules'));
  const { options } = await freshLine();
  const { port, schema = '' } = options;
  const as = (user: string): string =>
    `db2://${user}:${user}@127.0.0.1:${port}/KAKEIBO?schema=${schema}&authentication=server&readers=2`;
  return {
    schema,
    as,
    address: as('app'),
    async events() {
      try {
        const [, rows] = await run(options, 'SELECT COUNT(*) AS EVENTS FROM events');
        return Number((rows as readonly { readonly EVENTS: unknown }[])[0]?.EVENTS ?? 0);
      } catch {
        return 0;
      }
    },
  };
}

async function eventStoreHop(): Promise<Hop> {
  const double = await startDouble();
  onTestFinished(() => double.close());
  return {
    address: `esdb://localhost:${double.port}?tls=false`,
    events: async () => double.log.all.filter(({ stream }) => stream.startsWith('kakeibo-')).length,
  };
}

/** One of each kind beside SQLite. */
export async function everyHop(): Promise<readonly Hop[]> {
  return [
    ...(isInstalled('mysql') ? [await onServer(mysqlServer)] : []),
    ...(isInstalled('mariadb') ? [await onServer(mariadbServer)] : []),
    ...(hasDb2() ? [await db2Hop()] : []),
    await eventStoreHop(),
  ];
}

/** A file with a password, as an editor leaves it. */
export async function passwordFile(folder: string, password: string): Promise<string> {
  const file = join(folder, 'password');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return file;
}
