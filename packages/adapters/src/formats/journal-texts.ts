import { fromTagValue } from '@kakeibo/core';
import type { JournalPosting, JournalTransaction } from './journal-transaction.ts';

/** What a transaction says beside its postings. */
export interface JournalTexts {
  readonly id: string;
  readonly payee: string;
  readonly note: string;
  readonly tags: readonly string[];
}

const OWN_KINDS = new Set(['expense', 'income', 'refund', 'sent', 'received', 'transfer', 'reversal']);

/** Whether our own export wrote a transaction: its tags then say everything, and none of them is a person's. */
function isOwnExport(transaction: JournalTransaction): boolean {
  return tagOf(transaction, 'id') !== undefined && OWN_KINDS.has(tagOf(transaction, 'kind') ?? '');
}

function tagOf({ tags }: JournalTransaction, wanted: string): string | undefined {
  return tags.find(([name]) => name === wanted)?.[1];
}

/** The texts of a transaction, for the side of it on which money comes in or goes out. */
export function textsOf(transaction: JournalTransaction, comesIn: boolean): JournalTexts {
  const id = tagOf(transaction, 'id') ?? '';
  const [who = '', ...rest] = transaction.description.split('|');
  const payee = who.trim() === '-' ? '' : who.trim();
  if (!isOwnExport(transaction)) {
    const tags = transaction.tags.filter(([, value]) => value === '').map(([name]) => name);
    return { id, payee, note: rest.join('|').trim(), tags };
  }
  const said = (name: string): string | undefined => {
    const other = comesIn && tagOf(transaction, 'kind') === 'transfer' ? tagOf(transaction, `received-${name}`) : undefined;
    const value = other ?? tagOf(transaction, name);
    return value === undefined ? undefined : fromTagValue(value);
  };
  const note = said('note') ?? '';
  // Where there is no payee the description is the note.
  const party = said('party') ?? (comesIn ? said('payee') : undefined) ?? (isDescribed(payee, note) ? '' : payee);
  return { id: fromTagValue(id), payee: party, note, tags: (said('tags') ?? '').split(' ').filter(Boolean) };
}

/** Whether a description is a note as the export writes it there. */
function isDescribed(description: string, note: string): boolean {
  const plain = (text: string): string => text.replace(/\s+/g, ' ').trim().replaceAll(';', '；').replaceAll('|', '¦');
  return plain(description) === plain(note);
}

/** The note of a part of a split. */
export function partNote(transaction: JournalTransaction, { note }: JournalPosting): string {
  if (!isOwnExport(transaction)) return note;
  const [, part = ''] = /(?:^|\n)part: (.*)/.exec(note) ?? [];
  return fromTagValue(part);
}

/** Whether an income of our own export has no category: it stands in an account that may as well be a category's. */
export function isUncategorised(transaction: JournalTransaction): boolean {
  return isOwnExport(transaction) && tagOf(transaction, 'category') === 'none';
}
