import { describe, expect, test } from 'vitest';
import { parseQuickAdd, type QuickAddContext } from '../../packages/http/dashboard/src/quick-add/quick-add.ts';
import { categoryAtCaret, complete, suggest } from '../../packages/http/dashboard/src/quick-add/suggest.ts';

const context: QuickAddContext = {
  today: '2026-10-14', // a Wednesday
  decimals: 2,
  currency: 'EUR',
  categories: ['Food', 'Food:Cafe', 'Food:Eating out', 'Food:Groceries', 'Leisure', 'Transport:Café car'],
  history: [
    { kind: 'expense', note: 'Röststätte', category: 'Food:Cafe' },
    { kind: 'expense', note: 'Supermarket', category: 'Food:Groceries' },
    { kind: 'income', note: 'Salary', category: 'Income:Salary' },
  ],
};
const read = (line: string, more: Partial<QuickAddContext> = {}) => parseQuickAdd(line, { ...context, ...more });

test('reads a whole line', () => {
  expect(read('12.50 coffee @Food:Cafe yesterday')).toMatchObject({
    kind: 'expense',
    amount: '12.50',
    note: 'coffee',
    category: 'Food:Cafe',
    categoryFrom: 'typed',
    occurredOn: '2026-10-13',
    missing: undefined,
    unsure: [],
  });
});

describe('amounts', () => {
  test.each([
    ['12.50', '12.50'],
    ['12,50', '12.50'],
    ['12', '12.00'],
    ['.5', '0.50'],
    ['4+3.50', '7.50'],
    ['4 + 3.50', '7.50'],
    ['10-2,25', '7.75'],
    ['3*2.40', '7.20'],
    ['2+3*4', '14.00'],
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ["1'234.50", '1234.50'],
    ['€12.50', '12.50'],
    ['12.50€', '12.50'],
    ['12.50 EUR', '12.50'],
    ['-12.50', '12.50'],
    ['123456789012345678.99', '123456789012345678.99'],
  ])('%s is %s', (typed, amount) => {
    expect(read(`${typed} tea @Food`)).toMatchObject({ amount, note: 'tea', kind: 'expense', category: 'Food' });
  });

  test('a leading plus is income, with or without a gap', () => {
    expect(read('+255 child benefit')).toMatchObject({
      kind: 'income',
      amount: '255.00',
      note: 'child benefit',
      missing: undefined,
    });
    expect(read('+ 255 child benefit')).toMatchObject({ kind: 'income', amount: '255.00', note: 'child benefit' });
    expect(read('+4+3.50 deposit')).toMatchObject({ kind: 'income', amount: '7.50', note: 'deposit' });
  });

  test('may stand after the words', () => {
    expect(read('coffee 4.80 @Food:Cafe')).toMatchObject({ amount: '4.80', note: 'coffee' });
  });

  test('one mark and three digits is grouping, and said to be unsure', () => {
    const found = read('1.234 desk @Leisure');
    expect(found.amount).toBe('1234.00');
    expect(found.unsure).toEqual([{ text: '1.234', as: 'amount' }]);
    expect(read('1.234 desk @Leisure', { decimals: 3 })).toMatchObject({ amount: '1.234', unsure: [] });
  });

  test('more decimals than the currency has are refused, not rounded', () => {
    expect(read('12.345678 tea @Food')).toMatchObject({ amount: undefined, missing: 'At most 2 decimals.' });
    expect(read('12.5 ramen @Food', { decimals: 0, currency: 'JPY' }).missing).toBe('This currency has no decimals.');
    expect(read('1,200 ramen @Food', { decimals: 0, currency: 'JPY' }).amount).toBe('1200');
  });

  test('nothing and less than nothing are no amounts', () => {
    expect(read('0 tea @Food').missing).toBe('An amount is more than zero.');
    expect(read('3-4 tea @Food').missing).toBe('An amount is more than zero.');
    expect(read('tea @Food').missing).toBe('Write an amount, as in 12.50.');
  });
});

