import type { EntryKind, Part } from './entry-types.ts';
import type { Crossing } from './limit-types.ts';

export interface ImportColumns {
  readonly date?: number;
  readonly amount?: number;
  readonly debit?: number;
  readonly credit?: number;
  readonly mark?: number;
  readonly category?: number;
  readonly note?: number | readonly number[];
  readonly currency?: number;
  readonly state?: number;
  readonly fee?: number;
}

/** A row that is an entry booked by hand, as a person confirmed. */
export interface RowMatch {
  readonly row: number;
  readonly entryId: string;
}

export interface RowCategory {
  readonly row: number;
  readonly category: string;
}

/** What was decided of single rows, which the preview with the same settings names by their place. */
export interface RowChoices {
  readonly skipRows?: readonly number[];
  readonly matches?: readonly RowMatch[];
  readonly categories?: readonly RowCategory[];
}

export interface ImportSettings extends RowChoices {
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly columns?: ImportColumns;
  readonly dateOrder?: string;
  readonly decimalMark?: string;
  readonly name?: string;
}

export interface Question {
  readonly field: 'dateOrder' | 'columns' | 'decimalMark' | 'account';
  readonly message: string;
  readonly choices: readonly string[];
}

export interface MatchCandidate {
  readonly entryId: string;
  readonly kind: EntryKind;
  readonly amount: string;
  readonly occurredOn: string;
  readonly category: string | null;
  readonly payee: string | null;
  readonly note: string | null;
}

export type RowStatus = 'new' | 'duplicate' | 'corrected' | 'linked' | 'skipped';

export interface PreviewRow {
  readonly row: number;
  readonly line: number;
  readonly status: RowStatus;
  readonly kind: EntryKind;
  readonly amount: string;
  readonly occurredOn: string;
  readonly category: string | null;
  readonly categoryFrom: 'chosen' | 'rule' | 'payee' | 'file' | null;
  readonly parts: readonly Part[] | null;
  readonly payee: string | null;
  readonly tags: readonly string[];
  readonly note: string | null;
  readonly rules: readonly string[];
  readonly entryId: string | null;
  readonly candidates: readonly MatchCandidate[];
}

export interface BadRow {
  readonly line: number;
  readonly code: string;
  readonly reason: string;
  readonly text: string;
}

/** What to look at before the rows come in. */
export interface FileWarning {
  readonly message: string;
  readonly line: number;
  readonly account: string | null;
}

interface PreviewedRows {
  readonly warnings: readonly FileWarning[];
  readonly questions: readonly Question[];
  readonly rows: readonly PreviewRow[];
  readonly counts: Readonly<Record<RowStatus | 'rows' | 'bad', number>>;
  readonly bad: readonly BadRow[];
}

export interface CsvPreview extends PreviewedRows {
  readonly format: 'csv';
  readonly encoding: string;
  readonly delimiter: string;
  readonly headerRow: number | null;
  readonly header: readonly string[];
  readonly columns: ImportColumns;
  readonly dateOrder: string | null;
  readonly dateOrders: readonly string[];
  readonly decimalMark: string | null;
  readonly sample: readonly (readonly string[])[];
}

export interface FileAccount {
  readonly account: string | null;
  readonly currency: string;
  readonly rows: number;
  readonly bad: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly closing: string | null;
  readonly closingOn: string | null;
  readonly chosen: boolean;
}

/** A file that says itself what is what, of one account or several. */
export interface BankPreview extends PreviewedRows {
  readonly format: BankFormat;
  readonly accounts: readonly FileAccount[];
}

export type BankFormat = 'ofx' | 'qif' | 'camt' | 'mt940' | 'journal';
export type ImportPreview = CsvPreview | BankPreview;

export interface ImportResult {
  readonly importId: string;
  readonly added: number;
  readonly duplicates: number;
  readonly corrected: number;
  readonly linked: number;
  readonly bad: readonly BadRow[];
  readonly from: string | null;
  readonly to: string | null;
  readonly version: number;
  readonly position: number;
  readonly crossed: readonly Crossing[];
}

export interface ImportProgress {
  readonly done: number;
  readonly total: number;
}

export interface ImportUndone {
  readonly voided: number;
  readonly reverted: number;
}

export interface ImportSummary {
  readonly importId: string;
  readonly name: string | null;
  readonly rows: number;
  readonly corrected: number;
  readonly linked: number;
  readonly voided: number;
  readonly importedAt: string;
  readonly from: string | null;
  readonly to: string | null;
}
