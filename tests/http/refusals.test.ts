import { describe, expect, test } from 'vitest';
import { contentRefusals } from './content-refusals.ts';
import { expense } from './refusal.ts';
import { requestRefusals } from './request-refusals.ts';
import { startService, type CallOptions } from './service.ts';

describe.each(Object.entries({ ...contentRefusals, ...requestRefusals }))('%s', (_, rows) => {
  test.each<[string, string, string, CallOptions, number, string, string?]>(
    rows as [string, string, string, CallOptions, number, string, string?][],
  )('%s', async (_name, method, path, sent, status, code, field) => {
    const service = await startService();
    const [euros, yen] = [await service.open(), await service.open({ currency: 'JPY' })];
    const answer = await service.call(method, path.replace('{w}', euros).replace('{j}', yen), sent);
    expect({ status: answer.status, code: answer.json?.['code'] }).toEqual({ status, code });
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.json).toMatchObject({
      type: `urn:kakeibo:problem:${code}`,
      status,
      requestId: answer.headers.get('x-request-id'),
    });
    expect(String(answer.json['detail'])).toMatch(/\w.*[.?_-]$/);
    if (field === undefined) return;
    const faults = (answer.json['errors'] ?? []) as unknown as readonly { path: string }[];
    expect([answer.json['field'], ...faults.map(({ path: at }) => at)]).toContain(field);
  });
});

test('a refused write changes nothing', async () => {
  const service = await startService();
  const wallet = await service.open();
  for (const [, method, path, sent] of [...contentRefusals.amounts, ...contentRefusals.entries, ...requestRefusals.bodies].filter(
    ([, , path]) => path.startsWith('{w}'),
  )) {
    await service.call(method, path.replace('{w}', wallet), sent);
  }
  expect((await service.call('GET', wallet)).json).toMatchObject({ version: 1, entries: 0, balance: '0.00' });
});

test('several faults are told at once', async () => {
  const service = await startService();
  const wallet = await service.open();
  const { json } = await service.call('POST', `${wallet}/expenses`, { body: { amount: 1, category: 2, colour: 'red' } });
  expect(json['errors']).toEqual([
    { path: 'amount', message: 'An amount is text, like "12.50", not a number.' },
    { path: 'category', message: 'It must be text.' },
    { path: 'colour', message: 'There is no such field.' },
  ]);
});

test('a closed wallet takes no entries, and takes them again when it is opened', async () => {
  const service = await startService();
  const wallet = await service.open();
  const closed = await service.call('DELETE', wallet);
  expect(closed.json).toMatchObject({ status: 'closed', version: 2 });
  const refused = await service.call('POST', `${wallet}/expenses`, expense({}));
  expect({ status: refused.status, code: refused.json['code'] }).toEqual({ status: 409, code: 'wallet-closed' });
  expect((await service.call('DELETE', wallet)).json['code']).toBe('wallet-closed');
  expect((await service.call('PATCH', wallet, { body: { closed: false } })).json).toMatchObject({ status: 'open', version: 3 });
  expect((await service.call('POST', `${wallet}/expenses`, expense({}))).status).toBe(201);
});

test('a blocking limit refuses what would go over it', async () => {
  const service = await startService();
  const wallet = await service.open();
  await service.call('PUT', `${wallet}/limits/food`, {
    body: { scope: 'Food', period: 'month', amount: '10.00', mode: 'block' },
  });
  const refused = await service.call('POST', `${wallet}/expenses`, expense({ amount: '10.01' }));
  expect({ status: refused.status, code: refused.json['code'] }).toEqual({ status: 409, code: 'limit-exceeded' });
  expect((await service.call('POST', `${wallet}/expenses`, expense({ amount: '10.00' }))).status).toBe(201);
});
