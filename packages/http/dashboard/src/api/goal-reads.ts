import { read } from './client.ts';
import type { GoalDetail, GoalList } from './goal-types.ts';

const of = (walletId: string): string => `/wallets/${encodeURIComponent(walletId)}/goals`;

export async function readGoals(walletId: string): Promise<GoalList> {
  return read(of(walletId));
}

export async function readGoal(walletId: string, goalId: string): Promise<GoalDetail> {
  return read(`${of(walletId)}/${encodeURIComponent(goalId)}`);
}
