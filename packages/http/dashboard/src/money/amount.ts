/** Money is text outside and whole minor units inside; it is never a floating-point number. */

export function decimalsOf(amount: string): number {
  const dot = amount.indexOf('.');
  return dot < 0 ? 0 : amount.length - dot - 1;
}

/** "12.50" → 1250n */
export function toMinor(amount: string): bigint {
  const negative = amount.startsWith('-');
  const digits = BigInt(amount.replace(/[-+.]/g, ''));
  return negative ? -digits : digits;
}

/** 1250n, 2 → "12.50" */
export function fromMinor(minor: bigint, decimals: number): string {
  const sign = minor < 0n ? '-' : '';
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

export function sum(amounts: Iterable<string>, decimals: number): string {
  let total = 0n;
  for (const amount of amounts) total += toMinor(amount);
  return fromMinor(total, decimals);
}

export function plus(left: string, right: string): string {
  return fromMinor(toMinor(left) + toMinor(right), decimalsOf(left));
}

export function minus(left: string, right: string): string {
  return fromMinor(toMinor(left) - toMinor(right), decimalsOf(left));
}

export function negate(amount: string): string {
  return toMinor(amount) === 0n ? amount : amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}

export function absolute(amount: string): string {
  return amount.startsWith('-') ? amount.slice(1) : amount;
}

/** A length for a bar or a point on a plot, the one place where a figure may lose its exactness. */
export function toLength(amount: string): number {
  return Number(amount);
}
