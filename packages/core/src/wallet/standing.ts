import { assert } from '../assert.ts';
import { addDays, type Period } from '../calendar.ts';
import type { LimitId } from '../ids.ts';
import { flowOf, flows, partsOf, sumOf, tagFlows, type Cells } from './flows.ts';
import { limitOf } from './head.ts';
import { chainStart, periodAt, type LimitPeriod } from './limit-periods.ts';
import type { StoredHistory, TermsInForce } from './limit-terms.ts';
import { flowsOf, headOf, tagFlowsOf, type Need, type WalletState } from './state.ts';

/** Which spending a limit looks at. */
export type View = Pick<TermsInForce, 'scope' | 'tag'>;

/** Where a limit stands in a period, in minor units. What may be spent is the budget: the amount and what was carried into it. */
export interface Standing {
  readonly spent: bigint;
  readonly carried: bigint;
  readonly budget: bigint;
}

/** What was spent in a period, in minor units. */
function spentIn(state: WalletState, period: Period, { scope, tag }: View): bigint {
  let spent = 0n;
  for (const { bucket, part } of partsOf(period)) {
    if (tag === undefined) spent += sumOf(flowOf(flowsOf(state, bucket), part).out, scope);
    else spent += cellOf(flowOf(tagFlowsOf(state, bucket), part).out, tag);
  }
  return spent;
}

function cellOf(cells: Cells, name: string): bigint {
  return Object.hasOwn(cells, name) ? BigInt(cells[name] ?? '0') : 0n;
}

/** Whether spending has come to a threshold. Of a budget of nothing or less, any spending is over every threshold. */
export function hasReached({ spent, budget }: Standing, threshold: number): boolean {
  return spent > 0n && spent * 100n >= budget * BigInt(threshold);
}

/** The periods that carry into one, oldest first, and itself. */
function chainOf(history: StoredHistory, period: LimitPeriod): readonly LimitPeriod[] {
  const start = chainStart(history, period);
  const chain = [period];
  for (let at = period; at.from > start;) {
    const before = periodAt(history, addDays(at.from, -1));
    if (before === undefined) break;
    chain.push(before);
    at = before;
  }
  return chain.toReversed();
}

/** The buckets that {@link standingsOf} reads for some periods of a limit: those of the periods that carry into them too. */
export function standingNeeds(history: StoredHistory, periods: readonly LimitPeriod[]): readonly Need[] {
  const last = new Map<string, LimitPeriod>();
  for (const period of periods) {
    const start = chainStart(history, period);
    const known = last.get(start);
    if (known === undefined || known.from < period.from) last.set(start, period);
  }
  const buckets = new Map<string, Need>();
  for (const period of last.values()) {
    const projection = period.terms.tag === undefined ? flows : tagFlows;
    for (const link of chainOf(history, period)) {
      for (const { bucket } of partsOf(link)) buckets.set(`${projection.name} ${bucket}`, { projection, bucket });
    }
  }
  return [...buckets.values()];
}

/** Tells where limits stand. Each period is computed once, whoever asks. */
export type Standings = (limitId: LimitId, period: LimitPeriod) => Standing;

export function standingsOf(state: WalletState): Standings {
  const known = new Map<string, Standing>();
  const view = headOf(state);
  return (limitId, period) => {
    const found = known.get(`${limitId} ${period.from}`);
    if (found !== undefined) return found;
    const history = limitOf(view, limitId);
    const start = chainStart(history, period);
    const links: LimitPeriod[] = [period];
    let standing: Standing | undefined;
    for (let at = period; at.from > start && standing === undefined;) {
      const before = periodAt(history, addDays(at.from, -1));
      if (before === undefined) break;
      standing = known.get(`${limitId} ${before.from}`);
      if (standing === undefined) links.push(before);
      at = before;
    }
    for (const link of links.toReversed()) {
      standing = standingIn(state, link, standing === undefined ? 0n : carriedInto(link.terms, standing));
      known.set(`${limitId} ${link.from}`, standing);
    }
    assert(standing !== undefined, 'a chain has a period');
    return standing;
  };
}

function standingIn(state: WalletState, period: LimitPeriod, carried: bigint): Standing {
  return { spent: spentIn(state, period, period.terms), carried, budget: BigInt(period.terms.amount) + carried };
}

/** What a period takes over from the one before. A deficit is never forgotten: it is carried until it is made good, or to the cap. */
function carriedInto({ rollover, cap }: TermsInForce, { budget, spent }: Standing): bigint {
  const left = budget - spent;
  if (rollover !== 'both' && (rollover !== 'surplus' || left < 0n)) return 0n;
  const bound = cap === undefined ? undefined : BigInt(cap);
  if (bound === undefined) return left;
  return left > bound ? bound : left < -bound ? -bound : left;
}
