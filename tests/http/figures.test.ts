import { expect, test } from 'vitest';
import type { Refusal } from './refusal.ts';
import { startService, type Service } from './service.ts';

const NET = '/api/v1/reports/networth';

async function withMoney(service: Service, currency = 'EUR', name = 'Household'): Promise<string> {
  const wallet = await service.open({ currency, name });
  await service.call('POST', `${wallet}/income`, { body: { amount: '100.00', occurredOn: '2026-10-01' } });
  return wallet;
}

test('a counted balance shows the difference, and books it with a category', async () => {
  const service = await startService();
  const wallet = await withMoney(service);
  const seen = await service.call('POST', `${wallet}/checks`, { body: { counted: '95.00' } });
  expect(seen.status).toBe(201);
  expect(seen.json).toMatchObject({
    on: '2026-10-14',
    expected: '100.00',
    difference: '-5.00',
    entryId: null,
    balance: '100.00',
  });
  const booked = await service.call('POST', `${wallet}/checks`, { body: { counted: '95.00', category: 'Cash' } });
  expect(booked.json).toMatchObject({ difference: '-5.00', balance: '95.00', entryId: expect.stringMatching(/-/) as string });
  const { json } = await service.call('GET', `${wallet}/checks`);
  expect(json['items']).toMatchObject([
    { entryId: booked.json['entryId'], expected: '100.00', expectedNow: '95.00', differenceNow: '0.00' },
    { entryId: null, expected: '100.00', differenceNow: '0.00' },
  ]);
  expect((await service.call('GET', `${wallet}/checks?from=2026-10-15`)).json).toMatchObject({ items: [] });
});

test('counting tells the limits that it crosses', async () => {
  const service = await startService();
  const wallet = await withMoney(service);
  await service.call('PUT', `${wallet}/limits/cash`, { body: { scope: 'Cash', period: 'month', amount: '5' } });
  const { json } = await service.call('POST', `${wallet}/checks`, { body: { counted: '95.00', category: 'Cash' } });
  expect(json['crossed']).toMatchObject([{ threshold: 80 }, { threshold: 100 }]);
});

test('rates are set, listed and removed', async () => {
  const service = await startService();
  const wallet = await withMoney(service);
  expect((await service.call('PUT', `${wallet}/rates/USD`, { body: { rate: '1.0840', on: '2026-10-01' } })).json).toEqual({
    quote: 'USD',
    version: 3,
    position: 3,
  });
  await service.call('PUT', `${wallet}/rates/JPY`, { body: { rate: '170' } });
  expect((await service.call('GET', `${wallet}/rates`)).json).toMatchObject({
    items: [
      { quote: 'JPY', on: '2026-10-14', rate: '170' },
      { quote: 'USD', on: '2026-10-01', rate: '1.084' },
    ],
    more: false,
  });
  expect((await service.call('DELETE', `${wallet}/rates/USD?on=2026-10-01`)).status).toBe(200);
  expect((await service.call('DELETE', `${wallet}/rates/USD?on=2026-10-01`)).json).toMatchObject({ code: 'rate-unknown' });
  expect((await service.call('GET', `${wallet}/rates?quote=USD`)).json).toMatchObject({ items: [] });
});

test('price lines go to the wallets of their currency, and the net worth is told by them', async () => {
  const service = await startService();
  await withMoney(service);
  const dollars = await withMoney(service, 'USD', 'Savings');
  const raw = '; a bank\nP 2026-10-01 USD 0.925 EUR\nP 2026-10-01 CHF 1.05 EUR\n';
  const sent = { raw, headers: { 'content-type': 'text/plain; charset=utf-8' } };
  expect((await service.call('POST', '/api/v1/rates', sent)).json).toMatchObject({
    set: 1,
    same: 0,
    unused: [{ line: 3, base: 'CHF' }],
    refused: [],
  });
  expect((await service.call('POST', '/api/v1/rates', sent)).json).toMatchObject({ set: 0, same: 1 });
  expect((await service.call('GET', `${dollars}/rates`)).json).toMatchObject({ items: [{ rate: '0.925' }] });
  const { json, status } = await service.call('GET', `${NET}?currency=EUR&from=2026-09-01&to=2026-11-01`);
  expect(status).toBe(200);
  expect(json).toMatchObject({
    total: '192.50',
    on: '2026-10-14',
    wallets: [
      { name: 'Household', balance: '100.00', converted: '100.00', rate: null },
      { name: 'Savings', balance: '100.00', converted: '92.50', rate: { rate: '0.925', on: '2026-10-01', given: false } },
    ],
    unconverted: [],
    series: [{ total: '0.00' }, { total: '192.50' }],
  });
  expect((await service.call('GET', `${NET}?currency=JPY`)).json).toMatchObject({
    total: '0',
    unconverted: [{ currency: 'EUR' }, { currency: 'USD' }],
  });
});

test.each([
  ['2026-10-14T14:59:00Z', '2026-10-14', '100.00'],
  ['2026-10-14T15:00:00Z', '2026-10-15', '175.00'],
  ['2026-10-15T06:59:00Z', '2026-10-15', '175.00'],
  ['2026-10-31T15:00:00Z', '2026-11-01', '175.00'],
])('net worth at %s is of the latest day that any wallet has then', async (at, on, total) => {
  const service = await startService({ now: () => Date.parse(at) });
  const west = await service.open({ zone: 'America/Los_Angeles' });
  const east = await service.open({ zone: 'Asia/Tokyo' });
  await service.call('POST', `${west}/income`, { body: { amount: '100', occurredOn: '2026-10-14' } });
  await service.call('POST', `${east}/income`, { body: { amount: '75', occurredOn: '2026-10-15' } });
  const { json } = await service.call('GET', `${NET}?currency=EUR`);
  expect(json).toMatchObject({ on, total });
  expect((json['series'] as unknown as readonly { to: string }[]).at(-1)?.to.slice(0, 7)).toBe(
    on < '2026-11' ? '2026-11' : '2026-12',
  );
});

