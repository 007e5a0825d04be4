import { openApiDocument } from '@kakeibo/http';
import { expect, test } from 'vitest';
import { misfits, type Schema } from './json-schema.ts';
import { startService, type Answer, type Json, type Service } from './service.ts';

const document = openApiDocument();

interface Described {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>>;
}

/** Calls an operation by the document's own path, and checks the answer against what the document says of it. */
async function ask(
  service: Service,
  method: string,
  pattern: string,
  at: { params?: readonly string[]; query?: string; body?: unknown } = {},
): Promise<Json> {
  const params = [...(at.params ?? [])];
  const path = pattern.replaceAll(/\{\w+\}/g, () => params.shift() ?? '');
  const answer: Answer = await service.call(method, path + (at.query ?? ''), at.body === undefined ? {} : { body: at.body });
  const described = (document.paths?.[pattern] as Readonly<Record<string, Described>> | undefined)?.[method.toLowerCase()];
  const schema = described?.responses[String(answer.status)]?.content?.['application/json']?.schema;
  expect(schema, `${method} ${pattern} answers ${answer.status} ${answer.text}`).toBeDefined();
  expect(misfits(document, schema as Schema, answer.json)).toEqual([]);
  return answer.json;
}

const W = '/api/v1/wallets/{walletId}';

