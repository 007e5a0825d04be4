/** What is found out when a database is opened, and what is said about it. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

import { openMysql } from '@kakeibo/adapters/mysql';
import { describe, expect, test } from 'vitest';

import { layLine } from '../servers/cut-line.ts';
import type { TestServer } from '../servers/mysql-servers.ts';
import { freePort } from '../servers/ports.ts';
import { newUser, refusal, SECRET } from './mysql-refusals.ts';
import { through } from './mysql-stores.ts';

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
      expect(await refusal(options)).toMatchObject({ code: 'refused', message: expect.stringMatching(/^the (server|ca) /) });
    });

    test('says that nobody listens', async () => {
      const port = await freePort();
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
        code: 'refused',
        message: expect.stringContaining('refused the user or the password'),
      });
      expect(await refusal({ url, database: 'no_such_database' })).toMatchObject({
        code: 'refused',
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
          isSafe ? /^[A-Z].*, verify-(identity|ca)$/ : /^none, on this machine/,
        );
        await close();
      }
    });

    test.each([1, 2])('a line that breaks during the handshake of TLS, after %i packets, may come back', async (packets) => {
      const { port, ca } = await server();
      const line = await layLine(port);
      line.cutAfter(packets);
      const options = { url: through(await fresh(), line), tls: 'verify-ca' as const, ca: readFileSync(ca, 'utf8') };
      expect(await refusal(options)).toMatchObject({ code: 'unavailable', message: expect.stringContaining('is gone') });
      await (await openMysql(options)).close();
      await line.close();
    });

    test('does without nothing that was asked of TLS', async () => {
      const url = renamed(await fresh(), (to) => (to.hostname = 'localhost'));
      const { ca } = await server();
      // The authority is unknown; the certificate is for localhost and nobody else.
      expect(await refusal({ url, tls: 'verify-identity' })).toMatchObject({
        code: 'refused',
        message: expect.stringContaining('no safe (TLS) connection'),
      });
      expect(await refusal({ url: renamed(url, (to) => (to.hostname = '127.0.0.1')), tls: 'verify-identity' })).toMatchObject({
        message: expect.stringContaining('verify-ca'),
      });
      expect(
        // Another name of this machine that needs no entry in a file of hosts.
        await refusal({ url, host: '127.1', tls: 'verify-identity', ca: readFileSync(ca, 'utf8') }),
      ).toMatchObject({ code: 'refused', message: expect.stringContaining('altnames') });
    });
  });
}
