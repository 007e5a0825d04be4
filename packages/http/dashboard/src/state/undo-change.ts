import { refreshSoon } from './books.ts';
import type { Deed } from './undo.ts';
import { newKey, perform } from './writes.ts';

interface Undone {
  readonly version: number;
}

/**
 * Takes back what one command did, named by one of its versions: the service writes the events that compensate it, so that every
 * figure is exactly as it was. The way back is the same, for the undoing.
 */
export async function undoChange(
  walletId: string,
  version: number,
  what: { readonly said: string; readonly undone: string },
): Promise<Deed> {
  const path = `/wallets/${encodeURIComponent(walletId)}/undo`;
  const answer = await perform<Undone>({ method: 'POST', path, body: { version }, key: newKey() });
  refreshSoon(walletId);
  return {
    said: what.undone,
    undo: async () => undoChange(walletId, answer.version, { said: what.undone, undone: what.said }),
  };
}

/** What was written, and its exact undoing. */
export function undoable(walletId: string, version: number, what: { readonly said: string; readonly undone: string }): Deed {
  refreshSoon(walletId);
  return { said: what.said, undo: async () => undoChange(walletId, version, what) };
}
