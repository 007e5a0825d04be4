import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';

import { listen } from '../http/events.ts';
import { startMain } from '../http/main-process.ts';
import { call } from '../http/service.ts';
import { serverOf } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { startServer } from '../servers/start.ts';
import { notRun } from './sqlite-mounts.ts';

const API = '/api/v1';

/** For how long the database is away. */
const OUTAGE_MS = Number(process.env['KAKEIBO_OUTAGE_SECONDS'] ?? 3) * 1_000;

/** Comes to hold within so long, however slow the machine is. */
async function until(isTrue: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + 90_000;
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error('it did not come');
    await sleep(50);
  }
}

/** Listens like a page does: comes back after a while, with the last id that it was told. */
function page(
  url: string,
  stop: AbortSignal,
): { readonly versions: Map<string, number>; readonly lines: () => number; readonly listens: Promise<void> } {
  const versions = new Map<string, number>();
  const first = Promise.withResolvers<void>();
  let [lines, last] = [0, ''];
  const listening = async (): Promise<void> => {
    while (!stop.aborted) {
      try {
        const headers = last === '' ? {} : { 'last-event-id': last };
        const events = await listen(`${url}${API}/live`, { signal: stop, headers });
        first.resolve();
        for await (const { event, id, data } of events) {
          last = id ?? last;
          if (event === 'change') versions.set(String(data['walletId']), Number(data['version']));
        }
        lines += 1;
      } catch {
        await sleep(100);
      }
    }
  };
  void listening();
  return { versions, lines: () => lines, listens: first.promise };
}

test('a database is away and comes back: writes, pages that listen and the runner go on by themselves, and nothing is lost', async () => {
  if (!isInstalled('mariadb')) return notRun('an outage of the database', 'there is no mariadb here');
  const folder = mkdtempSync(join(tmpdir(), 'kakeibo-outage-'));
  let server = await startServer('mariadb', { folder });
  onTestFinished(() => {
    process.kill(server.pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  const service = await startMain({
    KAKEIBO_STORE: await serverOf(server).freshDatabase(),
    KAKEIBO_WRITES_PER_MINUTE: 'unlimited',
  });
  const { url } = service;
  const open = async (name: string): Promise<string> =>
    String((await call(url, 'POST', `${API}/wallets`, { body: { name, currency: 'EUR' } })).json['id']);
  const [giro, savings] = [await open('Giro'), await open('Savings')];
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const { versions, lines, listens } = page(url, stop.signal);
  await listens;
  const book = async (key: string): Promise<boolean> => {
    const body = { amount: '0.01', category: 'Food' };
    const { status } = await call(url, 'POST', `${API}/wallets/${giro}/expenses`, { body, headers: { 'idempotency-key': key } });
    return status === 201;
  };
  await until(async () => (await book('first')) && versions.get(giro) === 2);

  // A transfer is on its way when the database goes.
  await Promise.all([
    call(url, 'POST', `${API}/wallets/${giro}/transfers`, {
      body: { to: savings, amount: '5.00' },
      headers: { 'idempotency-key': 'sent' },
    }),
    sleep(5).then(() => process.kill(server.pid, 'SIGKILL')),
  ]);
  await until(async () => (await call(url, 'GET', '/readyz')).status === 503);
  expect(await book('while it is away')).toBe(false);
  expect((await call(url, 'GET', `${API}/wallets/${giro}`)).status).toBe(503);
  expect((await call(url, 'GET', '/healthz')).status).toBe(200);
  await sleep(OUTAGE_MS);
  server = await startServer('mariadb', { folder, port: server.port });

  await until(async () => (await call(url, 'GET', '/readyz')).status === 200);
  await until(() => book('while it is away'));
  await call(url, 'POST', `${API}/wallets/${giro}/transfers`, {
    body: { to: savings, amount: '5.00' },
    headers: { 'idempotency-key': 'sent' },
  });
  // The runner brings it in, and the page hears of both wallets.
  const balance = async (wallet: string): Promise<unknown> =>
    (await call(url, 'GET', `${API}/wallets/${wallet}`)).json['balance'];
  await until(async () => (await balance(savings)) === '5.00');
  expect(await balance(giro)).toBe('-5.02');
  const versionOf = async (wallet: string): Promise<number> =>
    Number((await call(url, 'GET', `${API}/wallets/${wallet}`)).json['version']);
  await until(async () => versions.get(giro) === (await versionOf(giro)) && versions.get(savings) === (await versionOf(savings)));
  expect(lines(), 'the page had to come back').toBeGreaterThan(0);
  expect((await call(url, 'POST', `${API}/verify`)).json).toMatchObject({ findings: [], more: 0 });
  service.signal('SIGTERM');
  expect((await service.ended).code).toBe(0);
}, 600_000);
