import { read } from './client.ts';
import type { CheckList } from './check-types.ts';
import type { PlanList } from './plan-types.ts';

const of = (walletId: string): string => `/wallets/${encodeURIComponent(walletId)}`;

/** The checks of the last twelve months. */
export async function readChecks(walletId: string): Promise<CheckList> {
  return read(`${of(walletId)}/checks`);
}

export async function readPlans(walletId: string): Promise<PlanList> {
  return read(`${of(walletId)}/plans`);
}
