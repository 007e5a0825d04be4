import type { BulkEntry, Part } from '../api/entry-types.ts';
import type { Booked, Entry, Facts } from '../api/types.ts';
import { refreshSoon } from './books.ts';
import { entryInWords } from './entry-words.ts';
import { undoable } from './undo-change.ts';
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

export const partBody = ({ category, amount, note }: Part): object => ({ category, amount, ...(note === null ? {} : { note }) });

export function sameList(left: readonly unknown[] | null, right: readonly unknown[] | null): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Money that came back for an expense: it lowers what was spent, and is no income. */
export async function refund(walletId: string, expense: Entry, amount: string, occurredOn: string): Promise<Deed> {
  const path = `/wallets/${encodeURIComponent(walletId)}/refunds`;
  const body = { amount, occurredOn, refunds: expense.id, ...(expense.note === null ? {} : { note: expense.note }) };
  const booked = await perform<Booked>({ method: 'POST', path, body, key: newKey() });
  settled(walletId, booked);
  const facts: Facts = { ...expense, kind: 'refund', amount, occurredOn };
  return { said: `Refund booked: ${entryInWords(facts)}.`, undo: async () => voidEntry(walletId, booked.entryId, facts) };
}

/** Gives many entries the same at once: one command, and one undoing takes it back. */
export async function changeEntries(walletId: string, changes: readonly BulkEntry[]): Promise<Deed> {
  const path = `/wallets/${encodeURIComponent(walletId)}/entries/bulk`;
  const { version } = await perform<Booked>({ method: 'POST', path, body: { changes }, key: newKey() });
  const these = changes.length === 1 ? '1 entry' : `${changes.length} entries`;
  return undoable(walletId, version, { said: `Changed ${these}.`, undone: `Changed back: ${these}.` });
}

/** Corrects only what differs, so that two people may correct different parts of one entry. */
export async function correctEntry(walletId: string, entryId: string, before: Facts, after: Facts): Promise<Deed> {
  const body: Record<string, unknown> = {};
  if (after.kind !== before.kind) body['kind'] = after.kind;
  if (after.amount !== before.amount) body['amount'] = after.amount;
  if (after.parts !== null) {
    if (!sameList(after.parts, before.parts)) body['parts'] = after.parts.map(partBody);
  } else if (before.parts !== null) {
    body['parts'] = null;
    body['category'] = after.category;
  } else if (after.category !== before.category) body['category'] = after.category;
  if (after.payee !== before.payee) body['payee'] = after.payee;
  if (!sameList(after.tags, before.tags)) body['tags'] = after.tags;
  if (after.note !== before.note) body['note'] = after.note;
  if (after.occurredOn !== before.occurredOn) body['occurredOn'] = after.occurredOn;
  settled(walletId, await perform<Booked>({ method: 'PATCH', path: pathOf(walletId, entryId), body, key: newKey() }));
  return { said: `Corrected: ${entryInWords(after)}.`, undo: async () => correctEntry(walletId, entryId, after, before) };
}
