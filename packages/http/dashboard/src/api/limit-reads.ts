import { read } from './client.ts';
import type { LimitHistory } from './limit-types.ts';

const PERIODS = 12;

/** The last twelve periods of a limit, the current one among them. */
export async function readLimitHistory(walletId: string, limitId: string): Promise<LimitHistory> {
  return read(`/wallets/${encodeURIComponent(walletId)}/limits/${encodeURIComponent(limitId)}/history?last=${PERIODS}`);
}
