import { join } from 'node:path';

import { expect, test } from 'vitest';

import { newFolder, startMain, type Process } from '../http/main-process.ts';
import { call } from '../http/service.ts';

async function isWorking({ url }: Process): Promise<boolean> {
  return /^kakeibo_runner_working (\d)/m.exec((await call(url, 'GET', '/metrics')).text)?.[1] === '1';
}

test('of several services on one file one does what is due, and another goes on when it is killed', async () => {
  const env = { KAKEIBO_STORE: `sqlite:${join(newFolder(), 'kakeibo.db')}` };
  const services = await Promise.all([startMain(env), startMain(env), startMain(env)]);
  const working = async (among: readonly Process[]): Promise<readonly Process[]> => {
    let those: readonly Process[] = [];
    await expect
      .poll(async () => {
        const found = await Promise.all(among.map(isWorking));
        return (those = among.filter((_, at) => found[at])).length;
      })
      .toBeGreaterThan(0);
    return those;
  };
  const [first, ...more] = await working(services);
  expect(more).toEqual([]);
  first?.signal('SIGKILL');
  await first?.ended;
  const rest = services.filter((service) => service !== first);
  const [second, ...others] = await working(rest);
  expect(others).toEqual([]);
  // One that ends in order lets go at once, and the last one books.
  second?.signal('SIGTERM');
  expect((await second?.ended)?.code).toBe(0);
  const last = rest.find((service) => service !== second) as Process;
  expect(await working([last])).toEqual([last]);
  const opened = await call(last.url, 'POST', '/api/v1/wallets', { body: { name: 'Household', currency: 'EUR' } });
  const path = `/api/v1/wallets/${String(opened.json['id'])}`;
  const body = { kind: 'expense', amount: '2.00', category: 'Food', rule: 'FREQ=DAILY' };
  await call(last.url, 'PUT', `${path}/schedules/coffee`, { body });
  await expect.poll(async () => (await call(last.url, 'GET', path)).json['entries']).toBe(1);
});
