import { addDays, type CivilDate, type Period } from '../calendar.ts';
import { exponentOf } from '../currency.ts';
import type { LimitId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import { limitOf, type Head } from '../wallet/head.ts';
import { periodAt, periodBefore, type LimitPeriod } from '../wallet/limit-periods.ts';
import { isEnd, lookAlike, type StoredHistory } from '../wallet/limit-terms.ts';
import { raised, raisedBucket, raisedKey } from '../wallet/raised.ts';
import { standingNeeds, standingsOf } from '../wallet/standing.ts';
import { headOf, raisedOf, type Need, type WalletState } from '../wallet/state.ts';
import { figuresOf, type LimitFigures } from './limit-status.ts';

/** Which periods of a limit are wanted: those of a stretch, or so many up to the one that holds a day. The newest 400 at most. */
export type LimitStretch = Period | { readonly last: number; readonly on: CivilDate };

export const MAX_ROWS = 400;

/** A limit in one of its periods: what was planned, and what came of it. Amounts are decimals. */
export interface LimitHistoryRow extends LimitFigures {
  /** The amount in force at the period's end, which rules all of it. */
  readonly planned: string;
  /** The amounts that were set within the period, with the days they were to count from. */
  readonly changes: readonly { readonly startsOn: CivilDate; readonly amount: string }[];
  /** The thresholds that were told and not cleared since, with the days they were told on. */
  readonly told: readonly { readonly threshold: number; readonly on: CivilDate }[];
}

/** Those periods of a limit, oldest first. */
function periodsOf(history: StoredHistory, stretch: LimitStretch): readonly LimitPeriod[] {
  const [from, count] = 'last' in stretch ? [undefined, Math.min(stretch.last, MAX_ROWS)] : [stretch.from, MAX_ROWS];
  const last = 'last' in stretch ? stretch.on : addDays(stretch.to, -1);
  const periods: LimitPeriod[] = [];
  let period = periodAt(history, last) ?? periodBefore(history, last);
  while (period !== undefined && periods.length < count && (from === undefined || period.to > from)) {
    periods.push(period);
    period = periodBefore(history, period.from);
  }
  return periods.toReversed();
}

/** What {@link limitHistory} reads beside the head. */
export function limitHistoryNeeds(view: Head, limitId: LimitId, stretch: LimitStretch): readonly Need[] {
  const history = limitOf(view, limitId);
  const periods = periodsOf(history, stretch);
  const buckets = new Set(periods.map(({ from }) => raisedBucket(limitId, from)));
  return [...standingNeeds(history, periods), ...[...buckets].map((bucket) => ({ projection: raised, bucket }))];
}

/** A limit period by period. */
export function limitHistory(state: WalletState, limitId: LimitId, stretch: LimitStretch): readonly LimitHistoryRow[] {
  const view = headOf(state);
  const exponent = exponentOf(view.currency);
  const history = limitOf(view, limitId);
  const standings = standingsOf(state);
  return periodsOf(history, stretch).map((period): LimitHistoryRow => {
    const told = raisedOf(state, limitId, period.from)[raisedKey(period.terms.period, period.from)] ?? {};
    return {
      ...figuresOf(period, standings(limitId, period), exponent),
      planned: formatMinor(BigInt(period.terms.amount), exponent),
      changes: history
        .slice(0, period.index + 1)
        .flatMap((terms) => (isEnd(terms) || !lookAlike(terms, period.terms) ? [] : [terms]))
        .filter(({ startsOn }) => period.from <= startsOn && startsOn < period.to)
        .map(({ startsOn, amount }) => ({ startsOn, amount: formatMinor(BigInt(amount), exponent) })),
      told: Object.entries(told)
        .map(([threshold, { on }]) => ({ threshold: Number(threshold), on }))
        .sort((a, b) => a.threshold - b.threshold),
    };
  });
}
