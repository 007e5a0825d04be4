import { openMysql } from '@kakeibo/adapters/mysql';
import { expect, onTestFinished, test } from 'vitest';

import { mariadbServer, mysqlServer } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { startProxy } from './proxy.ts';
import { notRun } from './sqlite-mounts.ts';
import { batchOf } from './writing.ts';

/** What makes or notes a step. */
const STEP = /^(CREATE|INSERT|REPLACE)/;

test.each([
  ['mysql', mysqlServer],
  ['mariadb', mariadbServer],
] as const)(
  'a program that dies at any statement while it makes the tables leaves what the next one goes on with (%s)',
  async (engine, server) => {
    if (!isInstalled(engine)) return notRun('death while the tables are made', `there is no ${engine} here`);
    const { port, freshDatabase } = await server();
    const proxy = await startProxy(port);
    onTestFinished(() => proxy.close());
    let deaths = 0;
    for (let nth = 1; ; nth += 1) {
      const straight = await freshDatabase();
      const through = new URL(straight);
      through.port = String(proxy.port);
      let seen = 0;
      // Every other time the statement is not done, else it is; after it nobody comes through any more, as after kill -9.
      proxy.fate = ({ sql }) => {
        if (!STEP.test(sql) || (seen += 1) !== nth) return undefined;
        setImmediate(() => proxy.off());
        return nth % 2 === 0 ? 'drop-request' : undefined;
      };
      const died = await openMysql({ url: through.href, connectTimeoutMs: 1_000 }).then(
        ({ close }) => close().then(() => false),
        () => true,
      );
      if (seen < nth) break;
      await proxy.on();
      if (died) deaths += 1;
      const { events, close } = await openMysql({ url: straight });
      expect((await events.append('a', batchOf(3), { expected: 0 })).kind, `after statement ${nth}`).toBe('appended');
      expect((await events.readAll({ after: 0, limit: 10 })).map(({ position }) => position)).toEqual([1, 2, 3]);
      await close();
    }
    expect(deaths).toBeGreaterThan(5);
  },
);
