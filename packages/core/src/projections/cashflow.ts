import { periodOf, split, type Period } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import { formatMinor } from '../money.ts';
import { flowIn, MAX_MONTHS, type FlowReader } from './balance.ts';
import { bucketsIn } from './cells.ts';
import { isPartial, percentOf, type Drill } from './compare.ts';

/** What came in, went out and stayed. Amounts are decimals. Transfers are neither, and stand apart. */
export interface CashflowSums extends Period {
  readonly in: string;
  readonly out: string;
  readonly net: string;
  readonly received: string;
  readonly sent: string;
  /** What stayed of what came in, in whole percent, cut towards zero; null without income. */
  readonly savingsRate: number | null;
  readonly drill: Drill;
}
export interface CashflowMonth extends CashflowSums {
  /** Whether the report holds only a part of the month. */
  readonly partial: boolean;
}
export interface CashflowReport extends CashflowSums {
  readonly months: readonly CashflowMonth[];
}

/** What {@link cashflowReport} reads. */
export function cashflowBuckets(period: Period): readonly string[] {
  return bucketsIn(split(period, 'month', MAX_MONTHS));
}

/** In, out and what stayed, month by month; empty months are there with zeros. */
export function cashflowReport(
  options: { readonly period: Period; readonly currency: CurrencyCode },
  read: FlowReader,
): CashflowReport {
  const { period, currency } = options;
  const exponent = exponentOf(currency);
  const sums = (stretch: Period, flow: ReturnType<typeof flowIn>): CashflowSums => ({
    ...stretch,
    in: formatMinor(flow.in, exponent),
    out: formatMinor(flow.out, exponent),
    net: formatMinor(flow.in - flow.out, exponent),
    received: formatMinor(flow.movedIn, exponent),
    sent: formatMinor(flow.movedOut, exponent),
    savingsRate: percentOf(flow.in - flow.out, flow.in),
    drill: { from: stretch.from, to: stretch.to },
  });
  const total = { in: 0n, out: 0n, movedIn: 0n, movedOut: 0n };
  const months = split(period, 'month', MAX_MONTHS).map((month): CashflowMonth => {
    const flow = flowIn(month, read);
    total.in += flow.in;
    total.out += flow.out;
    total.movedIn += flow.movedIn;
    total.movedOut += flow.movedOut;
    return { ...sums(month, flow), partial: isPartial(month, periodOf('month', month.from)) };
  });
  return { ...sums(period, total), months };
}
