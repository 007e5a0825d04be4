import { setTimeout as sleep } from 'node:timers/promises';
import { createRunner } from '@kakeibo/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startService, type Answer, type Service } from './service.ts';

interface Running extends Service {
  /** Settles when nothing is in transit any more. */
  settled(): Promise<void>;
}

async function start(): Promise<Running> {
  const service = await startService();
  const { store, ledger } = service;
  const runner = createRunner({ store, lists: [ledger.openTransfers], timer: { sleep } });
  onTestFinished(() => runner.close());
  return { ...service, settled: () => runner.settled() };
}

const idOf = (wallet: string): string => wallet.split('/').at(-1) ?? '';
const API = '/api/v1';

async function balances(service: Service, ...wallets: readonly string[]): Promise<readonly unknown[]> {
  return Promise.all(wallets.map(async (wallet) => (await service.call('GET', wallet)).json['balance']));
}

test('a transfer leaves, is in transit, arrives, and is taken back by either side', async () => {
  const service = await start();
  const [giro, dollars] = [await service.open({ name: 'Giro' }), await service.open({ name: 'Dollars', currency: 'USD' })];
  const body = {
    to: idOf(dollars),
    amount: '100',
    toAmount: '108.42',
    payee: 'Me',
    note: 'Holiday',
    tags: ['usa'],
    fee: { amount: '1.50', category: 'Bank:Fees' },
  };
  const headers = { 'Idempotency-Key': 'once' };
  const sent = await service.call('POST', `${giro}/transfers`, { body, headers });
  expect(sent.status).toBe(201);
  expect(sent.headers.get('etag')).toBe('"3"');
  const { transferId } = sent.json;
  expect(sent.json).toEqual({
    transferId,
    entryId: transferId,
    version: 3,
    position: 4,
    balance: '-101.50',
    crossed: [],
    cleared: [],
  });
  const { json: transit } = await service.call('GET', `${API}/transfers`);
  expect(transit['items']).toMatchObject([
    { transferId, state: 'sent', recalled: false, amount: '100.00', toAmount: '108.42', derivedRate: '1.0842', reason: null },
  ]);

  await service.settled();
  expect(await balances(service, giro, dollars)).toEqual(['-101.50', '108.42']);
  expect((await service.call('GET', `${API}/transfers`)).json).toEqual({ items: [], count: 0 });
  const { json: page } = await service.call('GET', `${dollars}/transfers`);
  expect(page).toMatchObject({
    items: [{ transferId, direction: 'in', state: 'arrived', walletId: idOf(giro), amount: '108.42', otherAmount: '100.00' }],
    next: null,
  });
  const again = await service.call('POST', `${giro}/transfers`, { body, headers });
  expect([again.status, again.headers.get('idempotency-replayed'), again.text]).toEqual([201, 'true', sent.text]);

  const back = await service.call('DELETE', `${giro}/transfers/${String(transferId)}`);
  expect(back).toMatchObject({ status: 200, json: { transferId, entryId: transferId, balance: '-101.50' } });
  await service.settled();
  expect(await balances(service, giro, dollars)).toEqual(['-1.50', '0.00']);
  expect((await service.call('GET', `${giro}/transfers`)).json).toMatchObject({ items: [{ state: 'returned' }] });

  const second = await service.call('POST', `${giro}/transfers`, { body: { to: idOf(dollars), amount: '1', toAmount: '1' } });
  await service.settled();
  const given = await service.call('DELETE', `${dollars}/transfers/${String(second.json['transferId'])}`, {
    body: { reason: 'Not mine' },
  });
  expect(given).toMatchObject({ status: 200, json: { balance: '0.00' } });
  await service.settled();
  expect(await balances(service, giro, dollars)).toEqual(['-1.50', '0.00']);
});

