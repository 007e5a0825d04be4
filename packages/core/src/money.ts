import { assert } from './assert.ts';
import { exponentOf, type CurrencyCode } from './currency.ts';

/** An exact sum: whole minor units (cents, yen, fils) of one currency. Floats never come near it. */
export interface Money {
  readonly minor: bigint;
  readonly currency: CurrencyCode;
}

/** The largest amount of one entry, in minor units: 18 digits, so that it fits a signed 64-bit column too. */
export const MAX_MINOR = 10n ** 18n - 1n;

/** Why a text is not an amount. */
export type AmountFault = 'amount-malformed' | 'amount-too-precise' | 'amount-too-large';

/**
 * Makes money of minor units.
 *
 * @example
 * formatAmount(money(1250n, eur)); // '12.50'
 */
export function money(minor: bigint, currency: CurrencyCode): Money {
  return { minor, currency };
}

const PLAIN_DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;
// Longer than any sum can be: refused before it is turned into a number, so that a megabyte of digits costs nothing.
const MAX_CHARACTERS = 60;

/**
 * Reads a plain decimal: digits, a point, a leading minus. No exponent, no grouping, no blank, and no more decimals than the
 * currency has: `12.345` EUR is refused, never rounded. Fewer decimals are fine (`12.5` EUR).
 *
 * @example
 * parseAmount('12.5', eur);   // { minor: 1250n, currency: 'EUR' }
 * parseAmount('12.5', jpy);   // 'amount-too-precise'
 * parseAmount('1e3', eur);    // 'amount-malformed'
 */
export function parseAmount(text: string, currency: CurrencyCode): Money | AmountFault {
  const sum = parseTotal(text, currency);
  return typeof sum === 'object' && (sum.minor > MAX_MINOR || sum.minor < -MAX_MINOR) ? 'amount-too-large' : sum;
}

/** Reads a plain decimal that may be a sum of many amounts, so larger than one may be. */
export function parseTotal(text: string, currency: CurrencyCode): Money | AmountFault {
  const match = text.length > 2_000 ? null : PLAIN_DECIMAL.exec(text);
  if (match === null) return 'amount-malformed';
  const [, sign = '', whole = '', decimals = ''] = match;
  const exponent = exponentOf(currency);
  if (decimals.length > exponent) return 'amount-too-precise';
  if (text.length > MAX_CHARACTERS) return 'amount-too-large';
  const minor = BigInt(whole + decimals.padEnd(exponent, '0'));
  return money(sign === '-' ? -minor : minor, currency);
}

/**
 * Writes money as a plain decimal with all the decimals of its currency. `parseAmount` reads it back, bit for bit.
 *
 * @example
 * formatAmount(money(-5n, eur)); // '-0.05'
 */
export function formatAmount({ minor, currency }: Money): string {
  return formatMinor(minor, exponentOf(currency));
}

/** Writes minor units as a plain decimal with `exponent` decimals. */
export function formatMinor(minor: bigint, exponent: number): string {
  if (exponent === 0) return minor.toString();
  const negative = minor < 0n;
  const digits = (negative ? -minor : minor).toString().padStart(exponent + 1, '0');
  const point = digits.length - exponent;
  return `${negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * The sum of two amounts of one currency.
 *
 * @example
 * formatAmount(add(money(10n, eur), money(20n, eur))); // '0.30'
 */
export function add(a: Money, b: Money): Money {
  assert(a.currency === b.currency, `${a.currency} and ${b.currency} are never added`);
  return money(a.minor + b.minor, a.currency);
}

/** The difference of two amounts of one currency. */
export function subtract(a: Money, b: Money): Money {
  return add(a, negate(b));
}

/** The same amount the other way round; zero stays zero. */
export function negate({ minor, currency }: Money): Money {
  return money(-minor, currency);
}

/**
 * Shares a whole number out by whole ratios, exactly: each share is within one of its part and they add up. What is left over
 * goes to the largest remainders; ties go to the earlier position.
 *
 * @example
 * apportion(100n, [1n, 1n, 1n]); // [34n, 33n, 33n]
 */
export function apportion(whole: bigint, ratios: readonly bigint[]): readonly bigint[] {
  const total = ratios.reduce((sum, ratio) => sum + ratio, 0n);
  assert(total > 0n && ratios.every((ratio) => ratio >= 0n), 'ratios are not negative and not all zero');
  const size = whole < 0n ? -whole : whole;
  const shares = ratios.map((ratio) => (size * ratio) / total);
  let left = size - shares.reduce((sum, share) => sum + share, 0n);
  const byRemainder = ratios
    .map((ratio, position) => ({ position, remainder: (size * ratio) % total }))
    .sort((a, b) => (a.remainder === b.remainder ? a.position - b.position : a.remainder < b.remainder ? 1 : -1));
  for (const { position } of byRemainder) {
    if (left === 0n) break;
    shares[position] = (shares[position] ?? 0n) + 1n;
    left -= 1n;
  }
  return whole < 0n ? shares.map((share) => -share) : shares;
}

/**
 * Shares an amount out by whole ratios, as {@link apportion} does.
 *
 * @example
 * allocate(money(100n, eur), [1n, 1n, 1n]).map(formatAmount); // ['0.34', '0.33', '0.33']
 */
export function allocate({ minor, currency }: Money, ratios: readonly bigint[]): readonly Money[] {
  return apportion(minor, ratios).map((share) => money(share, currency));
}
