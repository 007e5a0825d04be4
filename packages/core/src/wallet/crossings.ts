import type { CivilDate, PeriodKind } from '../calendar.ts';
import type { EntryId, LimitId } from '../ids.ts';
import { money } from '../money.ts';
import type { EntryFacts } from './entry-facts.ts';
import { isWithin, shareOut } from './flows.ts';
import { limitOf, type Head } from './head.ts';
import type { Crossing, LimitCleared, LimitReached } from './limit-events.ts';
import { chainStart, heirOf, periodAt, type LimitPeriod } from './limit-periods.ts';
import { openFrom, openPeriods, raised, raisedBucket, raisedKey } from './raised.ts';
import { hasReached, standingNeeds, standingsOf, type Standing, type View } from './standing.ts';
import { headOf, openPeriodsOf, raisedOf, type Need, type WalletState } from './state.ts';

/** A limit in one of its periods, to be looked at because something in it moves. */
export interface Watch {
  readonly limitId: LimitId;
  readonly kind: PeriodKind;
  readonly from: CivilDate;
  /** None when the limit has no such period any more: whatever was raised in it is cleared. */
  readonly period: LimitPeriod | undefined;
}

/** One in whose very period something counts; what it carries on moves later ones. */
export interface OwnWatch extends Watch {
  readonly period: LimitPeriod;
}

/** A month and a year can begin on the same day, before and after a change of the limit. */
function nameOf({ limitId, from, kind }: Watch): string {
  return `${limitId}\n${from}\n${kind}`;
}

/** Some watches in a fixed order, each once. */
export function inOrder<Each extends Watch>(watches: Iterable<Each>): readonly Each[] {
  const byName = new Map([...watches].map((watch) => [nameOf(watch), watch]));
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, watch]) => watch);
}

export function watchOn(limitId: LimitId, period: LimitPeriod): OwnWatch {
  return { limitId, kind: period.terms.period, from: period.from, period };
}

/** Whether some facts are spending that a limit looks at. */
function countsIn(facts: EntryFacts, { scope, tag }: View): boolean {
  if (facts.kind !== 'expense' && facts.kind !== 'refund') return false;
  return tag === undefined
    ? shareOut(facts).some(({ category }) => isWithin(category, scope))
    : facts.tags?.includes(tag) === true;
}

/** The limits, each in the period it concerns, that some facts count in. In a fixed order. */
export function watchesOf(view: Head, facts: readonly EntryFacts[]): readonly OwnWatch[] {
  const limits = Object.entries(view.limits);
  return inOrder(
    facts.flatMap((fact) =>
      limits.flatMap(([limitId, history]) => {
        const period = periodAt(history, fact.occurredOn);
        return period === undefined || !countsIn(fact, period.terms) ? [] : [watchOn(limitId, period)];
      }),
    ),
  );
}

/**
 * Some watches and those that move with them, since what is left of a period is carried: all up to the one that holds today, and
 * later ones in which something was told.
 */
export function withLater(state: WalletState, watches: readonly OwnWatch[], today: CivilDate): readonly Watch[] {
  const view = headOf(state);
  const firsts = new Map<string, OwnWatch>();
  // The last one set is the earliest of its chain: what moves with it moves with the others too.
  for (const watch of watches.toReversed()) {
    firsts.set(`${watch.limitId} ${chainStart(limitOf(view, watch.limitId), watch.period)}`, watch);
  }
  return [...watches, ...[...firsts.values()].flatMap((first) => heirsOf(state, first, today))];
}

function heirsOf(state: WalletState, { limitId, period }: OwnWatch, today: CivilDate): readonly Watch[] {
  const history = limitOf(headOf(state), limitId);
  const heirs: LimitPeriod[] = [];
  for (let heir = heirOf(history, period); heir !== undefined && heir.from <= today; heir = heirOf(history, heir)) {
    heirs.push(heir);
  }
  const open = state.views.has(openPeriods, limitId) ? openFrom(openPeriodsOf(state, limitId), period.to) : [];
  for (const { from } of open) {
    const later = periodAt(history, from);
    if (later?.from === from && chainStart(history, later) <= period.from) heirs.push(later);
  }
  return heirs.map((heir) => watchOn(limitId, heir));
}

/** What must be loaded to judge spending that counts in some periods, and what moves with them. */
export function spendingNeeds(state: WalletState, watches: readonly OwnWatch[], today: CivilDate): readonly Need[] {
  const view = headOf(state);
  const carrying = watches.filter(({ limitId, period }) => heirOf(limitOf(view, limitId), period) !== undefined);
  const open = new Set(carrying.map(({ limitId }) => limitId));
  return [
    ...[...open].map((bucket): Need => ({ projection: openPeriods, bucket })),
    ...needsOf(state, withLater(state, watches, today)),
  ];
}

/** What must be loaded to judge some watches. */
export function needsOf(state: WalletState, watches: readonly Watch[]): readonly Need[] {
  const view = headOf(state);
  const byLimit = Map.groupBy(watches, ({ limitId }) => limitId);
  const needs = [...byLimit].flatMap(([limitId, all]) => [
    ...all.map(({ from }): Need => ({ projection: raised, bucket: raisedBucket(limitId, from) })),
    ...standingNeeds(
      limitOf(view, limitId),
      all.flatMap(({ period }) => period ?? []),
    ),
  ]);
  return [...new Map(needs.map((need) => [`${need.projection.name} ${need.bucket}`, need])).values()];
}

/** A limit that an expense would put over. */
export interface Excess extends Standing {
  readonly limitId: LimitId;
  readonly period: LimitPeriod;
}

/** The first limit in mode `block` that is over after a change and was pushed further by what counts in its own period. */
export function excessOf(before: WalletState, after: WalletState, watches: readonly OwnWatch[]): Excess | undefined {
  const [then, now] = [standingsOf(before), standingsOf(after)];
  for (const { limitId, period } of watches) {
    if (period.terms.mode !== 'block') continue;
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
  told: { readonly on: CivilDate; readonly entryId: EntryId | undefined },
): readonly (LimitReached | LimitCleared)[] {
  const standings = standingsOf(state);
  return watches.flatMap((watch) => {
    const { limitId, kind, from, period } = watch;
    const already = raisedOf(state, limitId, from)[raisedKey(kind, from)] ?? {};
    const standing = period === undefined ? NOTHING : standings(limitId, period);
    const to = period?.to;
    const reached = period === undefined ? [] : period.terms.thresholds.filter((threshold) => hasReached(standing, threshold));
    const cleared = Object.entries(already)
      .filter(([threshold]) => !reached.includes(Number(threshold)))
      .sort(([a], [b]) => Number(b) - Number(a))
      .map(([threshold, tell]): LimitCleared => ({
        type: 'LimitCleared',
        ...describe(state, watch, standing, to ?? tell.to),
        threshold: Number(threshold),
        raisedIn: tell.version,
        raisedOn: tell.on,
      }));
    const news = reached
      .filter((threshold) => !Object.hasOwn(already, threshold))
      .map((threshold): LimitReached => ({
        type: 'LimitReached',
        ...describe(state, watch, standing, to ?? from),
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
  to: CivilDate,
): Omit<Crossing, 'threshold'> {
  const { currency } = headOf(state);
  const { scope, tag, amount = 0n } = period?.terms ?? {};
  return {
    limitId,
    period: kind,
    from,
    to,
    spent: money(spent, currency),
    amount: money(BigInt(amount), currency),
    ...(carried === 0n ? {} : { carried: money(carried, currency) }),
    ...(scope === undefined ? {} : { scope }),
    ...(tag === undefined ? {} : { tag }),
  };
}
