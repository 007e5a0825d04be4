import type { CivilDate } from '../calendar.ts';
import type { GoalId } from '../ids.ts';
import type { Version } from '../ports/event-store.ts';
import type { Projection } from '../projection.ts';
import type { Rejection } from '../outcome.ts';
import type { WalletEvent } from './events.ts';
import type { GoalTerms } from './goal-events.ts';
import { reject } from './parse.ts';

export const MAX_GOALS = 50;

/** A goal as views keep it: amounts in minor units. */
export interface StoredGoal extends Omit<GoalTerms, 'target'> {
  readonly target: string;
  /** What is set aside for it. */
  readonly saved: string;
  /** The years in which something happened to it: the buckets of its history. */
  readonly years: readonly string[];
}

/** By goal: those that were not removed. */
export type Goals = Readonly<Record<GoalId, StoredGoal>>;

/** The one bucket of {@link goals}. */
export const GOALS = 'goals';

/** One goal of those there are. */
export function goalOf(view: Goals, goalId: GoalId): StoredGoal | undefined {
  return Object.hasOwn(view, goalId) ? view[goalId] : undefined;
}

/** What is set aside for all goals, in minor units. */
export function setAside(view: Goals): bigint {
  return Object.values(view).reduce((sum, { saved }) => sum + BigInt(saved), 0n);
}

/** Reads a goal's id. */
export function parseGoalId(text: string): GoalId | Rejection {
  return /^[A-Za-z0-9._-]{1,64}$/.test(text) && text !== '__proto__'
    ? text
    : reject('goal-id-invalid', 'The id of a goal has 1 to 64 of the characters A-Z a-z 0-9 . _ -', 'goalId');
}

type GoalEvent = Extract<WalletEvent, { type: 'GoalSet' | 'GoalRemoved' | 'MoneySaved' | 'SavingsReleased' }>;

function isAboutGoal(event: WalletEvent): event is GoalEvent {
  const { type } = event;
  return type === 'GoalSet' || type === 'GoalRemoved' || type === 'MoneySaved' || type === 'SavingsReleased';
}

/** The year whose bucket an event of a goal stands in: money by its day, the rest by the time it was recorded. */
function yearOf(event: GoalEvent, recordedAt: string): string {
  return 'on' in event ? event.on.slice(0, 4) : recordedAt.slice(0, 4);
}

function withYear(years: readonly string[], year: string): readonly string[] {
  return years.includes(year) ? years : [...years, year].sort();
}

/** What is saved up for, and what is set aside: as small as a wallet has goals. */
export const goals: Projection<Goals, WalletEvent> = {
  name: 'goals',
  version: 1,
  initial: {},
  bucketsOf: ({ event }) => (isAboutGoal(event) ? [GOALS] : []),
  apply(view, { event, recordedAt }) {
    if (!isAboutGoal(event)) return view;
    const { [event.goalId]: _, ...others } = view;
    if (event.type === 'GoalRemoved') return others;
    const old = goalOf(view, event.goalId);
    const years = withYear(old?.years ?? [], yearOf(event, recordedAt));
    if (event.type === 'GoalSet') {
      const { target, ...terms } = event.terms;
      return { ...others, [event.goalId]: { ...terms, target: target.minor.toString(), saved: old?.saved ?? '0', years } };
    }
    if (old === undefined) return view;
    const sign = event.type === 'MoneySaved' ? 1n : -1n;
    const saved = (BigInt(old.saved) + sign * event.amount.minor).toString();
    return { ...others, [event.goalId]: { ...old, saved, years } };
  },
};

/** Something that happened to a goal. The amount is in minor units. */
export interface StoredGoalStep {
  readonly type: GoalEvent['type'];
  readonly version: Version;
  readonly recordedAt: string;
  readonly amount?: string;
  readonly on?: CivilDate;
  readonly name?: string;
  readonly target?: string;
  readonly by?: CivilDate;
}

/** A goal's history in one year. */
export function goalHistoryBucket(goalId: GoalId, year: string): string {
  return `${goalId}/${year}`;
}

/** What happened to each goal, oldest first, a bucket a goal and year. */
export const goalHistory: Projection<readonly StoredGoalStep[], WalletEvent> = {
  name: 'goal-history',
  version: 1,
  initial: [],
  bucketsOf: ({ event, recordedAt }) => (isAboutGoal(event) ? [goalHistoryBucket(event.goalId, yearOf(event, recordedAt))] : []),
  apply: (steps, { event, version, recordedAt }) =>
    isAboutGoal(event) ? [...steps, { type: event.type, version, recordedAt, ...stepFacts(event) }] : steps,
};

/** Where what happened to goals after a day is kept: of a goal that was removed and came back, in years that it does not name. */
export function laterGoalBuckets(view: Goals, day: CivilDate): readonly string[] {
  return Object.entries(view).flatMap(([id, { since, years }]) => {
    if (since > day) return [];
    const [first, last] = [Number(day.slice(0, 4)), Number(years.at(-1) ?? '0')];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => goalHistoryBucket(id, String(first + index)));
  });
}

/** The goals as if nothing occurred after a day: those that were set by then, with what was set aside by then. */
export function goalsUntil(view: Goals, day: CivilDate, read: (bucket: string) => readonly StoredGoalStep[]): Goals {
  const known = Object.entries(view).filter(([, { since }]) => since <= day);
  return Object.fromEntries(
    known.map(([id, goal]) => {
      const later = laterGoalBuckets({ [id]: goal }, day)
        .flatMap(read)
        .filter(({ on }) => on !== undefined && on > day);
      const saved = later.reduce((sum, { type, amount = '0' }) => {
        return type === 'MoneySaved' ? sum - BigInt(amount) : sum + BigInt(amount);
      }, BigInt(goal.saved));
      return [id, { ...goal, saved: saved.toString() }];
    }),
  );
}

function stepFacts(event: GoalEvent): Partial<StoredGoalStep> {
  if (event.type === 'GoalRemoved') return {};
  if (event.type !== 'GoalSet') return { amount: event.amount.minor.toString(), on: event.on };
  const { name, target, by } = event.terms;
  return { name, target: target.minor.toString(), ...(by === undefined ? {} : { by }) };
}
