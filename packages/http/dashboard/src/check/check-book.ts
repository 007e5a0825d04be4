import { readChecks, readPlans } from '../api/check-reads.ts';
import { PerWallet } from '../state/resource.ts';

export const checks = new PerWallet((id) => readChecks(id));
export const plans = new PerWallet((id) => readPlans(id));
