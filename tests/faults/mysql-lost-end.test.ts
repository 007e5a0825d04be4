import { openMysql } from '@kakeibo/adapters/mysql';
import { createConnection } from 'mysql2/promise';
import { expect, onTestFinished, test } from 'vitest';

import { mariadbServer, mysqlServer } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { startProxy } from './proxy.ts';
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

test.each([
  ['mysql', mysqlServer],
  ['mariadb', mariadbServer],
] as const)(
  'a %s that took over in the midst of an append, without what was learned there, gets no stream with a gap',
  async (engine, server) => {
    if (!isInstalled(engine)) return notRun('a server that is lost in the midst', `there is no ${engine} here`);
    const { port, freshDatabase } = await server();
    const url = await freshDatabase();
    const proxy = await startProxy(port);
    onTestFinished(() => proxy.close());
    const through = new URL(url);
    through.port = String(proxy.port);
    const [first, second] = [await openMysql({ url: through.href }), await openMysql({ url })];
    await first.events.append('a', batchOf(2), { expected: 0 });
    await second.events.append('a', batchOf(1), { expected: 2 });
    const hand = await createConnection({ uri: url });
    onTestFinished(() => hand.destroy());
    // Long enough for the row to be gone on a slow machine.
    proxy.delayMs = 4_000;
    const lost = Promise.withResolvers<void>();
    let met = false;
    proxy.fate = ({ sql }) => {
      // Where it connects anew, it finds the other one.
      if (met) return sql.startsWith('SHOW VARIABLES') ? 'delay-request' : undefined;
      if (!/^INSERT INTO events .* VALUES/.test(sql)) return undefined;
      met = true;
      lost.resolve();
      return 'reset';
    };
    const appending = first.events.append('a', batchOf(1), { expected: 3 });
    await lost.promise;
    await hand.query('DELETE FROM events WHERE position = 3');
    expect(await appending).toEqual({ kind: 'conflict', actual: 2 });
    expect((await second.events.read('a', { after: 0, limit: 10 })).map(({ version }) => version)).toEqual([1, 2]);
    await Promise.all([first.close(), second.close()]);
  },
);

test.each([
  ['mysql', mysqlServer],
  ['mariadb', mariadbServer],
] as const)(
  'an event that another program added to a %s that took over, at the place and time of one that was lost, is not taken for that',
  async (engine, server) => {
    if (!isInstalled(engine)) return notRun('the same place and time', `there is no ${engine} here`);
    const url = await (await server()).freshDatabase();
    const [first, second] = [await openMysql({ url }), await openMysql({ url })];
    const recordedAt = new Date(Date.now() + 3_600_000).toISOString().replace('Z', '000Z');
    const asked = () => batchOf(1).map((event) => ({ ...event, recordedAt }));
    await first.events.append('a', batchOf(1), { expected: 0 });
    await first.events.append('a', asked(), { expected: 1 });
    const hand = await createConnection({ uri: url });
    onTestFinished(() => hand.destroy());
    await hand.query('DELETE FROM events WHERE position = 2');
    expect(await second.events.append('b', asked(), { expected: 0 })).toMatchObject({ events: [{ position: 2, recordedAt }] });
    expect(await first.events.append('a', batchOf(1), { expected: 2 })).toEqual({ kind: 'conflict', actual: 1 });
    await Promise.all([first.close(), second.close()]);
  },
);
