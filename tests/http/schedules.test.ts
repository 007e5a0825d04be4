import { expect, test } from 'vitest';
import type { Refusal } from './refusal.ts';
import { startService, type Answer, type Service } from './service.ts';

const DAY_MS = 24 * 3_600_000;
const NOON = Date.parse('2026-10-14T12:00:00Z');
const rent = { kind: 'expense', amount: '800.00', category: 'Home:Rent', payee: 'Landlord', rule: 'FREQ=MONTHLY;BYMONTHDAY=31' };

/** A wallet with 1,000.00 and a rent on the last day of each month; its path. */
async function household(service: Service): Promise<string> {
  const wallet = await service.open();
  await service.call('POST', `${wallet}/income`, { body: { amount: '1000.00' } });
  const set = await service.call('PUT', `${wallet}/schedules/rent`, { body: { ...rent, remindDays: 20 } });
  expect(shown(set)).toEqual({ status: 200, scheduleId: 'rent', version: 3, position: 3 });
  return wallet;
}
const shown = ({ status, json }: Answer): unknown => ({ status, ...(json as object) });

test('a schedule is set, listed, seen ahead and forecast', async () => {
  const service = await startService();
  const wallet = await household(service);
  expect((await service.call('GET', `${wallet}/schedules`)).json).toMatchObject({
    items: [
      {
        scheduleId: 'rent',
        terms: [{ from: '2026-10-14', amount: '800.00', rule: rent.rule, monthEnd: 'last-day', shift: 'none', remindDays: 20 }],
        stopsOn: null,
        next: '2026-10-31',
        through: null,
        booked: 0,
        skipped: [],
      },
    ],
    version: 3,
  });
  const { json: upcoming } = await service.call('GET', `${wallet}/upcoming?to=2026-12-01`);
  expect(upcoming).toMatchObject({
    items: [
      { scheduleId: 'rent', on: '2026-10-31', amount: '800.00', due: false, skipped: false, remind: true },
      { on: '2026-11-30', remind: false },
    ],
    complete: true,
  });
  expect((await service.call('GET', `${wallet}/upcoming`)).json['items']).toHaveLength(1);
  const { json: forecast } = await service.call('GET', `${wallet}/reports/forecast?to=2026-12-01`);
  expect(forecast).toMatchObject({
    from: '2026-10-14',
    to: '2026-12-01',
    opening: '1000.00',
    series: [
      { on: '2026-10-31', change: '-800.00', balance: '200.00', what: 'schedule', id: 'rent' },
      { on: '2026-11-30', balance: '-600.00' },
    ],
    closing: '-600.00',
    lowest: { on: '2026-11-30', balance: '-600.00' },
    complete: true,
  });
  expect((await service.call('GET', `${wallet}/reports/forecast`)).json).toMatchObject({ to: '2027-01-14' });
});

test('what is due is booked once, with its own day, as far as asked for; what remains is said', async () => {
  const service = await startService();
  const wallet = await household(service);
  const coffee = { kind: 'expense', amount: '2.00', category: 'Food:Cafe', rule: 'FREQ=DAILY', startsOn: '2026-10-12' };
  await service.call('PUT', `${wallet}/schedules/coffee`, { body: coffee });
  await service.call('PUT', `${wallet}/limits/cafe`, { body: { scope: 'Food:Cafe', period: 'month', amount: '6.00' } });
  const first = await service.call('POST', `${wallet}/schedules/due`, { body: { limit: 2 } });
  expect(shown(first)).toMatchObject({ status: 200, booked: 2, remaining: true, crossed: [], cleared: [] });
  expect(first.headers.get('etag')).toBe(`"${String(first.json['version'])}"`);
  const second = await service.call('POST', `${wallet}/schedules/due`, { body: { scheduleId: 'coffee' } });
  expect(second.json).toMatchObject({ booked: 1, remaining: false, crossed: [{ threshold: 80 }, { threshold: 100 }] });
  const third = await service.call('POST', `${wallet}/schedules/due`);
  expect(third.json).toMatchObject({ booked: 0, entryIds: [], remaining: false, version: second.json['version'] as never });
  const { json } = await service.call('GET', `${wallet}/entries?category=Food`);
  expect(
    (json['items'] as unknown as Record<string, unknown>[]).map(({ occurredOn, schedule }) => [occurredOn, schedule]),
  ).toEqual(['2026-10-14', '2026-10-13', '2026-10-12'].map((on) => [on, { id: 'coffee', on }]));
  const stale = await service.call('POST', `${wallet}/schedules/due`, { headers: { 'if-match': '"3"' } });
  expect(stale.json).toMatchObject({ status: 412, code: 'version-conflict', figures: { expected: 3 } });
});

