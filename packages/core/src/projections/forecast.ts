import { addDays, addMonths, split, type CivilDate, type Period } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import type { WalletId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import { hasExpired, type OpenPlans } from '../wallet/plans.ts';
import { balanceBefore, bucketsBefore, netOf, type FlowReader } from './balance.ts';

/** Something that is expected and not booked yet: an occurrence of a schedule, of this wallet or of one that sends to it, or what was planned. */
export interface Expected {
  readonly on: CivilDate;
  /** What it adds to the balance, in minor units. */
  readonly minor: bigint;
  readonly what: 'schedule' | 'planned' | 'incoming';
  /** The schedule's or the plan's. */
  readonly id: string;
  /** Of what is incoming: the wallet whose schedule sends it. */
  readonly walletId?: WalletId;
}

/** How the balance is expected to move. Amounts are decimals. */
export interface ForecastStep {
  /** Today when it is overdue. */
  readonly on: CivilDate;
  readonly change: string;
  /** After it. */
  readonly balance: string;
  readonly what: 'booked' | Expected['what'];
  readonly id: string | null;
  /** Of what is `incoming`: the wallet whose schedule of that id sends it. */
  readonly walletId?: WalletId;
}

export interface ForecastReport extends Period {
  /** At the end of `from`, which is today: what is booked by then. */
  readonly opening: string;
  readonly series: readonly ForecastStep[];
  readonly closing: string;
  /** Where the balance is lowest, the first time it is; today when it is never lower. */
  readonly lowest: { readonly on: CivilDate; readonly balance: string };
  /** Whether all that is known of the stretch is in it. When not, the series ends at its bound, and so does what it says. */
  readonly complete: boolean;
}

/** How far ahead a forecast looks, and in how many steps. */
const MAX_MONTHS_AHEAD = 120;
export const MAX_STEPS = 10_000;

/** The last day a forecast may end before: ten years from today. */
export function forecastEnd(today: CivilDate, to: CivilDate): CivilDate {
  const furthest = addMonths(today, MAX_MONTHS_AHEAD);
  const least = addDays(today, 1);
  return to > furthest ? furthest : to < least ? least : to;
}

/** What {@link forecastReport} reads. */
export function forecastBuckets({ from, to }: Period): readonly string[] {
  const months = monthsOf({ from, to });
  return [...new Set([...bucketsBefore(addDays(from, 1)), ...months])];
}

function monthsOf(period: Period): readonly string[] {
  return split(period, 'month', MAX_MONTHS_AHEAD + 2).map(({ from }) => from.slice(0, 7));
}

/** What is booked after today, a step for each day that moves the balance. */
function bookedAhead({ from, to }: Period, read: FlowReader): readonly { readonly on: CivilDate; readonly minor: bigint }[] {
  return monthsOf({ from, to }).flatMap((month) => {
    const days = read(month);
    return Object.keys(days)
      .sort()
      .map((on) => ({ on: on as CivilDate, minor: netOf(days[on] ?? { in: {}, out: {} }) }))
      .filter(({ on, minor }) => on > from && on < to && minor !== 0n);
  });
}

/** The open plans that can still be booked, of the days before the end. By id, so that a plan that was dropped and came back stands where it stood. */
export function plannedAhead({ items }: OpenPlans, { from, to }: Period): readonly Expected[] {
  return Object.entries(items)
    .filter(([, plan]) => plan.on < to && !hasExpired(plan, from))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { kind, amount, on }]) => ({
      on,
      minor: kind === 'income' ? BigInt(amount) : -BigInt(amount),
      what: 'planned' as const,
      id,
    }));
}

/**
 * From what is booked by the end of today, over what is booked and what is expected after it, to a day. `expected` is in order; what
 * of it is overdue counts today.
 */
export function forecastReport(
  {
    period,
    currency,
    expected,
  }: { readonly period: Period; readonly currency: CurrencyCode; readonly expected: readonly Expected[] },
  read: FlowReader,
): ForecastReport {
  const { from } = period;
  const exponent = exponentOf(currency);
  const opening = balanceBefore(addDays(from, 1), read);
  const booked = bookedAhead(period, read).map((step) => ({ ...step, what: 'booked' as const, id: null }));
  const coming = expected.map((step) => ({ ...step, on: step.on < from ? from : step.on }));
  const steps: readonly (Omit<Expected, 'what' | 'id'> & Pick<ForecastStep, 'what' | 'id'>)[] = [...booked, ...coming].sort(
    (a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0),
  );
  let balance = opening;
  let lowest = { on: from, balance: opening };
  const series = steps.slice(0, MAX_STEPS).map(({ minor, ...step }): ForecastStep => {
    balance += minor;
    if (balance < lowest.balance) lowest = { on: step.on, balance };
    return { ...step, change: formatMinor(minor, exponent), balance: formatMinor(balance, exponent) };
  });
  return {
    ...period,
    opening: formatMinor(opening, exponent),
    series,
    closing: formatMinor(balance, exponent),
    lowest: { on: lowest.on, balance: formatMinor(lowest.balance, exponent) },
    complete: steps.length <= MAX_STEPS,
  };
}
