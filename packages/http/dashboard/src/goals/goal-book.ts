import { readGoals } from '../api/goal-reads.ts';
import { PerWallet } from '../state/resource.ts';

export const goals = new PerWallet((id) => readGoals(id));
