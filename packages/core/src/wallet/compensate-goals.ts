import { formatAmount, money } from '../money.ts';
import { back, movedOn, type Compensations } from './compensation.ts';
import { sameGoal, termsOfGoal } from './decide-goals.ts';
import { goalOf, GOALS, goals, MAX_GOALS, setAside } from './goals.ts';
import { reject } from './parse.ts';
import { goalsOf, headOf, type Need } from './state.ts';

const needs = (): readonly Need[] => [{ projection: goals, bucket: GOALS }];

const gone = (goalId: string) => movedOn('The goal was removed since. Undo that first.', { goalId });

/** How what happened to goals is taken back. Money moves back on the day it moved, so that every day is again what it was. */
export const goalCompensations: Compensations<'GoalSet' | 'GoalRemoved' | 'MoneySaved' | 'SavingsReleased'> = {
  GoalSet: back(needs, ({ goalId, terms, before }, { state }) => {
    const { currency } = headOf(state);
    const goal = goalOf(goalsOf(state), goalId);
    if (goal === undefined) return gone(goalId);
    if (!sameGoal(termsOfGoal(goal, currency), terms)) return movedOn('The goal was changed since. Undo that first.', { goalId });
    if (before !== undefined) return [{ type: 'GoalSet', goalId, terms: before, before: terms }];
    const saved = money(BigInt(goal.saved), currency);
    return saved.minor === 0n
      ? [{ type: 'GoalRemoved', goalId, before: terms }]
      : movedOn(`${formatAmount(saved)} is set aside for the goal since. Release it first.`, { goalId });
  }),
  GoalRemoved: back(needs, ({ goalId, before }, { state }) => {
    const view = goalsOf(state);
    if (goalOf(view, goalId) !== undefined) return movedOn('The goal was set again since. Undo that first.', { goalId });
    return Object.keys(view).length < MAX_GOALS
      ? [{ type: 'GoalSet', goalId, terms: before }]
      : reject('too-many-goals', `A wallet has at most ${MAX_GOALS} goals. Remove one first.`);
  }),
  MoneySaved: back(needs, ({ goalId, amount, on }, { state }) => {
    const goal = goalOf(goalsOf(state), goalId);
    if (goal === undefined) return gone(goalId);
    return BigInt(goal.saved) >= amount.minor
      ? [{ type: 'SavingsReleased', goalId, amount, on }]
      : movedOn('It was released since. Undo that first.', { goalId });
  }),
  SavingsReleased: back(needs, ({ goalId, amount, on }, { state }) => {
    const { balance, currency } = headOf(state);
    const view = goalsOf(state);
    if (goalOf(view, goalId) === undefined) return gone(goalId);
    const available = BigInt(balance) - setAside(view);
    if (amount.minor <= available) return [{ type: 'MoneySaved', goalId, amount, on }];
    const text = formatAmount(money(available, currency));
    const message = `The wallet has ${text} that is not set aside. Release something else, or add income first.`;
    return reject('savings-exceeded', message, 'version', { available: text });
  }),
};
