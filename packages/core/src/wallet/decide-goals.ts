import type { CurrencyCode } from '../currency.ts';
import { formatAmount, money } from '../money.ts';
import type { Rejection } from '../outcome.ts';
import { accept, refuse, type OpenContext, type Rule, type WalletDecision } from './decision.ts';
import type { ReleaseSavings, RemoveGoal, SaveMoney, SetGoal } from './goal-commands.ts';
import type { GoalTerms } from './goal-events.ts';
import { goalOf, GOALS, goals, MAX_GOALS, parseGoalId, setAside, type StoredGoal } from './goals.ts';
import { isRejection, parseDay, parseName, parseSum, reject } from './parse.ts';
import { goalsOf, headOf, type Need, type WalletState } from './state.ts';

const needs = (): readonly Need[] => [{ projection: goals, bucket: GOALS }];
const unknownGoal = refuse(reject('goal-unknown', 'There is no such goal in this wallet.', 'goalId'));

/** A goal's terms, as events have them. */
export function termsOfGoal({ name, target, by, since }: StoredGoal, currency: CurrencyCode): GoalTerms {
  return { name, target: money(BigInt(target), currency), ...(by === undefined ? {} : { by }), since };
}

/** Reads what a goal is to be. One that is changed keeps the day it was first set. */
function readTerms({ command, today }: OpenContext<SetGoal>, currency: CurrencyCode, old?: GoalTerms): GoalTerms | Rejection {
  const name = parseName(command.name);
  if (isRejection(name)) return name;
  const target = parseSum(command.target, currency);
  if (isRejection(target)) return { ...target, field: 'target' };
  const by = command.by === undefined ? undefined : parseDay(command.by, 'by');
  if (isRejection(by)) return by;
  return { name, target, ...(by === undefined ? {} : { by }), since: old?.since ?? today };
}

function setGoal(context: OpenContext<SetGoal>, state: WalletState): WalletDecision {
  const { currency } = headOf(state);
  const view = goalsOf(state);
  const stored = goalOf(view, context.command.goalId);
  const before = stored === undefined ? undefined : termsOfGoal(stored, currency);
  const terms = readTerms(context, currency, before);
  if (isRejection(terms)) return refuse(terms);
  const goalId = parseGoalId(context.command.goalId);
  if (isRejection(goalId)) return refuse(goalId);
  if (before === undefined && Object.keys(view).length >= MAX_GOALS) {
    return refuse(reject('too-many-goals', `A wallet has at most ${MAX_GOALS} goals. Remove one first.`));
  }
  if (before !== undefined && sameGoal(before, terms)) {
    return refuse(reject('nothing-to-change', 'The goal is set like this already.'));
  }
  return accept({ type: 'GoalSet', goalId, terms, ...(before === undefined ? {} : { before }) });
}

/** Whether two goals are set alike. */
export function sameGoal(a: GoalTerms, b: GoalTerms): boolean {
  return a.name === b.name && a.target.minor === b.target.minor && a.by === b.by;
}

export const setGoalRule: Rule<SetGoal> = { needs, decide: setGoal };

export const removeGoalRule: Rule<RemoveGoal> = {
  needs,
  decide({ command: { goalId }, today }, state) {
    const { currency } = headOf(state);
    const stored = goalOf(goalsOf(state), goalId);
    if (stored === undefined) return unknownGoal;
    const removed = { type: 'GoalRemoved', goalId, before: termsOfGoal(stored, currency) } as const;
    const amount = money(BigInt(stored.saved), currency);
    return amount.minor === 0n ? accept(removed) : accept({ type: 'SavingsReleased', goalId, amount, on: today }, removed);
  },
};

export const saveMoneyRule: Rule<SaveMoney> = {
  needs,
  decide({ command, today }, state) {
    const { balance, currency } = headOf(state);
    const view = goalsOf(state);
    if (goalOf(view, command.goalId) === undefined) return unknownGoal;
    const amount = parseSum(command.amount, currency);
    if (isRejection(amount)) return refuse(amount);
    const available = BigInt(balance) - setAside(view);
    if (amount.minor > available) {
      const text = formatAmount(money(available, currency));
      const message = `The wallet has ${text} that is not set aside. Save less, or release something first.`;
      return refuse(reject('savings-exceeded', message, 'amount', { available: text }));
    }
    return accept({ type: 'MoneySaved', goalId: command.goalId, amount, on: today });
  },
};

export const releaseSavingsRule: Rule<ReleaseSavings> = {
  needs,
  decide({ command, today }, state) {
    const { currency } = headOf(state);
    const stored = goalOf(goalsOf(state), command.goalId);
    if (stored === undefined) return unknownGoal;
    const amount = parseSum(command.amount, currency);
    if (isRejection(amount)) return refuse(amount);
    if (amount.minor > BigInt(stored.saved)) {
      const text = formatAmount(money(BigInt(stored.saved), currency));
      const message = `${text} is set aside for this goal. Release at most that.`;
      return refuse(reject('release-exceeded', message, 'amount', { saved: text }));
    }
    return accept({ type: 'SavingsReleased', goalId: command.goalId, amount, on: today });
  },
};
