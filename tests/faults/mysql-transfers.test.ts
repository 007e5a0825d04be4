import { openMysql } from '@kakeibo/adapters/mysql';
import { expect, onTestFinished, test } from 'vitest';

import { mariadbServer, mysqlServer } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { crossTransfers } from './crossing.ts';
import { startProxy } from './proxy.ts';
import { notRun } from './sqlite-mounts.ts';

test.each([
  ['mysql', mysqlServer],
  ['mariadb', mariadbServer],
] as const)('transfers of two programs cross on %s while the line breaks, and each arrives once', async (engine, server) => {
  if (!isInstalled(engine)) return notRun('transfers that cross', `there is no ${engine} here`);
  const { port, freshDatabase } = await server();
  const url = await freshDatabase();
  const proxy = await startProxy(port);
  onTestFinished(() => proxy.close());
  const through = new URL(url);
  through.port = String(proxy.port);
  const [one, other] = [await openMysql({ url: through.href }), await openMysql({ url })];
  let commits = 0;
  proxy.fate = ({ sql }) => (sql === 'COMMIT' && (commits += 1) % 6 === 0 ? 'drop-reply' : undefined);
  await crossTransfers([one.events, other.events], 40);
  expect(proxy.met.get('drop-reply')).toBeGreaterThan(0);
  await one.close();
  await other.close();
});
