import { periodOf, split, type Period } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import { formatMinor } from '../money.ts';
import { MAX_MONTHS, type FlowReader } from './balance.ts';
import { depthOf, rolledUp, sumsIn, totalOf, withParents, type Sums } from './cells.ts';
import { isPartial, type Drill } from './compare.ts';

/** A category with all below it: one amount a month, and all of them together. */
export interface IncomeStatementRow {
  /** The empty text for income without one. */
  readonly category: string;
  readonly depth: number;
  readonly total: string;
  readonly amounts: readonly string[];
  readonly drill: Drill;
}

/** Income or expenses. */
export interface IncomeStatementSide {
  readonly total: string;
  readonly amounts: readonly string[];
  readonly rows: readonly IncomeStatementRow[];
}

/** One column: what stayed of its month. */
export interface IncomeStatementMonth extends Period {
  readonly net: string;
  /** Whether the report holds only a part of the month. */
  readonly partial: boolean;
}

/** What came in and what went out by category, a column a month. Amounts are decimals in the order of `months`. */
export interface IncomeStatement extends Period {
  readonly months: readonly IncomeStatementMonth[];
  readonly income: IncomeStatementSide;
  readonly expenses: IncomeStatementSide;
  readonly net: string;
}

/** Makes the income statement of a stretch. */
export function incomeStatement(
  { period, currency }: { readonly period: Period; readonly currency: CurrencyCode },
  read: FlowReader,
): IncomeStatement {
  const exponent = exponentOf(currency);
  const months = split(period, 'month', MAX_MONTHS);
  const sums = (side: 'in' | 'out'): readonly Sums[] => months.map((month) => sumsIn(month, side, read));
  const [came, went] = [sums('in'), sums('out')];
  const nets = months.map((_, index) => totalOf(came[index] ?? new Map()) - totalOf(went[index] ?? new Map()));
  return {
    ...period,
    months: months.map((month, index) => ({
      ...month,
      net: formatMinor(nets[index] ?? 0n, exponent),
      partial: isPartial(month, periodOf('month', month.from)),
    })),
    income: sideOf(came, { exponent, drill: { ...period, kind: 'income' } }),
    expenses: sideOf(went, { exponent, drill: period }),
    net: formatMinor(sumOf(nets), exponent),
  };
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, minor) => sum + minor, 0n);
}

function sideOf(
  months: readonly Sums[],
  { exponent, drill }: { readonly exponent: number; readonly drill: Drill },
): IncomeStatementSide {
  const shown = (minor: bigint): string => formatMinor(minor, exponent);
  const rolled = months.map(rolledUp);
  const categories = withParents(months.flatMap((sums) => [...sums.keys()]));
  const rows = categories.map((category): IncomeStatementRow => {
    const amounts = rolled.map((sums) => sums.get(category) ?? 0n);
    return {
      category,
      depth: depthOf(category),
      total: shown(sumOf(amounts)),
      amounts: amounts.map(shown),
      drill: { ...drill, category },
    };
  });
  const totals = months.map(totalOf);
  return { total: shown(sumOf(totals)), amounts: totals.map(shown), rows };
}
