/** What is found out when a database is opened, and what is said about it. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { inspect } from 'node:util';

import { openMysql } from '@kakeibo/adapters/mysql';
import type { Mysql, MysqlOptions } from '@kakeibo/adapters/mysql';
import { StoreError } from '@kakeibo/core';
import { describe, expect, test } from 'vitest';

import type { TestServer } from '../servers/mysql-servers.ts';

const SECRET = 'se;cr@t%/?#1';

/** Opens, and hands out why it did not. The whole of the error, causes included, must not hold the password. */
async function refusal(options: MysqlOptions): Promise<StoreError> {
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
async function newUser(
  server: TestServer,
  rights: string,
  url: string,
): Promise<{ readonly user: string; readonly password: string }> {
  const user = `u${randomUUID().slice(0, 8)}`;
  await server.execute(`CREATE USER ${user}@'%' IDENTIFIED BY '${SECRET}'`);
  await server.execute(`GRANT ${rights} ON ${new URL(url).pathname.slice(1)}.* TO ${user}@'%'`);
  return { user, password: SECRET };
}

const noted = (note: string) => [{ id: randomUUID(), type: 'Noted', data: { note }, meta: {} }];

/** Describes opening on a server. */
export function describeOpenings(server: () => Promise<TestServer>): void {
  const fresh = async (more = ''): Promise<string> => (await server()).freshDatabase(more);
  const renamed = (url: string, change: (to: URL) => void): string => {
    const to = new URL(url);
    change(to);
    return to.href;
  };

  describe('opening', () => {
    test.each([
      ['no URL', { url: `mysql://app:${SECRET}` }],
      ['another scheme', { url: `postgres://app:${encodeURIComponent(SECRET)}@localhost/x` }],
      ['a % that begins no character', { url: 'mysql://app:se%zz@localhost/x' }],
      ['no user', { url: 'mysql://localhost/x' }],
      ['no database', { url: `mysql://app:${encodeURIComponent(SECRET)}@localhost` }],
      ['an option that is none', { url: `mysql://app:${encodeURIComponent(SECRET)}@localhost/x?multipleStatements=true` }],
      ['a port that is none', { host: 'localhost', port: 0, user: 'app', password: SECRET, database: 'x' }],
      ['a ca that is not there', { url: `mysql://app:${encodeURIComponent(SECRET)}@localhost/x?ca=/no/such.pem` }],
      ['verify-ca without a ca', { url: `mysql://app:${encodeURIComponent(SECRET)}@localhost/x?tls=verify-ca` }],
    ])('is refused with %s, and the password is not told', async (_, options) => {
      expect(await refusal(options)).toMatchObject({ code: 'unavailable', message: expect.stringMatching(/^the (server|ca) /) });
    });

    test('says that nobody listens', async () => {
      const listener = createServer();
      await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
      const { port } = listener.address() as { port: number };
      await new Promise((resolve) => listener.close(resolve));
      const { code, message } = await refusal({ host: '127.0.0.1', port, user: 'app', password: SECRET, database: 'x' });
      expect([code, message]).toEqual([
        'unavailable',
        expect.stringContaining(`127.0.0.1:${port}: the connection to the server is gone`),
      ]);
    });

    test('gives up on a server that says nothing', async () => {
      const listener = createServer();
      await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
      const { port } = listener.address() as { port: number };
      const options = { host: '127.0.0.1', port, user: 'app', password: SECRET, database: 'x', connectTimeoutMs: 200 };
      expect(await refusal(options)).toMatchObject({ code: 'unavailable', message: expect.stringContaining('ETIMEDOUT') });
      listener.close();
    });

    test('says that the password is wrong, and that there is no such database', async () => {
      const url = await fresh();
      expect(await refusal({ url, password: SECRET })).toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('refused the user or the password'),
      });
      expect(await refusal({ url, database: 'no_such_database' })).toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('no such database: create it'),
      });
    });

    test('takes any password, in a URL and as a part, over TLS and without', async () => {
      const url = await fresh();
      const { user, password } = await newUser(await server(), 'ALL', url);
      const { port, ca } = await server();
      const base = `mysql://${user}:${encodeURIComponent(password)}@localhost:${port}${new URL(url).pathname}`;
      for (const options of [
        { url: base },
        { url: base.replace('mysql:', 'mariadb:') },
        { url: `${base}?tls=verify-identity&ca=${encodeURIComponent(ca)}` },
        { url: renamed(url, (to) => (to.username = user)), password, tls: 'verify-ca' as const, ca: readFileSync(ca, 'utf8') },
      ]) {
        const { check, diagnose, close } = await openMysql(options);
        expect(await check()).toEqual({ canRead: true, canWrite: true });
        const isSafe = 'ca' in options || options.url.includes('ca=');
        expect((await diagnose()).find(({ what }) => what === 'TLS')?.message).toMatch(
          isSafe ? /^TLS_/ : /^none, on this machine/,
        );
        await close();
      }
    });

    test('does without nothing that was asked of TLS', async () => {
      const url = renamed(await fresh(), (to) => (to.hostname = 'localhost'));
      const { ca } = await server();
      // The authority is unknown; the certificate is for localhost and nobody else.
      expect(await refusal({ url, tls: 'verify-identity' })).toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('no safe (TLS) connection'),
      });
      expect(await refusal({ url: renamed(url, (to) => (to.hostname = '127.0.0.1')), tls: 'verify-identity' })).toMatchObject({
        message: expect.stringContaining('verify-ca'),
      });
      expect(
        await refusal({
          url: renamed(url, (to) => (to.hostname = 'ip6-localhost')),
          tls: 'verify-identity',
          ca: readFileSync(ca, 'utf8'),
        }),
      ).toMatchObject({
        code: 'unavailable',
      });
    });

    test('a user who may only read is told so, and can open for reading', async () => {
      const url = await fresh();
      const reader = await newUser(await server(), 'SELECT', url);
      expect(await refusal({ url, ...reader })).toMatchObject({ code: 'read-only', message: expect.stringContaining('grant') });
      expect(await refusal({ url, ...reader, access: 'read' })).toMatchObject({ code: 'incompatible' });
      const { events, close } = await openMysql({ url });
      await events.append('wallet-1', noted('one'), { expected: 0 });
      await close();
      expect(await refusal({ url, ...reader })).toMatchObject({ code: 'read-only', message: expect.stringContaining('grant') });
      const open = await openMysql({ url, ...reader, access: 'read' });
      expect(open.settings.readOnly).toBe(true);
      expect(await open.events.readAll({ after: 0, limit: 10 })).toHaveLength(1);
      await expect(open.events.append('wallet-1', noted('two'), { expected: 1 })).rejects.toMatchObject({ code: 'read-only' });
      expect(await open.check()).toMatchObject({ canRead: true, canWrite: false });
      expect((await open.diagnose()).find(({ what }) => what === 'log')).toMatchObject({ state: 'ok' });
      await open.close();
    });

    test('a user who may not write one of the tables is told when it opens', async () => {
      const url = await fresh();
      await (await openMysql({ url })).close();
      const some = await newUser(await server(), 'SELECT, UPDATE, DELETE', url);
      expect(await refusal({ url, ...some })).toMatchObject({ code: 'read-only' });
      const enough = await newUser(await server(), 'SELECT, INSERT, UPDATE, DELETE', url);
      await (await openMysql({ url, ...enough })).close();
    });

    test("somebody else's table stays as it is, and nothing is made beside it", async () => {
      const url = await fresh();
      const name = new URL(url).pathname.slice(1);
      const { execute } = await server();
      await execute(`CREATE TABLE ${name}.views (id INT PRIMARY KEY, title VARCHAR(20))`);
      expect(await refusal({ url })).toMatchObject({ code: 'incompatible', message: expect.stringContaining('views') });
      expect(await execute(`SHOW TABLES FROM ${name}`)).toHaveLength(1);
    });

    test('a schema of a newer program is refused', async () => {
      const url = await fresh();
      await (await openMysql({ url })).close();
      await (await server()).execute(`UPDATE ${new URL(url).pathname.slice(1)}.kakeibo_schema SET version = 99`);
      expect(await refusal({ url })).toMatchObject({ code: 'incompatible', message: expect.stringContaining('newer program') });
      expect(await refusal({ url, access: 'read' })).toMatchObject({ code: 'incompatible' });
    });

    test("a database's own character set does not matter", async () => {
      const { events, diagnose, close } = await openMysql({ url: await fresh('CHARACTER SET latin1 COLLATE latin1_swedish_ci') });
      for (const stream of ['ü', 'Ü', 'u', 'u ', '家計簿 🧾'])
        expect(await events.append(stream, noted('家計簿 🧾'), { expected: 0 })).toMatchObject({ kind: 'appended' });
      const log = await events.readAll({ after: 0, limit: 10 });
      expect(log.map(({ stream, data }) => [stream, data['note']])).toEqual(
        ['ü', 'Ü', 'u', 'u ', '家計簿 🧾'].map((stream) => [stream, '家計簿 🧾']),
      );
      expect((await diagnose()).find(({ what }) => what === 'character set')?.message).toContain('latin1');
      await close();
    });

    test('programs that start at once make the tables once', async () => {
      const url = await fresh();
      const opened = await Promise.all(Array.from({ length: 4 }, () => openMysql({ url })));
      const verdicts = await Promise.all(opened.map(({ events }, at) => events.append(`s${at}`, noted('x'), { expected: 0 })));
      expect(verdicts.map(({ kind }) => kind)).toEqual(verdicts.map(() => 'appended'));
      await Promise.all(opened.map(({ close }) => close()));
    });

    test('everything that an operator should know is looked at', async () => {
      const { engine } = await server();
      const { diagnose, settings, close } = await openMysql({ url: await fresh() });
      expect(settings).toMatchObject({ engine, readOnly: false, server: expect.stringMatching(/^127.0.0.1:\d+$/) });
      const found = await diagnose();
      expect(found.filter(({ state }) => state !== 'ok')).toEqual([]);
      expect(found.map(({ what }) => what)).toEqual(
        expect.arrayContaining([
          'version',
          'TLS',
          'innodb_flush_log_at_trx_commit',
          'sync_binlog',
          "the server's clock",
          'schema',
          'log',
        ]),
      );
      await close();
    });
  });
}
