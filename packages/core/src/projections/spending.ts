import { split, type Period } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import { apportion, formatMinor } from '../money.ts';
import { flowOf, isWithin, partsOf, sumOf } from '../wallet/flows.ts';
import { MAX_MONTHS, type FlowReader } from './balance.ts';

/** A category with what was spent in it (`own`) and in it and all below it (`total`). Amounts are decimals. */
export interface SpendingRow {
  readonly category: string;
  /** 0 for `Food`, 1 for `Food:Cafe`. */
  readonly depth: number;
  readonly own: string;
  readonly total: string;
  /** Whole percent of everything; those of depth 0 add up to 100. */
  readonly share: number;
}
export interface SpendingReport extends Period {
  readonly total: string;
  readonly rows: readonly SpendingRow[];
}

/** The same by months: `amounts` stand in the order of `categories`, children rolled up into depth 0. */
export interface SpendingByMonth extends Period {
  readonly total: string;
  readonly categories: readonly string[];
  readonly months: readonly (Period & { readonly total: string; readonly amounts: readonly string[] })[];
}

/** What {@link spendingReport} reads. */
export function spendingBuckets(period: Period): readonly string[] {
  return [...new Set(partsOf(period).map(({ bucket }) => bucket))];
}

/** What was spent by category in a stretch, in minor units. */
function spentByCategory(period: Period, read: FlowReader): ReadonlyMap<string, bigint> {
  const spent = new Map<string, bigint>();
  for (const { bucket, part } of partsOf(period)) {
    const { out } = flowOf(read(bucket), part);
    for (const category in out) spent.set(category, (spent.get(category) ?? 0n) + BigInt(out[category] ?? '0'));
  }
  return spent;
}

/** Every category and every one above it, in the order of their paths: a parent before its children. */
function withParents(categories: Iterable<string>): readonly string[] {
  const paths = new Set<string>();
  for (const category of categories) {
    const parts = category.split(':');
    for (let depth = 1; depth <= parts.length; depth += 1) paths.add(parts.slice(0, depth).join(':'));
  }
  // Compared part by part, so that `Food:Cafe` follows `Food` at once, also when there is a `Food-like`.
  const key = (path: string): string => path.replaceAll(':', '\u0000');
  return [...paths].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Spending by category, children rolled up into their parents. */
export function spendingReport(
  options: { readonly period: Period; readonly currency: CurrencyCode },
  read: FlowReader,
): SpendingReport {
  const { period, currency } = options;
  const exponent = exponentOf(currency);
  const spent = spentByCategory(period, read);
  const all = [...spent.values()].reduce((sum, minor) => sum + minor, 0n);
  const sums = withParents(spent.keys()).map((category) => {
    let total = 0n;
    for (const [other, minor] of spent) if (isWithin(other, category)) total += minor;
    return { category, depth: category.split(':').length - 1, own: spent.get(category) ?? 0n, total };
  });
  // What refunds push below zero has no share.
  const roots = sums.filter(({ depth, total }) => depth === 0 && total > 0n);
  const shares = new Map(
    roots.length > 0
      ? apportion(
          100n,
          roots.map(({ total }) => total),
        ).map((share, index) => [roots[index]?.category, share])
      : [],
  );
  const rows = sums.map(({ category, depth, own, total }): SpendingRow => ({
    category,
    depth,
    own: formatMinor(own, exponent),
    total: formatMinor(total, exponent),
    share: Number(depth === 0 ? (shares.get(category) ?? 0n) : all > 0n ? (total * 100n) / all : 0n),
  }));
  return { ...period, total: formatMinor(all, exponent), rows };
}

/** What {@link spendingByMonth} reads. */
export function spendingByMonthBuckets(period: Period): readonly string[] {
  return [...new Set(split(period, 'month', MAX_MONTHS).flatMap(spendingBuckets))];
}

/** Spending by month and top category. */
export function spendingByMonth(
  options: { readonly period: Period; readonly currency: CurrencyCode },
  read: FlowReader,
): SpendingByMonth {
  const { period, currency } = options;
  const exponent = exponentOf(currency);
  const months = split(period, 'month', MAX_MONTHS).map((month) => ({ month, spent: spentByCategory(month, read) }));
  const tops = new Set(months.flatMap(({ spent }) => [...spent.keys()].map((category) => category.split(':')[0] ?? category)));
  const categories = [...tops].sort();
  let all = 0n;
  const rows = months.map(({ month, spent }) => {
    const cells = Object.fromEntries([...spent].map(([category, minor]) => [category, minor.toString()]));
    const total = sumOf(cells);
    all += total;
    return {
      ...month,
      total: formatMinor(total, exponent),
      amounts: categories.map((category) => formatMinor(sumOf(cells, category), exponent)),
    };
  });
  return { ...period, total: formatMinor(all, exponent), categories, months: rows };
}
