import { addDays, periodOf, split, type CivilDate, type Period } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import { formatMinor } from '../money.ts';
import { balanceBefore, bucketsBefore, type FlowReader } from '../wallet/balance-before.ts';
import { flowOf, MOVED_IN, MOVED_OUT, partsOf, sumOf } from '../wallet/flows.ts';
import { isPartial, type Drill } from './compare.ts';

export { balanceBefore, bucketsBefore, netOf, type FlowReader } from '../wallet/balance-before.ts';

/** How a balance moved in one stretch. Amounts are decimals. */
export interface BalanceStep extends Period {
  readonly in: string;
  readonly out: string;
  /** What transfers brought less what they took. */
  readonly moved: string;
  /** At the end of the stretch. */
  readonly balance: string;
  /** Whether the report holds only a part of the month. */
  readonly partial: boolean;
  readonly drill: Drill;
}

export interface BalanceReport {
  /** At the end of `on`. */
  readonly balance: string;
  readonly on: CivilDate;
  /** At the beginning of the first stretch. */
  readonly opening: string;
  readonly series: readonly BalanceStep[];
}

/** The most stretches a report takes. */
const MAX_DAYS = 1_000;
export const MAX_MONTHS = 400;

/** What {@link balanceReport} reads. */
export function balanceBuckets(period: Period, on: CivilDate): readonly string[] {
  const next = addDays(on, 1);
  return [...new Set([...bucketsBefore(period.from), ...bucketsBefore(next), ...partsOf(period).map(({ bucket }) => bucket)])];
}

/** What {@link balanceReport} reads when it goes by days. */
export function dailyBuckets(period: Period): readonly string[] {
  return split(period, 'month', MAX_MONTHS).map(({ from }) => from.slice(0, 7));
}

/** Income, spending and what transfers moved in a stretch, in minor units. */
export function flowIn(
  period: Period,
  read: FlowReader,
): { readonly in: bigint; readonly out: bigint; readonly movedIn: bigint; readonly movedOut: bigint } {
  const sums = { in: 0n, out: 0n, movedIn: 0n, movedOut: 0n };
  for (const { bucket, part } of partsOf(period)) {
    const { in: came, out: went, moved = {} } = flowOf(read(bucket), part);
    sums.in += sumOf(came);
    sums.out += sumOf(went);
    sums.movedIn += BigInt(moved[MOVED_IN] ?? '0');
    sums.movedOut += BigInt(moved[MOVED_OUT] ?? '0');
  }
  return sums;
}

/** The balance at the end of a day, and how it moved over a stretch, day by day or month by month. */
export function balanceReport(
  options: { readonly period: Period; readonly by: 'day' | 'month'; readonly on: CivilDate; readonly currency: CurrencyCode },
  read: FlowReader,
): BalanceReport {
  const { period, by, on } = options;
  const exponent = exponentOf(options.currency);
  const opening = balanceBefore(period.from, read);
  let balance = opening;
  const series = split(period, by, by === 'day' ? MAX_DAYS : MAX_MONTHS).map((step): BalanceStep => {
    const flow = flowIn(step, read);
    balance += flow.in - flow.out + flow.movedIn - flow.movedOut;
    return {
      ...step,
      in: formatMinor(flow.in, exponent),
      out: formatMinor(flow.out, exponent),
      moved: formatMinor(flow.movedIn - flow.movedOut, exponent),
      balance: formatMinor(balance, exponent),
      partial: isPartial(step, periodOf(by, step.from)),
      drill: step,
    };
  });
  const current = balanceBefore(addDays(on, 1), read);
  return { balance: formatMinor(current, exponent), on, opening: formatMinor(opening, exponent), series };
}