test('net worth as it was known is of the latest day that any wallet had then', async () => {
  let now = '2026-10-14T12:00:00Z';
  const service = await startService({ now: () => Date.parse(now) });
  await service.open({ zone: 'America/Los_Angeles' });
  await service.open({ zone: 'Asia/Tokyo' });
  now = '2026-10-20T12:00:00Z';
  const dayOf = async (more: string) => (await service.call('GET', `${NET}?currency=EUR&${more}`)).json['on'];
  expect(await dayOf('recordedAsOf=2026-10-14T16:00:00Z')).toBe('2026-10-15');
  expect(await dayOf('recordedAsOf=2026-10-14T14:00:00Z')).toBe('2026-10-14');
  expect(await dayOf('recordedAsOf=2026-10-14')).toBe('2026-10-14');
  expect(await dayOf('recordedAsOf=2026-10-14T16:00:00Z&occurredAsOf=2026-10-02')).toBe('2026-10-02');
  expect(await dayOf('occurredAsOf=2026-10-25')).toBe('2026-10-20');
});

test('net worth of no wallet is of today in UTC', async () => {
  const service = await startService({ now: () => Date.parse('2026-10-14T23:59:00Z') });
  expect((await service.call('GET', `${NET}?currency=EUR`)).json).toMatchObject({ on: '2026-10-14', total: '0.00', wallets: [] });
});

const lines = (raw: string | Uint8Array<ArrayBuffer>, type = 'text/plain'): Refusal[3] => ({
  raw,
  headers: { 'content-type': type },
});
const refusals: readonly Refusal[] = [
  ['counting text', 'POST', '{w}/checks', { body: { counted: 'much' } }, 422, 'amount-malformed', 'counted'],
  ['counting a number', 'POST', '{w}/checks', { body: { counted: 5 } }, 400, 'request-invalid', 'counted'],
  ['counting tomorrow', 'POST', '{w}/checks', { body: { counted: '5', on: '2026-10-15' } }, 422, 'date-out-of-range', 'on'],
  ['an empty category', 'POST', '{w}/checks', { body: { counted: '5', category: '' } }, 422, 'category-missing', 'category'],
  ['checks of no stretch', 'GET', '{w}/checks?from=2026-10-02&to=2026-10-01', {}, 400, 'request-invalid', 'to'],
  ['a rate of nothing', 'PUT', '{w}/rates/USD', { body: { rate: '0' } }, 422, 'rate-invalid', 'rate'],
  ['a negative rate', 'PUT', '{w}/rates/USD', { body: { rate: '-1' } }, 422, 'rate-invalid', 'rate'],
  ['a rate with an exponent', 'PUT', '{w}/rates/USD', { body: { rate: '1e3' } }, 422, 'rate-invalid', 'rate'],
  ['a rate of 19 digits', 'PUT', '{w}/rates/USD', { body: { rate: '1.234567890123456789' } }, 422, 'rate-invalid', 'rate'],
  ['a rate as a number', 'PUT', '{w}/rates/USD', { body: { rate: 1.08 } }, 400, 'request-invalid', 'rate'],
  ['a rate of an unknown currency', 'PUT', '{w}/rates/DEM', { body: { rate: '1' } }, 422, 'currency-unknown', 'quote'],
  ['a rate of the wallet’s own', 'PUT', '{w}/rates/EUR', { body: { rate: '1' } }, 422, 'rate-invalid', 'quote'],
  ['a price line that is none', 'POST', '/api/v1/rates', lines('P 2026-10-01 EUR 2 USD\nP x'), 422, 'rate-invalid', 'line 2'],
  ['price lines as JSON', 'POST', '/api/v1/rates', { body: [] }, 415, 'content-type-refused'],
  ['price lines that are no text', 'POST', '/api/v1/rates', lines(new Uint8Array([0xff, 0xfe])), 422, 'rate-invalid'],
  ['two megabytes of price lines', 'POST', '/api/v1/rates', lines('x'.repeat(2_000_001)), 413, 'body-too-large'],
  ['a net worth in nothing', 'GET', NET, {}, 400, 'request-invalid', 'currency'],
  ['a net worth in an unknown currency', 'GET', `${NET}?currency=DEM`, {}, 400, 'request-invalid', 'currency'],
  ['a net worth of 500 months', 'GET', `${NET}?currency=EUR&from=1980-01-01`, {}, 400, 'request-invalid', 'to'],
];

test.each<[...Refusal]>(refusals.map((row) => [...row]))(
  '%s is refused, and changes nothing',
  async (_, method, path, sent, status, code, field) => {
    const service = await startService();
    const wallet = await withMoney(service);
    const { json, status: got } = await service.call(method, path.replace('{w}', wallet), sent);
    expect({ status: got, code: json['code'] }).toEqual({ status, code });
    if (field !== undefined) expect(JSON.stringify([json['field'], json['errors']])).toContain(`"${field}"`);
    expect((await service.call('GET', wallet)).json).toMatchObject({ version: 2 });
  },
);
