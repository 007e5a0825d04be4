import type { CivilDate } from '../calendar.ts';
import { exponentOf } from '../currency.ts';
import type { GoalId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import type { Outcome } from '../outcome.ts';
import { goalStatus, goalStatuses, goalSteps, type GoalStatus, type GoalStep } from '../projections/goal-status.ts';
import type { WalletCommand } from '../wallet/commands.ts';
import type { SetGoal } from '../wallet/goal-commands.ts';
import { goalHistory, goalHistoryBucket, goalOf, GOALS, goals, setAside } from '../wallet/goals.ts';
import type { Head } from '../wallet/head.ts';
import type { Views } from '../wallet/state.ts';
import { outcomeOf } from './booked.ts';
import type { AsOf } from './report-reads.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';

/** What changing a goal, or what is set aside for it, came to. */
export interface GoalChanged {
  readonly goalId: GoalId;
}

/** All goals of a wallet, and what is left for everything else. */
export interface GoalList extends AsOf {
  readonly items: readonly GoalStatus[];
  readonly balance: string;
  readonly setAside: string;
  /** The balance less what is set aside; below zero when more was spent than was free. */
  readonly available: string;
}

/** One goal with everything that happened to it, newest first. */
export interface Goal extends GoalStatus {
  readonly history: readonly GoalStep[];
}

/** A wallet's goals: money is set aside inside the wallet, where it stays in the balance and is no longer available. */
export interface WalletGoals {
  setGoal(goalId: GoalId, details: Omit<SetGoal, 'type' | 'goalId'>, request?: Request): Promise<Outcome<GoalChanged>>;
  /** Ends a goal; what is set aside for it is available again. */
  removeGoal(goalId: GoalId, request?: Request): Promise<Outcome<GoalChanged>>;
  saveMoney(goalId: GoalId, amount: string, request?: Request): Promise<Outcome<GoalChanged>>;
  releaseSavings(goalId: GoalId, amount: string, request?: Request): Promise<Outcome<GoalChanged>>;
  /** Where every goal stands on a day. */
  goals(on: CivilDate): Promise<GoalList>;
  goal(goalId: GoalId, on: CivilDate): Promise<Goal | undefined>;
}

export function walletGoals(session: Session, stream: string): WalletGoals {
  const change = async (goalId: GoalId, command: WalletCommand, request: Request = {}) =>
    outcomeOf(await session.submit(stream, command, request), () => ({ goalId }));
  return {
    setGoal: (goalId, details, request) => change(goalId, { ...details, type: 'SetGoal', goalId }, request),
    removeGoal: (goalId, request) => change(goalId, { type: 'RemoveGoal', goalId }, request),
    saveMoney: (goalId, amount, request) => change(goalId, { type: 'SaveMoney', goalId, amount }, request),
    releaseSavings: (goalId, amount, request) => change(goalId, { type: 'ReleaseSavings', goalId, amount }, request),
    goals: (on) =>
      session.read(stream, {
        needs: () => [{ projection: goals, bucket: GOALS }],
        result: (head, views, at) => ({ ...listOf(head, views, on), ...at }),
      }),
    goal: (goalId, on) => readGoal(session, stream, goalId, on),
  };
}

function listOf({ balance, currency }: Head, views: Views, on: CivilDate): Omit<GoalList, keyof AsOf> {
  const view = views.get(goals, GOALS);
  const aside = setAside(view);
  const write = (minor: bigint): string => formatMinor(minor, exponentOf(currency));
  return {
    items: goalStatuses(view, currency, on),
    balance: write(BigInt(balance)),
    setAside: write(aside),
    available: write(BigInt(balance) - aside),
  };
}

function readGoal(session: Session, stream: string, id: GoalId, on: CivilDate): Promise<Goal | undefined> {
  const own = { projection: goals, bucket: GOALS };
  const bucketsOf = (views: Views): readonly string[] =>
    (goalOf(views.get(goals, GOALS), id)?.years ?? []).map((year) => goalHistoryBucket(id, year));
  return session.read(stream, {
    needs: (_, views) =>
      views.has(goals, GOALS) ? [own, ...bucketsOf(views).map((bucket) => ({ projection: goalHistory, bucket }))] : [own],
    result({ currency }, views) {
      const goal = goalOf(views.get(goals, GOALS), id);
      if (goal === undefined) return undefined;
      const steps = bucketsOf(views).flatMap((bucket) => views.get(goalHistory, bucket));
      const inOrder = steps.toSorted((a, b) => a.version - b.version);
      return { ...goalStatus({ id, goal, currency }, on), history: goalSteps(inOrder, currency) };
    },
  });
}
