/** Stores on a server that is reached through a line, and what the tests of them have in common. */
import { randomUUID } from 'node:crypto';

import { openMysql } from '@kakeibo/adapters/mysql';
import type { Mysql, MysqlOptions } from '@kakeibo/adapters/mysql';
import type { EventStore, NewEvent } from '@kakeibo/core';
import { createConnection } from 'mysql2/promise';
import type { Connection } from 'mysql2/promise';

import { layLine } from '../servers/cut-line.ts';
import type { Line } from '../servers/cut-line.ts';
import type { TestServer } from '../servers/mysql-servers.ts';

/** Events that nobody stored yet. */
export const noted = (count = 2): readonly NewEvent[] =>
  Array.from({ length: count }, (_, note) => ({ id: randomUUID(), type: 'Noted', data: { note }, meta: {} }));

/** The ids of the log. */
export const logOf = async (events: EventStore): Promise<readonly string[]> =>
  (await events.readAll({ after: 0, limit: 1_000 })).map(({ id }) => id);

/** Runs work beside a connection of somebody else's. */
export async function beside<Result>(url: string, work: (other: Connection) => Promise<Result>): Promise<Result> {
  const other = await createConnection(url);
  try {
    return await work(other);
  } finally {
    await other.end();
  }
}

/** Runs work with a store of its own. */
export type WithStore = (
  work: (to: { readonly store: Mysql; readonly line: Line; readonly url: string }) => Promise<void>,
  options?: MysqlOptions,
) => Promise<void>;

/** Opens stores in fresh databases of a server, each through a line of its own. */
export function storesOn(server: () => Promise<TestServer>): WithStore {
  return async (work, options = {}) => {
    const url = await (await server()).freshDatabase();
    const line = await layLine((await server()).port);
    // Making the tables may take longer than a test wants to wait.
    if (options.queryTimeoutMs !== undefined) await (await openMysql({ url })).close();
    const store = await openMysql({ ...options, url: through(url, line) });
    try {
      await work({ store, line, url });
    } finally {
      await store.close();
      await line.close();
    }
  };
}

/** The same database, through the line. */
export function through(url: string, line: Line): string {
  const to = new URL(url);
  to.port = String(line.port);
  return to.href;
}
