import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { newUser } from '../adapters/mysql-refusals.ts';
import { run } from '../db2/derby.ts';
import { hasDb2 } from '../db2/presence.ts';
import { startMain } from '../http/main-process.ts';
import { mariadbServer, mysqlServer, serverOf, START_MS, type TestServer } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { startServer } from '../servers/start.ts';
import { folderOf, kakeibo } from './command.ts';
import { db2Hop, passwordFile } from './hops.ts';

/** A ledger with an entry at an address. */
async function booked(address: string): Promise<void> {
  expect(await kakeibo(['--store', address, 'open', 'Household', '--currency', 'EUR'])).toMatchObject({ code: 0 });
}

/** What looks at a ledger works for one who may only read it, and what it is asked for leaves the ledger as it is. */
async function expectReadable(address: string, password?: string): Promise<void> {
  const folder = await folderOf();
  if (password !== undefined) vi.stubEnv('KAKEIBO_STORE_PASSWORD_FILE', await passwordFile(folder, password));
  const doctor = await kakeibo(['--json', '--store', address, 'doctor']);
  const { findings } = JSON.parse(doctor.out) as {
    readonly findings: readonly { readonly what: string; readonly state: string }[];
  };
  expect(findings.filter(({ state }) => state === 'bad')).toEqual([]);
  expect(findings).toContainEqual({ what: 'log', state: 'ok', message: expect.stringContaining('1 events') as string });

  const backup = await kakeibo(['--json', '--store', address, 'backup', join(folder, 'all.ndjson')]);
  expect([backup.code, backup.error]).toEqual([0, '']);
  const copied = await kakeibo(['--json', 'copy', address, `sqlite:${join(folder, 'copy.db')}`]);
  expect([copied.code, copied.error]).toEqual([0, '']);
  const { sha256 } = JSON.parse(backup.out) as { readonly sha256: string };
  expect(JSON.parse(copied.out)).toMatchObject({ events: 1, equal: true, sha256 });
  for (const { out } of [doctor, backup, copied]) if (password !== undefined) expect(out).not.toContain(password);
}

/** The same place for somebody else, without a password. */
function as(user: string, address: string): string {
  const url = new URL(address);
  [url.username, url.password] = [user, ''];
  return url.href;
}

describe.each([
  ['MySQL', 'mysql', mysqlServer],
  ['MariaDB', 'mariadb', mariadbServer],
] as const)('%s', (_, engine, server) => {
  beforeAll(async () => void (isInstalled(engine) && (await server())), START_MS);

  test.runIf(isInstalled(engine))(
    'a user with SELECT alone looks at a ledger, backs it up and copies it, and a service for him does not start',
    async () => {
      const address = await (await server()).freshDatabase();
      const { user, password } = await newUser(await server(), 'SELECT', address);
      const other = as(user, address);
      const folder = await folderOf();
      const file = await passwordFile(folder, password);
      const early = await kakeibo(['copy', other, `sqlite:${join(folder, 'early.db')}`, '--from-password-file', file]);
      expect([early.code, early.error]).toEqual([3, expect.stringContaining('open the store once for writing') as string]);

      await booked(address);
      await expectReadable(other, password);
      const main = await startMain({ KAKEIBO_STORE: other });
      const { code, stderr } = await main.ended;
      expect([main.url, code, stderr.trim().split('\n').length]).toEqual(['', 1, 1]);
      expect(stderr).toMatch(/the user may not do this: see docs\/mysql.md for what to grant/);
      expect(stderr).not.toContain(password);
    },
  );
});

test.runIf(hasDb2())('Db2: a user with SELECT alone looks at a ledger, backs it up and copies it', async () => {
  const { address, schema, as: login } = await db2Hop();
  // Nothing is made for it.
  for (const tries of [1, 2]) {
    const early = await kakeibo(['--store', address, 'doctor']);
    expect([tries, early.code, early.out]).toEqual([tries, 3, expect.stringContaining('open the store once for writing')]);
  }
  await booked(address);
  const tables = ['events', 'log_turn', 'views', 'view_seen', 'probe', 'kakeibo_schema'];
  const port = Number(new URL(address).port);
  await run({ port, schema }, ...tables.map((table) => `GRANT SELECT ON ${table} TO reader`));
  await expectReadable(login('reader'));
});

describe.runIf(isInstalled('mariadb'))('a server of its own', () => {
  let server: TestServer;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kakeibo-weak-'));
    const options = ['--innodb-flush-log-at-trx-commit=2', '--innodb-doublewrite=0', `--log-bin=${join(folder, 'binlog')}`];
    server = serverOf(await startServer('mariadb', { folder, options: [...options, '--server-id=1', '--sync-binlog=0'] }));
    return () => {
      process.kill(server.pid, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    };
  }, START_MS);

  test('settings that may lose entries are noted at the start, a line each, and it starts', async () => {
    const address = new URL(await server.freshDatabase());
    const main = await startMain({ KAKEIBO_STORE: address.href });
    expect(main.url).not.toBe('');
    const noted = (): readonly Record<string, unknown>[] =>
      main
        .output()
        .split('\n')
        .filter((line) => line.includes('"durability"'))
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    await expect.poll(() => noted().length, { timeout: 60_000 }).toBe(3);
    expect(noted().map(({ level, what, state }) => [level, what, state])).toEqual(
      ['innodb_flush_log_at_trx_commit', 'sync_binlog', 'innodb_doublewrite'].map((what) => ['warn', what, 'weak']),
    );
    for (const { found } of noted()) expect(found).toMatch(/: .+; set it to (1|ON)$/);
    expect(main.output()).not.toContain(address.password);
    main.signal('SIGTERM');
    expect((await main.ended).code).toBe(0);
  });

  test('a replica can be looked at, backed up and copied, and says that it may not be written', async () => {
    const address = await server.freshDatabase();
    await booked(address);
    const reader = await newUser(server, 'SELECT', address);
    const writer = await newUser(server, 'SELECT, INSERT, UPDATE, DELETE, CREATE, INDEX', address);
    await server.execute('SET GLOBAL read_only = 1');
    onTestFinished(async () => void (await server.execute('SET GLOBAL read_only = 0')));
    await expectReadable(as(reader.user, address), reader.password);
    const { ended } = await startMain({ KAKEIBO_STORE: as(writer.user, address) });
    const { code, stderr } = await ended;
    expect([code, stderr]).toEqual([1, expect.stringContaining('it is a replica') as string]);
  });
});