describe('days', () => {
  test.each([
    ['today', '2026-10-14'],
    ['yesterday', '2026-10-13'],
    ['tomorrow', '2026-10-15'],
    ['3 days ago', '2026-10-11'],
    ['a week ago', '2026-10-07'],
    ['2 weeks ago', '2026-09-30'],
    ['day before yesterday', '2026-10-12'],
    ['monday', '2026-10-12'],
    ['Wednesday', '2026-10-14'],
    ['last wednesday', '2026-10-07'],
    ['thursday', '2026-10-08'],
    ['on friday', '2026-10-09'],
    ['14.10.', '2026-10-14'],
    ['15.10.', '2025-10-15'],
    ['3.2.2025', '2025-02-03'],
    ['14/10', '2026-10-14'],
    ['10/13', '2026-10-13'],
    ['2026-10-09', '2026-10-09'],
    ['9 oct', '2026-10-09'],
    ['oct 9', '2026-10-09'],
    ['31 dec', '2025-12-31'],
    ['29.2.', '2024-02-29'],
  ])('%s is %s', (words, day) => {
    expect(read(`5 tea ${words} @Food`)).toMatchObject({ amount: '5.00', note: 'tea', occurredOn: day, dayTyped: true });
    expect(read(`${words} 5 tea @Food`)).toMatchObject({ amount: '5.00', note: 'tea', occurredOn: day });
  });

  test('a day that does not exist stays a word', () => {
    expect(read('5 tea 31.9. @Food')).toMatchObject({ occurredOn: '2026-10-14', dayTyped: false, note: 'tea 31.9.' });
  });

  test('short names are doubtful, and can be taken back', () => {
    const first = read('8 sun cream @Leisure');
    expect(first).toMatchObject({ occurredOn: '2026-10-11', unsure: [{ text: 'sun', as: 'day' }] });
    expect(read('8 sun cream @Leisure', { plain: new Set(['sun']) })).toMatchObject({
      occurredOn: '2026-10-14',
      note: 'sun cream',
      unsure: [],
    });
  });

  test('day and month that could be swapped are doubtful', () => {
    expect(read('8 tea 3/4 @Food').unsure).toEqual([{ text: '3/4', as: 'day' }]);
  });
});

describe('categories', () => {
  test('are matched without regard to case and accents, by their last part if need be', () => {
    expect(read('5 x @food:cafe')).toMatchObject({ category: 'Food:Cafe', categoryFrom: 'typed', unsure: [] });
    expect(read('5 x @groceries')).toMatchObject({
      category: 'Food:Groceries',
      categoryFrom: 'matched',
      unsure: [{ text: 'Food:Groceries', as: 'category' }],
    });
  });

  test('new ones are taken as they are; gaps need quotes', () => {
    expect(read('5 x @Gifts:Ida')).toMatchObject({ category: 'Gifts:Ida', categoryFrom: 'new' });
    expect(read('5 x @"food:eating out"')).toMatchObject({ category: 'Food:Eating out', categoryFrom: 'typed', note: 'x' });
  });

  test('the last one for the same note is proposed, for the same kind only', () => {
    expect(read('4.80 roststatte')).toMatchObject({ category: 'Food:Cafe', categoryFrom: 'habit', missing: undefined });
    expect(read('+4.80 Röststätte')).toMatchObject({ category: null, categoryFrom: 'none', missing: undefined });
    expect(read('+2000 salary')).toMatchObject({ category: 'Income:Salary', categoryFrom: 'habit' });
  });

  test('an expense without one asks for it', () => {
    expect(read('5 something').missing).toBe('Which category? Type @ and its name.');
  });
});

describe('suggestions', () => {
  test('are for the category under the caret', () => {
    const line = '5 tea @fo yesterday';
    const at = categoryAtCaret(line, 9);
    expect(at).toEqual({ start: 6, end: 9, typed: 'fo' });
    expect(categoryAtCaret(line, 3)).toBeUndefined();
    expect(categoryAtCaret('mail a@b.c', 10)).toBeUndefined();
    if (at === undefined) throw new Error('no category');
    expect(complete(line, at, 'Food:Cafe')).toEqual({ line: '5 tea @Food:Cafe yesterday', caret: 17 });
    expect(complete(line, at, 'Food:Eating out').line).toBe('5 tea @"Food:Eating out" yesterday');
  });

  test('put those that begin with it first', () => {
    expect(suggest('cafe', context.categories)).toEqual(['Food:Cafe', 'Transport:Café car']);
    expect(suggest('fo', context.categories)[0]).toBe('Food');
    expect(suggest('', context.categories)).toHaveLength(6);
  });
});

test('#trip is a tag, wherever it stands', () => {
  expect(read('12.50 coffee #trip @Food:Cafe #b yesterday')).toMatchObject({
    note: 'coffee',
    tags: ['b', 'trip'],
    amount: '12.50',
  });
  expect(read('12.50 coffee @Food:Cafe')).toMatchObject({ tags: [] });
});

test('"500 to Savings" is a transfer, when there is such a wallet and no category', () => {
  const others = [
    { id: 's', name: 'Savings' },
    { id: 'r', name: 'Savings, Röder' },
  ];
  expect(read('500 to savings', { others })).toMatchObject({ to: { id: 's' }, amount: '500.00', note: null, missing: undefined });
  expect(read('500 to Savings, Roder rent yesterday', { others })).toMatchObject({
    to: { id: 'r' },
    note: 'rent',
    dayTyped: true,
  });
  expect(read('500 to savings @Gifts', { others })).toMatchObject({ to: undefined, category: 'Gifts' });
  expect(read('+500 to savings', { others })).toMatchObject({ to: undefined, kind: 'income' });
  expect(read('500 to nowhere', { others })).toMatchObject({ to: undefined, note: 'to nowhere' });
});
