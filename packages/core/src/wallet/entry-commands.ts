import type { EntryId } from '../ids.ts';

// Commands carry what a person or program typed: texts, as in `commands.ts`.

/**
 * A part of a split: an amount, or a whole-number share of what is split. All parts of an entry have amounts, which add up exactly,
 * or all have shares, which are paid out by largest remainder.
 */
export interface PartDetails {
  readonly category: string;
  readonly amount?: string;
  readonly share?: number;
  readonly note?: string;
}

/** What an entry is to say. The amount is a plain decimal (`"12.50"`); the day is today in the wallet's zone when left out. */
export interface EntryDetails {
  readonly amount: string;
  readonly category?: string;
  /** Instead of a category: two or more. */
  readonly parts?: readonly PartDetails[];
  readonly payee?: string;
  readonly tags?: readonly string[];
  readonly note?: string;
  readonly occurredOn?: string;
}
export interface AddIncome extends EntryDetails {
  readonly type: 'AddIncome';
}
/** Without category or parts, the last category of the payee is taken. */
export interface AddExpense extends EntryDetails {
  readonly type: 'AddExpense';
}
/** Money that came back. With `refunds`, category or parts are those of that expense when left out, and all refunds of it stay within it. */
export interface AddRefund extends EntryDetails {
  readonly type: 'AddRefund';
  readonly refunds?: EntryId;
}

/** The fields to change; null takes a category, parts, payee or note away. A category replaces parts, and parts a category. */
export interface EntryChanges {
  readonly kind?: 'income' | 'expense';
  readonly amount?: string;
  readonly category?: string | null;
  readonly parts?: readonly PartDetails[] | null;
  readonly payee?: string | null;
  readonly tags?: readonly string[];
  readonly note?: string | null;
  readonly occurredOn?: string;
}
export interface CorrectEntry extends EntryChanges {
  readonly type: 'CorrectEntry';
  readonly entryId: EntryId;
}
/** What many entries can be given at once; the amount and the day of each are its own. */
export interface BulkChange extends Pick<EntryChanges, 'category' | 'payee' | 'tags' | 'note'> {
  readonly entryId: EntryId;
}
/** Several entries at once: all of them or none, and undone as one. */
export interface CorrectEntries {
  readonly type: 'CorrectEntries';
  readonly changes: readonly BulkChange[];
}
export interface VoidEntry {
  readonly type: 'VoidEntry';
  readonly entryId: EntryId;
  readonly reason?: string;
}
export interface RestoreEntry {
  readonly type: 'RestoreEntry';
  readonly entryId: EntryId;
}
