import { expect, test } from 'vitest';
import type { Entry } from '../../packages/http/dashboard/src/api/types.ts';
import { itemAt, itemsOf, offsetsOf } from '../../packages/http/dashboard/src/register/rows.ts';

const heights = { day: 32, entry: 40, void: 60, part: 30 };

function entry(id: string, occurredOn: string, amount: string, more: Partial<Entry> = {}): Entry {
  return {
    id,
    kind: 'expense',
    amount,
    category: 'Food',
    parts: null,
    payee: null,
    tags: [],
    note: null,
    occurredOn,
    recordedAt: '',
    version: 1,
    void: false,
    voidReason: null,
    corrected: false,
    importId: null,
    refunds: null,
    transfer: null,
    balance: '0.00',
    ...more,
  };
}

const rows = [
  entry('a', '2026-10-14', '4.80'),
  entry('b', '2026-10-14', '10.00', { kind: 'income' }),
  entry('c', '2026-10-13', '1.00', { void: true }),
  entry('d', '2026-10-13', '2.00'),
];

test('entries stand under their days, with what the day came to', () => {
  const items = itemsOf(rows, 2, false);
  expect(items.map((item) => (item.sort === 'day' ? `${item.day} ${item.net ?? '?'}` : `${item.entry.id}<${item.head}`))).toEqual(
    ['2026-10-14 5.20', 'a<0', 'b<0', '2026-10-13 -2.00', 'c<3', 'd<3'],
  );
});

test('the last day is not summed while more rows are to come', () => {
  expect(itemsOf(rows, 2, true)[3]).toMatchObject({ day: '2026-10-13', net: undefined });
  expect(itemsOf(rows, 2, true)[0]).toMatchObject({ net: '5.20' });
});

test('every place on the page leads to its row', () => {
  const offsets = offsetsOf(itemsOf(rows, 2, false), heights, { id: 'b', height: 300 });
  expect([...offsets]).toEqual([0, 32, 72, 412, 444, 504, 544]);
  expect([-50, 0, 31, 32, 100, 411, 412, 503, 9999].map((y) => itemAt(offsets, y))).toEqual([0, 0, 0, 1, 2, 2, 3, 4, 5]);
  expect(itemAt(new Float64Array([0]), 10)).toBe(0);
});

test('money that came back and transfers count with their signs, and parts fold out under their entry', () => {
  const parts = [
    { category: 'Food', amount: '3.00', note: null },
    { category: 'Gifts', amount: '1.80', note: null },
  ];
  const mixed = [
    entry('a', '2026-10-14', '4.80', { category: null, parts }),
    entry('b', '2026-10-14', '2.00', { kind: 'refund' }),
    entry('c', '2026-10-14', '9.00', { kind: 'sent' }),
    entry('d', '2026-10-14', '1.00', { kind: 'received' }),
  ];
  const items = itemsOf(mixed, 2, false, new Set(['a', 'b']));
  expect(items[0]).toMatchObject({ net: '-10.80' });
  expect(items.map((item) => item.sort)).toEqual(['day', 'entry', 'part', 'part', 'entry', 'entry', 'entry']);
  expect([...offsetsOf(items, heights, { id: 'a', height: 100 })].slice(0, 5)).toEqual([0, 32, 172, 202, 232]);
});
