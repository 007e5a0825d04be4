import { chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newFolder, startMain } from './main-process.ts';
import { call } from './service.ts';

describe('settings that cannot be used end it with code 2 and one line', () => {
  test.each([
    [{ PORT: 'http' }, 'PORT is http; it must be a whole number'],
    [{ PORT: '65536' }, 'PORT is 65536'],
    [{ PORT: '-1' }, 'PORT is -1'],
    [{ HOST: '0.0.0.0' }, 'HOST is 0.0.0.0; before there are accounts the service listens on loopback only'],
    [{ HOST: 'example.com' }, 'HOST is example.com'],
    [{ KAKEIBO_STORE: 'mysql://root:secret@db' }, 'KAKEIBO_STORE is mysql:… and names no database'],
    [{ KAKEIBO_STORE: 'mysql://root:secret/1@db/ledger' }, 'KAKEIBO_STORE is mysql:… and'],
    [{ KAKEIBO_STORE: 'db2://root:%secret@db/ledger' }, 'KAKEIBO_STORE is db2:… and has a % that stands for nothing'],
    [{ KAKEIBO_STORE: 'db2://root:secret@db:70000/ledger' }, 'KAKEIBO_STORE is db2:… and names no host'],
    [{ KAKEIBO_STORE: 'postgres://root:secret@db/ledger' }, 'KAKEIBO_STORE is postgres:…; it must begin with sqlite:, mysql:'],
    [{ KAKEIBO_STORE: 'root:secret@db' }, 'KAKEIBO_STORE is root:…; it must begin with'],
    [{ KAKEIBO_STORE: '//root:secret@db' }, 'KAKEIBO_STORE is …; it must begin with'],
    [{ KAKEIBO_STORE: 'esdb://root:secret@db:2113' }, 'KAKEIBO_VIEWS must name a SQL store beside esdb:'],
    [{ KAKEIBO_VIEWS: 'mysql://root:secret@db/ledger' }, 'KAKEIBO_VIEWS goes with esdb: only'],
    [
      { KAKEIBO_STORE: 'mysql://root@db/ledger', KAKEIBO_STORE_PASSWORD_FILE: '/no/such/file' },
      'the password file /no/such/file cannot be read (ENOENT)',
    ],
    [{ KAKEIBO_STORE: 'sqlite:' }, 'KAKEIBO_STORE names no file'],
    [{ KAKEIBO_STORE: 'ledger.db' }, 'KAKEIBO_STORE is ledger.db; it must begin with sqlite:'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is loud; it must be one of'],
    [{ KAKEIBO_WRITES_PER_MINUTE: '0' }, 'KAKEIBO_WRITES_PER_MINUTE is 0'],
  ])('%j', async (env, line) => {
    const { ended, url } = await startMain({ KAKEIBO_DATA: join(newFolder(), 'data'), ...env });
    const { code, stderr } = await ended;
    expect([url, code]).toEqual(['', 2]);
    expect(stderr).toContain(`kakeibo: ${line}`);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('secret');
  });
});

describe('what cannot start ends with code 1 and one line', () => {
  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await (await startMain({ KAKEIBO_DATA: newFolder(), PORT: String(port) })).ended;
    other.close();
    expect([code, stderr]).toEqual([1, `kakeibo: port ${port} on 127.0.0.1 is taken: stop what listens there, or set PORT\n`]);
  });

  test('a data folder that cannot be made', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    const { code, stderr } = await (await startMain({ KAKEIBO_DATA: join(file, 'data') })).ended;
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^kakeibo: the ledger cannot be opened: .+\n$/)]);
  });

  test('a file that is no ledger', async () => {
    const file = join(newFolder(), 'photo.db');
    writeFileSync(file, 'x'.repeat(10_000));
    const { code, stderr } = await (await startMain({ KAKEIBO_STORE: `sqlite:${file}` })).ended;
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^kakeibo: the ledger cannot be opened: .+\n$/)]);
  });
});

