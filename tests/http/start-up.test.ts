import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readConfig } from '@kakeibo/http';
import { expect, onTestFinished, test } from 'vitest';
import { mariadbServer, START_MS } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { newFolder, startMain } from './main-process.ts';
import { call } from './service.ts';

/** A ledger that was used once and is closed. */
async function closedLedger(): Promise<{ readonly folder: string; readonly file: string; readonly wallet: string }> {
  const folder = newFolder();
  const main = await startMain({ KAKEIBO_DATA: folder });
  const opened = await call(main.url, 'POST', '/api/v1/wallets', { body: { name: 'a', currency: 'EUR' } });
  main.signal('SIGTERM');
  await main.ended;
  return { folder, file: join(folder, 'kakeibo.db'), wallet: opened.headers.get('location') ?? '' };
}

test('a store that is away at the start is waited for: alive, not ready, and then ready', async () => {
  const { folder, file, wallet } = await closedLedger();
  const holder = new DatabaseSync(file);
  onTestFinished(() => void (holder.isOpen && holder.close()));
  holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');

  const main = await startMain({ KAKEIBO_DATA: folder });
  expect((await call(main.url, 'GET', '/healthz')).status).toBe(200);
  const away = {
    status: 'not-ready',
    canRead: false,
    canWrite: false,
    reason: expect.stringContaining('the store is away') as string,
  };
  expect(await call(main.url, 'GET', '/readyz')).toMatchObject({ status: 503, json: away });
  expect((await call(main.url, 'GET', '/readyz?for=reads')).status).toBe(503);
  const asked = await call(main.url, 'GET', wallet);
  expect([asked.status, asked.json['code'], asked.headers.get('retry-after')]).toEqual([503, 'storage-unavailable', '5']);

  holder.close();
  await expect.poll(async () => (await call(main.url, 'GET', '/readyz')).status).toBe(200);
  expect((await call(main.url, 'GET', wallet)).json['name']).toBe('a');
  expect((await call(main.url, 'POST', `${wallet}/income`, { body: { amount: '1' } })).status).toBe(201);
  main.signal('SIGTERM');
  const { code, stderr } = await main.ended;
  // Each try is a line for a person, and nothing beside it.
  expect(main.output()).not.toContain('stack');
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^(kakeibo: the store is away: .+; tried again in [\d.]+ s\n)+$/)]);
});

test('a service that waits for its store stops when it is told to', async () => {
  const { folder, file } = await closedLedger();
  const holder = new DatabaseSync(file);
  onTestFinished(() => holder.close());
  holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  const main = await startMain({ KAKEIBO_DATA: folder });
  main.signal('SIGTERM');
  expect((await main.ended).code).toBe(0);
});

test.each<readonly [string, (file: string) => void, string]>([
  ['a newer schema', (file) => alter(file, 'PRAGMA user_version = 999'), 'use a newer program'],
  ['another program’s file', (file) => alter(file, 'PRAGMA application_id = 7'), 'another application'],
  ['a file that is cut off', (file) => writeFileSync(file, readFileSync(file).subarray(0, 5_000)), 'damaged'],
])(
  '%s ends the start with one line and code 1',
  async (_, spoil, line) => {
    const { folder, file } = await closedLedger();
    spoil(file);
    const main = await startMain({ KAKEIBO_DATA: folder });
    const { code, stderr } = await main.ended;
    expect([main.url, code]).toEqual(['', 1]);
    expect(stderr).toMatch(/^kakeibo: the ledger cannot be opened: .+\n$/);
    expect(stderr).toContain(line);
  },
  START_MS,
);

test.runIf(isInstalled('mariadb')).each<readonly [string, (address: URL) => void, string]>([
  ['a wrong password', (address) => (address.password = 'geheim-42'), 'refused the user or the password'],
  ['an unknown database', (address) => (address.pathname = '/no_such_database'), 'no such database: create it'],
  ['a certificate that nobody vouches for', (address) => address.searchParams.set('tls', 'verify-identity'), '(TLS)'],
])(
  '%s on a server ends the start with one line and code 1',
  async (_, spoil, line) => {
    const server = await mariadbServer();
    const address = new URL(await server.freshDatabase());
    address.hostname = 'localhost';
    spoil(address);
    const main = await startMain({ KAKEIBO_DATA: newFolder(), KAKEIBO_STORE: address.href });
    const { code, stderr } = await main.ended;
    expect([main.url, code]).toEqual(['', 1]);
    expect(stderr).toMatch(/^kakeibo: the ledger cannot be opened: .+\n$/);
    expect(stderr).toContain(line);
    expect(main.output()).not.toContain(address.password);
  },
  START_MS,
);