test('one occurrence is skipped and kept, the terms change from a day on, and a schedule stops', async () => {
  let now = NOON;
  const service = await startService({ now: () => now });
  const wallet = await household(service);
  const days = async (): Promise<unknown> => {
    const { json } = await service.call('GET', `${wallet}/upcoming?to=2027-02-01`);
    return (json['items'] as unknown as Record<string, unknown>[]).map(({ on, amount, skipped }) => [on, amount, skipped]);
  };
  const body = { on: '2026-11-30' };
  expect((await service.call('POST', `${wallet}/schedules/rent/skip`, { body })).status).toBe(200);
  await service.call('PUT', `${wallet}/schedules/rent`, { body: { ...rent, amount: '850.00', from: '2026-12-01' } });
  expect(await days()).toEqual([
    ['2026-10-31', '800.00', false],
    ['2026-11-30', '800.00', true],
    ['2026-12-31', '850.00', false],
    ['2027-01-31', '850.00', false],
  ]);
  expect((await service.call('POST', `${wallet}/schedules/rent/keep`, { body })).status).toBe(200);
  expect((await service.call('DELETE', `${wallet}/schedules/rent?on=2027-01-01`)).status).toBe(200);
  expect((await service.call('GET', `${wallet}/schedules`)).json).toMatchObject({
    items: [{ stopsOn: '2027-01-01', skipped: [] }],
  });
  expect(await days()).toEqual([
    ['2026-10-31', '800.00', false],
    ['2026-11-30', '800.00', false],
    ['2026-12-31', '850.00', false],
  ]);
  now += 31 * DAY_MS;
  await service.call('POST', `${wallet}/schedules/due`);
  const late = await service.call('POST', `${wallet}/schedules/rent/skip`, { body: { on: '2026-10-31' } });
  expect(late.json).toMatchObject({ status: 409, code: 'occurrence-booked', figures: { through: '2026-10-31' } });
});

test('a change that is sent again has its effect once', async () => {
  const service = await startService();
  const wallet = await household(service);
  const sent = { body: { on: '2026-11-30' }, headers: { 'idempotency-key': 'skip-november' } };
  const first = await service.call('POST', `${wallet}/schedules/rent/skip`, sent);
  const again = await service.call('POST', `${wallet}/schedules/rent/skip`, sent);
  expect(again.json).toEqual(first.json);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
});

test('a transfer is scheduled, and each occurrence is sent as one', async () => {
  const service = await startService();
  const [giro, savings] = [await household(service), await service.open({ name: 'Savings' })];
  const to = savings.slice(savings.lastIndexOf('/') + 1);
  const body = { kind: 'transfer', to, amount: '50.00', rule: 'FREQ=DAILY', startsOn: '2026-10-13' };
  expect((await service.call('PUT', `${giro}/schedules/saving`, { body })).status).toBe(200);
  expect((await service.call('POST', `${giro}/schedules/due`)).json).toMatchObject({ booked: 2 });
  expect((await service.call('GET', `${giro}/transfers`)).json).toMatchObject({ items: [{ walletId: to }, { walletId: to }] });
  expect((await service.call('GET', `${giro}/upcoming?to=2026-10-16`)).json).toMatchObject({
    items: [{ kind: 'transfer', to: { walletId: to, amount: '50.00', currency: 'EUR' }, category: null }],
  });
  const own = { ...body, to: giro.slice(giro.lastIndexOf('/') + 1) };
  expect((await service.call('PUT', `${giro}/schedules/own`, { body: own })).json).toMatchObject({
    status: 422,
    code: 'transfer-to-itself',
  });
  const nowhere = { ...body, to: '11111111-1111-4111-8111-111111111111' };
  expect((await service.call('PUT', `${giro}/schedules/none`, { body: nowhere })).json).toMatchObject({
    status: 404,
    code: 'wallet-unknown',
    field: 'to',
  });
});

