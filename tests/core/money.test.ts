import {
  add,
  allocate,
  apportion,
  CURRENCIES,
  exponentOf,
  formatAmount,
  MAX_MINOR,
  money,
  negate,
  parseAmount,
  parseCurrency,
  parseTotal,
  subtract,
  type CurrencyCode,
} from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const eur = parseCurrency('EUR') as CurrencyCode;
const jpy = parseCurrency('JPY') as CurrencyCode;
const kwd = parseCurrency('KWD') as CurrencyCode;
const clf = parseCurrency('CLF') as CurrencyCode;

describe('an amount', () => {
  test.each([
    ['12.50', eur, 1250n],
    ['12.5', eur, 1250n],
    ['0.05', eur, 5n],
    ['-0.05', eur, -5n],
    ['007', eur, 700n],
    ['1200', jpy, 1200n],
    ['1.234', kwd, 1234n],
    ['1.2345', clf, 12345n],
    ['90071992547409.93', eur, 9007199254740993n],
    ['9999999999999999.99', eur, MAX_MINOR],
    ['-9999999999999999.99', eur, -MAX_MINOR],
  ])('%s %s is read exactly', (text, currency, minor) => {
    expect(parseAmount(text, currency)).toEqual({ minor, currency });
  });

  test.each([
    ['1e3', eur, 'amount-malformed'],
    ['NaN', eur, 'amount-malformed'],
    ['', eur, 'amount-malformed'],
    [' 1', eur, 'amount-malformed'],
    ['+1', eur, 'amount-malformed'],
    ['1,50', eur, 'amount-malformed'],
    ['.5', eur, 'amount-malformed'],
    ['5.', eur, 'amount-malformed'],
    ['--5', eur, 'amount-malformed'],
    ['١٢', eur, 'amount-malformed'],
    ['0x10', eur, 'amount-malformed'],
    ['1'.repeat(5_000), eur, 'amount-malformed'],
    ['12.345', eur, 'amount-too-precise'],
    ['12.5', jpy, 'amount-too-precise'],
    ['12.3456', kwd, 'amount-too-precise'],
    ['1' + '0'.repeat(40), eur, 'amount-too-large'],
    ['10000000000000000.00', eur, 'amount-too-large'],
    ['-10000000000000000.00', eur, 'amount-too-large'],
  ])('%s %s is refused as %s', (text, currency, fault) => {
    expect(parseAmount(text, currency)).toBe(fault);
  });

  test('parses what it formats, in every currency (invariant 21)', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -MAX_MINOR, max: MAX_MINOR }), fc.constantFrom(...CURRENCIES), (minor, currency) => {
        const text = formatAmount(money(minor, currency));
        expect(parseAmount(text, currency)).toEqual({ minor, currency });
        expect(text).not.toMatch(/e|^-0(\.0*)?$/);
        expect(JSON.parse(JSON.stringify(text))).toBe(text);
      }),
    );
  });

  test('a total may be longer than one amount, within a bound', () => {
    const digits = (length: number): string => '9'.repeat(length);
    expect(parseTotal(digits(60), jpy)).toEqual({ minor: BigInt(digits(60)), currency: 'JPY' });
    expect(parseTotal(digits(61), jpy)).toBe('amount-too-large');
    expect(parseTotal(digits(2_000), jpy)).toBe('amount-too-large');
    expect(parseTotal(digits(2_001), jpy)).toBe('amount-malformed');
    expect(parseAmount(`0.${digits(61)}`, eur)).toBe('amount-too-precise');
  });

  test('adds and subtracts exactly, and only in one currency', () => {
    expect(formatAmount(add(money(10n, eur), money(20n, eur)))).toBe('0.30');
    expect(formatAmount(subtract(money(10n, eur), money(20n, eur)))).toBe('-0.10');
    expect(formatAmount(negate(money(0n, eur)))).toBe('0.00');
    expect(() => add(money(1n, eur), money(1n, jpy))).toThrow('never added');
  });
});

describe('sharing out', () => {
  test.each([
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [-100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
    [0n, [1n, 2n], [0n, 0n]],
    [5n, [1n, 2n, 7n], [1n, 1n, 3n]],
    [7n, [0n, 1n], [0n, 7n]],
    [2n, [1n, 1n, 1n, 1n], [1n, 1n, 0n, 0n]],
    [3n, [1n, 1n, 1n, 1n], [1n, 1n, 1n, 0n]],
    [11n, [3n, 1n, 3n, 3n], [4n, 1n, 3n, 3n]],
    [0n, [1n], [0n]],
  ])('%s by %s gives %s', (minor, ratios, shares) => {
    expect(allocate(money(minor, eur), ratios).map((share) => share.minor)).toEqual(shares);
  });

  test('adds up, stays within one unit, mirrors, and gives nothing to nothing (invariant 20)', () => {
    const ratios = fc
      .array(fc.bigInt({ min: 0n, max: 1_000n }), { minLength: 1, maxLength: 12 })
      .filter((all) => all.some((ratio) => ratio > 0n));
    fc.assert(
      fc.property(fc.bigInt({ min: -MAX_MINOR, max: MAX_MINOR }), ratios, (whole, parts) => {
        const shares = apportion(whole, parts);
        const total = parts.reduce((sum, ratio) => sum + ratio, 0n);
        expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(whole);
        expect(apportion(-whole, parts)).toEqual(shares.map((share) => -share));
        for (const [index, share] of shares.entries()) {
          const ratio = parts[index] ?? 0n;
          const off = share * total - whole * ratio;
          expect(off > -total && off < total).toBe(true);
          if (ratio === 0n) expect(share).toBe(0n);
        }
      }),
    );
  });
});

test.each([[[]], [[0n]], [[0n, 0n]], [[1n, -1n]], [[2n, -1n]], [[-1n]]] as const)(
  'sharing out by %s is a bug of the caller',
  (ratios) => {
    expect(() => apportion(100n, ratios)).toThrow('ratios are not negative and not all zero');
  },
);

describe('the table of currencies', () => {
  test('has exponents from 0 to 4', () => {
    expect(new Set(CURRENCIES.map(exponentOf))).toEqual(new Set([0, 2, 3, 4]));
    expect([eur, jpy, kwd, clf].map(exponentOf)).toEqual([2, 0, 3, 4]);
  });

  test.each(['DEM', 'HRK', 'BGN', 'ANG', 'eur', 'XAU', 'XXX', 'EURO', '', '__proto__', 'constructor'])(
    'does not read %s',
    (code) => {
      expect(parseCurrency(code)).toBeUndefined();
    },
  );

  test('reads the codes that Intl knows and that are in use', () => {
    const historicOrNoMoney = new Set(Intl.supportedValuesOf('currency').filter((code) => parseCurrency(code) === undefined));
    for (const code of ['USD', 'INR', 'CHF', 'XCG', 'ZWG', 'SLE', 'VED', 'UYW']) expect(parseCurrency(code)).toBe(code);
    for (const code of ['DEM', 'FRF', 'ITL', 'XAU'])
      expect(historicOrNoMoney.has(code) || !Intl.supportedValuesOf('currency').includes(code)).toBe(true);
  });
});
