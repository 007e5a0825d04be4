import { describe, expect, test } from 'vitest';
import { startService, type Service } from './service.ts';

/** A wallet with 30.00 spent on coffee in September and 45.00 in October; its path. */
async function household(service: Service): Promise<string> {
  const wallet = await service.open();
  const { addExpense } = service.ledger.wallet(wallet.slice(wallet.lastIndexOf('/') + 1));
  const spend = (amount: string, occurredOn: string) => addExpense({ amount, occurredOn, category: 'Food:Cafe', tags: ['out'] });
  await spend('30.00', '2026-09-10');
  await spend('45.00', '2026-10-12');
  return wallet;
}

const monthly = { period: 'month', startsOn: '2026-09-01' };

test('what a month left is carried into the next, up to the cap, and thresholds are those of both together', async () => {
  const service = await startService();
  const wallet = await household(service);
  const body = { ...monthly, scope: 'Food', amount: '50', rollover: 'surplus', cap: '10', thresholds: [75, 100] };
  const set = await service.call('PUT', `${wallet}/limits/food`, { body });
  expect(set.json).toMatchObject({
    limitId: 'food',
    crossed: [{ threshold: 75, spent: '45.00', amount: '50.00', carried: '10.00' }],
  });
  expect((await service.call('GET', `${wallet}/limits`)).json['items']).toMatchObject([
    {
      id: 'food',
      scope: 'Food',
      tag: null,
      period: 'month',
      firstDay: 1,
      amount: '50.00',
      thresholds: [75, 100],
      rollover: 'surplus',
      cap: '10.00',
      current: { carried: '10.00', budget: '60.00', spent: '45.00', left: '15.00', percent: 75, state: 'near' },
    },
  ]);
});

test('a limit of a tag, by quarters from the 15th, and one of a stretch of its own', async () => {
  const service = await startService();
  const wallet = await household(service);
  const tagged = { tag: 'out', period: 'quarter', firstDay: 15, amount: '100.00', mode: 'block' };
  expect((await service.call('PUT', `${wallet}/limits/out`, { body: tagged })).status).toBe(200);
  const trip = { period: 'custom', from: '2026-10-10', to: '2026-10-20', amount: '40.00' };
  expect((await service.call('PUT', `${wallet}/limits/trip`, { body: trip })).status).toBe(200);
  expect((await service.call('GET', `${wallet}/limits`)).json['items']).toMatchObject([
    { id: 'out', tag: 'out', firstDay: 15, mode: 'block', current: { from: '2026-07-15', to: '2026-10-15', spent: '75.00' } },
    { id: 'trip', period: 'custom', current: { from: '2026-10-10', to: '2026-10-20', spent: '45.00', state: 'over' } },
  ]);
});

test('the history says what was planned, carried, spent and left, and what changed when', async () => {
  const service = await startService();
  const wallet = await household(service);
  const terms = { ...monthly, scope: 'Food', rollover: 'both' };
  await service.call('PUT', `${wallet}/limits/food`, { body: { ...terms, amount: '20' } });
  await service.call('PUT', `${wallet}/limits/food`, { body: { ...terms, amount: '60', startsOn: '2026-10-05' } });
  const history = await service.call('GET', `${wallet}/limits/food/history`);
  expect(history.json['rows']).toMatchObject([
    { from: '2026-09-01', planned: '20.00', carried: '0.00', budget: '20.00', spent: '30.00', left: '-10.00', state: 'over' },
    {
      from: '2026-10-01',
      planned: '60.00',
      carried: '-10.00',
      budget: '50.00',
      spent: '45.00',
      left: '5.00',
      percent: 90,
      changes: [{ startsOn: '2026-10-05', amount: '60.00' }],
      told: [{ threshold: 80, on: '2026-10-14' }],
    },
  ]);
  const froms = async (query: string) => {
    const { json } = await service.call('GET', `${wallet}/limits/food/history${query}`);
    return (json['rows'] as unknown as readonly { from: string }[]).map(({ from }) => from);
  };
  expect(await froms('?last=1')).toEqual(['2026-10-01']);
  expect(await froms('?from=2026-09-10&to=2026-09-11')).toEqual(['2026-09-01']);
  expect(await froms('?from=2026-01-01&to=2026-02-01')).toEqual([]);
  await service.call('DELETE', `${wallet}/limits/food`);
  expect(await froms('')).toEqual(['2026-09-01']);
});

const refusedTerms: readonly (readonly [name: string, body: object, code: string, field: string])[] = [
  ['a category and a tag', { scope: 'Food', tag: 'out' }, 'scope-invalid', 'tag'],
  ['a tag with a blank', { tag: 'a b' }, 'tags-invalid', 'tag'],
  ['a week that begins on day 8', { period: 'week', firstDay: 8 }, 'first-day-invalid', 'firstDay'],
  ['a custom period without its end', { period: 'custom', from: '2026-10-01' }, 'period-invalid', 'to'],
  ['a month with a from', { from: '2026-10-01' }, 'period-invalid', 'from'],
  ['a roll-over that there is not', { rollover: 'some' }, 'rollover-invalid', 'rollover'],
  ['a cap on nothing carried', { cap: '5' }, 'rollover-invalid', 'cap'],
  ['a malformed cap', { rollover: 'both', cap: '5,00' }, 'amount-malformed', 'cap'],
  ['a start that does not exist', { startsOn: '2026-09-31' }, 'date-invalid', 'startsOn'],
];

describe('what a limit cannot be', () => {
  test.each(refusedTerms)('%s', async (_, body, code, field) => {
    const service = await startService();
    const wallet = await service.open();
    const answer = await service.call('PUT', `${wallet}/limits/a`, { body: { period: 'month', amount: '50', ...body } });
    expect([answer.status, answer.json['code'], answer.json['field']]).toEqual([422, code, field]);
  });

  test.each([
    ['an end without a beginning', 'a/history?to=2026-10-01', 400, 'request-invalid'],
    ['an end before the beginning', 'a/history?from=2026-10-01&to=2026-09-01', 400, 'request-invalid'],
    ['days and a count', 'a/history?from=2026-09-01&to=2026-10-01&last=3', 400, 'request-invalid'],
    ['no periods', 'a/history?last=0', 400, 'request-invalid'],
    ['401 periods', 'a/history?last=401', 400, 'request-invalid'],
    ['an unknown limit', 'nope/history', 404, 'limit-unknown'],
    ['an unknown limit in a stretch', '__proto__/history?from=2026-09-01&to=2026-10-01', 404, 'limit-unknown'],
  ])('a history of %s', async (_, path, status, code) => {
    const service = await startService();
    const wallet = await service.open();
    await service.call('PUT', `${wallet}/limits/a`, { body: { period: 'month', amount: '50' } });
    const answer = await service.call('GET', `${wallet}/limits/${path}`);
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
  });
});