test('views are not mixed with those of a ledger that is in their place', async () => {
  const { file } = await closedLedger();
  const main = await startMain({ KAKEIBO_STORE: 'esdb://127.0.0.1:1', KAKEIBO_VIEWS: `sqlite:${file}` });
  const { code, stderr } = await main.ended;
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/^kakeibo: KAKEIBO_VIEWS names a store that has a ledger of its own: .+\n$/),
  ]);
});

function alter(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

/** A disk that can be turned read-only, or why there is none. */
function ownDisk(): string | Error {
  const path = mkdtempSync(join(tmpdir(), 'kakeibo-http-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', path], { stdio: 'pipe' });
  } catch (error) {
    rmSync(path, { recursive: true });
    return error instanceof Error ? error : new Error(String(error));
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', path], { stdio: 'pipe' });
    rmSync(path, { recursive: true });
  });
  return path;
}

test('a disk that is write-protected is read-only, not away, and ready when it is writable again', async (context) => {
  const disk = ownDisk();
  if (disk instanceof Error) return context.skip(`no disk can be mounted: ${disk.message}`);
  const first = await startMain({ KAKEIBO_DATA: disk });
  const opened = await call(first.url, 'POST', '/api/v1/wallets', { body: { name: 'a', currency: 'EUR' } });
  const wallet = opened.headers.get('location') ?? '';
  first.signal('SIGTERM');
  await first.ended;
  execFileSync('mount', ['-o', 'remount,ro', disk], { stdio: 'pipe' });

  const main = await startMain({ KAKEIBO_DATA: disk });
  const found = await call(main.url, 'GET', '/readyz');
  expect(found).toMatchObject({ status: 503, json: { status: 'read-only', canRead: true, canWrite: false } });
  expect(await call(main.url, 'GET', '/readyz?for=reads')).toMatchObject({ status: 200, json: { status: 'read-only' } });
  expect((await call(main.url, 'GET', wallet)).status).toBe(200);
  expect((await call(main.url, 'POST', `${wallet}/income`, { body: { amount: '1' } })).json['code']).toBe('storage-read-only');
});

test('an address is read into its parts, and shows no password', () => {
  const folder = newFolder();
  const file = join(folder, 'password');
  writeFileSync(file, 'from;a file\n');
  const env = { KAKEIBO_STORE: 'mysql://k%40home@[::1]:3307/books?tls=verify-ca', KAKEIBO_STORE_PASSWORD_FILE: file };
  const { store } = readConfig(env);
  expect(store).toMatchObject({
    kind: 'mysql',
    user: 'k@home',
    database: 'books',
    hosts: [{ host: '::1', port: 3307 }],
    parameters: { tls: 'verify-ca' },
    shown: 'mysql://k@home@[::1]:3307/books',
  });
  expect(store.kind === 'mysql' && store.password()).toBe('from;a file');
  const own = readConfig({ KAKEIBO_STORE: 'db2://me:p%3Bw%40rd@host/DB' }).store;
  expect(own.kind === 'db2' && own.password()).toBe('p;w@rd');
  expect(JSON.stringify([store, own])).not.toMatch(/from;a file|p;w@rd|verify-ca&|p%3B/);
  const esdb = readConfig({ KAKEIBO_STORE: 'esdb+discover://a:b@c,[::1]:2114?tls=true', KAKEIBO_VIEWS: 'sqlite:views.db' });
  expect(esdb.store).toMatchObject({ hosts: [{ host: 'c' }, { host: '::1', port: 2114 }] });
  expect([esdb.store.kind, esdb.views?.kind]).toEqual(['esdb', 'sqlite']);
});
