import { expect, test } from 'vitest';
import type { Refusal } from './refusal.ts';
import { startService, type Answer, type Service } from './service.ts';

/** A wallet with 100.00 and the goals and plans of a household; its path. */
async function household(service: Service): Promise<string> {
  const wallet = await service.open();
  await service.call('POST', `${wallet}/income`, { body: { amount: '100.00' } });
  await service.call('PUT', `${wallet}/goals/bike`, { body: { name: 'A bike', target: '80', by: '2026-12-31' } });
  return wallet;
}
const shown = ({ status, json }: Answer): unknown => ({ status, ...(json as object) });

test('money is set aside for a goal, released, and free again when the goal is removed', async () => {
  const service = await startService();
  const wallet = await household(service);
  const body = { amount: '60.00' };
  expect(shown(await service.call('POST', `${wallet}/goals/bike/save`, { body }))).toEqual({
    status: 200,
    goalId: 'bike',
    version: 4,
    position: 4,
  });
  expect((await service.call('GET', `${wallet}/goals`)).json).toMatchObject({
    items: [{ id: 'bike', saved: '60.00', left: '20.00', percent: 75, state: 'on-track', weeksLeft: 12, perWeek: '1.67' }],
    balance: '100.00',
    setAside: '60.00',
    available: '40.00',
  });
  expect((await service.call('GET', wallet)).json).toMatchObject({ setAside: '60.00', available: '40.00' });
  await service.call('POST', `${wallet}/goals/bike/release`, { body: { amount: '10.00' } });
  const { json } = await service.call('GET', `${wallet}/goals/bike`);
  expect(json).toMatchObject({
    saved: '50.00',
    history: [
      { type: 'SavingsReleased', amount: '10.00', on: '2026-10-14' },
      { type: 'MoneySaved', amount: '60.00' },
      { type: 'GoalSet', target: '80.00', by: '2026-12-31' },
    ],
  });
  expect((await service.call('GET', `${wallet}/goals?on=2027-01-01`)).json).toMatchObject({ items: [{ state: 'overdue' }] });
  expect((await service.call('DELETE', `${wallet}/goals/bike`)).status).toBe(200);
  expect((await service.call('GET', wallet)).json).toMatchObject({ setAside: '0.00', available: '100.00' });
});

test('saving is done once, however often it is sent', async () => {
  const service = await startService();
  const wallet = await household(service);
  const sent = { body: { amount: '60.00' }, headers: { 'idempotency-key': 'once' } };
  const first = await service.call('POST', `${wallet}/goals/bike/save`, sent);
  const again = await service.call('POST', `${wallet}/goals/bike/save`, sent);
  expect(again.json).toEqual(first.json);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect((await service.call('GET', wallet)).json).toMatchObject({ setAside: '60.00' });
});

test('a plan moves no balance until it is booked, for less than planned too', async () => {
  const service = await startService();
  const wallet = await household(service);
  const planned = await service.call('POST', `${wallet}/plans`, {
    body: { kind: 'expense', amount: '30.00', category: 'Home', payee: 'Landlord', tags: ['flat'], expiresOn: '2026-11-01' },
  });
  expect(planned.status).toBe(201);
  const planId = String(planned.json['planId']);
  expect((await service.call('GET', `${wallet}/plans`)).json).toMatchObject({
    items: [
      { id: planId, kind: 'expense', amount: '30.00', category: 'Home', payee: 'Landlord', tags: ['flat'], expired: false },
    ],
    in: '0.00',
    out: '30.00',
  });
  expect((await service.call('GET', wallet)).json).toMatchObject({ balance: '100.00', planned: { in: '0.00', out: '30.00' } });
  const booked = await service.call('POST', `${wallet}/plans/${planId}/book`, { body: { amount: '28.50' } });
  expect(shown(booked)).toMatchObject({ status: 201, planned: '30.00', booked: '28.50', released: '1.50', balance: '71.50' });
  expect((await service.call('GET', `${wallet}/entries/${String(booked.json['entryId'])}`)).json).toMatchObject({
    amount: '28.50',
    payee: 'Landlord',
    tags: ['flat'],
  });
  expect((await service.call('GET', `${wallet}/plans`)).json).toMatchObject({ items: [], out: '0.00' });
});