test('it makes its data folder, and says where it listens and keeps its ledger', async () => {
  const folder = join(newFolder(), 'new', 'data');
  const main = await startMain({ KAKEIBO_DATA: folder, HOST: 'localhost' });
  expect(main.url).toMatch(/^http:\/\/(127\.0\.0\.1|\[::1\]):\d+$/);
  expect(main.output()).toContain(join(folder, 'kakeibo.db'));
  expect(existsSync(join(folder, 'kakeibo.db'))).toBe(true);
  expect((await call(main.url, 'GET', '/readyz')).json).toEqual({ status: 'ready', canRead: true, canWrite: true });
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s while fifty writes are under way loses none that was acknowledged',
  async (signal) => {
    const env = { KAKEIBO_DATA: newFolder(), KAKEIBO_WRITES_PER_MINUTE: 'unlimited' };
    const main = await startMain(env);
    const wallet =
      (await call(main.url, 'POST', '/api/v1/wallets', { body: { name: 'a', currency: 'EUR' } })).headers.get('location') ?? '';
    const listening = fetch(`${main.url}/api/v1/live`).then(async (response) => response.text());
    const acknowledged = new Set<string>();
    let isOver = false;
    const writers = Array.from({ length: 50 }, async (_, writer) => {
      for (let sent = 0; !isOver; sent += 1) {
        const key = `${writer}-${sent}`;
        const body = { amount: '1.00', category: 'Food', note: key };
        const answer = await call(main.url, 'POST', `${wallet}/expenses`, { body, headers: { 'idempotency-key': key } }).catch(
          () => undefined,
        );
        if (answer?.status === 201) acknowledged.add(key);
        if (answer === undefined) break;
      }
    });
    await expect.poll(() => acknowledged.size).toBeGreaterThan(50);
    main.signal(signal);
    const { code } = await main.ended;
    isOver = true;
    expect(code).toBe(0);
    await Promise.all([...writers, listening.catch(() => undefined)]);

    const again = await startMain(env);
    const { text } = await call(again.url, 'GET', `${wallet}/exports/json`);
    const { events } = JSON.parse(text) as { readonly events: readonly { readonly meta: { readonly commandId: string } }[] };
    const stored = new Set(events.map(({ meta }) => meta.commandId));
    expect([...acknowledged].filter((key) => !stored.has(key))).toEqual([]);
  },
);

test('a second signal ends it at once', async () => {
  const main = await startMain({ KAKEIBO_DATA: newFolder() });
  // A request whose body never comes keeps the first signal waiting.
  const { hostname, port } = new URL(main.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  let answer = '';
  socket.on('data', (bytes) => (answer += bytes.toString()));
  socket.write(
    'POST /api/v1/wallets HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n',
  );
  await expect.poll(() => answer).toContain('100 Continue');
  main.signal('SIGTERM');
  const isListening = (): Promise<boolean> =>
    call(main.url, 'GET', '/healthz').then(
      () => true,
      () => false,
    );
  await expect.poll(isListening).toBe(false);
  main.signal('SIGTERM');
  // When it has waited long enough by itself it ends with 0.
  expect((await main.ended).code).toBe(1);
});

test('the log tells of requests, and nothing of anybody’s money', async () => {
  const main = await startMain({ KAKEIBO_DATA: newFolder(), LOG_LEVEL: 'debug' });
  const canary = { name: 'Canary Name', category: 'Canarycategory', note: 'Canary note', amount: '4711.08', q: 'Canaryquery' };
  const opened = await call(main.url, 'POST', '/api/v1/wallets', { body: { name: canary.name, currency: 'EUR' } });
  const wallet = opened.headers.get('location') ?? '';
  await call(main.url, 'POST', `${wallet}/expenses`, {
    body: { amount: canary.amount, category: canary.category, note: canary.note },
  });
  await call(main.url, 'POST', `${wallet}/expenses`, {
    body: { amount: canary.amount, category: 'a:'.repeat(20), note: canary.note },
  });
  await call(main.url, 'GET', `${wallet}/entries?q=${canary.q}`);
  await call(main.url, 'GET', `/nothing/${canary.q}`);
  await call(main.url, 'POST', `${wallet}/imports?format=csv`, {
    raw: `Date,Amount,Note\n2026-10-01,${canary.amount},${canary.note}\n`,
    headers: { 'content-type': 'text/csv' },
  });
  main.signal('SIGTERM');
  await main.ended;
  const output = main.output();
  for (const secret of Object.values(canary)) expect(output).not.toContain(secret);
  const lines = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  expect(lines).toHaveLength(6);
  expect(lines.map(({ method, route, status }) => `${String(method)} ${String(route)} ${String(status)}`)).toContain(
    'POST /api/v1/wallets/{walletId}/expenses 201',
  );
  expect(lines.find(({ status }) => status === 422)).toMatchObject({
    level: 'info',
    code: 'category-invalid',
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  });
});

test('a ledger that may only be read is read; writes are refused with a problem', async () => {
  const folder = newFolder();
  const first = await startMain({ KAKEIBO_DATA: folder });
  const wallet =
    (await call(first.url, 'POST', '/api/v1/wallets', { body: { name: 'a', currency: 'EUR' } })).headers.get('location') ?? '';
  first.signal('SIGTERM');
  await first.ended;
  const copy = join(newFolder(), 'read-only');
  mkdirSync(copy);
  copyFileSync(join(folder, 'kakeibo.db'), join(copy, 'kakeibo.db'));
  chmodSync(join(copy, 'kakeibo.db'), 0o444);
  chmodSync(copy, 0o555);
  // Root writes where it may not: this takes the right from it.
  const humbly =
    process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-dac_override', '--inh-caps', '-dac_override', '--'] : [];
  const main = await startMain({ KAKEIBO_DATA: copy }, humbly);
  expect((await call(main.url, 'GET', wallet)).json).toMatchObject({ name: 'a' });
  const refused = await call(main.url, 'POST', `${wallet}/income`, { body: { amount: '1' } });
  expect([refused.status, refused.json['code']]).toEqual([503, 'storage-read-only']);
  expect(await call(main.url, 'GET', '/readyz')).toMatchObject({
    status: 503,
    json: { status: 'read-only', canRead: true, canWrite: false },
  });
  expect((await call(main.url, 'GET', '/readyz?for=reads')).status).toBe(200);
  chmodSync(copy, 0o755);
});

test('a file of 20,000 rows comes in while other requests are answered', async () => {
  const main = await startMain({ KAKEIBO_DATA: newFolder() });
  const open = async () =>
    (await call(main.url, 'POST', '/api/v1/wallets', { body: { name: 'a', currency: 'EUR' } })).headers.get('location') ?? '';
  const [wallet, other] = [await open(), await open()];
  const last = Date.UTC(2026, 9, 31);
  const day = (row: number): string => new Date(last - Math.floor(row / 11) * 86_400_000).toISOString().slice(0, 10);
  const rows = Array.from({ length: 20_000 }, (_, row) => `${day(row)},-${1 + (row % 90)}.50,Shop ${row}`).join('\n');
  let isOver = false;
  const imported = call(main.url, 'POST', `${wallet}/imports?format=csv`, {
    raw: `Date,Amount,Description\n${rows}\n`,
    headers: { 'content-type': 'text/csv' },
  }).finally(() => (isOver = true));
  let answered = 0;
  while (!isOver) {
    expect((await call(main.url, 'GET', other)).status).toBe(200);
    answered += 1;
  }
  expect((await imported).json).toMatchObject({ added: 20_000, bad: [] });
  // How fast they are is measured by the bench; who has to wait for the import to end is answered once or twice.
  expect(answered).toBeGreaterThan(5);
});
