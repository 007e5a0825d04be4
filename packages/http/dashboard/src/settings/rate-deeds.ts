import { query, read } from '../api/client.ts';
import type { Rate, RateList, RateWritten } from '../api/rate-types.ts';
import { PerWallet } from '../state/resource.ts';
import type { Deed } from '../state/undo.ts';
import { undoable } from '../state/undo-change.ts';
import { newKey, perform } from '../state/writes.ts';

const pathOf = (walletId: string): string => `/wallets/${encodeURIComponent(walletId)}/rates`;

export const rates = new PerWallet((id) => read<RateList>(pathOf(id)));

export async function setRate(walletId: string, { quote, on, rate }: Rate): Promise<Deed> {
  const path = `${pathOf(walletId)}/${encodeURIComponent(quote)}`;
  const { version } = await perform<RateWritten>({ method: 'PUT', path, body: { rate, on }, key: newKey() });
  return undoable(walletId, version, {
    said: `Rate set: ${rate} ${quote} on ${on}.`,
    undone: `Not set any more: the ${quote} rate of ${on}.`,
  });
}

export async function removeRate(walletId: string, { quote, on, rate }: Rate): Promise<Deed> {
  const path = `${pathOf(walletId)}/${encodeURIComponent(quote)}${query({ on })}`;
  const { version } = await perform<RateWritten>({ method: 'DELETE', path, key: newKey() });
  return undoable(walletId, version, {
    said: `Rate removed: ${rate} ${quote} on ${on}.`,
    undone: `Rate back: ${rate} ${quote} on ${on}.`,
  });
}
