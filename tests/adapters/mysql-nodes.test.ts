import { createServer } from 'node:net';

import { openMysql } from '@kakeibo/adapters/mysql';
import { expect, test } from 'vitest';

import { pretend } from '../servers/pretended.ts';
import { refusal, SECRET } from './mysql-refusals.ts';

/** A place where nobody listens. */
async function nowhere(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

test('when none of several hosts answers, each is named with what is wrong with it', async () => {
  const [one, other] = [await nowhere(), await nowhere()];
  const { code, message } = await refusal({ url: `mysql://app:${encodeURIComponent(SECRET)}@${one},${other}/x` });
  expect(code).toBe('unavailable');
  expect(message).toMatch(`no node can be used now: ${one}: the connection`);
  expect(message).toContain(`; ${other}: the connection`);
  expect(message).not.toContain(SECRET);
});

test.each(['one that is away', 'one that answers'])('several hosts, %s first, that are no cluster are refused', async (first) => {
  const server = await pretend('9.7.1');
  const place = new URL(server.url).host;
  const url = `mysql://app@${first === 'one that answers' ? place : await nowhere()},${place}/x`;
  await expect(openMysql({ url })).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('several hosts are for the nodes of one cluster'),
  });
  await server.close();
});

test('a host beside a URL with several is refused', async () => {
  await expect(openMysql({ url: 'mysql://app@a,b/x', host: 'c' })).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('takes no host beside it'),
  });
});

test('a comma in a password makes no host', async () => {
  const server = await pretend('9.7.1', (sql) =>
    sql.startsWith('START') ? undefined : { code: 1064, message: 'it only pretends' },
  );
  await expect(openMysql({ url: server.url.replace('app@', 'app:a,b@') })).rejects.toMatchObject({
    message: expect.stringContaining('it only pretends'),
  });
  await server.close();
});

test('a member that is out of its group is said to be so', async () => {
  const outside = { code: 3796, message: 'The option group_replication_consistency cannot be used on the current member state.' };
  const server = await pretend('9.7.1', (sql) => (sql.includes('processlist') ? outside : undefined));
  await expect(openMysql({ url: server.url })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('the node is not part of its cluster now'),
  });
  await server.close();
});