test('what is sent to a wallet that closes comes back, and says why', async () => {
  const service = await start();
  const [giro, savings] = [await service.open(), await service.open()];
  const { json } = await service.call('POST', `${giro}/transfers`, { body: { to: idOf(savings), amount: '5' } });
  await service.call('DELETE', savings);
  await service.settled();
  expect(await balances(service, giro, savings)).toEqual(['0.00', '0.00']);
  expect((await service.call('GET', `${giro}/entries?void=only`)).json['items']).toMatchObject([
    { id: json['entryId'], kind: 'sent', void: true, voidReason: 'wallet-closed' },
  ]);
});

test('the transfers of a wallet come by pages, what is in transit on top', async () => {
  const service = await start();
  const [giro, savings] = [await service.open(), await service.open()];
  for (let count = 1; count <= 7; count += 1) {
    await service.call('POST', `${giro}/transfers`, { body: { to: idOf(savings), amount: String(count) } });
    if (count === 6) await service.settled();
  }
  const pages: Answer[] = [];
  let after = '';
  do {
    pages.push(await service.call('GET', `${giro}/transfers?limit=4${after}`));
    after = `&after=${pages.at(-1)?.json['next'] as unknown as string}`;
  } while (pages.at(-1)?.json['next'] !== null);
  const shown = pages.map(({ json }) =>
    (json['items'] as unknown as readonly { amount: string; state: string }[]).map(({ amount, state }) => `${amount} ${state}`),
  );
  expect(shown).toEqual([
    ['7.00 sent', '6.00 arrived', '5.00 arrived', '4.00 arrived', '3.00 arrived'],
    ['2.00 arrived', '1.00 arrived'],
  ]);
});

test('two booked entries are proposed as one transfer, and joined when that is confirmed', async () => {
  const service = await start();
  const [giro, savings] = [await service.open(), await service.open()];
  await service.call('POST', `${giro}/expenses`, { body: { amount: '50', category: 'Unsorted', occurredOn: '2026-10-10' } });
  await service.call('POST', `${savings}/income`, { body: { amount: '50', occurredOn: '2026-10-12' } });
  await service.call('POST', `${savings}/income`, { body: { amount: '50', occurredOn: '2026-10-01' } });
  const { json } = await service.call('GET', `${API}/transfers/proposals?from=2026-10-01&to=2026-11-01`);
  const items = json['items'] as unknown as readonly { from: object; to: object }[];
  expect(items).toMatchObject([{ amount: '50.00', currency: 'EUR', leftOn: '2026-10-10', arrivedOn: '2026-10-12' }]);
  const { from, to } = items[0] ?? { from: {}, to: {} };
  const joined = await service.call('POST', `${API}/transfers/join`, { body: { from, to } });
  expect(joined).toMatchObject({ status: 200, json: { balance: '-50.00', crossed: [], cleared: [] } });
  await service.settled();
  expect((await service.call('GET', `${savings}/reports/cashflow`)).json).toMatchObject({ in: '50.00' });
  expect((await service.call('GET', `${API}/transfers/proposals`)).json['items']).toEqual([]);
  expect((await service.call('POST', `${API}/transfers/join`, { body: { from, to } })).json['code']).toBe('entry-is-transfer');
});

test('what was booked today is proposed wherever a day has begun', async () => {
  const service = await startService({ now: () => Date.parse('2026-10-14T23:30:00Z') });
  const [giro, savings] = [await service.open({ zone: 'Europe/Berlin' }), await service.open({ zone: 'Pacific/Auckland' })];
  await service.call('POST', `${giro}/expenses`, { body: { amount: '75', category: 'Unsorted' } });
  await service.call('POST', `${savings}/income`, { body: { amount: '75' } });
  const { items } = (await service.call('GET', `${API}/transfers/proposals`)).json;
  expect(items).toMatchObject([{ leftOn: '2026-10-15', arrivedOn: '2026-10-15' }]);
});