test('a household’s month, and every answer is as the document says', async () => {
  const service = await startService();
  const wallet = await ask(service, 'POST', '/api/v1/wallets', {
    body: { name: 'Household', currency: 'EUR', zone: 'Europe/Berlin' },
  });
  const id = String(wallet['id']);
  expect(wallet).toMatchObject({ decimals: 2, status: 'open', openedOn: '2026-10-14', balance: '0.00', entries: 0, version: 1 });
  const params = [id];

  await ask(service, 'POST', `${W}/income`, { params, body: { amount: '2100', note: 'Salary', occurredOn: '2026-10-01' } });
  const set = await ask(service, 'PUT', `${W}/limits/{limitId}`, {
    params: [id, 'food'],
    body: { scope: 'Food', period: 'month', amount: '100' },
  });
  expect(set).toMatchObject({ limitId: 'food', crossed: [] });
  const groceries = await ask(service, 'POST', `${W}/expenses`, {
    params,
    body: { amount: '79.99', category: 'Food:Groceries', note: 'Wöchentlich' },
  });
  expect(groceries).toMatchObject({ balance: '2020.01', crossed: [] });
  const cafe = await ask(service, 'POST', `${W}/expenses`, { params, body: { amount: '0.01', category: 'Food:Cafe' } });
  expect(cafe['crossed']).toMatchObject([{ limitId: 'food', scope: 'Food', threshold: 80, spent: '80.00', amount: '100.00' }]);

  const limits = await ask(service, 'GET', `${W}/limits`, { params });
  expect(limits['items']?.[0]).toMatchObject({
    id: 'food',
    current: { spent: '80.00', left: '20.00', percent: 80, state: 'near', daysLeft: 18, leftPerDay: '1.11' },
  });
  const alerts = await ask(service, 'GET', '/api/v1/alerts');
  expect(alerts['items']).toMatchObject([
    { walletId: id, walletName: 'Household', threshold: 80, entryId: cafe['entryId'], clearedAt: null },
  ]);

  const entry = [id, String(groceries['entryId'])];
  const corrected = await ask(service, 'PATCH', `${W}/entries/{entryId}`, {
    params: entry,
    body: { amount: '70.00', note: null },
  });
  expect(corrected['cleared']).toMatchObject([{ limitId: 'food', threshold: 80 }]);
  await ask(service, 'DELETE', `${W}/entries/{entryId}`, { params: entry, body: { reason: 'twice' } });
  const voided = await ask(service, 'GET', `${W}/entries/{entryId}`, { params: entry });
  expect(voided).toMatchObject({ void: true, voidReason: 'twice', corrected: true, balance: null });
  expect(voided['history']).toMatchObject([
    { type: 'ExpenseAdded' },
    { type: 'EntryCorrected', before: { amount: '79.99' }, after: { amount: '70.00', note: null } },
    { type: 'EntryVoided', reason: 'twice' },
  ]);
  await ask(service, 'POST', `${W}/entries/{entryId}/restore`, { params: entry });

  const page = await ask(service, 'GET', `${W}/entries`, { params, query: '?q=CAFE&totals=true' });
  expect(page).toMatchObject({
    items: [{ category: 'Food:Cafe', amount: '0.01' }],
    next: null,
    totals: { entries: 1, in: '0.00', out: '0.01' },
  });
  expect(await ask(service, 'GET', `${W}/entries`, { params, query: '?min=70&max=70.00&kind=expense' })).toMatchObject({
    items: [{ amount: '70.00' }],
  });

  const spending = await ask(service, 'GET', `${W}/reports/spending`, { params });
  expect(spending).toMatchObject({ from: '2026-10-01', to: '2026-11-01', total: '70.01' });
  expect(spending['rows']?.[0]).toEqual({
    category: 'Food',
    depth: 0,
    own: '0.00',
    total: '70.01',
    share: 100,
    drill: { category: 'Food', from: '2026-10-01', to: '2026-11-01' },
  });
  expect(await ask(service, 'GET', `${W}/reports/spending`, { params, query: '?by=month&from=2026-01-01' })).toMatchObject({
    to: '2026-11-01',
    categories: ['Food'],
  });
  const balance = await ask(service, 'GET', `${W}/reports/balance`, { params });
  expect(balance).toMatchObject({ balance: '2029.99', on: '2026-10-14', opening: '0.00' });
  expect(balance['series']).toHaveLength(90);
  const cashflow = await ask(service, 'GET', `${W}/reports/cashflow`, { params });
  expect(cashflow).toMatchObject({ from: '2025-11-01', to: '2026-11-01', in: '2100.00', out: '70.01', net: '2029.99' });
  expect(cashflow['months']).toHaveLength(12);

  expect((await ask(service, 'GET', `${W}/events`, { params }))['items']).toHaveLength(10);
  await ask(service, 'DELETE', `${W}/limits/{limitId}`, { params: [id, 'food'] });
  expect(await ask(service, 'PATCH', W, { params, body: { name: 'Haushalt' } })).toMatchObject({ name: 'Haushalt' });
  expect(await ask(service, 'DELETE', W, { params })).toMatchObject({ status: 'closed', balance: '2029.99' });
  expect((await ask(service, 'GET', '/api/v1/wallets'))['items']).toHaveLength(1);
});

test('pages of every list put together hold each item once, in order', async () => {
  const service = await startService();
  const wallet = await service.open();
  await service.call('PUT', `${wallet}/limits/all`, {
    body: { period: 'day', amount: '0.01', thresholds: [1, 2, 3, 4, 5], startsOn: '2026-01-01' },
  });
  for (let day = 1; day <= 12; day += 1) {
    await service.call('POST', `${wallet}/expenses`, {
      body: { amount: `${day}`, category: 'a', occurredOn: `2026-0${1 + (day % 9)}-0${1 + (day % 5)}` },
    });
  }
  for (const path of [`${wallet}/entries`, `${wallet}/events`, '/api/v1/alerts']) {
    const whole = (await service.call('GET', `${path}?limit=200`)).json['items'] as unknown as readonly unknown[];
    expect(whole.length).toBeGreaterThan(11);
    const parts: unknown[] = [];
    for (let after: string | undefined = ''; after !== undefined;) {
      const { json }: Answer = await service.call('GET', `${path}?limit=5${after === '' ? '' : `&after=${after}`}`);
      parts.push(...(json['items'] as unknown as readonly unknown[]));
      after = json['next'] === null ? undefined : String(json['next']);
    }
    expect(parts).toEqual(whole);
  }
});
