import { expect, test } from 'vitest';
import { findingInWords } from '../../packages/http/dashboard/src/check/finding-words.ts';
import { parseBalance } from '../../packages/http/dashboard/src/money/parse-balance.ts';

test('a balance may be nothing, or less', () => {
  const read = (text: string): string => {
    const parsed = parseBalance(text, 2);
    return parsed.ok ? parsed.amount : parsed.reason;
  };
  expect(['0', '0,00', '-0', '-12.5', '\u2212 1.234,50', '+3', '96,80'].map(read)).toEqual([
    '0.00',
    '0.00',
    '0.00',
    '-12.50',
    '-1234.50',
    '3.00',
    '96.80',
  ]);
  expect(read('1.234.5.6')).not.toMatch(/^-?\d/);
  expect(parseBalance('-5', 0)).toMatchObject({ ok: true, amount: '-5', minor: -5n });
});

test('what does not agree is said with its place', () => {
  const nothing = { stream: 'wallet-1', view: null, bucket: null, place: null, expected: null, found: null };
  expect(findingInWords({ ...nothing, what: 'undecodable', place: 408 })).toEqual({
    said: 'An event cannot be read.',
    where: 'event 408',
  });
  expect(findingInWords({ ...nothing, what: 'changed', view: 'flows', bucket: '2026' }).where).toBe('flows, 2026');
  expect(findingInWords({ ...nothing, what: 'figure', view: 'balance', bucket: '' }).where).toBe('balance');
});
