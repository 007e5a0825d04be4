import type { Limit, LimitTerms, LimitWritten } from '../api/limit-types.ts';
import { words } from '../money/amt.tsx';
import { limits, refreshSoon } from '../state/books.ts';
import type { Deed } from '../state/undo.ts';
import { newKey, perform } from '../state/writes.ts';
import { subjectInWords } from './limit-words.ts';
import { rhythmInWords } from './period-words.ts';

export interface LimitBody extends LimitTerms {
  readonly startsOn?: string;
  /** Of a custom period, with the day after its last. */
  readonly from?: string;
  readonly to?: string;
}

const pathOf = (walletId: string, limitId: string): string =>
  `/wallets/${encodeURIComponent(walletId)}/limits/${encodeURIComponent(limitId)}`;

export function bodyOf({ id: _, current, ...terms }: Limit): LimitBody {
  return terms.period === 'custom' ? { ...terms, from: current.from, to: current.to } : terms;
}

function settled(walletId: string): void {
  limits.invalidate(walletId);
  refreshSoon(walletId);
}

function inWords(body: LimitBody): string {
  return `${subjectInWords(body)}, ${words(body.amount)} ${rhythmInWords(body)}`;
}

/** Sets a limit, new or in the place of `before`. */
export async function setLimit(walletId: string, limitId: string, body: LimitBody, before: LimitBody | undefined): Promise<Deed> {
  await perform<LimitWritten>({
    method: 'PUT',
    path: pathOf(walletId, limitId),
    body: Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)),
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
