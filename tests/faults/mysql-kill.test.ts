import { openMysql } from '@kakeibo/adapters/mysql';
import type { StoredEvent } from '@kakeibo/core';
import { expect, test } from 'vitest';

import { mariadbServer, mysqlServer } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { wholeLog } from './history.ts';
import { KILL_CYCLES, killCycles, NO_FAULT, tell } from './kill-cycles.ts';
import { notRun } from './sqlite-mounts.ts';

/** The log of a database; what the dead left open is waited for by the store itself. */
async function logIn(url: string): Promise<readonly StoredEvent[]> {
  const { events, close } = await openMysql({ url });
  const log = await wholeLog(events);
  await close();
  return log;
}

test.each([
  ['mysql', mysqlServer],
  ['mariadb', mariadbServer],
] as const)(
  'programs that write to %s are killed, again and again, and no acknowledged event is lost',
  async (engine, server) => {
    if (!isInstalled(engine)) return notRun('kill -9 of the client', `there is no ${engine} here`);
    const { freshDatabase } = await server();
    const grounds = await Promise.all(Array.from({ length: Math.ceil(KILL_CYCLES / 25) }, () => freshDatabase()));
    const count = await killCycles((number) => {
      const url = grounds[number] ?? '';
      // One event at a time goes in by a statement that looks at the turn, more of them after one that holds it.
      const order = number % 2 === 0 ? { streams: ['a', 'b', 'c', 'd'], events: 3 } : { streams: ['a'], events: 1 };
      return { order: { mysql: { url }, ...order }, log: () => logIn(url) };
    });
    tell(`${engine}, ${KILL_CYCLES} times kill -9 of the client`, count);
    expect(count).toMatchObject(NO_FAULT);
    expect(count.acknowledged).toBeGreaterThan(0);
  },
  1_200_000,
);
