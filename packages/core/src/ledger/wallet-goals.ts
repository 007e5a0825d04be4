import { addDays, type CivilDate } from '../calendar.ts';
import { exponentOf } from '../currency.ts';
import type { GoalId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import type { Outcome } from '../outcome.ts';
import { goalStatus, goalStatuses, goalSteps, type GoalStatus, type GoalStep } from '../projections/goal-status.ts';
import { balanceBefore, bucketsBefore } from '../wallet/balance-before.ts';
import type { WalletCommand } from '../wallet/commands.ts';
import { flows } from '../wallet/flows.ts';
import type { SetGoal } from '../wallet/goal-commands.ts';
import { goalHistory, goalHistoryBucket, goalOf, GOALS, goals, setAside } from '../wallet/goals.ts';
import type { Views } from '../wallet/state.ts';
import { outcomeOf } from './booked.ts';
import type { AsOf } from './report-reads.ts';
import type { Request } from './request.ts';
import type { Reader, Session } from './session.ts';

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
}

export function walletGoals(session: Session, stream: string): WalletGoals {
  const change = async (goalId: GoalId, command: WalletCommand, request: Request = {}) =>
    outcomeOf(await session.submit(stream, command, request), () => ({ goalId }));
  return {
    setGoal: (goalId, details, request) => change(goalId, { ...details, type: 'SetGoal', goalId }, request),
    removeGoal: (goalId, request) => change(goalId, { type: 'RemoveGoal', goalId }, request),
    saveMoney: (goalId, amount, request) => change(goalId, { type: 'SaveMoney', goalId, amount }, request),
    releaseSavings: (goalId, amount, request) => change(goalId, { type: 'ReleaseSavings', goalId, amount }, request),
  };
}

/** Reads where every goal stands on a day, beside the balance by the day of the reader. */
export function readGoals(reader: Reader, stream: string, on: CivilDate): Promise<GoalList> {
  const { occurredAsOf } = reader;
  const end = occurredAsOf === undefined ? undefined : addDays(occurredAsOf, 1);
  const buckets = end === undefined ? [] : bucketsBefore(end);
  return reader.read(stream, {
    needs: () => [{ projection: goals, bucket: GOALS }, ...buckets.map((bucket) => ({ projection: flows, bucket }))],
    result({ balance: now, currency }, views, at) {
      const view = views.get(goals, GOALS);
      const balance = end === undefined ? BigInt(now) : balanceBefore(end, (bucket) => views.get(flows, bucket));
      const aside = setAside(view);
      const write = (minor: bigint): string => formatMinor(minor, exponentOf(currency));
      return {
        items: goalStatuses(view, currency, on),
        balance: write(balance),
        setAside: write(aside),
        available: write(balance - aside),
        ...at,
      };
    },
  });
}

/** Reads one goal with its history; undefined when there is none. */
export function readGoal(
  reader: Reader,
  stream: string,
  { id, on }: { readonly id: GoalId; readonly on: CivilDate },
): Promise<Goal | undefined> {
  const own = { projection: goals, bucket: GOALS };
  const bucketsOf = (views: Views): readonly string[] =>
    (goalOf(views.get(goals, GOALS), id)?.years ?? []).map((year) => goalHistoryBucket(id, year));
  return reader.read(stream, {
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
