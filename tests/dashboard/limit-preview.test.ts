import { expect, test } from 'vitest';
import type { Limit } from '../../packages/http/dashboard/src/api/limit-types.ts';
import { counts, previewCorrection, previewLimits } from '../../packages/http/dashboard/src/limits/limit-preview.ts';

function limit(id: string, scope: string | null, amount: string, spent: string, more: Partial<Limit> = {}): Limit {
  const current = {
    from: '2026-10-01',
    to: '2026-11-01',
    carried: '0.00',
    budget: amount,
    spent,
    left: '0.00',
    percent: 0,
    state: 'within',
    daysLeft: 18,
    leftPerDay: '0.00',
  } as const;
  const terms = { period: 'month', firstDay: 1, thresholds: [80, 100], mode: 'warn', rollover: 'none', cap: null } as const;
  return { id, scope, tag: null, amount, ...terms, startsOn: '2026-01-01', current, ...more };
}

const coffee = { amount: '12.50', category: 'Food:Cafe', occurredOn: '2026-10-13' };

test('a limit counts its category and what lies under it', () => {
  expect([
    counts(null, 'Food'),
    counts('Food', 'Food'),
    counts('Food', 'Food:Cafe'),
    counts('Food', 'Foodstuff'),
    counts('Food:Cafe', 'Food'),
    counts('Food', null),
  ]).toEqual([true, true, true, false, false, false]);
});

test('tells what is over, with the gravest first', () => {
  const [first, second, third] = previewLimits(
    [
      limit('all', null, '1000.00', '100.00'),
      limit('food', 'Food', '120.00', '90.00'),
      limit('cafe', 'Food:Cafe', '56.40', '57.60'),
    ],
    coffee,
  );
  expect(first).toMatchObject({
    limit: { id: 'cafe' },
    spent: '70.10',
    left: '-13.70',
    state: 'over',
    percent: 124,
    refused: false,
  });
  expect(second).toMatchObject({ limit: { id: 'food' }, state: 'near', left: '17.50', percent: 85 });
  expect(third).toMatchObject({ limit: { id: 'all' }, state: 'within' });
});

test('at exactly the amount it is reached, and percentages round down', () => {
  expect(previewLimits([limit('l', 'Food', '100.00', '87.50')], coffee)[0]).toMatchObject({
    state: 'reached',
    left: '0.00',
    percent: 100,
  });
  expect(previewLimits([limit('l', 'Food', '100.00', '67.49')], coffee)[0]).toMatchObject({ state: 'within', percent: 79 });
});

test('a limit that blocks refuses what would put it over, and nothing else', () => {
  const strict = limit('l', 'Food', '100.00', '87.51', { mode: 'block' });
  expect(previewLimits([strict], coffee)[0]).toMatchObject({ refused: true });
  expect(previewLimits([limit('l', 'Food', '100.00', '87.50', { mode: 'block' })], coffee)[0]).toMatchObject({ refused: false });
});

test('a day outside the present period says nothing', () => {
  expect(previewLimits([limit('l', 'Food', '100.00', '87.50')], { ...coffee, occurredOn: '2026-09-30' })).toEqual([]);
  expect(previewLimits([limit('l', 'Food', '100.00', '87.50')], { ...coffee, occurredOn: '2026-11-01' })).toEqual([]);
});

test('a correction takes out what it counted before', () => {
  const held = [limit('cafe', 'Food:Cafe', '60.00', '57.60'), limit('fun', 'Leisure', '20.00', '10.00')];
  const [first, second] = previewCorrection(held, coffee, { ...coffee, category: 'Leisure' });
  expect(first).toMatchObject({ limit: { id: 'fun' }, spent: '22.50', state: 'over' });
  expect(second).toMatchObject({ limit: { id: 'cafe' }, spent: '45.10', state: 'within' });
});

test('of a split a limit counts the parts that are its own', () => {
  const parts = [
    { category: 'Food:Cafe', amount: '10.00' },
    { category: 'Gifts', amount: '5.00' },
    { category: 'Food', amount: '1.00' },
  ];
  const split = { amount: '16.00', category: null, parts, occurredOn: '2026-10-13' };
  const food = limit('food', 'Food', '120.00', '90.00');
  expect(previewLimits([food, limit('home', 'Home', '10.00', '0.00')], split)).toMatchObject([{ spent: '101.00' }]);
  expect(previewCorrection([food], split, { ...coffee, category: 'Food' })).toMatchObject([{ spent: '91.50' }]);
});

test('what was carried counts: a hundred percent is planned and carried', () => {
  const carrying = limit('l', 'Food', '50.00', '45.00');
  const current = { ...carrying.current, carried: '12.50', budget: '62.50' };
  expect(previewLimits([{ ...carrying, current }], coffee)[0]).toMatchObject({ state: 'near', left: '5.00', percent: 92 });
  const lacking = { ...carrying.current, carried: '-50.00', budget: '0.00', spent: '0.00' };
  expect(previewLimits([{ ...carrying, current: lacking }], coffee)[0]).toMatchObject({
    state: 'over',
    left: '-12.50',
    percent: null,
  });
});

test('a limit of a tag counts what carries the tag, whatever its category', () => {
  const tagged = limit('t', null, '20.00', '10.00', { tag: 'out' });
  expect(previewLimits([tagged], coffee)).toEqual([]);
  expect(previewLimits([tagged], { ...coffee, tags: ['fun', 'out'] })[0]).toMatchObject({ spent: '22.50', state: 'over' });
});
