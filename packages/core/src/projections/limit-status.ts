import { daysBetween, periodOf, type CivilDate, type PeriodKind } from '../calendar.ts';
import { exponentOf } from '../currency.ts';
import type { LimitId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import { hasReached, spentIn } from '../wallet/crossings.ts';
import type { LimitMode } from '../wallet/events.ts';
import { partsOf } from '../wallet/flows.ts';
import { currentLimits, termsOn, type Head, type TermsInForce } from '../wallet/head.ts';
import { headOf, type WalletState } from '../wallet/state.ts';

/** `near` from the first threshold on, `reached` at exactly the limit, `over` above it. */
export type LimitCondition = 'within' | 'near' | 'reached' | 'over';

/** A limit and where it stands in the period that holds a day. Amounts are decimals. */
export interface LimitStatus {
  readonly id: LimitId;
  readonly scope: string | null;
  readonly period: PeriodKind;
  readonly amount: string;
  readonly thresholds: readonly number[];
  readonly mode: LimitMode;
  readonly startsOn: CivilDate;
  readonly current: {
    readonly from: CivilDate;
    readonly to: CivilDate;
    readonly spent: string;
    readonly left: string;
    /** Whole percent, rounded down: 80 is never shown before it is reached. Null for a limit of nothing. */
    readonly percent: number | null;
    readonly state: LimitCondition;
    /** With the day itself. */
    readonly daysLeft: number;
    /** What is left shared over them, rounded down. */
    readonly leftPerDay: string;
  };
}

/** The flow buckets that {@link limitStatuses} reads. */
export function limitBuckets(view: Head, on: CivilDate): readonly string[] {
  const periods = shownLimits(view, on).map(([, terms]) => periodOf(terms.period, shownOn(terms, on)));
  return [...new Set(periods.flatMap((period) => partsOf(period).map(({ bucket }) => bucket)))];
}

/** Each limit by the terms in force on a day; one that is only planned by those it is to have. */
function shownLimits(view: Head, on: CivilDate): readonly (readonly [LimitId, TermsInForce])[] {
  return currentLimits(view).map(([id, newest]) => [id, termsOn(view, id, on) ?? newest] as const);
}

/** A limit that is not in force yet is shown in its first period. */
function shownOn({ since }: TermsInForce, on: CivilDate): CivilDate {
  return on < since ? since : on;
}

/** Where every limit stands on a day, by id. */
export function limitStatuses(state: WalletState, on: CivilDate): readonly LimitStatus[] {
  return shownLimits(headOf(state), on)
    .map(([id, terms]) => statusOf(state, id, terms, on))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function statusOf(state: WalletState, id: LimitId, terms: TermsInForce, on: CivilDate): LimitStatus {
  const exponent = exponentOf(headOf(state).currency);
  const day = shownOn(terms, on);
  const period = periodOf(terms.period, day);
  const amount = BigInt(terms.amount);
  const spent = spentIn(state, period, terms.scope);
  const left = amount - spent;
  const daysLeft = daysBetween(day, period.to);
  return {
    id,
    scope: terms.scope ?? null,
    period: terms.period,
    amount: formatMinor(amount, exponent),
    thresholds: terms.thresholds,
    mode: terms.mode,
    startsOn: terms.startsOn,
    current: {
      ...period,
      spent: formatMinor(spent, exponent),
      left: formatMinor(left, exponent),
      percent: amount > 0n ? Number((spent * 100n) / amount) : null,
      state: conditionOf(spent, amount, terms.thresholds),
      daysLeft,
      leftPerDay: formatMinor(left > 0n ? left / BigInt(daysLeft) : 0n, exponent),
    },
  };
}

function conditionOf(spent: bigint, amount: bigint, thresholds: readonly number[]): LimitCondition {
  if (spent > amount) return 'over';
  if (spent === amount && spent > 0n) return 'reached';
  return thresholds.some((threshold) => hasReached(spent, amount, threshold)) ? 'near' : 'within';
}
