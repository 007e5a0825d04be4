import { expect, test } from 'vitest';
import { startService } from './service.ts';
import { importPath, upload } from './upload.ts';

const CSV = 'Date,Amount,Payee\n2026-10-01,-3.50,REWE SAGT DANKE\n2026-10-02,-4.00,Cafe\n';

test('rules are set, listed, tried on rows, applied to entries and removed', async () => {
  const service = await startService();
  const wallet = await service.open();
  await service.call('POST', importPath(wallet), upload(CSV));
  const set = await service.call('PUT', `${wallet}/import-rules/market`, {
    body: { payee: 'rewe*', category: 'Food', rename: 'REWE', tags: ['weekly'] },
  });
  expect(set).toMatchObject({ status: 200, json: { ruleId: 'market' } });
  expect((await service.call('GET', `${wallet}/import-rules`)).json['items']).toEqual([
    { id: 'market', payee: 'rewe*', note: null, kind: null, category: 'Food', tags: ['weekly'], rename: 'REWE' },
  ]);
  const preview = await service.call(
    'POST',
    importPath(wallet, true),
    upload('Date,Amount,Payee\n2026-11-01,-9.00,Rewe 7\n2026-11-02,-1.00,x\n'),
  );
  expect(preview.json['rows']?.[0]).toMatchObject({
    category: 'Food',
    payee: 'REWE',
    tags: ['weekly'],
    rules: ['market'],
    categoryFrom: 'rule',
  });
  const apply = async (body?: object) => service.call('POST', `${wallet}/import-rules/apply`, body === undefined ? {} : { body });
  expect((await apply({ dryRun: true })).json).toMatchObject({
    changed: 1,
    remaining: 0,
    items: [
      { rules: ['market'], before: { category: 'Unsorted' }, after: { category: 'Food', payee: 'REWE', tags: ['weekly'] } },
    ],
  });
  expect((await apply({ filter: { from: '2026-11-01' } })).json).toMatchObject({ status: 409, code: 'nothing-to-change' });
  expect((await apply()).json).toMatchObject({ changed: 1, crossed: [], cleared: [] });
  expect((await service.call('GET', `${wallet}/payees?prefix=re&limit=5`)).json['items']).toMatchObject([
    { name: 'REWE', category: 'Food' },
  ]);
  expect((await service.call('DELETE', `${wallet}/import-rules/market`)).status).toBe(200);
  expect((await service.call('DELETE', `${wallet}/import-rules/market`)).json).toMatchObject({
    status: 404,
    code: 'rule-unknown',
  });
});

test.each([
  ['a rule without a pattern', 'PUT', '/import-rules/a', { category: 'Food' }, 422, 'pattern-invalid'],
  ['a rule that does nothing', 'PUT', '/import-rules/a', { payee: 'x' }, 409, 'nothing-to-change'],
  ['a rule of an odd kind', 'PUT', '/import-rules/a', { payee: 'x', category: 'F', kind: 'gift' }, 422, 'kind-invalid'],
  ['a rule with an odd id', 'PUT', '/import-rules/a%20b', { payee: 'x', category: 'F' }, 422, 'rule-id-invalid'],
  [
    'a rule with a pattern of 5,000 characters',
    'PUT',
    '/import-rules/a',
    { payee: 'x'.repeat(5_000), category: 'F' },
    400,
    'request-invalid',
  ],
  ['a rule with another field', 'PUT', '/import-rules/a', { payee: 'x', regex: '.*' }, 400, 'request-invalid'],
  [
    'a filter by a day that there is not',
    'POST',
    '/import-rules/apply',
    { filter: { from: '2026-02-30' } },
    400,
    'request-invalid',
  ],
] as const)('%s is refused', async (_, method, path, body, status, code) => {
  const service = await startService();
  const wallet = await service.open();
  const answer = await service.call(method, wallet + path, { body });
  expect([answer.status, answer.json['code']]).toEqual([status, code]);
});

test('a list of payees has a size', async () => {
  const service = await startService();
  const wallet = await service.open();
  expect((await service.call('GET', `${wallet}/payees?limit=0`)).status).toBe(400);
  expect((await service.call('GET', `${wallet}/payees`)).json).toMatchObject({ items: [] });
});
