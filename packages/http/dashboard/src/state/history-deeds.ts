import type { Undone } from '../api/history-types.ts';
import { refreshSoon } from './books.ts';
import type { Deed } from './undo.ts';
import { newKey, perform } from './writes.ts';

const pathOf = (walletId: string, how: 'undo' | 'redo'): string => `/wallets/${encodeURIComponent(walletId)}/${how}`;
const counted = (entries: number): string => (entries === 0 ? '' : entries === 1 ? ', 1 entry' : `, ${entries} entries`);

function deedOf(walletId: string, done: Undone): Deed {
  refreshSoon(walletId);
  const said = done.redone === null ? `Undone${counted(done.entries)}.` : `Counts again${counted(done.entries)}.`;
  return { said, undo: async () => undoInHistory(walletId, done.version) };
}

/** Undoes the change of a version, or the last thing done. An undoing is undone like anything else. */
export async function undoInHistory(walletId: string, version?: number): Promise<Deed> {
  const body = version === undefined ? undefined : { version };
  return deedOf(walletId, await perform<Undone>({ method: 'POST', path: pathOf(walletId, 'undo'), body, key: newKey() }));
}

export async function redoInHistory(walletId: string): Promise<Deed> {
  return deedOf(walletId, await perform<Undone>({ method: 'POST', path: pathOf(walletId, 'redo'), key: newKey() }));
}