const put = (fields: object): Refusal[3] => ({ body: { ...rent, ...fields } });
const on = (day: string): Refusal[3] => ({ body: { on: day } });
const refusals: readonly Refusal[] = [
  ['a schedule of nothing', 'PUT', '{w}/schedules/a', put({ amount: '0' }), 422, 'amount-not-positive', 'amount'],
  ['a schedule of another kind', 'PUT', '{w}/schedules/a', put({ kind: 'sent' }), 400, 'request-invalid', 'kind'],
  ['an id of two words', 'PUT', '{w}/schedules/a%20b', put({}), 422, 'schedule-id-invalid', 'scheduleId'],
  ['a rule in words', 'PUT', '{w}/schedules/a', put({ rule: 'every month' }), 422, 'rule-malformed', 'rule'],
  ['a rule of hours', 'PUT', '{w}/schedules/a', put({ rule: 'FREQ=HOURLY' }), 422, 'rule-unsupported', 'rule'],
  [
    'a rule that is over',
    'PUT',
    '{w}/schedules/a',
    put({ rule: 'FREQ=DAILY;UNTIL=20200101' }),
    422,
    'rule-never-happens',
    'rule',
  ],
  [
    'days of centuries',
    'PUT',
    '{w}/schedules/a',
    put({ rule: 'FREQ=DAILY', startsOn: '1400-01-01' }),
    422,
    'too-many-due',
    'startsOn',
  ],
  ['no rule', 'PUT', '{w}/schedules/a', put({ rule: null }), 400, 'request-invalid', 'rule'],
  ['another month end', 'PUT', '{w}/schedules/a', put({ monthEnd: 'first' }), 422, 'month-end-invalid', 'monthEnd'],
  ['another shift', 'PUT', '{w}/schedules/a', put({ shift: 'up' }), 422, 'shift-invalid', 'shift'],
  ['a reminder of half a day', 'PUT', '{w}/schedules/a', put({ remindDays: 0.5 }), 422, 'remind-days-invalid', 'remindDays'],
  ['a start on no day', 'PUT', '{w}/schedules/a', put({ startsOn: '2026-02-30' }), 422, 'date-invalid', 'startsOn'],
  ['what is set already', 'PUT', '{w}/schedules/rent', put({ remindDays: 20 }), 409, 'nothing-to-change'],
  ['stopping an unknown one', 'DELETE', '{w}/schedules/a', {}, 404, 'schedule-unknown', 'scheduleId'],
  ['stopping on no day', 'DELETE', '{w}/schedules/rent?on=soon', {}, 400, 'request-invalid', 'on'],
  ['skipping an unknown one', 'POST', '{w}/schedules/a/skip', on('2026-10-31'), 404, 'schedule-unknown', 'scheduleId'],
  ['skipping a day without one', 'POST', '{w}/schedules/rent/skip', on('2026-10-30'), 409, 'occurrence-unknown', 'on'],
  ['skipping no day', 'POST', '{w}/schedules/rent/skip', { body: {} }, 400, 'request-invalid', 'on'],
  ['keeping what is not skipped', 'POST', '{w}/schedules/rent/keep', on('2026-10-31'), 409, 'nothing-to-change', 'on'],
  ['booking an unknown one', 'POST', '{w}/schedules/due', { body: { scheduleId: 'a' } }, 404, 'schedule-unknown', 'scheduleId'],
  ['booking none at all', 'POST', '{w}/schedules/due', { body: { limit: 0 } }, 400, 'request-invalid', 'limit'],
  ['looking ahead to no day', 'GET', '{w}/upcoming?to=later', {}, 400, 'request-invalid', 'to'],
  ['a forecast of two ends', 'GET', '{w}/reports/forecast?to=2027-01-01&to=2028-01-01', {}, 400, 'request-invalid', 'to'],
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

test('a closed wallet books nothing, and says so', async () => {
  const service = await startService();
  const wallet = await household(service);
  await service.call('DELETE', wallet);
  expect((await service.call('POST', `${wallet}/schedules/due`)).json).toMatchObject({ status: 409, code: 'wallet-closed' });
  expect((await service.call('GET', `${wallet}/upcoming`)).json).toMatchObject({ items: [] });
  expect((await service.call('GET', `${wallet}/reports/forecast`)).json).toMatchObject({ series: [], closing: '1000.00' });
});
