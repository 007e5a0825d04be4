import { openMysql } from '@kakeibo/adapters/mysql';
import { createConnection } from 'mysql2/promise';
import { expect, onTestFinished, test } from 'vitest';

import { mariadbServer, mysqlServer } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { notRun } from './sqlite-mounts.ts';
import { batchOf } from './writing.ts';

test.each([
  ['mysql', mysqlServer],
  ['mariadb', mariadbServer],
] as const)(
  'a %s that took over without the last commits, and came as far again by others, gets no stream with a gap',
  async (engine, server) => {
    if (!isInstalled(engine)) return notRun('a server that lost its end', `there is no ${engine} here`);
    const url = await (await server()).freshDatabase();
    const [first, second] = [await openMysql({ url }), await openMysql({ url })];
    await first.events.append('a', batchOf(2), { expected: 0 });
    await first.events.append('a', batchOf(1), { expected: 2 });
    const hand = await createConnection({ uri: url });
    onTestFinished(() => hand.destroy());
    await hand.query('DELETE FROM events WHERE position = 3');
    await second.events.append('b', batchOf(1), { expected: 0 });
    expect(await first.events.append('a', batchOf(1), { expected: 3 })).toEqual({ kind: 'conflict', actual: 2 });
    expect(await first.events.append('a', batchOf(1), { expected: 2 })).toMatchObject({ events: [{ position: 4 }] });
    expect((await first.events.read('a', { after: 0, limit: 10 })).map(({ version }) => version)).toEqual([1, 2, 3]);
    await Promise.all([first.close(), second.close()]);
  },
);
