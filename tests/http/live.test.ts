import { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLive } from '@kakeibo/http';
import { expect, test } from 'vitest';
import { listen, take, type SentEvent } from './events.ts';
import { startService, type Service } from './service.ts';

const LIVE = '/api/v1/live';
const idOf = (wallet: string): string => wallet.split('/').at(-1) ?? '';

async function listeners(service: Service): Promise<number> {
  return Number(/^kakeibo_live_listeners (\d+)/m.exec((await service.call('GET', '/metrics')).text)?.[1]);
}

function listening(service: Service, lastEventId?: string): Promise<AsyncGenerator<SentEvent>> {
  return listen(service.url + LIVE, lastEventId === undefined ? {} : { headers: { 'last-event-id': lastEventId } });
}

test('a change and the alert that comes with it are told', async () => {
  const service = await startService();
  const wallet = await service.open();
  await service.call('PUT', `${wallet}/limits/food`, { body: { scope: 'Food', period: 'month', amount: '10' } });
  const line = await listening(service);
  await service.call('POST', `${wallet}/expenses`, { body: { amount: '8', category: 'Food' } });
  const [alert, change] = await take(line, 2);
  expect(alert).toMatchObject({
    event: 'alert',
    data: { walletId: idOf(wallet), walletName: 'Household', limitId: 'food', threshold: 80, spent: '8.00', late: false },
  });
  expect(change).toEqual({
    event: 'change',
    id: '4',
    data: { walletId: idOf(wallet), version: 4, position: 4, types: ['ExpenseAdded', 'LimitReached'] },
  });
  const { json } = await service.call('GET', '/api/v1/alerts');
  expect(alert?.data).toEqual(json['items']?.[0]);
});

test('who comes back with the last id is told what it missed, and then goes on', async () => {
  const service = await startService();
  const [one, other] = [await service.open(), await service.open()];
  const book = (wallet: string) => service.call('POST', `${wallet}/income`, { body: { amount: '1' } });
  const line = await listening(service);
  await book(one);
  const [seen] = await take(line, 1);
  expect(seen?.id).toBe('3');
  for (const wallet of [other, one, other]) await book(wallet);
  const again = await listening(service, seen?.id);
  const missed = await take(again, 2);
  expect(missed.map(({ id, data }) => [id, data['walletId'], data['version']])).toEqual([
    ['5', idOf(one), 3],
    ['6', idOf(other), 3],
  ]);
  const last = await listening(service, '6');
  await book(one);
  expect((await take(last, 1))[0]).toMatchObject({ id: '7', data: { version: 4 } });
});

test('every listener is told, and nobody is told twice', async () => {
  const service = await startService();
  const wallet = await service.open();
  const lines = [await listening(service), await listening(service), await listening(service)];
  const heard = lines.map(async (line) => {
    const versions: unknown[] = [];
    for await (const { data } of line) {
      versions.push(data['version']);
      if (data['version'] === 21) break;
    }
    return versions;
  });
  for (let sent = 0; sent < 20; sent += 1) await service.call('POST', `${wallet}/income`, { body: { amount: '1' } });
  for (const versions of await Promise.all(heard))
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => Number(a) - Number(b)));
});

test('an import of hundreds of rows is a few messages', async () => {
  const service = await startService();
  const wallet = await service.open();
  const line = await listening(service);
  const rows = Array.from({ length: 900 }, (_, row) => `2026-0${1 + (row % 9)}-11,-${row + 1}.00,Shop ${row}`).join('\n');
  const imported = service.call('POST', `${wallet}/imports?format=csv`, {
    raw: `Date,Amount,Description\n${rows}\n`,
    headers: { 'content-type': 'text/csv' },
  });
  let messages = 0;
  for await (const { data } of line) {
    messages += 1;
    if (data['version'] === 903) break;
  }
  expect((await imported).json).toMatchObject({ added: 900 });
  expect(messages).toBeLessThan(300);
});

test('only so many may listen, and a place is free again when one goes', async () => {
  const service = await startService();
  const store = service.store;
  const limited = await startService({ store, app: { live: createLive({ ledger: service.ledger, store, maxListeners: 1 }) } });
  const line = await listening(limited);
  const refused = await limited.call('GET', LIVE);
  expect([refused.status, refused.json['code'], refused.headers.get('retry-after')]).toEqual([503, 'too-many-listeners', '10']);
  const ended = take(line, 1);
  await limited.open();
  await ended;
  await expect.poll(() => listeners(limited)).toBe(0);
  await take(await listening(limited, '0'), 1);
});

test('a listener that takes nothing is dropped', async () => {
  const { store, ledger, open, call } = await startService();
  const wallet = await open();
  const live = createLive({ ledger, store, maxBufferedBytes: 2_000 });
  // A line that takes what it is given and never says that it is gone.
  const stuck = new Duplex({ read: () => undefined, write: () => undefined });
  const response = new ServerResponse(new IncomingMessage(stuck as Socket));
  response.assignSocket(stuck as Socket);
  const listened = live.listen(response);
  for (let round = 0; !response.destroyed && round < 200; round += 1) {
    await call('POST', `${wallet}/income`, { body: { amount: '1' } });
    await sleep(30);
  }
  await listened;
  expect([response.destroyed, live.listeners]).toEqual([true, 0]);
  await live.close();
});
