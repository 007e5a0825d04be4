import type { CategorySpending, Compared, ComparedStretch, Drill, NameSpending } from '../api/report-types.ts';
import { toMinor } from '../money/amount.ts';

export interface SpendingLine {
  readonly name: string | null;
  readonly depth: number;
  readonly total: string;
  readonly share: number | null;
  readonly drill: Drill;
  readonly previous: Compared | undefined;
  readonly yearBefore: Compared | undefined;
}

/** Spending by category, payee or tag, in one shape. */
export interface Spending {
  readonly from: string;
  readonly to: string;
  readonly total: string;
  readonly rows: readonly SpendingLine[];
  readonly rest: { readonly names: number; readonly total: string } | undefined;
  readonly previous: ComparedStretch | undefined;
  readonly yearBefore: ComparedStretch | undefined;
}

export function spendingOfCategories({ from, to, total, rows, previous, yearBefore }: CategorySpending): Spending {
  const lines = rows.map((row) => ({ ...row, name: row.category, previous: row.previous, yearBefore: row.yearBefore }));
  return { from, to, total, rows: lines, rest: undefined, previous, yearBefore };
}

export function spendingOfNames({ from, to, total, rows, rest, previous, yearBefore }: NameSpending): Spending {
  const lines = rows.map((row) => ({ ...row, depth: 0, previous: row.previous, yearBefore: row.yearBefore }));
  return { from, to, total, rows: lines, rest: rest.names === 0 ? undefined : rest, previous, yearBefore };
}

const SLOTS = 8;

/** The largest seven have colours of their own, in the order of their size; the others share the last. */
export function slotsOf({ rows }: Spending): ReadonlyMap<string | null, number> {
  const tops = rows.filter((row) => row.depth === 0);
  const bySize = tops.toSorted((left, right) => (toMinor(right.total) > toMinor(left.total) ? 1 : -1));
  return new Map(bySize.map((row, index) => [row.name, Math.min(index + 1, SLOTS)]));
}
