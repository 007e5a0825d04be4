import type { Period } from '../calendar.ts';
import { flowOf, partsOf } from '../wallet/flows.ts';
import type { FlowReader } from './balance.ts';

/** Minor units by category, payee or tag. */
export type Sums = ReadonlyMap<string, bigint>;

/** What came in or went out in a stretch, by cell, in minor units. */
export function sumsIn(period: Period, side: 'in' | 'out', read: FlowReader): Sums {
  const sums = new Map<string, bigint>();
  for (const { bucket, part } of partsOf(period)) {
    const cells = flowOf(read(bucket), part)[side];
    for (const cell in cells) sums.set(cell, (sums.get(cell) ?? 0n) + BigInt(cells[cell] ?? '0'));
  }
  return sums;
}

/** The buckets that some stretches are made of. */
export function bucketsIn(periods: readonly Period[]): readonly string[] {
  return [...new Set(periods.flatMap((period) => partsOf(period).map(({ bucket }) => bucket)))];
}

/** Everything together. */
export function totalOf(sums: Sums): bigint {
  let total = 0n;
  for (const minor of sums.values()) total += minor;
  return total;
}

/** A category and every one above it: `Food:Cafe` and `Food`. */
function withAbove(category: string): readonly string[] {
  const parts = category.split(':');
  return parts.map((_, index) => parts.slice(0, index + 1).join(':'));
}

/** Each category with all below it. */
export function rolledUp(sums: Sums): Sums {
  const rolled = new Map<string, bigint>();
  for (const [category, minor] of sums) {
    for (const above of withAbove(category)) rolled.set(above, (rolled.get(above) ?? 0n) + minor);
  }
  return rolled;
}

/** Every category and every one above it, in the order of their paths: a parent before its children. */
export function withParents(categories: Iterable<string>): readonly string[] {
  const paths = new Set([...categories].flatMap(withAbove));
  // Compared part by part, so that `Food:Cafe` follows `Food` at once, also when there is a `Food-like`.
  const key = (path: string): string => path.replaceAll(':', '\u0000');
  return [...paths].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** 0 for `Food`, 1 for `Food:Cafe`. */
export function depthOf(category: string): number {
  return category.split(':').length - 1;
}
