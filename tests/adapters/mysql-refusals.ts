/** Openings that are refused, and users who may not do everything. */
import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';

import { openMysql } from '@kakeibo/adapters/mysql';
import type { Mysql, MysqlOptions } from '@kakeibo/adapters/mysql';
import { StoreError } from '@kakeibo/core';
import { expect } from 'vitest';

import type { TestServer } from '../servers/mysql-servers.ts';

/** A password with all that a URL or a driver could trip over. */
export const SECRET = 'se;cr@t%/?#1';

/** Opens, and hands out why it did not. The whole of the error, causes included, must not hold the password. */
export async function refusal(options: MysqlOptions): Promise<StoreError> {
  let opened: Mysql;
  try {
    opened = await openMysql(options);
  } catch (error) {
    const told = inspect(error, { depth: 10, showHidden: true });
    for (const secret of [SECRET, encodeURIComponent(SECRET), 'apppw']) expect(told).not.toContain(secret);
    if (error instanceof StoreError) return error;
    throw error;
  }
  await opened.close();
  throw new Error('it opened');
}

/** A user of a name nobody has, with these rights on this database. */
export async function newUser(
  server: TestServer,
  rights: string,
  url: string,
): Promise<{ readonly user: string; readonly password: string }> {
  const user = `u${randomUUID().slice(0, 8)}`;
  await server.execute(`CREATE USER ${user}@'%' IDENTIFIED BY '${SECRET}'`);
  await server.execute(`GRANT ${rights} ON ${new URL(url).pathname.slice(1)}.* TO ${user}@'%'`);
  return { user, password: SECRET };
}
