import { join } from 'node:path';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import { createLedger } from '@kakeibo/core';
import { expect, test } from 'vitest';
import { newFolder, startMain } from './main-process.ts';
import { call } from './service.ts';

/** Writes a wallet with a daily schedule that began long ago, without a service that would book it; its id. */
async function writeSchedule(file: string): Promise<string> {
  const store = await openSqlite({ file });
  let ids = 0;
  const ledger = createLedger({ store: store.events, views: store.views, clock: Date, ids: { next: () => `due-${(ids += 1)}` } });
  const opened = await ledger.openWallet({ name: 'Household', currency: 'EUR' });
  if (!('result' in opened)) throw new Error(JSON.stringify(opened));
  const { walletId } = opened.result;
  const startsOn = new Date(Date.now() - 300 * 24 * 3_600_000).toISOString().slice(0, 10);
  const coffee = { kind: 'expense', amount: '2.00', category: 'Food:Cafe', rule: 'FREQ=DAILY;COUNT=290', startsOn };
  expect((await ledger.wallet(walletId).setSchedule('coffee', coffee)).kind).toBe('recorded');
  await store.close();
  return walletId;
}

test('two services that start on one file book what came due while none ran, each occurrence once and on its own day', async () => {
  const file = join(newFolder(), 'kakeibo.db');
  const walletId = await writeSchedule(file);
  const env = { KAKEIBO_STORE: `sqlite:${file}` };
  const services = await Promise.all([startMain(env), startMain(env)]);
  const path = `/api/v1/wallets/${walletId}`;
  const [first, second] = services.map(({ url }) => url) as [string, string];
  const bookedBy = async (url: string): Promise<unknown> => (await call(url, 'GET', path)).json['entries'];
  await expect.poll(async () => [await bookedBy(first), await bookedBy(second)]).toEqual([290, 290]);
  const days = new Set<string>();
  for (let after: string | undefined = ''; after !== undefined;) {
    const page = await call(first, 'GET', `${path}/entries?limit=200${after === '' ? '' : `&after=${after}`}`);
    for (const { occurredOn } of page.json['items'] as unknown as { occurredOn: string }[]) days.add(occurredOn);
    after = (page.json['next'] as unknown as string | null) ?? undefined;
  }
  expect(days.size).toBe(290);
  expect((await call(second, 'GET', `${path}/schedules`)).json).toMatchObject({ items: [{ booked: 290, next: null }] });
  for (const service of services) {
    service.signal('SIGTERM');
    expect((await service.ended).code).toBe(0);
  }
});

test('a service that runs books what is set for today by itself', async () => {
  const { url, signal, ended } = await startMain({ KAKEIBO_STORE: `sqlite:${join(newFolder(), 'kakeibo.db')}` });
  const opened = await call(url, 'POST', '/api/v1/wallets', { body: { name: 'Household', currency: 'EUR' } });
  const path = `/api/v1/wallets/${String(opened.json['id'])}`;
  const body = { kind: 'expense', amount: '2.00', category: 'Food', rule: 'FREQ=DAILY' };
  await call(url, 'PUT', `${path}/schedules/coffee`, { body });
  await expect.poll(async () => (await call(url, 'GET', path)).json['entries']).toBe(1);
  signal('SIGTERM');
  expect((await ended).code).toBe(0);
});
