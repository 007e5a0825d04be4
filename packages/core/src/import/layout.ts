/** A record of a delimited file: the physical line it starts on (from 1) and its cells as written. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** How days are written when figures alone do not tell: day, month, year; month, day, year; or year first. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';
export const DATE_ORDERS: readonly DateOrder[] = ['dmy', 'mdy', 'ymd'];

export type DecimalMark = '.' | ',';

/** Which column (from 0) holds what. A settled layout has a date and either an amount or a debit and/or a credit column. */
export interface Columns {
  readonly date?: number;
  /** One column, signed; or unsigned with a `mark` column beside it. */
  readonly amount?: number;
  readonly debit?: number;
  readonly credit?: number;
  /** Tells debit from credit: D/C, Dr/Cr, S/H, Af/Bij, +/-. */
  readonly mark?: number;
  readonly category?: number;
  readonly note?: readonly number[];
  readonly currency?: number;
  /** Pending, reverted, declined: rows that never reached the books. */
  readonly state?: number;
  /** Taken off on top of the amount (Revolut). */
  readonly fee?: number;
}

/** What a person may decide instead of the guess. Lines are physical lines from 1, columns count from 0. */
export interface ImportSettings {
  /** The line of the header; null when there is none. */
  readonly headerRow?: number | null;
  readonly columns?: Omit<Columns, 'note'> & { readonly note?: number | readonly number[] };
  readonly dateOrder?: DateOrder;
  readonly decimalMark?: DecimalMark;
  /** Lines to leave out. */
  readonly skip?: readonly number[];
}

/** Something that the rows do not decide. The first choice is what a dry run shows; nothing is booked by it. */
export interface Question {
  readonly field: 'dateOrder' | 'columns' | 'decimalMark';
  readonly message: string;
  readonly choices: readonly string[];
}

export type ImportRefusalCode = 'file-empty' | 'columns-unknown' | 'date-order-ambiguous' | 'decimal-mark-ambiguous';

/** Why nothing can be imported. */
export interface ImportRefusal {
  readonly kind: 'refused';
  readonly code: ImportRefusalCode;
  readonly message: string;
  readonly line?: number;
}

/** How a file is to be read: found by {@link recognise}, followed by {@link toStatement}. Plain data. */
export interface Layout {
  readonly kind: 'layout';
  /** The line of the header, null when the file has none. */
  readonly headerRow: number | null;
  /** The names of the columns; empty without a header. */
  readonly header: readonly string[];
  readonly columns: Columns;
  readonly dateOrder: DateOrder;
  /** The orders that fit; the chosen one first. */
  readonly dateOrders: readonly DateOrder[];
  readonly decimalMark: DecimalMark;
  readonly questions: readonly Question[];
  /** The lines that hold rows: preamble before, footer after. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly skip: readonly number[];
  /** How many cells a row has at the most; one with more is torn by an unquoted delimiter. */
  readonly width: number;
  /** The mark decides the sign: amounts are written without one, or the sign disagrees with the mark. */
  readonly markDecides: boolean;
  /** Debits are written with a minus throughout, so that the minus says nothing more. */
  readonly debitNegative: boolean;
  /** The file is our own export, whose notes are taken as they are. */
  readonly ownExport: boolean;
  /** The columns of the note that hold the other side's name. */
  readonly payees: readonly number[];
  /** The currency named by the header of the amount, as written: `EUR`, `€`. */
  readonly amountCurrency: string | null;
}

/**
 * Why a layout must not be booked by yet: a question is open. A dry run may show it; an import is refused.
 *
 * @example
 * unsettled(layout)?.code; // 'date-order-ambiguous'
 */
export function unsettled(layout: Layout): ImportRefusal | undefined {
  for (const [field, code] of OPEN_QUESTIONS) {
    const question = layout.questions.find((asked) => asked.field === field);
    if (question !== undefined) return { kind: 'refused', code, message: question.message };
  }
  return undefined;
}

const OPEN_QUESTIONS = [
  ['columns', 'columns-unknown'],
  ['dateOrder', 'date-order-ambiguous'],
  ['decimalMark', 'decimal-mark-ambiguous'],
] as const satisfies readonly (readonly [Question['field'], ImportRefusalCode])[];
