import { periodOf, split, type Period } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import { formatMinor } from '../money.ts';
import { partsOf } from '../wallet/flows.ts';
import { flowIn, MAX_MONTHS, type FlowReader } from './balance.ts';

/** What came in, went out and stayed. Amounts are decimals. */
export interface CashflowSums extends Period {
  readonly in: string;
  readonly out: string;
  readonly net: string;
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
  return [...new Set(split(period, 'month', MAX_MONTHS).flatMap((month) => partsOf(month).map(({ bucket }) => bucket)))];
}

/** In, out and what stayed, month by month; empty months are there with zeros. */
export function cashflowReport(
  options: { readonly period: Period; readonly currency: CurrencyCode },
  read: FlowReader,
): CashflowReport {
  const { period, currency } = options;
  const exponent = exponentOf(currency);
  const sums = (stretch: Period, flow: { readonly in: bigint; readonly out: bigint }): CashflowSums => ({
    ...stretch,
    in: formatMinor(flow.in, exponent),
    out: formatMinor(flow.out, exponent),
    net: formatMinor(flow.in - flow.out, exponent),
  });
  const total = { in: 0n, out: 0n };
  const months = split(period, 'month', MAX_MONTHS).map((month): CashflowMonth => {
    const flow = flowIn(month, read);
    total.in += flow.in;
    total.out += flow.out;
    const whole = periodOf('month', month.from);
    return { ...sums(month, flow), partial: whole.from !== month.from || whole.to !== month.to };
  });
  return { ...sums(period, total), months };
}
