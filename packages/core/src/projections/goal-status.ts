import { daysBetween, type CivilDate } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import type { GoalId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import type { Version } from '../ports/event-store.ts';
import type { Goals, StoredGoal, StoredGoalStep } from '../wallet/goals.ts';

/** `open` has no day, `overdue` is past it; `behind` has saved less than a straight line from `since` to `by` comes to. */
export type GoalState = 'reached' | 'on-track' | 'behind' | 'open' | 'overdue';

/** A goal and where it stands on a day. Amounts are decimals. */
export interface GoalStatus {
  readonly id: GoalId;
  readonly name: string;
  readonly target: string;
  readonly by: CivilDate | null;
  readonly since: CivilDate;
  readonly saved: string;
  readonly left: string;
  /** Whole percent, rounded down: 100 is never shown before it is reached. */
  readonly percent: number;
  readonly state: GoalState;
  /** What a straight line from `since` to `by` comes to, rounded down; null without a day. */
  readonly expected: string | null;
  /** The weeks until the day, a begun one counted whole; null without a day, and when it has passed. */
  readonly weeksLeft: number | null;
  /** What to save in each of them to get there, rounded up; null where there are none. */
  readonly perWeek: string | null;
}

/** Something that happened to a goal. Amounts are decimals. */
export interface GoalStep {
  readonly type: StoredGoalStep['type'];
  readonly version: Version;
  readonly recordedAt: string;
  readonly amount?: string;
  readonly on?: CivilDate;
  readonly name?: string;
  readonly target?: string;
  readonly by?: CivilDate;
}

/** Where every goal stands on a day, by id. */
export function goalStatuses(view: Goals, currency: CurrencyCode, on: CivilDate): readonly GoalStatus[] {
  return Object.entries(view)
    .map(([id, goal]) => goalStatus({ id, goal, currency }, on))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Where one goal stands on a day. */
export function goalStatus(
  { id, goal, currency }: { readonly id: GoalId; readonly goal: StoredGoal; readonly currency: CurrencyCode },
  on: CivilDate,
): GoalStatus {
  const { name, by, since } = goal;
  const [target, saved] = [BigInt(goal.target), BigInt(goal.saved)];
  const left = target > saved ? target - saved : 0n;
  const expected = by === undefined ? undefined : expectedOf(target, { since, by, on });
  const weeks = by === undefined || by < on ? undefined : weeksUntil(on, by);
  const write = (minor: bigint | undefined): string | null =>
    minor === undefined ? null : formatMinor(minor, exponentOf(currency));
  return {
    id,
    name,
    target: formatMinor(target, exponentOf(currency)),
    by: by ?? null,
    since,
    saved: formatMinor(saved, exponentOf(currency)),
    left: formatMinor(left, exponentOf(currency)),
    percent: Number((saved * 100n) / target),
    state: stateOf({ saved, target, expected, isPast: by !== undefined && by < on }),
    expected: write(expected),
    weeksLeft: weeks === undefined ? null : Number(weeks),
    perWeek: write(weeks === undefined ? undefined : (left + weeks - 1n) / weeks),
  };
}

function stateOf({
  saved,
  target,
  expected,
  isPast,
}: {
  readonly saved: bigint;
  readonly target: bigint;
  readonly expected: bigint | undefined;
  readonly isPast: boolean;
}): GoalState {
  if (saved >= target) return 'reached';
  if (expected === undefined) return 'open';
  if (isPast) return 'overdue';
  return saved >= expected ? 'on-track' : 'behind';
}

/** The straight line, in whole minor units. A day that was past from the beginning expects everything at once. */
function expectedOf(
  target: bigint,
  { since, by, on }: { readonly since: CivilDate; readonly by: CivilDate; readonly on: CivilDate },
): bigint {
  if (on >= by) return target;
  return on <= since ? 0n : (target * BigInt(daysBetween(since, on))) / BigInt(daysBetween(since, by));
}

/** The weeks from a day to another, at least one: on the last day there is still that day. */
function weeksUntil(on: CivilDate, by: CivilDate): bigint {
  const days = BigInt(daysBetween(on, by));
  return days === 0n ? 1n : (days + 6n) / 7n;
}

/** A goal's history as it is shown, newest first. */
export function goalSteps(steps: readonly StoredGoalStep[], currency: CurrencyCode): readonly GoalStep[] {
  const exponent = exponentOf(currency);
  return steps.toReversed().map(({ amount, target, ...step }) => ({
    ...step,
    ...(amount === undefined ? {} : { amount: formatMinor(BigInt(amount), exponent) }),
    ...(target === undefined ? {} : { target: formatMinor(BigInt(target), exponent) }),
  }));
}
