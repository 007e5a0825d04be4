import type { Limit, LimitState } from '../api/types.ts';
import { decimalsOf, fromMinor, toMinor } from '../money/amount.ts';

/** What one more expense would do to a limit. */
export interface AfterThis {
  readonly limit: Limit;
  readonly spent: string;
  readonly left: string;
  readonly percent: number;
  readonly state: LimitState;
  /** The limit refuses what would put it over. */
  readonly refused: boolean;
}

export interface Planned {
  readonly amount: string;
  readonly category: string | null;
  /** A split, instead of a category. */
  readonly parts?: readonly { readonly category: string; readonly amount: string }[] | null;
  readonly occurredOn: string;
}

/** How much of it a limit counts. */
function share(limit: Limit, planned: Planned | undefined): bigint {
  if (planned === undefined || planned.occurredOn < limit.current.from || planned.occurredOn >= limit.current.to) return 0n;
  return (planned.parts ?? [planned])
    .filter((part) => counts(limit.scope, part.category))
    .reduce((total, part) => total + toMinor(part.amount), 0n);
}

export function counts(scope: string | null, category: string | null): boolean {
  if (scope === null) return true;
  return category !== null && (category === scope || category.startsWith(`${scope}:`));
}

export function stateOf(spent: bigint, amount: bigint, thresholds: readonly number[]): LimitState {
  if (spent > amount) return 'over';
  if (spent === amount) return 'reached';
  const first = thresholds[0];
  return first !== undefined && spent * 100n >= amount * BigInt(first) ? 'near' : 'within';
}

const GRAVITY: Readonly<Record<LimitState, number>> = { within: 0, near: 1, reached: 2, over: 3 };

function after(limit: Limit, change: bigint): AfterThis {
  const decimals = decimalsOf(limit.amount);
  const amount = toMinor(limit.amount);
  const spent = toMinor(limit.current.spent) + change;
  const state = stateOf(spent, amount, limit.thresholds);
  return {
    limit,
    spent: fromMinor(spent, decimals),
    left: fromMinor(amount - spent, decimals),
    percent: amount === 0n ? 0 : Number((spent * 100n) / amount),
    state,
    refused: limit.mode === 'block' && state === 'over' && change > 0n,
  };
}

/** The limits an expense would count in, the gravest first; those whose present period does not hold its day are left out. */
export function previewLimits(limits: readonly Limit[], planned: Planned): readonly AfterThis[] {
  return limits
    .filter((limit) => share(limit, planned) !== 0n)
    .map((limit) => after(limit, share(limit, planned)))
    .sort(
      (left, right) =>
        Number(right.refused) - Number(left.refused) ||
        GRAVITY[right.state] - GRAVITY[left.state] ||
        right.percent - left.percent,
    );
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
    .sort((left, right) => GRAVITY[right.state] - GRAVITY[left.state] || right.percent - left.percent);
}
