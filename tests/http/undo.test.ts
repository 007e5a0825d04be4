import { expect, test } from 'vitest';
import { startService, type Answer } from './service.ts';

const status = ({ status: code, json }: Answer) => [code, json['code'] ?? null];

test('the last thing done is undone and redone, and an undoing by its version', async () => {
  const { call, open } = await startService();
  const wallet = await open();
  await call('PUT', `${wallet}/limits/food`, { body: { scope: 'Food', period: 'month', amount: '10.00' } });
  await call('POST', `${wallet}/expenses`, { body: { amount: '9.00', category: 'Food' } });
  const undone = await call('POST', `${wallet}/undo`, { headers: { 'Idempotency-Key': 'once' } });
  expect(undone).toMatchObject({
    status: 200,
    json: { undone: 3, redone: null, entries: 1, version: 7, crossed: [], cleared: [{ limitId: 'food', threshold: 80 }] },
  });
  expect(undone.headers.get('etag')).toBe('"7"');
  const again = await call('POST', `${wallet}/undo`, { headers: { 'Idempotency-Key': 'once' } });
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(again.json).toEqual(undone.json);
  expect(await call('POST', `${wallet}/redo`)).toMatchObject({ status: 200, json: { undone: 5, redone: 3, version: 10 } });
  expect(await call('POST', `${wallet}/undo`, { body: { version: 9 } })).toMatchObject({ status: 200, json: { undone: 3 } });
  expect((await call('GET', wallet)).json).toMatchObject({ balance: '0.00', entries: 0 });
});

test('what cannot be undone says why', async () => {
  const { call, open } = await startService();
  const wallet = await open();
  const undo = async (version?: unknown) =>
    status(await call('POST', `${wallet}/undo`, { body: version === undefined ? {} : { version } }));
  expect(await undo()).toEqual([409, 'change-final']);
  expect(await undo(7)).toEqual([404, 'change-unknown']);
  for (const version of [0, -1, 1.5, '1', null, 1e300]) expect(await undo(version)).toEqual([400, 'request-invalid']);
  expect(status(await call('POST', `${wallet}/redo`))).toEqual([404, 'change-unknown']);
  const added = await call('POST', `${wallet}/expenses`, { body: { amount: '9.00', category: 'Food' } });
  const entryId = String(added.json['entryId']);
  await call('PATCH', `${wallet}/entries/${entryId}`, { body: { amount: '8.00' } });
  expect(await call('POST', `${wallet}/undo`, { body: { version: 2 } })).toMatchObject({
    status: 409,
    json: { code: 'changed-since', figures: { entryId, undoFirst: 3 } },
  });
  expect(await undo(3)).toEqual([200, null]);
  expect(await undo(3)).toEqual([409, 'change-undone']);
  expect(await call('POST', `${wallet}/undo`, { body: { version: 2 }, headers: { 'If-Match': '"3"' } })).toMatchObject({
    status: 412,
    json: { code: 'version-conflict' },
  });
  await call('DELETE', wallet);
  expect(await undo(2)).toEqual([409, 'wallet-closed']);
  const unknown = wallet.replace(/[^/]+$/, '00000000-0000-8000-8000-000000000000');
  for (const path of ['undo', 'redo']) expect(status(await call('POST', `${unknown}/${path}`))).toEqual([404, 'wallet-unknown']);
});

test('the history is read page by page', async () => {
  const { call, open } = await startService();
  const wallet = await open();
  await call('POST', `${wallet}/expenses`, { body: { amount: '9.00', category: 'Food', payee: 'Baker' } });
  await call('POST', `${wallet}/undo`);
  const first = await call('GET', `${wallet}/history?limit=2`);
  expect(first.json).toMatchObject({
    items: [
      { version: 3, to: 4, what: { type: 'ChangeUndone', undoes: 2 }, undone: false, undoable: true },
      {
        version: 2,
        to: 2,
        what: { type: 'ExpenseAdded', entries: 1, entry: { amount: '9.00', payee: 'Baker' } },
        undone: true,
        undoable: { code: 'change-undone' },
      },
    ],
    next: 2,
    version: 4,
  });
  expect((await call('GET', `${wallet}/history?limit=2&below=2`)).json).toMatchObject({
    items: [{ version: 1, what: { type: 'WalletOpened', name: 'Household' }, undoable: { code: 'change-final' } }],
    next: null,
  });
  for (const query of ['below=0', 'below=x', 'limit=0', 'limit=999', 'other=1']) {
    expect(status(await call('GET', `${wallet}/history?${query}`))).toEqual([400, 'request-invalid']);
  }
});

