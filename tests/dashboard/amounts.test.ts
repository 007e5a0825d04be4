import { describe, expect, test } from 'vitest';
import { fromMinor, minus, negate, sum, toMinor } from '../../packages/http/dashboard/src/money/amount.ts';
import { formatAmount } from '../../packages/http/dashboard/src/money/format-amount.ts';
import { parseAmount } from '../../packages/http/dashboard/src/money/parse-amount.ts';
import { guessCurrency } from '../../packages/http/dashboard/src/money/currencies.ts';
import { addDays, addMonths, dayOf, sameDaysBefore } from '../../packages/http/dashboard/src/days/day.ts';
import { shortDay, spanInWords } from '../../packages/http/dashboard/src/days/format-day.ts';

test('minor units and decimal text are the same thing', () => {
  for (const text of ['0.00', '12.50', '-12.50', '-0.05', '123456789012345678901234.99'])
    expect(fromMinor(toMinor(text), 2)).toBe(text);
  expect(fromMinor(toMinor('1200'), 0)).toBe('1200');
  expect(fromMinor(-5n, 3)).toBe('-0.005');
});

test('sums are exact', () => {
  expect(sum(['0.10', '0.20'], 2)).toBe('0.30');
  expect(sum([], 2)).toBe('0.00');
  expect(minus('9007199254740993.01', '0.02')).toBe('9007199254740992.99');
  expect(negate('0.00')).toBe('0.00');
  expect(negate('-4.80')).toBe('4.80');
});

describe('formatting', () => {
  test.each([
    ['6106.39', 'en-US', '6,106.39'],
    ['-12.50', 'en-US', '\u221212.50'],
    ['-12.50', 'de-DE', '\u221212,50'],
    ['1200', 'en-US', '1,200'],
    ['0.00', 'en-US', '0.00'],
    ['-0.00', 'en-US', '0.00'],
    ['9007199254740993.99', 'en-US', '9,007,199,254,740,993.99'],
    ['1.234', 'en-US', '1.234'],
  ])('%s in %s is %s', (amount, locale, shown) => {
    expect(formatAmount(amount, { locale })).toBe(shown);
  });

  test('a plus only where it is asked for, and never on nothing', () => {
    expect(formatAmount('22.90', { plus: true, locale: 'en-US' })).toBe('+22.90');
    expect(formatAmount('0.00', { plus: true, locale: 'en-US' })).toBe('0.00');
    expect(formatAmount('-1.00', { plus: true, locale: 'en-US' })).toBe('\u22121.00');
  });
});

test('amounts that are none say why', () => {
  expect(parseAmount('', 2)).toEqual({ ok: false, reason: 'Write an amount.' });
  expect(parseAmount('twelve', 2).ok).toBe(false);
  expect(parseAmount('12,34,56', 2).ok).toBe(false);
  expect(parseAmount('1.2.3', 2).ok).toBe(false);
});

test('the currency is guessed from the region of the language', () => {
  expect([
    guessCurrency('de-DE'),
    guessCurrency('ja'),
    guessCurrency('en-GB'),
    guessCurrency('en'),
    guessCurrency('xx-invalid-tag!'),
  ]).toEqual(['EUR', 'JPY', 'GBP', 'USD', 'EUR']);
});

describe('days', () => {
  test('are counted on the calendar', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-01');
    expect(addMonths('2026-01-31', -1)).toBe('2025-12-01');
    expect(dayOf(2026, 9, 31)).toBeUndefined();
  });

  test('the same days of the month before never run into this one', () => {
    expect(sameDaysBefore('2026-10-14')).toEqual({ from: '2026-09-01', to: '2026-09-15' });
    expect(sameDaysBefore('2026-03-31')).toEqual({ from: '2026-02-01', to: '2026-03-01' });
  });

  test('are said shortly', () => {
    expect(shortDay('2026-10-14', '2026-10-14')).toBe('Wed 14 Oct');
    expect(shortDay('2025-12-31', '2026-10-14')).toBe('Wed 31 Dec 2025');
    expect(spanInWords('2026-09-01', '2026-09-15')).toBe('1\u201314 Sep');
    expect(spanInWords('2026-09-28', '2026-10-05')).toBe('28 Sep \u2013 4 Oct');
    expect(spanInWords('2026-09-01', '2026-09-02')).toBe('1 Sep');
  });
});
