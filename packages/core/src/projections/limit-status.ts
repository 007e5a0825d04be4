import { daysBetween, type CivilDate, type Period, type PeriodKind } from '../calendar.ts';
import { exponentOf } from '../currency.ts';
import type { LimitId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import { currentLimits, limitOf, type Head } from '../wallet/head.ts';
import type { LimitMode, Rollover } from '../wallet/limit-events.ts';
import { periodAt, type LimitPeriod } from '../wallet/limit-periods.ts';
import { hasReached, standingNeeds, standingsOf, type Standing } from '../wallet/standing.ts';
import { headOf, type Need, type WalletState } from '../wallet/state.ts';

/** `near` from the first threshold on, `reached` at exactly the budget, `over` above it. */
export type LimitCondition = 'within' | 'near' | 'reached' | 'over';

/** Where a limit stands in one of its periods. Amounts are decimals. */
export interface LimitFigures extends Period {
  /** What was left, or lacking, in the periods before and counts in this one. */
  readonly carried: string;
  /** What may be spent: the amount and what was carried. */
  readonly budget: string;
  readonly spent: string;
  readonly left: string;
  /** Whole percent of the budget, rounded down: 80 is never shown before it is reached. Null for a budget of nothing or less. */
  readonly percent: number | null;
  readonly state: LimitCondition;
}

/** A limit and where it stands in the period that holds a day. Amounts are decimals. */
export interface LimitStatus {
  readonly id: LimitId;
  readonly scope: string | null;
  readonly tag: string | null;
  readonly period: PeriodKind;
  /** Of its weeks, months, quarters or years. */
  readonly firstDay: number;
  readonly amount: string;
  readonly thresholds: readonly number[];
  readonly mode: LimitMode;
  readonly rollover: Rollover;
  readonly cap: string | null;
  readonly startsOn: CivilDate;
  readonly current: LimitFigures & {
    /** With the day itself; none when the period is over, as a custom one may be. */
    readonly daysLeft: number;
    /** What is left shared over them, rounded down. */
    readonly leftPerDay: string;
  };
}

/** What {@link limitStatuses} reads beside the head. */
export function limitStatusNeeds(view: Head, on: CivilDate): readonly Need[] {
  return shownLimits(view, on).flatMap(([id, period]) => standingNeeds(limitOf(view, id), [period]));
}

/** Each limit in the period that holds a day; one that is only planned, or over, in the one it begins with. */
function shownLimits(view: Head, on: CivilDate): readonly (readonly [LimitId, LimitPeriod])[] {
  return currentLimits(view).flatMap(([id, newest]) => {
    const history = limitOf(view, id);
    const period = periodAt(history, on) ?? periodAt(history, newest.since);
    return period === undefined ? [] : [[id, period] as const];
  });
}

/** Where every limit stands on a day, by id. */
export function limitStatuses(state: WalletState, on: CivilDate): readonly LimitStatus[] {
  const view = headOf(state);
  const standings = standingsOf(state);
  const exponent = exponentOf(view.currency);
  return shownLimits(view, on)
    .map(([id, period]) => statusOf(id, period, standings(id, period), { on, exponent }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function statusOf(
  id: LimitId,
  period: LimitPeriod,
  standing: Standing,
  { on, exponent }: { readonly on: CivilDate; readonly exponent: number },
): LimitStatus {
  const { terms } = period;
  const left = standing.budget - standing.spent;
  const daysLeft = Math.max(0, daysBetween(on < period.from ? period.from : on, period.to));
  return {
    id,
    scope: terms.scope ?? null,
    tag: terms.tag ?? null,
    period: terms.period,
    firstDay: terms.firstDay ?? 1,
    amount: formatMinor(BigInt(terms.amount), exponent),
    thresholds: terms.thresholds,
    mode: terms.mode,
    rollover: terms.rollover ?? 'none',
    cap: terms.cap === undefined ? null : formatMinor(BigInt(terms.cap), exponent),
    startsOn: terms.startsOn,
    current: {
      ...figuresOf(period, standing, exponent),
      daysLeft,
      leftPerDay: formatMinor(left > 0n && daysLeft > 0 ? left / BigInt(daysLeft) : 0n, exponent),
    },
  };
}

/** The public form of where a limit stands. */
export function figuresOf(period: LimitPeriod, standing: Standing, exponent: number): LimitFigures {
  const { spent, carried, budget } = standing;
  return {
    from: period.from,
    to: period.to,
    carried: formatMinor(carried, exponent),
    budget: formatMinor(budget, exponent),
    spent: formatMinor(spent, exponent),
    left: formatMinor(budget - spent, exponent),
    percent: budget > 0n ? percentOf(spent, budget) : null,
    state: conditionOf(standing, period.terms.thresholds),
  };
}

/** Rounded down, below zero too: after a refund. */
function percentOf(spent: bigint, budget: bigint): number {
  const percent = (spent * 100n) / budget;
  return Number(spent < 0n && percent * budget !== spent * 100n ? percent - 1n : percent);
}

function conditionOf(standing: Standing, thresholds: readonly number[]): LimitCondition {
  const { spent, budget } = standing;
  if (spent > 0n && spent > budget) return 'over';
  if (spent > 0n && spent === budget) return 'reached';
  return thresholds.some((threshold) => hasReached(standing, threshold)) ? 'near' : 'within';
}
