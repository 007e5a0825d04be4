import { periodOf, split, type Period } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import { apportion, formatMinor } from '../money.ts';
import { MAX_MONTHS, type FlowReader } from './balance.ts';
import { bucketsIn, depthOf, rolledUp, sumsIn, totalOf, withParents, type Sums } from './cells.ts';
import {
  beside,
  besideStretches,
  comparedWith,
  isPartial,
  othersOf,
  type Compared,
  type Comparison,
  type Drill,
  type WithComparisons,
} from './compare.ts';

/** A category with what was spent in it (`own`) and in it and all below it (`total`). Amounts are decimals. */
export interface SpendingRow extends WithComparisons {
  readonly category: string;
  /** 0 for `Food`, 1 for `Food:Cafe`. */
  readonly depth: number;
  readonly own: string;
  readonly total: string;
  /** Whole percent of everything; those of depth 0 add up to 100 where refunds push none below zero. */
  readonly share: number;
  /** The entries behind `total`: what they come to is their `out`. */
  readonly drill: Drill;
}
export interface SpendingReport extends Period, WithComparisons<Compared & Period> {
  readonly total: string;
  readonly rows: readonly SpendingRow[];
}

/** One month of {@link SpendingByMonth}. */
export interface SpendingMonth extends Period, WithComparisons {
  readonly total: string;
  readonly amounts: readonly string[];
  /** Whether the report holds only a part of the month. */
  readonly partial: boolean;
  readonly drill: Drill;
}

/** The same by months: `amounts` stand in the order of `categories`, children rolled up into depth 0. */
export interface SpendingByMonth extends Period, WithComparisons<Compared & Period> {
  readonly total: string;
  readonly categories: readonly string[];
  readonly months: readonly SpendingMonth[];
}

/** What a report of spending is about. */
export interface SpendingOptions {
  readonly period: Period;
  readonly currency: CurrencyCode;
  readonly compare?: readonly Comparison[];
}

/** A stretch and those it is compared with. */
function stretchesOf(period: Period, compare: readonly Comparison[]): readonly Period[] {
  return [period, ...compare.map((comparison) => comparedWith(comparison, period))];
}

/** What {@link spendingReport} reads. */
export function spendingBuckets(period: Period, compare: readonly Comparison[] = []): readonly string[] {
  return bucketsIn(stretchesOf(period, compare));
}

/** Whole percent by category of depth 0; what refunds push below zero has none. A tie is settled by name, not by what was booked first. */
function sharesOf(totals: Sums): Sums {
  const roots = [...totals].filter(([category, minor]) => depthOf(category) === 0 && minor > 0n);
  roots.sort(([a], [b]) => (a < b ? -1 : 1));
  if (roots.length === 0) return new Map();
  const shares = apportion(
    100n,
    roots.map(([, minor]) => minor),
  );
  return new Map(roots.map(([category], index) => [category, shares[index] ?? 0n]));
}

/** Spending by category, children rolled up into their parents. */
export function spendingReport({ period, currency, compare = [] }: SpendingOptions, read: FlowReader): SpendingReport {
  const exponent = exponentOf(currency);
  const spent = sumsIn(period, 'out', read);
  const others = othersOf(compare, period, (other) => rolledUp(sumsIn(other, 'out', read)));
  const totals = rolledUp(spent);
  const all = totalOf(spent);
  const shares = sharesOf(totals);
  const categories = withParents([...spent.keys(), ...others.flatMap(({ figures }) => [...figures.keys()])]);
  const rows = categories.map((category): SpendingRow => {
    const now = totals.get(category) ?? 0n;
    const depth = depthOf(category);
    const below = now > 0n && all > 0n ? (now * 100n) / all : 0n;
    return {
      category,
      depth,
      own: formatMinor(spent.get(category) ?? 0n, exponent),
      total: formatMinor(now, exponent),
      share: Number(depth === 0 ? (shares.get(category) ?? 0n) : below),
      drill: { ...period, category },
      ...beside(others, { now, of: (figures) => figures.get(category) ?? 0n, exponent }),
    };
  });
  const together = besideStretches(others, { now: all, of: rootsOf, exponent });
  return { ...period, total: formatMinor(all, exponent), rows, ...together };
}

/** What the categories of depth 0 come to: everything. */
function rootsOf(rolled: Sums): bigint {
  let sum = 0n;
  for (const [category, minor] of rolled) if (depthOf(category) === 0) sum += minor;
  return sum;
}

/** What {@link spendingByMonth} reads. */
export function spendingByMonthBuckets(period: Period, compare: readonly Comparison[] = []): readonly string[] {
  const months = split(period, 'month', MAX_MONTHS);
  return bucketsIn([period, ...months].flatMap((each) => stretchesOf(each, compare)));
}

/** Spending by month and top category. */
export function spendingByMonth({ period, currency, compare = [] }: SpendingOptions, read: FlowReader): SpendingByMonth {
  const exponent = exponentOf(currency);
  const months = split(period, 'month', MAX_MONTHS).map((month) => {
    const spent = sumsIn(month, 'out', read);
    return { month, all: totalOf(spent), totals: rolledUp(spent) };
  });
  const tops = new Set(months.flatMap(({ totals }) => [...totals.keys()].filter((category) => depthOf(category) === 0)));
  const categories = [...tops].sort();
  const total = months.reduce((sum, { all }) => sum + all, 0n);
  const spentIn = (other: Period): bigint => totalOf(sumsIn(other, 'out', read));
  const of = (minor: bigint): bigint => minor;
  const rows = months.map(({ month, all, totals }): SpendingMonth => ({
    ...month,
    total: formatMinor(all, exponent),
    amounts: categories.map((category) => formatMinor(totals.get(category) ?? 0n, exponent)),
    partial: isPartial(month, periodOf('month', month.from)),
    drill: month,
    ...beside(othersOf(compare, month, spentIn), { now: all, of, exponent }),
  }));
  const together = besideStretches(othersOf(compare, period, spentIn), { now: total, of, exponent });
  return { ...period, total: formatMinor(total, exponent), categories, months: rows, ...together };
}
