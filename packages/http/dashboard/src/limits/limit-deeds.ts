import type { Limit, LimitTerms, LimitWritten } from '../api/limit-types.ts';
import { words } from '../money/amt.tsx';
import type { Deed } from '../state/undo.ts';
import { undoable } from '../state/undo-change.ts';
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

function inWords(body: LimitTerms): string {
  return `${subjectInWords(body)}, ${words(body.amount)} ${rhythmInWords(body)}`;
}

/** Sets a limit, new or in the place of what it was. */
export async function setLimit(walletId: string, limitId: string, body: LimitBody): Promise<Deed> {
  const { version } = await perform<LimitWritten>({
    method: 'PUT',
    path: pathOf(walletId, limitId),
    body: Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)),
    key: newKey(),
  });
  const said = `Limit set: ${inWords(body)}.`;
  return undoable(walletId, version, { said, undone: `Not set any more: ${inWords(body)}.` });
}

export async function removeLimit(walletId: string, limit: Limit): Promise<Deed> {
  const { version } = await perform<LimitWritten>({ method: 'DELETE', path: pathOf(walletId, limit.id), key: newKey() });
  const said = `Limit removed: ${inWords(limit)}.`;
  return undoable(walletId, version, { said, undone: `Limit back: ${inWords(limit)}.` });
}
