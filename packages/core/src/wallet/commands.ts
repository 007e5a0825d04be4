import type { EntryId, LimitId } from '../ids.ts';
import type { EntryKind } from './events.ts';

// Commands carry what a person or program typed: texts. The decider reads them, since only it knows the wallet's currency.

export interface OpenWallet {
  readonly type: 'OpenWallet';
  readonly name: string;
  readonly currency: string;
  /** An IANA zone: where the wallet's days begin and end. `UTC` when left out. */
  readonly zone?: string;
}
export interface RenameWallet {
  readonly type: 'RenameWallet';
  readonly name: string;
}
export interface CloseWallet {
  readonly type: 'CloseWallet';
}
export interface ReopenWallet {
  readonly type: 'ReopenWallet';
}

/** What an entry is to say. The amount is a plain decimal (`"12.50"`); the day is today in the wallet's zone when left out. */
export interface EntryDetails {
  readonly amount: string;
  readonly category?: string;
  readonly note?: string;
  readonly occurredOn?: string;
}
export interface AddIncome extends EntryDetails {
  readonly type: 'AddIncome';
}
export interface AddExpense extends EntryDetails {
  readonly type: 'AddExpense';
  readonly category: string;
}

/** The fields to change; null takes a category or note away. */
export interface EntryChanges {
  readonly kind?: EntryKind;
  readonly amount?: string;
  readonly category?: string | null;
  readonly note?: string | null;
  readonly occurredOn?: string;
}
export interface CorrectEntry extends EntryChanges {
  readonly type: 'CorrectEntry';
  readonly entryId: EntryId;
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

export interface LimitDetails {
  /** A category path, children included; the whole wallet when there is neither a scope nor a tag. */
  readonly scope?: string | null;
  /** A tag, instead of a scope. */
  readonly tag?: string | null;
  /** day, week, month, quarter, year or custom. */
  readonly period: string;
  /** The first day of the week (1 is Monday) or of the month, quarter or year (1 to 31); 1 when left out. */
  readonly firstDay?: number;
  /** The first day of a custom period, and the day after its last. */
  readonly from?: string;
  readonly to?: string;
  readonly amount: string;
  /** Percentages, ascending; 80 and 100 when left out. */
  readonly thresholds?: readonly number[];
  /** `warn` (the default) tells; `block` refuses the expense that would put it over. */
  readonly mode?: string;
  /** What a period takes over from the one before: `none` (the default), `surplus`, or `both` what was left and what was lacking. */
  readonly rollover?: string;
  /** The most that is taken over, whichever way. */
  readonly cap?: string | null;
  /** In force from the period that holds this day on; today when left out. */
  readonly startsOn?: string;
}
export interface SetLimit extends LimitDetails {
  readonly type: 'SetLimit';
  readonly limitId: LimitId;
}
export interface RemoveLimit {
  readonly type: 'RemoveLimit';
  readonly limitId: LimitId;
}

/** A row of a bank's file, read. `occurrence` counts equal rows within the file, from 1. */
export interface ImportRow extends EntryDetails {
  readonly kind: EntryKind;
  readonly occurredOn: string;
  readonly fingerprint: string;
  readonly occurrence: number;
}
/** One page of a file's rows: those the wallet does not have yet come in. */
export interface ImportEntries {
  readonly type: 'ImportEntries';
  readonly importId: string;
  readonly name: string;
  /** The digest of the whole file, so that the same command id with another file is found out on every page. */
  readonly file: string;
  readonly page: number;
  readonly rows: readonly ImportRow[];
}
/** Takes one page of a former import back. */
export interface UndoImport {
  readonly type: 'UndoImport';
  readonly importId: string;
  readonly page: number;
}

export type WalletCommand =
  | OpenWallet
  | RenameWallet
  | CloseWallet
  | ReopenWallet
  | AddIncome
  | AddExpense
  | CorrectEntry
  | VoidEntry
  | RestoreEntry
  | SetLimit
  | RemoveLimit
  | ImportEntries
  | UndoImport;
