import { createMemoryEventStore } from '@kakeibo/core';
import { expect, test } from 'vitest';
import { startService, type Service } from './service.ts';

const NOON = Date.UTC(2026, 9, 14, 12);
const DAY_MS = 86_400_000;
const PATHS = [
  '/goals',
  '/goals/bike',
  '/plans',
  '/schedules',
  '/upcoming',
  '/reports/forecast',
  '/checks',
  '/rates',
  '/limits',
  '/entries',
];

async function clockedService(): Promise<{ readonly service: Service; pass(days: number): void }> {
  let now = NOON;
  const clock = { now: () => now };
  const service = await startService({ store: createMemoryEventStore({ clock }), now: () => now });
  return { service, pass: (days) => void (now += days * DAY_MS) };
}

async function get(service: Service, path: string) {
  const { status, json, text } = await service.call('GET', path);
  expect(status, `${path} ${text}`).toBe(200);
  return json;
}

/** Does one thing of each kind. */
async function live(service: Service, wallet: string): Promise<void> {
  const send = async (method: string, path: string, body: object): Promise<void> => {
    const { status, text } = await service.call(method, wallet + path, { body });
    if (status >= 300) throw new Error(`${path} ${text}`);
  };
  await send('POST', '/income', { amount: '100.00' });
  await send('PUT', '/goals/bike', { name: 'A bike', target: '80' });
  await send('POST', '/goals/bike/save', { amount: '10.00' });
  await send('POST', '/plans', { kind: 'expense', amount: '5', category: 'Fun', expiresOn: '2026-11-01' });
  await send('PUT', '/schedules/rent', { kind: 'expense', amount: '30', category: 'Home', rule: 'FREQ=MONTHLY;BYMONTHDAY=1' });
  await send('POST', '/checks', { counted: '99.00', category: 'Odd' });
  await send('PUT', '/rates/USD', { rate: '1.1' });
}

test('what was known of goals, plans, schedules, counts, rates and of what was to come is what was told then', async () => {
  const { service, pass } = await clockedService();
  const wallet = await service.open({ zone: 'Europe/Berlin' });
  await live(service, wallet);
  const told = await Promise.all(PATHS.map((path) => get(service, wallet + path)));
  pass(40);
  await service.call('POST', `${wallet}/schedules/due`);
  await service.call('PUT', `${wallet}/rates/USD`, { body: { rate: '1.2' } });
  await service.call('PUT', `${wallet}/goals/bike`, { body: { name: 'Two', target: '90' } });
  await service.call('POST', `${wallet}/goals/bike/save`, { body: { amount: '20' } });
  await service.call('POST', `${wallet}/checks`, { body: { counted: '99.00' } });
  const plan = (await get(service, `${wallet}/plans`))['items']?.[0];
  expect(plan?.['expired']).toBe(true);
  await service.call('DELETE', `${wallet}/plans/${String(plan?.['id'])}`);
  for (const [index, path] of PATHS.entries()) {
    for (const instant of ['2026-10-14', '2026-10-14T15:00:00%2B02:00']) {
      expect([path, await get(service, `${wallet}${path}?recordedAsOf=${instant}`)]).toEqual([path, told[index]]);
    }
    expect([path, await get(service, wallet + path)]).not.toEqual([path, told[index]]);
  }
});

test('as of a day it is what had occurred by then', async () => {
  const { service, pass } = await clockedService();
  const wallet = await service.open();
  await live(service, wallet);
  pass(40);
  await service.call('POST', `${wallet}/goals/bike/save`, { body: { amount: '20' } });
  await service.call('POST', `${wallet}/checks`, { body: { counted: '99.00' } });
  await service.call('PUT', `${wallet}/rates/USD`, { body: { rate: '1.2' } });
  const seen = async (path: string) => get(service, `${wallet}${path}?occurredAsOf=2026-10-20`);
  expect(await seen('/goals')).toMatchObject({ items: [{ saved: '10.00' }], balance: '99.00', available: '89.00' });
  expect((await seen('/goals/bike'))['history']).toHaveLength(2);
  expect(await seen('/plans')).toMatchObject({ items: [{ expired: false }] });
  expect(await seen('/reports/forecast')).toMatchObject({ from: '2026-10-20', to: '2027-01-20', opening: '99.00' });
  expect((await seen('/checks'))['items']).toHaveLength(1);
  expect(await seen('/rates')).toMatchObject({ items: [{ on: '2026-10-14', rate: '1.1' }] });
});

test('what was in transit is told as of both times', async () => {
  const { service, pass } = await clockedService();
  const [from, to] = [await service.open(), await service.open({ name: 'Other' })];
  await service.call('POST', `${from}/income`, { body: { amount: '50.00' } });
  const body = { to: to.split('/').at(-1), amount: '20.00' };
  expect((await service.call('POST', `${from}/transfers`, { body })).status).toBe(201);
  const sent = (await get(service, `${from}/entries?kind=sent`))['items']?.[0]?.['recordedAt'];
  pass(2);
  const open = async (times: string) => (await get(service, `/api/v1/transfers?${times}`))['items'];
  expect(await open(`recordedAsOf=${String(sent)}`)).toMatchObject([{ state: 'sent', amount: '20.00' }]);
  expect(await open(`recordedAsOf=${String(sent)}&occurredAsOf=2026-10-13`)).toEqual([]);
  expect(await open('recordedAsOf=2026-10-13')).toEqual([]);
});

test('a time that is none is refused everywhere', async () => {
  const { service } = await clockedService();
  const wallet = await service.open();
  for (const path of [...PATHS.map((each) => wallet + each), '/api/v1/transfers']) {
    const { status, json } = await service.call('GET', `${path}?recordedAsOf=soon`);
    expect([path, status, json['code']]).toEqual([path, 400, 'request-invalid']);
  }
});

test('the forecast of a wallet follows the schedules of those that send to it', async () => {
  const { service } = await clockedService();
  const [from, to] = [await service.open(), await service.open({ name: 'Other' })];
  const walletId = from.split('/').at(-1);
  const forecast = async () => (await get(service, `${to}/reports/forecast`))['series'];
  expect(await forecast()).toEqual([]);
  const body = { kind: 'transfer', to: to.split('/').at(-1), amount: '20', rule: 'FREQ=YEARLY', startsOn: '2026-11-01' };
  expect((await service.call('PUT', `${from}/schedules/saving`, { body })).status).toBe(200);
  const step = { on: '2026-11-01', change: '20.00', balance: '20.00', what: 'incoming', id: 'saving', walletId };
  expect(await forecast()).toEqual([step]);
});
