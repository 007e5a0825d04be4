import { refuse, type Rule } from './decision.ts';
import type { ReleaseSavings, RemoveGoal, SaveMoney, SetGoal } from './goal-commands.ts';
import { reject } from './parse.ts';

export const setGoalRule: Rule<SetGoal> = { decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')) };
export const removeGoalRule: Rule<RemoveGoal> = { decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')) };
export const saveMoneyRule: Rule<SaveMoney> = { decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')) };
export const releaseSavingsRule: Rule<ReleaseSavings> = {
  decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')),
};
