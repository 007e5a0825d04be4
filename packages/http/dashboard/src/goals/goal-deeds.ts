import type { Goal, GoalTerms, GoalWritten } from '../api/goal-types.ts';
import { toMinor } from '../money/amount.ts';
import { words } from '../money/amt.tsx';
import type { Deed } from '../state/undo.ts';
import { undoable } from '../state/undo-change.ts';
import { newKey, perform } from '../state/writes.ts';

const pathOf = (walletId: string, goalId: string): string =>
  `/wallets/${encodeURIComponent(walletId)}/goals/${encodeURIComponent(goalId)}`;

const inWords = ({ name, target }: GoalTerms): string => `${name}, ${words(target)}`;

/** Sets a goal, new or in the place of what it was; what is set aside stays. */
export async function setGoal(walletId: string, goalId: string, terms: GoalTerms): Promise<Deed> {
  const { name, target, by } = terms;
  const body = { name, target, ...(by === null ? {} : { by }) };
  const { version } = await perform<GoalWritten>({ method: 'PUT', path: pathOf(walletId, goalId), body, key: newKey() });
  const said = `Goal set: ${inWords(terms)}.`;
  return undoable(walletId, version, { said, undone: `Not set any more: ${inWords(terms)}.` });
}

export async function removeGoal(walletId: string, goal: Goal): Promise<Deed> {
  const { version } = await perform<GoalWritten>({ method: 'DELETE', path: pathOf(walletId, goal.id), key: newKey() });
  const freed = toMinor(goal.saved) === 0n ? '' : ` ${words(goal.saved)} is available again.`;
  const said = `Goal removed: ${inWords(goal)}.${freed}`;
  return undoable(walletId, version, { said, undone: `Goal back: ${inWords(goal)}.` });
}

async function move(walletId: string, goal: Goal, how: 'save' | 'release', amount: string): Promise<number> {
  const path = `${pathOf(walletId, goal.id)}/${how}`;
  return (await perform<GoalWritten>({ method: 'POST', path, body: { amount }, key: newKey() })).version;
}

const aside = (goal: Goal, amount: string): string => `${words(amount)} set aside for ${goal.name}.`;
const free = (goal: Goal, amount: string): string => `${words(amount)} of ${goal.name} is available again.`;

export async function saveMoney(walletId: string, goal: Goal, amount: string): Promise<Deed> {
  const version = await move(walletId, goal, 'save', amount);
  return undoable(walletId, version, { said: aside(goal, amount), undone: free(goal, amount) });
}

export async function releaseSavings(walletId: string, goal: Goal, amount: string): Promise<Deed> {
  const version = await move(walletId, goal, 'release', amount);
  return undoable(walletId, version, { said: free(goal, amount), undone: aside(goal, amount) });
}
