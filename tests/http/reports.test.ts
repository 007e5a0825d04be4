import { createMemoryEventStore, createMemoryViewStore, type ViewStore } from '@kakeibo/core';
import { expect, test } from 'vitest';
import { startService, type Json, type Service } from './service.ts';

const NOON = Date.parse('2026-10-14T12:00:00Z');

async function household(service: Service): Promise<string> {
  const wallet = await service.open({ zone: 'Europe/Berlin' });
  const spend = async (amount: string, category: string, occurredOn: string) =>
    service.call('POST', `${wallet}/expenses`, { body: { amount, category, occurredOn } });
  await service.call('POST', `${wallet}/income`, { body: { amount: '1000', occurredOn: '2026-10-01' } });
  await spend('200.00', 'Home:Rent', '2026-10-02');
  await spend('50.00', 'Food', '2026-10-03');
  await spend('40.00', 'Food', '2026-09-03');
  await spend('20.00', 'Food:Cafe', '2025-10-20');
  return wallet;
}

async function get(service: Service, path: string): Promise<Json> {
  const { status, json, text } = await service.call('GET', path);
  expect(status, `${path} ${text}`).toBe(200);
  return json;
}

test('spending is compared with the stretch before and the same one a year before', async () => {
  const service = await startService();
  const wallet = await household(service);
  const report = await get(service, `${wallet}/reports/spending?compare=both`);
  expect(report).toMatchObject({
    total: '250.00',
    previous: { from: '2026-09-01', to: '2026-10-01', amount: '40.00', difference: '210.00', percent: 525 },
    yearBefore: { from: '2025-10-01', to: '2025-11-01', amount: '20.00', difference: '230.00', percent: 1150 },
  });
  expect(report['rows']?.[0]).toMatchObject({
    category: 'Food',
    total: '50.00',
    drill: { from: '2026-10-01', to: '2026-11-01', category: 'Food' },
    previous: { amount: '40.00', difference: '10.00', percent: 25 },
  });
  expect(await get(service, `${wallet}/reports/spending?by=payee`)).toMatchObject({
    by: 'payee',
    rows: [{ name: null, total: '250.00', share: 100, drill: { payee: '' } }],
    rest: { names: 0, total: '0.00' },
  });
  expect(await get(service, `${wallet}/reports/spending?by=tag&limit=1`)).toMatchObject({ by: 'tag', rows: [], total: '250.00' });
  const behind = await get(service, `${wallet}/entries?from=2026-10-01&to=2026-11-01&category=Food&totals=true`);
  expect(behind['totals']).toMatchObject({ out: '50.00', received: '0.00', sent: '0.00' });
});

test('cash flow has its savings rate, the income statement its months', async () => {
  const service = await startService();
  const wallet = await household(service);
  expect(await get(service, `${wallet}/reports/cashflow?from=2026-10-01&to=2026-11-01`)).toMatchObject({
    net: '750.00',
    savingsRate: 75,
    received: '0.00',
    sent: '0.00',
  });
  const statement = await get(service, `${wallet}/reports/income?from=2026-09-01&to=2026-11-01`);
  expect(statement).toMatchObject({
    income: { total: '1000.00', amounts: ['0.00', '1000.00'], rows: [{ category: '', drill: { kind: 'income' } }] },
    expenses: { total: '290.00', amounts: ['40.00', '250.00'] },
    net: '710.00',
    months: [{ net: '-40.00' }, { net: '750.00' }],
  });
});

test('a statement is read page by page, and its sums are whole on each', async () => {
  const service = await startService();
  const wallet = await household(service);
  const seen: Json[] = [];
  for (let next = ''; ;) {
    const page = await get(service, `${wallet}/reports/statement?limit=1${next === '' ? '' : `&after=${next}`}`);
    expect(page).toMatchObject({ opening: '-60.00', in: '1000.00', out: '250.00', closing: '690.00' });
    seen.push(page['lines']?.[0] as Json);
    if (page['next'] === null) break;
    next = String(page['next']);
  }
  expect(seen.map((line) => line['balance'])).toEqual(['940.00', '740.00', '690.00']);
});

test('the largest and the unusual entries of a stretch', async () => {
  const service = await startService();
  const wallet = await household(service);
  const largest = await get(service, `${wallet}/reports/largest?limit=1`);
  expect(largest['entries']).toMatchObject([{ amount: '200.00', category: 'Home:Rent' }]);
  expect(await get(service, `${wallet}/reports/largest?kind=income`)).toMatchObject({ entries: [{ amount: '1000.00' }] });
  expect(await get(service, `${wallet}/reports/unusual`)).toMatchObject({ items: [], more: 0 });
  for (const path of ['largest', 'unusual']) {
    const { status, json } = await service.call('GET', `${wallet}/reports/${path}?from=2025-01-01&to=2026-10-01`);
    expect([status, json['code'], json['errors']?.[0]?.['path']]).toEqual([400, 'request-invalid', 'to']);
  }
});

