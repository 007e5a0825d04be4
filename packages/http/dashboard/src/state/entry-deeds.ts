import type { Booked, Facts } from '../api/types.ts';
import { refreshSoon } from './books.ts';
import { entryInWords } from './entry-words.ts';
import type { Deed } from './undo.ts';
import { patchWallet } from './wallets.ts';
import { newKey, perform } from './writes.ts';

const pathOf = (walletId: string, entryId: string): string =>
  `/wallets/${encodeURIComponent(walletId)}/entries/${encodeURIComponent(entryId)}`;

function settled(walletId: string, booked: Booked): void {
  patchWallet(walletId, { balance: booked.balance });
  refreshSoon(walletId);
}

export async function voidEntry(walletId: string, entryId: string, facts: Facts, reason?: string): Promise<Deed> {
  const body = reason === undefined || reason === '' ? undefined : { reason };
  settled(walletId, await perform<Booked>({ method: 'DELETE', path: pathOf(walletId, entryId), body, key: newKey() }));
  return {
    said: `Void: ${entryInWords(facts)}. It stays in the register.`,
    undo: async () => restoreEntry(walletId, entryId, facts),
  };
}

export async function restoreEntry(walletId: string, entryId: string, facts: Facts): Promise<Deed> {
  settled(walletId, await perform<Booked>({ method: 'POST', path: `${pathOf(walletId, entryId)}/restore`, key: newKey() }));
  return { said: `Restored ${entryInWords(facts)}.`, undo: async () => voidEntry(walletId, entryId, facts) };
}

/** Corrects only what differs, so that two people may correct different parts of one entry. */
export async function correctEntry(walletId: string, entryId: string, before: Facts, after: Facts): Promise<Deed> {
  const body: Record<string, string | null> = {};
  if (after.kind !== before.kind) body['kind'] = after.kind;
  if (after.amount !== before.amount) body['amount'] = after.amount;
  if (after.category !== before.category) body['category'] = after.category;
  if (after.note !== before.note) body['note'] = after.note;
  if (after.occurredOn !== before.occurredOn) body['occurredOn'] = after.occurredOn;
  settled(walletId, await perform<Booked>({ method: 'PATCH', path: pathOf(walletId, entryId), body, key: newKey() }));
  return { said: `Corrected: ${entryInWords(after)}.`, undo: async () => correctEntry(walletId, entryId, after, before) };
}
