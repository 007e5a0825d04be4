import { exponentOf } from './currency.ts';
import type { Money } from './money.ts';

const SIGNIFICANT = 10n;

/**
 * The rate that two amounts stand for: how much of the second one unit of the first is. Their exact ratio, rounded half to even
 * to ten significant digits. It is derived whenever it is shown and never stored, so no later rate changes an old transfer.
 *
 * @example
 * derivedRate(money(10_000n, eur), money(10_842n, usd)); // '1.0842'
 * derivedRate(money(300n, eur), money(100n, usd));       // '0.3333333333'
 * derivedRate(money(100n, eur), money(16_000n, jpy));    // '16000'
 */
export function derivedRate(from: Money, to: Money): string {
  const numerator = to.minor * 10n ** BigInt(exponentOf(from.currency));
  const denominator = from.minor * 10n ** BigInt(exponentOf(to.currency));
  const decimals = decimalsOf(numerator, denominator);
  const [scaled, divisor] =
    decimals >= 0n ? [numerator * 10n ** decimals, denominator] : [numerator, denominator * 10n ** -decimals];
  const rounded = halfEven(scaled, divisor);
  return decimals > 0n ? plain(rounded, Number(decimals)) : (rounded * 10n ** -decimals).toString();
}

/** How many decimals leave ten significant digits. */
function decimalsOf(numerator: bigint, denominator: bigint): bigint {
  let decimals = SIGNIFICANT - BigInt(numerator.toString().length - denominator.toString().length);
  // A ratio of numbers of m and n digits has m - n or m - n + 1 digits before its point.
  const [scaled, divisor] =
    decimals >= 0n ? [numerator * 10n ** decimals, denominator] : [numerator, denominator * 10n ** -decimals];
  if (scaled / divisor >= 10n ** SIGNIFICANT) decimals -= 1n;
  return decimals;
}

function halfEven(numerator: bigint, denominator: bigint): bigint {
  const [whole, rest] = [numerator / denominator, (numerator % denominator) * 2n];
  const isUp = rest > denominator || (rest === denominator && whole % 2n === 1n);
  return isUp ? whole + 1n : whole;
}

/** A decimal without zeros at its end. */
function plain(digits: bigint, decimals: number): string {
  const text = digits.toString().padStart(decimals + 1, '0');
  const point = text.length - decimals;
  const fraction = text.slice(point).replace(/0+$/, '');
  return fraction === '' ? text.slice(0, point) : `${text.slice(0, point)}.${fraction}`;
}
