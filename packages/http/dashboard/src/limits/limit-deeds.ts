import type { Limit, LimitTerms, LimitWritten } from '../api/types.ts';
import { words } from '../money/amt.tsx';
import { limits, refreshSoon } from '../state/books.ts';
import type { Deed } from '../state/undo.ts';
import { newKey, perform } from '../state/writes.ts';
import { EACH, scopeInWords } from './limit-words.ts';

export interface LimitBody extends LimitTerms {
  readonly startsOn?: string;
}

const pathOf = (walletId: string, limitId: string): string =>
  `/wallets/${encodeURIComponent(walletId)}/limits/${encodeURIComponent(limitId)}`;

export function bodyOf(limit: Limit): LimitBody {
  const { scope, period, amount, thresholds, mode, startsOn } = limit;
  return { scope, period, amount, thresholds, mode, startsOn };
}

function settled(walletId: string): void {
  limits.invalidate(walletId);
  refreshSoon(walletId);
}

function inWords(body: LimitBody): string {
  return `${scopeInWords(body.scope)}, ${words(body.amount)} ${EACH[body.period]}`;
}

/** Sets a limit, new or in the place of `before`. */
export async function setLimit(walletId: string, limitId: string, body: LimitBody, before: LimitBody | undefined): Promise<Deed> {
  const { scope, ...rest } = body;
  await perform<LimitWritten>({
    method: 'PUT',
    path: pathOf(walletId, limitId),
    body: scope === null ? rest : { scope, ...rest },
    key: newKey(),
  });
  settled(walletId);
  return {
    said: `Limit set: ${inWords(body)}.`,
    undo: async () => (before === undefined ? removeLimit(walletId, limitId, body) : setLimit(walletId, limitId, before, body)),
  };
}

export async function removeLimit(walletId: string, limitId: string, before: LimitBody): Promise<Deed> {
  await perform<LimitWritten>({ method: 'DELETE', path: pathOf(walletId, limitId), key: newKey() });
  settled(walletId);
  return { said: `Limit removed: ${inWords(before)}.`, undo: async () => setLimit(walletId, limitId, before, undefined) };
}
