import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { newFolder, startMain, type Process } from '../http/main-process.ts';
import { call, type Json } from '../http/service.ts';

const API = '/api/v1';

async function open(url: string, name: string): Promise<string> {
  return String((await call(url, 'POST', `${API}/wallets`, { body: { name, currency: 'EUR' } })).json['id']);
}

async function balance(url: string, wallet: string): Promise<number> {
  return Math.round(Number((await call(url, 'GET', `${API}/wallets/${wallet}`)).json['balance']) * 100);
}

async function inTransit(url: string): Promise<number> {
  const { json } = await call(url, 'GET', `${API}/transfers`);
  const items = json['items'] as unknown as readonly Json[];
  return items.reduce((sum, { amount = '0' }) => sum + Math.round(Number(amount) * 100), 0);
}

test('a service that is killed between the halves of transfers goes on where it was', async () => {
  const env = { KAKEIBO_DATA: newFolder(), KAKEIBO_WRITES_PER_MINUTE: 'unlimited' };
  let service: Process = await startMain(env);
  const [giro, savings] = [await open(service.url, 'Giro'), await open(service.url, 'Savings')];
  let acknowledged = 0;
  for (let cycle = 0; cycle < 4; cycle += 1) {
    const { url } = service;
    const answered = Promise.withResolvers<void>();
    const sending = Array.from({ length: 40 }, async () => {
      const body = { to: savings, amount: '0.01' };
      const { status } = await call(url, 'POST', `${API}/wallets/${giro}/transfers`, { body });
      if (status === 201) acknowledged += 1;
      answered.resolve();
    });
    // From the first answer on, since a machine may be slow: the other transfers are at any step between.
    await Promise.race([answered.promise, Promise.allSettled(sending)]);
    await sleep(cycle * 15);
    service.signal('SIGKILL');
    await Promise.allSettled([...sending, service.ended]);
    service = await startMain(env);
  }
  const { url } = service;
  // Whatever moment it is: what left is here, there, or on its way.
  const [left, arrived] = [await balance(url, giro), await balance(url, savings)];
  expect(-left).toBeGreaterThanOrEqual(arrived);
  await expect.poll(() => inTransit(url)).toBe(0);
  expect(await balance(url, savings)).toBe(-left);
  expect(-left).toBeGreaterThanOrEqual(acknowledged);
  expect(acknowledged).toBeGreaterThan(0);
  service.signal('SIGTERM');
  expect((await service.ended).code).toBe(0);
});