test('a plan is booked as it stands without a body, and is dropped', async () => {
  const service = await startService();
  const wallet = await household(service);
  const plan = async (): Promise<string> => {
    const { json } = await service.call('POST', `${wallet}/plans`, { body: { kind: 'income', amount: '5.00' } });
    return `${wallet}/plans/${String(json['planId'])}`;
  };
  expect((await service.call('POST', `${await plan()}/book`)).json).toMatchObject({ booked: '5.00', balance: '105.00' });
  const dropped = await plan();
  expect((await service.call('DELETE', dropped)).status).toBe(200);
  expect((await service.call('DELETE', dropped)).json).toMatchObject({ code: 'plan-resolved', figures: { how: 'dropped' } });
});

const goal = (fields: object): Refusal[3] => ({ body: { name: 'A', target: '1', ...fields } });
const plan = (fields: object): Refusal[3] => ({ body: { kind: 'expense', amount: '1', category: 'A', ...fields } });
const refusals: readonly Refusal[] = [
  ['a goal of nothing', 'PUT', '{w}/goals/a', goal({ target: '0' }), 422, 'amount-not-positive', 'target'],
  ['a goal without a name', 'PUT', '{w}/goals/a', goal({ name: ' ' }), 422, 'name-invalid', 'name'],
  ['a goal on no day', 'PUT', '{w}/goals/a', goal({ by: '2026-02-30' }), 422, 'date-invalid', 'by'],
  ['a goal with an id of two words', 'PUT', '{w}/goals/a%20b', goal({}), 422, 'goal-id-invalid', 'goalId'],
  ['a goal as a number', 'PUT', '{w}/goals/a', goal({ target: 1 }), 400, 'request-invalid', 'target'],
  ['removing an unknown goal', 'DELETE', '{w}/goals/a', {}, 404, 'goal-unknown'],
  ['reading an unknown goal', 'GET', '{w}/goals/a', {}, 404, 'goal-unknown'],
  ['saving for an unknown goal', 'POST', '{w}/goals/a/save', { body: { amount: '1' } }, 404, 'goal-unknown'],
  ['more than is available', 'POST', '{w}/goals/bike/save', { body: { amount: '100.01' } }, 409, 'savings-exceeded', 'amount'],
  ['more than is saved', 'POST', '{w}/goals/bike/release', { body: { amount: '0.01' } }, 409, 'release-exceeded', 'amount'],
  ['saving nothing', 'POST', '{w}/goals/bike/save', { body: { amount: '0' } }, 422, 'amount-not-positive', 'amount'],
  ['a plan of another kind', 'POST', '{w}/plans', plan({ kind: 'sent' }), 400, 'request-invalid', 'kind'],
  ['a plan that has expired', 'POST', '{w}/plans', plan({ expiresOn: '2026-10-14' }), 422, 'date-out-of-range', 'expiresOn'],
  [
    'a plan without a category',
    'POST',
    '{w}/plans',
    { body: { kind: 'expense', amount: '1' } },
    422,
    'category-missing',
    'category',
  ],
  ['booking an unknown plan', 'POST', '{w}/plans/a/book', {}, 404, 'plan-unknown'],
  ['dropping an unknown plan', 'DELETE', '{w}/plans/a', {}, 404, 'plan-unknown'],
];

test.each<[...Refusal]>(refusals.map((row) => [...row]))(
  '%s is refused, and changes nothing',
  async (_, method, path, sent, status, code, field) => {
    const service = await startService();
    const wallet = await household(service);
    const { json, status: got } = await service.call(method, path.replace('{w}', wallet), sent);
    expect({ status: got, code: json['code'] }).toEqual({ status, code });
    if (field !== undefined) expect(JSON.stringify([json['field'], json['errors']])).toContain(`"${field}"`);
    expect((await service.call('GET', wallet)).json).toMatchObject({ version: 3 });
  },
);

test('more than was planned, and what has expired, is refused with the figures', async () => {
  let now = Date.parse('2026-10-14T12:00:00Z');
  const service = await startService({ now: () => now });
  const wallet = await household(service);
  const { json } = await service.call('POST', `${wallet}/plans`, plan({ expiresOn: '2026-10-15' }));
  const book = `${wallet}/plans/${String(json['planId'])}/book`;
  expect((await service.call('POST', book, { body: { amount: '1.01' } })).json).toMatchObject({
    status: 409,
    code: 'plan-exceeded',
    figures: { planned: '1.00' },
  });
  now += 24 * 3_600_000;
  expect((await service.call('POST', book)).json).toMatchObject({ status: 409, code: 'plan-expired' });
  expect((await service.call('GET', `${wallet}/plans`)).json).toMatchObject({ items: [{ expired: true }] });
});
