import { decimalsOf, toMinor } from '../money/amount.ts';

const DIGITS = 6;

/** What one unit of the first amount came to in the second, to six digits, cut: "1.0842" for 100.00 and 108.42. */
export function rateOf(left: string, arrives: string): string | undefined {
  const from = toMinor(left) * 10n ** BigInt(decimalsOf(arrives));
  const to = toMinor(arrives) * 10n ** BigInt(decimalsOf(left));
  if (from <= 0n || to <= 0n) return undefined;
  let scale = 0n;
  for (let value = to; value < from * 10n ** BigInt(DIGITS - 1) && scale < 18n; value *= 10n) scale += 1n;
  const text = ((to * 10n ** scale) / from).toString().padStart(Number(scale) + 1, '0');
  if (scale === 0n) return text;
  return `${text.slice(0, -Number(scale))}.${text.slice(-Number(scale))}`.replace(/\.?0+$/, '');
}
