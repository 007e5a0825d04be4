import type { Period } from '../calendar.ts';
import { exponentOf } from '../currency.ts';
import { formatMinor } from '../money.ts';
import type { FlowReader } from './balance.ts';
import { sumsIn, totalOf, type Sums } from './cells.ts';
import {
  beside,
  besideStretches,
  othersOf,
  percentOf,
  type Compared,
  type Drill,
  type Other,
  type WithComparisons,
} from './compare.ts';
import type { SpendingOptions } from './spending.ts';

/** A payee or a tag with what was spent on it. */
export interface NamedSpendingRow extends WithComparisons {
  /** Null for what was spent without a payee. */
  readonly name: string | null;
  readonly total: string;
  /** Whole percent of everything that was spent, cut; null when that is nothing. */
  readonly share: number | null;
  readonly drill: Drill;
}

/** Spending by payee or tag, most first. An entry with two tags counts under both, so the rows of tags do not add up. */
export interface NamedSpending extends Period, WithComparisons<Compared & Period> {
  readonly by: 'payee' | 'tag';
  readonly total: string;
  readonly rows: readonly NamedSpendingRow[];
  /** How many more names there are, and what theirs come to. */
  readonly rest: { readonly names: number; readonly total: string };
}

export interface NamedSpendingOptions extends SpendingOptions {
  readonly by: 'payee' | 'tag';
  /** How many rows are wanted, 1 to 200. */
  readonly limit: number;
}

/** Names with their sums, and what everything came to. */
interface Named {
  readonly sums: Sums;
  readonly all: bigint;
}

/** What was spent by payee or tag. `named` reads the flows by payee or tag, `read` those by category. */
export function spendingByName(options: NamedSpendingOptions, named: FlowReader, read: FlowReader): NamedSpending {
  const { by, period, currency, compare = [], limit } = options;
  const exponent = exponentOf(currency);
  const namesIn = (stretch: Period): Named => {
    const all = totalOf(sumsIn(stretch, 'out', read));
    const sums = sumsIn(stretch, 'out', named);
    const without = by === 'payee' ? all - totalOf(sums) : 0n;
    return { sums: without === 0n ? sums : new Map([...sums, ['', without]]), all };
  };
  const { sums, all } = namesIn(period);
  const others = othersOf(compare, period, namesIn);
  const ordered = inOrder(sums, others);
  const rows = ordered.slice(0, limit).map(([name, now]): NamedSpendingRow => ({
    name: name === '' ? null : name,
    total: formatMinor(now, exponent),
    share: percentOf(now, all),
    drill: by === 'payee' ? { ...period, payee: name } : { ...period, tag: name },
    ...beside(others, { now, of: (figures) => figures.sums.get(name) ?? 0n, exponent }),
  }));
  const left = ordered.slice(limit);
  const rest = { names: left.length, total: formatMinor(totalOf(new Map(left)), exponent) };
  const together = besideStretches(others, { now: all, of: (figures) => figures.all, exponent });
  return { ...period, by, total: formatMinor(all, exponent), rows, rest, ...together };
}

/** Every name of any of the stretches, most first. */
function inOrder(sums: Sums, others: readonly Other<Named>[]): readonly (readonly [string, bigint])[] {
  const names = new Set([...sums.keys(), ...others.flatMap(({ figures }) => [...figures.sums.keys()])]);
  return [...names]
    .map((name) => [name, sums.get(name) ?? 0n] as const)
    .sort(([a, one], [b, other]) => (one === other ? (a < b ? -1 : 1) : one > other ? -1 : 1));
}