describe('is refused', () => {
  const NOBODY = '00000000-0000-8000-8000-000000000000';
  const to = '{to}';
  const rows: [
    name: string,
    method: string,
    path: string,
    body: object | undefined,
    status: number,
    code: string,
    field: string,
  ][] = [
    ['a wallet that is not there', 'POST', '/transfers', { to: NOBODY, amount: '1' }, 404, 'wallet-unknown', 'to'],
    ['a wallet that cannot be one', 'POST', '/transfers', { to: '../x', amount: '1' }, 404, 'wallet-unknown', 'to'],
    ['a closed wallet', 'POST', '/transfers', { to: '{closed}', amount: '1' }, 409, 'wallet-closed', 'to'],
    ['itself', 'POST', '/transfers', { to: '{own}', amount: '1' }, 422, 'transfer-to-itself', 'to'],
    [
      'another currency without an amount',
      'POST',
      '/transfers',
      { to: '{yen}', amount: '1' },
      422,
      'amount-malformed',
      'toAmount',
    ],
    [
      'too many decimals over there',
      'POST',
      '/transfers',
      { to: '{yen}', amount: '1', toAmount: '1.5' },
      422,
      'amount-too-precise',
      'toAmount',
    ],
    ['more than was sent', 'POST', '/transfers', { to, amount: '1', toAmount: '2' }, 422, 'amounts-differ', 'toAmount'],
    ['nothing', 'POST', '/transfers', { to, amount: '0' }, 422, 'amount-not-positive', 'amount'],
    [
      'a fee without a category',
      'POST',
      '/transfers',
      { to, amount: '1', fee: { amount: '1', category: ' ' } },
      422,
      'category-missing',
      'fee.category',
    ],
    ['a field that is none', 'POST', '/transfers', { to, amount: '1', rate: '2' }, 400, 'request-invalid', 'rate'],
    ['a number for an amount', 'POST', '/transfers', { to, amount: 1 }, 400, 'request-invalid', 'amount'],
    ['to take back what was never sent', 'DELETE', `/transfers/${NOBODY}`, undefined, 404, 'transfer-unknown', 'transferId'],
  ];
  test.each(rows)('%s', async (_name, method, path, body, status, code, field) => {
    const service = await start();
    const names = {
      own: await service.open(),
      to: await service.open(),
      closed: await service.open(),
      yen: await service.open({ currency: 'JPY' }),
    };
    await service.call('DELETE', names.closed);
    let raw = body === undefined ? undefined : JSON.stringify(body);
    for (const [name, wallet] of Object.entries(names)) raw = raw?.replace(`{${name}}`, idOf(wallet));
    const answer = await service.call(method, names.own + path, raw === undefined ? {} : { body: JSON.parse(raw) as object });
    expect({ status: answer.status, code: answer.json['code'] }).toEqual({ status, code });
    const faults = (answer.json['errors'] ?? []) as unknown as readonly { path: string }[];
    expect([answer.json['field'], ...faults.map(({ path: at }) => at)]).toContain(field);
    expect(await balances(service, names.own)).toEqual(['0.00']);
  });

  test('joining what is not there, and a stretch that never ends', async () => {
    const service = await start();
    const half = { walletId: NOBODY, entryId: NOBODY };
    const own = { walletId: idOf(await service.open()), entryId: NOBODY };
    const other = { walletId: idOf(await service.open()), entryId: NOBODY };
    const codes = await Promise.all(
      [
        { from: half, to: own },
        { from: own, to: half },
        { from: own, to: own },
        { from: own, to: other },
        { from: own, to: { ...other, entryId: 'x'.repeat(101) } },
      ].map(async (body) => (await service.call('POST', `${API}/transfers/join`, { body })).json['code']),
    );
    expect(codes).toEqual(['wallet-unknown', 'wallet-unknown', 'transfer-to-itself', 'entry-unknown', 'request-invalid']);
    const { status } = await service.call('GET', `${API}/transfers/proposals?from=2000-01-01&to=2026-01-01`);
    expect(status).toBe(400);
  });
});
