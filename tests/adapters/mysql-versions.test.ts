import { openMysql } from '@kakeibo/adapters/mysql';
import { expect, test } from 'vitest';

import { pretend } from '../servers/pretended.ts';

test.each(['5.7.44-log', '5.6.51', '10.6.18-MariaDB-1', '5.5.5-10.3.39-MariaDB', '8.0.11-TiDB-v7.5.1', ''])(
  'a server of version %j is refused when it is opened',
  async (version) => {
    const server = await pretend(version);
    await expect(openMysql({ url: server.url })).rejects.toMatchObject({
      code: 'incompatible',
      message: expect.stringContaining('MySQL 8.0 or later, or MariaDB 10.11 or later'),
    });
    await server.close();
  },
);

test.each(['8.0.11', '8.4.6-6', '9.7.1', '10.11.2-MariaDB', '11.4.5-MariaDB-log', '12.1.2-MariaDB', '8.0.39-cluster'])(
  'a server of version %j is asked for more',
  async (version) => {
    const server = await pretend(version, (sql) =>
      sql.startsWith('START') ? undefined : { code: 1064, message: 'it only pretends' },
    );
    await expect(openMysql({ url: server.url })).rejects.toMatchObject({ message: expect.stringContaining('it only pretends') });
    await server.close();
  },
);

test('a server without TLS is refused where it is asked for', async () => {
  const server = await pretend('9.7.1');
  const host = server.url.replace('127.0.0.1', 'localhost');
  await expect(openMysql({ url: host, tls: 'verify-identity' })).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('no safe (TLS) connection'),
  });
  await server.close();
});

test.each([
  [1045, 'refused'],
  [1698, 'refused'],
  [1044, 'refused'],
  [1049, 'refused'],
  [3159, 'refused'],
  [1862, 'refused'],
  [4151, 'refused'],
  [1130, 'refused'],
  [1040, 'busy'],
  [1114, 'storage-full'],
  [1290, 'read-only'],
  [1142, 'read-only'],
  [1047, 'unavailable'],
  [1053, 'unavailable'],
  [1665, 'incompatible'],
  [9999, 'unavailable'],
])('error %i of a server is told as it is: %s', async (code, kind) => {
  const server = await pretend('9.7.1', (sql) => (sql.startsWith('SET') ? { code, message: 'what the server says' } : undefined));
  await expect(openMysql({ url: server.url })).rejects.toMatchObject({
    code: kind,
    name: 'StoreError',
    message: expect.stringContaining(`(server error ${code}: what the server says)`),
  });
  await server.close();
});