test('what was known on a day is what was told then, and what occurred later is left out', async () => {
  let now = NOON;
  const service = await startService({ store: createMemoryEventStore({ clock: { now: () => now } }), now: () => now });
  const wallet = await household(service);
  const paths = ['spending', 'cashflow', 'balance', 'income', 'statement', 'largest', 'unusual'].map(
    (name) => `/reports/${name}`,
  );
  const told = await Promise.all([...paths, '/entries', '/limits'].map((path) => get(service, wallet + path)));
  now += 40 * 86_400_000;
  await service.call('PUT', `${wallet}/limits/food`, {
    body: { scope: 'Food', period: 'month', amount: '100', startsOn: '2026-10-01' },
  });
  await service.call('POST', `${wallet}/expenses`, { body: { amount: '9.99', category: 'Food', occurredOn: '2026-10-05' } });
  for (const [index, path] of [...paths, '/entries', '/limits'].entries()) {
    expect(await get(service, `${wallet}${path}?recordedAsOf=2026-10-14`), `${path} then`).toEqual(told[index]);
    expect(await get(service, `${wallet}${path}?recordedAsOf=2026-10-14T15:00:00%2B02:00`), `${path} then`).toEqual(told[index]);
  }
  const cut = await get(service, `${wallet}/reports/cashflow?occurredAsOf=2026-10-02&from=2026-10-01&to=2026-11-01`);
  expect(cut).toMatchObject({ from: '2026-10-01', to: '2026-11-01', in: '1000.00', out: '200.00' });
  const limits = await get(service, `${wallet}/limits?occurredAsOf=2026-10-04&on=2026-10-31`);
  expect(limits['items']?.[0]?.['current']).toMatchObject({ spent: '50.00' });
  const both = await get(service, `${wallet}/entries?occurredAsOf=2026-10-04&recordedAsOf=2026-10-14&totals=true`);
  expect(both['totals']).toMatchObject({ entries: 5, out: '310.00' });
});

test('times that are none are refused', async () => {
  const service = await startService();
  const wallet = await service.open();
  for (const query of [
    'recordedAsOf=yesterday',
    'recordedAsOf=2026-13-01',
    'recordedAsOf=2026-10-14T10:00:00',
    'occurredAsOf=2026-02-30',
  ]) {
    const { status, json } = await service.call('GET', `${wallet}/reports/cashflow?${query}`);
    expect([status, json['code'], json['errors']?.[0]?.['path']]).toEqual([400, 'request-invalid', query.split('=')[0]]);
  }
  expect((await service.call('GET', `${wallet}/reports/spending?compare=decade`)).status).toBe(400);
  expect(await get(service, `${wallet}/reports/budget`)).toMatchObject({ from: '2025-11-01', limits: [] });
});

test('a verification finds nothing in sound books, names what is broken, and a rebuild mends it', async () => {
  const views = createMemoryViewStore();
  const service = await startService({ views });
  await household(service);
  expect((await service.call('POST', '/api/v1/rebuild')).json).toMatchObject({ streams: 1, events: 6 });
  expect((await service.call('POST', '/api/v1/verify')).json).toMatchObject({ events: 6, streams: 1, findings: [], more: 0 });
  await corrupt(views);
  const { json } = await service.call('POST', '/api/v1/verify');
  expect(json['findings']).toMatchObject([{ what: 'changed', bucket: 'head', found: '[]' }]);
  await service.call('POST', '/api/v1/rebuild');
  expect((await service.call('POST', '/api/v1/verify')).json['findings']).toEqual([]);
});

async function corrupt(views: ViewStore): Promise<void> {
  const found = (await views.places({ limit: 100 })).find(({ view }) => view.startsWith('head@'));
  if (found === undefined || found.seen === null) throw new Error('the head is stored');
  const { view, stream, seen } = found;
  await views.save({ stream, views: [{ view, expected: seen, seen }], buckets: [{ view, bucket: 'head', value: [] }] });
}

test('a verification tells how far it is, and only one runs at a time', async () => {
  const views = createMemoryViewStore();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const slow = { ...views, places: (page: Parameters<ViewStore['places']>[0]) => held.then(() => views.places(page)) };
  const service = await startService({ views: slow });
  await household(service);
  const first = service.call('POST', '/api/v1/verify', { headers: { accept: 'text/event-stream' } });
  const events = first.then(({ text }) => text);
  await expect
    .poll(async () => {
      const { status, json } = await service.call('POST', '/api/v1/verify');
      return [status, json['code']];
    })
    .toEqual([409, 'verification-running']);
  expect((await service.call('POST', '/api/v1/rebuild')).status).toBe(409);
  release();
  const text = await events;
  expect(text).toContain('event: progress\ndata: {"stage":"views"');
  expect(text.trimEnd().split('\n\n').at(-1)).toMatch(/^event: result\ndata: \{"events":6,/);
  expect((await service.call('POST', '/api/v1/verify')).status).toBe(200);
});
