import { periodOf, type CivilDate, type Period } from '../calendar.ts';
import type { EntryId, LimitId } from '../ids.ts';
import { money } from '../money.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { Crossing, LimitCleared, LimitReached } from './events.ts';
import { flowOf, isWithin, partsOf, sumOf, flows } from './flows.ts';
import { termsOn, type Head, type TermsInForce } from './head.ts';
import { raised, raisedBucket, raisedKey } from './raised.ts';
import { flowsOf, headOf, raisedOf, type Need, type WalletState } from './state.ts';

/** A limit in one of its periods, to be looked at because something in it moves. */
export interface Watch {
  readonly limitId: LimitId;
  readonly kind: TermsInForce['period'];
  readonly period: Period;
  /** None when the limit no longer rules this period: whatever was raised in it is cleared. */
  readonly terms: TermsInForce | undefined;
}

function inOrder(a: Watch, b: Watch): number {
  const [left, right] = [`${a.limitId}\n${a.period.from}\n${a.kind}`, `${b.limitId}\n${b.period.from}\n${b.kind}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The limits, each in the period it concerns, that some facts count in. In a fixed order. */
export function watchesOf(view: Head, facts: readonly EntryFacts[]): readonly Watch[] {
  const watches = new Map<string, Watch>();
  const limitIds = Object.keys(view.limits);
  for (const { kind, category = '', occurredOn } of facts) {
    if (kind !== 'expense') continue;
    for (const limitId of limitIds) {
      const terms = termsOn(view, limitId, occurredOn);
      if (terms === undefined || !isWithin(category, terms.scope)) continue;
      const period = periodOf(terms.period, occurredOn);
      watches.set(`${limitId} ${period.from}`, { limitId, kind: terms.period, period, terms });
    }
  }
  return [...watches.values()].sort(inOrder);
}

/** What must be loaded to judge some watches. */
export function needsOf(watches: readonly Watch[]): readonly Need[] {
  return watches.flatMap(({ limitId, period }) => [
    { projection: raised, bucket: raisedBucket(limitId, period.from) },
    ...[...new Set(partsOf(period).map(({ bucket }) => bucket))].map((bucket) => ({ projection: flows, bucket })),
  ]);
}

/** What was spent in a period within a scope, in minor units. */
export function spentIn(state: WalletState, period: Period, scope: string | undefined): bigint {
  let spent = 0n;
  for (const { bucket, part } of partsOf(period)) spent += sumOf(flowOf(flowsOf(state, bucket), part).out, scope);
  return spent;
}

/** Whether spending has come to a threshold. Of a limit of nothing, any spending is over every threshold. */
export function hasReached(spent: bigint, amount: bigint, threshold: number): boolean {
  return spent > 0n && spent * 100n >= amount * BigInt(threshold);
}

/** A limit that an expense would put over. */
export interface Excess {
  readonly limitId: LimitId;
  readonly terms: TermsInForce;
  readonly period: Period;
  readonly spent: bigint;
}

/** The first limit in mode `block` that is over after a change and was pushed further by it. */
export function excessOf(before: WalletState, after: WalletState, watches: readonly Watch[]): Excess | undefined {
  for (const { limitId, terms, period } of watches) {
    if (terms?.mode !== 'block') continue;
    const spent = spentIn(after, period, terms.scope);
    if (spent > BigInt(terms.amount) && spent > spentIn(before, period, terms.scope)) return { limitId, terms, period, spent };
  }
  return undefined;
}

/** The events that bring what was told about limits in line with what was spent: thresholds newly reached, and cleared. */
export function crossingsOf(
  state: WalletState,
  watches: readonly Watch[],
  told: { readonly on: CivilDate; readonly entryId?: EntryId },
): readonly (LimitReached | LimitCleared)[] {
  return watches.flatMap((watch) => {
    const already = raisedOf(state, watch.limitId, watch.period.from)[raisedKey(watch.kind, watch.period.from)] ?? {};
    const spent = spentIn(state, watch.period, watch.terms?.scope);
    const reached = (watch.terms?.thresholds ?? []).filter((threshold) =>
      hasReached(spent, BigInt(watch.terms?.amount ?? '0'), threshold),
    );
    const crossing = (threshold: number): Crossing => describe(state, watch, threshold, spent);
    const cleared = Object.entries(already)
      .filter(([threshold]) => !reached.includes(Number(threshold)))
      .sort(([a], [b]) => Number(b) - Number(a))
      .map(([threshold, { version, on }]): LimitCleared => ({
        type: 'LimitCleared',
        ...crossing(Number(threshold)),
        raisedIn: version,
        raisedOn: on,
      }));
    const news = reached
      .filter((threshold) => !Object.hasOwn(already, threshold))
      .map((threshold): LimitReached => ({
        type: 'LimitReached',
        ...crossing(threshold),
        raisedOn: told.on,
        ...(told.entryId === undefined ? {} : { entryId: told.entryId }),
      }));
    return [...cleared, ...news];
  });
}

function describe(state: WalletState, { limitId, kind, period, terms }: Watch, threshold: number, spent: bigint): Crossing {
  const { currency } = headOf(state);
  return {
    limitId,
    period: kind,
    ...period,
    threshold,
    spent: money(spent, currency),
    amount: money(BigInt(terms?.amount ?? '0'), currency),
    ...(terms?.scope === undefined ? {} : { scope: terms.scope }),
  };
}
