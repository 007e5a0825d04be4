import { exponentOf, type CurrencyCode } from './currency.ts';
import { money, type Money } from './money.ts';

/** What one unit of a currency is worth in another, exactly: a fraction of whole numbers. */
export interface Rate {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const MAX_CHARACTERS = 40;
const MAX_DIGITS = 18;

/**
 * Reads a rate: a plain decimal more than zero, with at most 18 significant digits. No exponent, no sign, no grouping. The answer is
 * its shortest spelling, so that equal rates have equal texts; undefined when it is none.
 *
 * @example
 * parseRate('01.0840'); // '1.084'
 * parseRate('1e3'); // undefined
 */
export function parseRate(text: string): string | undefined {
  if (typeof text !== 'string' || text.length > MAX_CHARACTERS || !/^\d+(?:\.\d+)?$/.test(text)) return undefined;
  const [whole = '', decimals = ''] = text.split('.');
  const digits = (whole + decimals).replace(/^0+/, '');
  if (digits === '' || digits.length > MAX_DIGITS) return undefined;
  const shortest = decimals.replace(/0+$/, '');
  return (whole.replace(/^0+/, '') || '0') + (shortest === '' ? '' : `.${shortest}`);
}

/** The fraction that a rate's text says. */
export function rateOf(text: string): Rate {
  const [whole = '', decimals = ''] = text.split('.');
  return { numerator: BigInt(whole + decimals), denominator: 10n ** BigInt(decimals.length) };
}

/** The same rate looked at from the other currency, exactly. */
export function inverse({ numerator, denominator }: Rate): Rate {
  return { numerator: denominator, denominator: numerator };
}

/**
 * The whole number nearest to a fraction; a half goes to the even one.
 *
 * @example
 * roundHalfEven(5n, 2n); // 2n
 * roundHalfEven(-7n, 2n); // -4n
 */
export function roundHalfEven(numerator: bigint, denominator: bigint): bigint {
  const isNegative = numerator < 0n;
  const size = isNegative ? -numerator : numerator;
  const whole = size / denominator;
  const twice = (size % denominator) * 2n;
  const rounded = twice > denominator || (twice === denominator && whole % 2n === 1n) ? whole + 1n : whole;
  return isNegative ? -rounded : rounded;
}

/**
 * An amount in another currency, rounded once, half to even.
 *
 * @example
 * convert(money(10000n, usd), { numerator: 92n, denominator: 100n }, eur); // { minor: 9200n, currency: 'EUR' }
 */
export function convert({ minor, currency }: Money, { numerator, denominator }: Rate, to: CurrencyCode): Money {
  const [from, into] = [10n ** BigInt(exponentOf(currency)), 10n ** BigInt(exponentOf(to))];
  return money(roundHalfEven(minor * numerator * into, denominator * from), to);
}
