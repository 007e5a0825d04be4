import type { Goal, GoalTerms, GoalWritten } from '../api/goal-types.ts';
import { toMinor } from '../money/amount.ts';
import { words } from '../money/amt.tsx';
import { refreshSoon } from '../state/books.ts';
import type { Deed } from '../state/undo.ts';
import { newKey, perform } from '../state/writes.ts';
import { goals } from './goal-book.ts';

const pathOf = (walletId: string, goalId: string): string =>
  `/wallets/${encodeURIComponent(walletId)}/goals/${encodeURIComponent(goalId)}`;

function settled(walletId: string): void {
  goals.invalidate(walletId);
  refreshSoon(walletId);
}

const inWords = ({ name, target }: GoalTerms): string => `${name}, ${words(target)}`;

async function put(walletId: string, goalId: string, { name, target, by }: GoalTerms): Promise<void> {
  const body = { name, target, ...(by === null ? {} : { by }) };
  await perform<GoalWritten>({ method: 'PUT', path: pathOf(walletId, goalId), body, key: newKey() });
}

async function move(walletId: string, goalId: string, how: 'save' | 'release', amount: string): Promise<void> {
  await perform<GoalWritten>({ method: 'POST', path: `${pathOf(walletId, goalId)}/${how}`, body: { amount }, key: newKey() });
}

/** Sets a goal, new or in the place of `before`. */
export async function setGoal(walletId: string, goalId: string, terms: GoalTerms, before: GoalTerms | undefined): Promise<Deed> {
  await put(walletId, goalId, terms);
  settled(walletId);
  return {
    said: `Goal set: ${inWords(terms)}.`,
    undo: async () =>
      before === undefined ? removeGoal(walletId, { ...terms, id: goalId }) : setGoal(walletId, goalId, before, terms),
  };
}

type Held = GoalTerms & { readonly id: string; readonly saved?: string };

export async function removeGoal(walletId: string, goal: Held): Promise<Deed> {
  await perform<GoalWritten>({ method: 'DELETE', path: pathOf(walletId, goal.id), key: newKey() });
  settled(walletId);
  const { saved } = goal;
  const freed = saved === undefined || toMinor(saved) === 0n ? '' : ` ${words(saved)} is available again.`;
  return { said: `Goal removed: ${inWords(goal)}.${freed}`, undo: async () => bringBack(walletId, goal) };
}

/** The goal with what was set aside for it. */
async function bringBack(walletId: string, goal: Held): Promise<Deed> {
  await put(walletId, goal.id, goal);
  if (goal.saved !== undefined && toMinor(goal.saved) > 0n) await move(walletId, goal.id, 'save', goal.saved);
  settled(walletId);
  return { said: `Goal set: ${inWords(goal)}.`, undo: async () => removeGoal(walletId, goal) };
}

export async function saveMoney(walletId: string, goal: Pick<Goal, 'id' | 'name'>, amount: string): Promise<Deed> {
  await move(walletId, goal.id, 'save', amount);
  settled(walletId);
  return {
    said: `${words(amount)} set aside for ${goal.name}.`,
    undo: async () => releaseSavings(walletId, goal, amount),
  };
}

export async function releaseSavings(walletId: string, goal: Pick<Goal, 'id' | 'name'>, amount: string): Promise<Deed> {
  await move(walletId, goal.id, 'release', amount);
  settled(walletId);
  return {
    said: `${words(amount)} of ${goal.name} is available again.`,
    undo: async () => saveMoney(walletId, goal, amount),
  };
}
