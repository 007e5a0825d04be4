import { describe, expect, test } from 'vitest';
import { startService } from './service.ts';

const COFFEE = { amount: '3.50', category: 'Food:Cafe', occurredOn: '2026-10-14' };

describe('a command id', () => {
  test('has its effect once, and answers the same again', async () => {
    const service = await startService();
    const wallet = await service.open();
    const send = () => service.call('POST', `${wallet}/expenses`, { body: COFFEE, headers: { 'idempotency-key': 'coffee-1' } });
    const first = await send();
    await service.call('POST', `${wallet}/expenses`, { body: { ...COFFEE, amount: '1.00' } });
    const again = await send();
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect([again.status, again.json, again.headers.get('etag')]).toEqual([201, first.json, first.headers.get('etag')]);
    expect((await service.call('GET', wallet)).json).toMatchObject({ entries: 2, balance: '-4.50' });
  });

  test('sent fifty times at once has one effect and fifty equal answers', async () => {
    const service = await startService();
    const wallet = await service.open();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        service.call('POST', `${wallet}/expenses`, { body: COFFEE, headers: { 'idempotency-key': 'one' } }),
      ),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect((await service.call('GET', wallet)).json).toMatchObject({ entries: 1, version: 2 });
  });

  test('with other content is refused', async () => {
    const service = await startService();
    const wallet = await service.open();
    const headers = { 'idempotency-key': 'one' };
    await service.call('POST', `${wallet}/expenses`, { body: COFFEE, headers });
    const other = await service.call('POST', `${wallet}/expenses`, { body: { ...COFFEE, amount: '3.51' }, headers });
    expect({ status: other.status, code: other.json['code'] }).toEqual({ status: 422, code: 'command-id-reused' });
  });

  test('opens one wallet, which answers as it was opened, however late', async () => {
    const service = await startService();
    const send = () =>
      service.call('POST', '/api/v1/wallets', {
        body: { name: 'Household', currency: 'EUR' },
        headers: { 'idempotency-key': 'w' },
      });
    const first = await send();
    const location = first.headers.get('location') ?? '';
    await service.call('POST', `${location}/income`, { body: { amount: '100' } });
    const again = await send();
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect((await service.call('GET', '/api/v1/wallets')).json['items']).toHaveLength(1);
    expect((await service.call('GET', location)).json).toMatchObject({ balance: '100.00' });
  });

  test('of a refused command can be used again', async () => {
    const service = await startService();
    const wallet = await service.open();
    const headers = { 'idempotency-key': 'one' };
    expect((await service.call('POST', `${wallet}/expenses`, { body: { ...COFFEE, amount: '0' }, headers })).status).toBe(422);
    expect((await service.call('POST', `${wallet}/expenses`, { body: COFFEE, headers })).status).toBe(201);
  });
});

describe('a version', () => {
  test('is the ETag of every write and read', async () => {
    const service = await startService();
    const wallet = await service.open();
    const booked = await service.call('POST', `${wallet}/expenses`, { body: COFFEE });
    expect(booked.headers.get('etag')).toBe('"2"');
    const entry = `${wallet}/entries/${String(booked.json['entryId'])}`;
    for (const path of [
      wallet,
      `${wallet}/entries`,
      entry,
      `${wallet}/limits`,
      `${wallet}/reports/spending`,
      `${wallet}/imports`,
      `${wallet}/events`,
    ]) {
      const answer = await service.call('GET', path);
      expect([path, answer.status, answer.headers.get('etag')]).toEqual([path, 200, '"2"']);
      const unchanged = await service.call('GET', path, { headers: { 'if-none-match': '"2"' } });
      // What follows the calendar may differ tomorrow without an event, so it is always answered whole.
      const followsDay = path === wallet || /limits|reports/.test(path);
      expect([path, unchanged.status, unchanged.text]).toEqual([path, followsDay ? 200 : 304, followsDay ? answer.text : '']);
      expect((await service.call('GET', path, { headers: { 'if-none-match': '"1"' } })).status).toBe(200);
    }
  });

  test('that was expected and is there lets a write through, once', async () => {
    const service = await startService();
    const wallet = await service.open();
    const send = (amount: string) =>
      service.call('POST', `${wallet}/expenses`, { body: { ...COFFEE, amount }, headers: { 'if-match': '"1"' } });
    const answers = await Promise.all([send('1'), send('2'), send('3')]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 412, 412]);
    const refused = answers.find(({ status }) => status === 412);
    expect(refused?.json).toMatchObject({ code: 'version-conflict', figures: { expected: 1, actual: 2 } });
    expect(refused?.headers.get('etag')).toBe('"2"');
  });

  test('does not keep an answer after the wallet has moved on, nor after midnight', async () => {
    let now = Date.parse('2026-10-14T21:59:59Z');
    const service = await startService({ now: () => now });
    const wallet = await service.open({ zone: 'Europe/Berlin' });
    const today = async () => (await service.call('GET', wallet)).json['today'];
    expect([await today(), await today()]).toEqual(['2026-10-14', '2026-10-14']);
    await service.call('POST', `${wallet}/expenses`, { body: COFFEE });
    expect((await service.call('GET', `${wallet}/reports/spending`)).json['total']).toBe('3.50');
    await service.call('POST', `${wallet}/expenses`, { body: COFFEE });
    expect((await service.call('GET', `${wallet}/reports/spending`)).json['total']).toBe('7.00');
    now += 2_000;
    expect(await today()).toBe('2026-10-15');
  });
});
