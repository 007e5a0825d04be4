import type { CivilDate, PeriodKind } from '../calendar.ts';
import type { EntryId, LimitId } from '../ids.ts';
import { money } from '../money.ts';
import type { EntryFacts } from './entry-facts.ts';
import { isWithin, shareOut } from './flows.ts';
import { limitOf, type Head } from './head.ts';
import type { Crossing, LimitCleared, LimitReached } from './limit-events.ts';
import { chainStart, heirOf, periodAt, type LimitPeriod } from './limit-periods.ts';
import { openFrom, openPeriods, raised, raisedBucket, raisedKey, type Raised } from './raised.ts';
import { hasReached, standingNeeds, standingsOf, type Standing, type View } from './standing.ts';
import { headOf, openPeriodsOf, raisedOf, type Need, type WalletState } from './state.ts';

/** A limit in one of its periods, to be looked at because something in it moves. */
export interface Watch {
  readonly limitId: LimitId;
  readonly kind: PeriodKind;
  readonly from: CivilDate;
  /** None when the limit has no such period any more: whatever was raised in it is cleared. */
  readonly period: LimitPeriod | undefined;
  /** Whether what moves counts in this very period; what it carries on moves later ones. */
  readonly own: boolean;
}

function inOrder(a: Watch, b: Watch): number {
  const [left, right] = [`${a.limitId}\n${a.from}\n${a.kind}`, `${b.limitId}\n${b.from}\n${b.kind}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function watchOn(limitId: LimitId, period: LimitPeriod, own: boolean): Watch {
  return { limitId, kind: period.terms.period, from: period.from, period, own };
}

function nameOf({ limitId, from }: Pick<Watch, 'limitId' | 'from'>): string {
  return `${limitId} ${from}`;
}

/** Whether some facts are spending that a limit looks at. */
function countsIn(facts: EntryFacts, { scope, tag }: View): boolean {
  if (facts.kind !== 'expense' && facts.kind !== 'refund') return false;
  return tag === undefined
    ? shareOut(facts).some(({ category }) => isWithin(category, scope))
    : facts.tags?.includes(tag) === true;
}

/** The limits, each in the period it concerns, that some facts count in. In a fixed order. */
export function watchesOf(view: Head, facts: readonly EntryFacts[]): readonly Watch[] {
  const watches = new Map<string, Watch>();
  const limits = Object.entries(view.limits);
  for (const fact of facts) {
    for (const [limitId, history] of limits) {
      const period = periodAt(history, fact.occurredOn);
      if (period === undefined || !countsIn(fact, period.terms)) continue;
      const watch = watchOn(limitId, period, true);
      watches.set(nameOf(watch), watch);
    }
  }
  return [...watches.values()].sort(inOrder);
}

/**
 * Some watches and those that move with them, since what is left of a period is carried: all up to the one that holds today, and
 * later ones in which something was told.
 */
export function withLater(state: WalletState, watches: readonly Watch[], today: CivilDate): readonly Watch[] {
  const view = headOf(state);
  const all = new Map(watches.map((watch) => [nameOf(watch), watch]));
  const followed = new Set<string>();
  const add = (watch: Watch): void => void (all.has(nameOf(watch)) || all.set(nameOf(watch), watch));
  for (const { limitId, period, own } of watches) {
    if (!own || period === undefined) continue;
    const history = limitOf(view, limitId);
    for (let heir = heirOf(history, period); heir !== undefined && heir.from <= today; heir = heirOf(history, heir)) {
      const watch = watchOn(limitId, heir, false);
      if (followed.has(nameOf(watch))) break;
      followed.add(nameOf(watch));
      add(watch);
    }
    const chain = `${limitId} after ${chainStart(history, period)}`;
    if (followed.has(chain) || !state.views.has(openPeriods, limitId)) continue;
    followed.add(chain);
    for (const { from } of openFrom(openPeriodsOf(state, limitId), period.to)) {
      const later = periodAt(history, from);
      if (later?.from === from && chainStart(history, later) <= period.from) add(watchOn(limitId, later, false));
    }
  }
  return [...all.values()].sort(inOrder);
}

/** What must be loaded to judge some watches, and those that move with them. */
export function needsOf(state: WalletState, watches: readonly Watch[], today: CivilDate): readonly Need[] {
  const view = headOf(state);
  const byLimit = new Map<LimitId, LimitPeriod[]>();
  const needs: Need[] = [];
  for (const { limitId, from, period, own } of withLater(state, watches, today)) {
    needs.push({ projection: raised, bucket: raisedBucket(limitId, from) });
    if (period === undefined) continue;
    const periods = byLimit.get(limitId) ?? [];
    periods.push(period);
    byLimit.set(limitId, periods);
    if (own && heirOf(limitOf(view, limitId), period) !== undefined) needs.push({ projection: openPeriods, bucket: limitId });
  }
  for (const [limitId, periods] of byLimit) needs.push(...standingNeeds(limitOf(view, limitId), periods));
  return [...new Map(needs.map((need) => [`${need.projection.name} ${need.bucket}`, need])).values()];
}

/** A limit that an expense would put over. */
export interface Excess extends Standing {
  readonly limitId: LimitId;
  readonly period: LimitPeriod;
}

/** The first limit in mode `block` that is over after a change and was pushed further by what counts in its own period. */
export function excessOf(before: WalletState, after: WalletState, watches: readonly Watch[]): Excess | undefined {
  const [then, now] = [standingsOf(before), standingsOf(after)];
  for (const { limitId, period, own } of watches) {
    if (!own || period?.terms.mode !== 'block') continue;
    const [old, next] = [then(limitId, period), now(limitId, period)];
    const over = next.spent - next.budget;
    if (next.spent > 0n && over > 0n && over > old.spent - old.budget) return { limitId, period, ...next };
  }
  return undefined;
}

/** The events that bring what was told about limits in line with what was spent: thresholds newly reached, and cleared. */
export function crossingsOf(
  state: WalletState,
  watches: readonly Watch[],
  told: { readonly on: CivilDate; readonly entryId?: EntryId },
): readonly (LimitReached | LimitCleared)[] {
  const standings = standingsOf(state);
  return watches.flatMap((watch) => {
    const { limitId, kind, from, period } = watch;
    const already = raisedOf(state, limitId, from)[raisedKey(kind, from)] ?? {};
    const standing = period === undefined ? NOTHING : standings(limitId, period);
    const reached = (period?.terms.thresholds ?? []).filter((threshold) => hasReached(standing, threshold));
    const cleared = Object.entries(already)
      .filter(([threshold]) => !reached.includes(Number(threshold)))
      .sort(([a], [b]) => Number(b) - Number(a))
      .map(([threshold, tell]): LimitCleared => ({
        type: 'LimitCleared',
        ...describe(state, watch, standing, tell),
        threshold: Number(threshold),
        raisedIn: tell.version,
        raisedOn: tell.on,
      }));
    const news = reached
      .filter((threshold) => !Object.hasOwn(already, threshold))
      .map((threshold): LimitReached => ({
        type: 'LimitReached',
        ...describe(state, watch, standing),
        threshold,
        raisedOn: told.on,
        ...(told.entryId === undefined ? {} : { entryId: told.entryId }),
      }));
    return [...cleared, ...news];
  });
}

const NOTHING: Standing = { spent: 0n, carried: 0n, budget: 0n };

function describe(
  state: WalletState,
  { limitId, kind, from, period }: Watch,
  { spent, carried }: Standing,
  tell?: Raised,
): Omit<Crossing, 'threshold'> {
  const { currency } = headOf(state);
  const { scope, tag, amount = '0' } = period?.terms ?? {};
  return {
    limitId,
    period: kind,
    from,
    to: period?.to ?? tell?.to ?? from,
    spent: money(spent, currency),
    amount: money(BigInt(amount), currency),
    ...(carried === 0n ? {} : { carried: money(carried, currency) }),
    ...(scope === undefined ? {} : { scope }),
    ...(tag === undefined ? {} : { tag }),
  };
}