test('splits, payees and tags are booked, corrected and looked for', async () => {
  const { call, open } = await startService();
  const wallet = await open();
  const parts = [
    { category: 'Food', share: 2 },
    { category: 'Home', share: 1, note: 'Soap' },
  ];
  const added = await call('POST', `${wallet}/expenses`, {
    body: { amount: '10.00', parts, payee: 'Market', tags: ['#work', 'b'] },
  });
  const entryId = String(added.json['entryId']);
  expect((await call('GET', `${wallet}/entries/${entryId}`)).json).toMatchObject({
    category: null,
    parts: [
      { category: 'Food', amount: '6.67', note: null },
      { category: 'Home', amount: '3.33', note: 'Soap' },
    ],
    payee: 'Market',
    tags: ['b', 'work'],
  });
  for (const query of ['tag=work', 'payee=Market', 'category=Home', 'tag=work&payee=Market']) {
    expect((await call('GET', `${wallet}/entries?${query}`)).json['items']).toHaveLength(1);
  }
  expect((await call('GET', `${wallet}/entries?tag=other`)).json['items']).toHaveLength(0);
  const patched = { body: { parts: null, category: 'Food', payee: null, tags: [] } };
  expect(status(await call('PATCH', `${wallet}/entries/${entryId}`, patched))).toEqual([200, null]);
  expect((await call('GET', `${wallet}/entries/${entryId}`)).json).toMatchObject({
    category: 'Food',
    parts: null,
    payee: null,
    tags: [],
  });
  const refusals: readonly (readonly [object, string])[] = [
    [
      {
        parts: [
          { category: 'A', amount: '1.00' },
          { category: 'B', amount: '1.00' },
        ],
      },
      'parts-differ',
    ],
    [{ parts: [{ category: 'A', amount: '10.00' }] }, 'parts-invalid'],
    [{ category: 'A', tags: ['two words'] }, 'tags-invalid'],
    [{ category: 'A', payee: 'x'.repeat(101) }, 'payee-too-long'],
    [{}, 'category-missing'],
  ];
  for (const [body, code] of refusals) {
    expect(status(await call('POST', `${wallet}/expenses`, { body: { amount: '10.00', ...body } }))).toEqual([422, code]);
  }
});

test('refunds are booked within their expense', async () => {
  const { call, open } = await startService();
  const wallet = await open();
  const bought = await call('POST', `${wallet}/expenses`, { body: { amount: '10.00', category: 'Food', payee: 'Market' } });
  const refunds = String(bought.json['entryId']);
  const refund = async (body: object) => call('POST', `${wallet}/refunds`, { body });
  const back = await refund({ amount: '4.00', refunds });
  expect(back).toMatchObject({ status: 201, json: { balance: '-6.00' } });
  expect((await call('GET', `${wallet}/entries/${String(back.json['entryId'])}`)).json).toMatchObject({
    kind: 'refund',
    category: 'Food',
    payee: 'Market',
    refunds,
  });
  expect((await call('GET', `${wallet}/entries/${refunds}`)).json).toMatchObject({ amount: '10.00', refunded: '4.00' });
  expect((await call('GET', `${wallet}/entries?kind=spending&totals=true`)).json).toMatchObject({
    items: [{ kind: 'refund' }, { kind: 'expense' }],
    totals: { out: '6.00' },
  });
  expect(status(await refund({ amount: '6.01', refunds }))).toEqual([409, 'refund-too-large']);
  expect(status(await refund({ amount: '1.00', refunds: 'none' }))).toEqual([404, 'entry-unknown']);
  expect(status(await refund({ amount: '1.00', refunds: back.json['entryId'] }))).toEqual([422, 'kind-invalid']);
  expect(status(await refund({ amount: '1.00' }))).toEqual([422, 'category-missing']);
  expect(status(await call('DELETE', `${wallet}/entries/${refunds}`))).toEqual([409, 'entry-refunded']);
});

test('many entries are changed at once, and undone as one', async () => {
  const { call, open } = await startService();
  const wallet = await open();
  const ids: string[] = [];
  for (const category of ['Food', 'Food:Cafe', 'Home']) {
    ids.push(String((await call('POST', `${wallet}/expenses`, { body: { amount: '1.00', category } })).json['entryId']));
  }
  const wanted = { filter: { category: 'Food' }, change: { category: 'Meals', tags: ['x'] } };
  const dry = await call('POST', `${wallet}/entries/recategorise`, { body: { ...wanted, dryRun: true } });
  expect(dry).toMatchObject({ status: 200, json: { entryIds: [ids[0], ids[1]], untouched: 0, version: 4 } });
  expect(await call('POST', `${wallet}/entries/recategorise`, { body: wanted })).toMatchObject({
    status: 200,
    json: { version: 6 },
  });
  expect((await call('GET', `${wallet}/entries?category=Meals`)).json['items']).toHaveLength(2);
  expect(await call('POST', `${wallet}/undo`)).toMatchObject({ status: 200, json: { undone: 5, entries: 2 } });
  expect((await call('GET', `${wallet}/entries?category=Food`)).json['items']).toHaveLength(2);
  expect(
    status(await call('POST', `${wallet}/entries/recategorise`, { body: { filter: { q: 'none' }, change: { note: 'x' } } })),
  ).toEqual([409, 'nothing-to-change']);
  const bulk = async (changes: unknown) => call('POST', `${wallet}/entries/bulk`, { body: { changes } });
  expect(await bulk(ids.map((entryId) => ({ entryId, note: 'all' })))).toMatchObject({ status: 200 });
  expect(
    status(
      await bulk([
        { entryId: ids[0], note: 'b' },
        { entryId: 'none', note: 'b' },
      ]),
    ),
  ).toEqual([404, 'entry-unknown']);
  expect(status(await bulk(Array.from({ length: 1_001 }, () => ({ entryId: ids[0], note: 'b' }))))).toEqual([
    422,
    'too-many-entries',
  ]);
  expect(status(await bulk([{ entryId: ids[0], amount: '2.00' }]))).toEqual([400, 'request-invalid']);
  const unknown = wallet.replace(/[^/]+$/, '00000000-0000-8000-8000-000000000000');
  expect(status(await call('POST', `${unknown}/entries/recategorise`, { body: wanted }))).toEqual([404, 'wallet-unknown']);
});
