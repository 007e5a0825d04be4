import type { Limit, LimitState } from '../api/limit-types.ts';
import { decimalsOf, fromMinor, toMinor } from '../money/amount.ts';

/** What one more expense would do to a limit. */
export interface AfterThis {
  readonly limit: Limit;
  readonly spent: string;
  readonly left: string;
  /** Of planned and carried; nothing when they come to nothing. */
  readonly percent: number | null;
  readonly state: LimitState;
  /** The limit refuses what would put it over. */
  readonly refused: boolean;
}

export interface Planned {
  readonly amount: string;
  readonly category: string | null;
  /** A split, instead of a category. */
  readonly parts?: readonly { readonly category: string; readonly amount: string }[] | null;
  readonly tags?: readonly string[];
  readonly occurredOn: string;
}

export function counts(scope: string | null, category: string | null): boolean {
  if (scope === null) return true;
  return category !== null && (category === scope || category.startsWith(`${scope}:`));
}

/** How much of it a limit counts: all that bears its tag, or the parts that lie in its scope. */
function share({ scope, tag, current }: Limit, planned: Planned | undefined): bigint {
  if (planned === undefined || planned.occurredOn < current.from || planned.occurredOn >= current.to) return 0n;
  if (tag !== null) return planned.tags?.includes(tag) === true ? toMinor(planned.amount) : 0n;
  return (planned.parts ?? [planned])
    .filter((part) => counts(scope, part.category))
    .reduce((total, part) => total + toMinor(part.amount), 0n);
}

/** Where spending stands against a budget, which is planned plus carried and may be nothing or less. */
export function stateOf(spent: bigint, budget: bigint, thresholds: readonly number[]): LimitState {
  if (spent <= 0n) return 'within';
  if (spent > budget) return 'over';
  if (spent === budget) return 'reached';
  const first = thresholds[0];
  return first !== undefined && spent * 100n >= budget * BigInt(first) ? 'near' : 'within';
}

/** Whole percent, rounded down, below zero too; nothing for a budget of nothing or less. */
export function percentOf(spent: bigint, budget: bigint): number | null {
  if (budget <= 0n) return null;
  const percent = (spent * 100n) / budget;
  return Number(spent < 0n && percent * budget !== spent * 100n ? percent - 1n : percent);
}

const GRAVITY: Readonly<Record<LimitState, number>> = { within: 0, near: 1, reached: 2, over: 3 };

function after(limit: Limit, change: bigint): AfterThis {
  const decimals = decimalsOf(limit.amount);
  const budget = toMinor(limit.current.budget);
  const spent = toMinor(limit.current.spent) + change;
  const state = stateOf(spent, budget, limit.thresholds);
  return {
    limit,
    spent: fromMinor(spent, decimals),
    left: fromMinor(budget - spent, decimals),
    percent: percentOf(spent, budget),
    state,
    refused: limit.mode === 'block' && state === 'over' && change > 0n,
  };
}

const graver = (left: AfterThis, right: AfterThis): number =>
  Number(right.refused) - Number(left.refused) ||
  GRAVITY[right.state] - GRAVITY[left.state] ||
  (right.percent ?? 0) - (left.percent ?? 0);

/** The limits an expense would count in, the gravest first; those whose present period does not hold its day are left out. */
export function previewLimits(limits: readonly Limit[], planned: Planned): readonly AfterThis[] {
  return limits
    .filter((limit) => share(limit, planned) !== 0n)
    .map((limit) => after(limit, share(limit, planned)))
    .sort(graver);
}

/** The same for a change to an entry: what it counted before is taken out, what it will count is put in. */
export function previewCorrection(
  limits: readonly Limit[],
  before: Planned | undefined,
  now: Planned | undefined,
): readonly AfterThis[] {
  return limits
    .filter((limit) => share(limit, before) !== 0n || share(limit, now) !== 0n)
    .map((limit) => after(limit, share(limit, now) - share(limit, before)))
    .sort(graver);
}
