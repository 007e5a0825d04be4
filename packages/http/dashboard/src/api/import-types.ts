import type { Crossing } from './limit-types.ts';
import type { Kind } from './types.ts';

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

export interface ImportSettings {
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly columns?: ImportColumns;
  readonly dateOrder?: string;
  readonly decimalMark?: string;
  readonly skip?: readonly number[];
  readonly name?: string;
}

export interface Question {
  readonly field: 'dateOrder' | 'columns' | 'decimalMark';
  readonly message: string;
  readonly choices: readonly string[];
}

export interface PreviewRow {
  readonly line: number;
  readonly status: 'new' | 'duplicate';
  readonly kind: Kind;
  readonly amount: string;
  readonly occurredOn: string;
  readonly category: string | null;
  readonly note: string | null;
}

export interface BadRow {
  readonly line: number;
  readonly code: string;
  readonly reason: string;
  readonly text: string;
}

export interface ImportPreview {
  readonly format: 'csv';
  readonly encoding: string;
  readonly delimiter: string;
  readonly headerRow: number | null;
  readonly header: readonly string[];
  readonly columns: ImportColumns;
  readonly dateOrder: string | null;
  readonly dateOrders: readonly string[];
  readonly decimalMark: string | null;
  readonly questions: readonly Question[];
  readonly sample: readonly (readonly string[])[];
  readonly rows: readonly PreviewRow[];
  readonly counts: { readonly rows: number; readonly new: number; readonly duplicate: number; readonly bad: number };
  readonly bad: readonly BadRow[];
}

export interface ImportResult {
  readonly importId: string;
  readonly added: number;
  readonly duplicates: number;
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
  readonly added: number;
  readonly skipped: number;
}

export interface ImportSummary {
  readonly importId: string;
  readonly name: string | null;
  readonly rows: number;
  readonly voided: number;
  readonly importedAt: string;
  readonly from: string | null;
  readonly to: string | null;
}
