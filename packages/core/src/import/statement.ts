import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import { money, type Money } from '../money.ts';
import { MAX_NOTE, parseTags, UNSORTED } from '../wallet/parse.ts';
import { categoryFrom } from './category.ts';
import { cellOf, cut, isBlankRow, manyLines, oneLine, payeeFrom, widthOf } from './cells.ts';
import { isBalanceText, isFooterText, isNotBooked } from './cell-words.ts';
import { meansCurrency } from './currency-names.ts';
import { datePartsOf, readDate } from './dates.ts';
import { figureOf } from './figures.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { ImportRefusal, Layout, Row } from './layout.ts';
import { recogniseInSteps, type RecogniseOptions } from './recognise.ts';
import { readAmount, type AmountTrouble } from './row-amount.ts';

/** A part of a row that is split over categories. */
export interface StatementPart {
  readonly category: string;
  readonly amount: Money;
  readonly note?: string;
}

/** A row as it would be booked. */
export interface StatementRow {
  readonly line: number;
  readonly kind: 'income' | 'expense';
  /** More than zero. */
  readonly amount: Money;
  readonly occurredOn: CivilDate;
  readonly category?: string;
  /** A split over two or more categories, which add up to the amount exactly; then `category` is absent. */
  readonly parts?: readonly StatementPart[];
  readonly payee?: string;
  /** Sorted, each once. */
  readonly tags?: readonly string[];
  readonly note?: string;
  /** The bank's own id of the transaction, which is surer than the fingerprint. */
  readonly bankId?: string;
  /** The account whose id it is, where the file names one. */
  readonly bankAccount?: string;
  /** See {@link fingerprintOf}. */
  readonly fingerprint: string;
}

export type BadRowCode =
  | 'date-missing'
  | 'date-unreadable'
  | 'date-not-real'
  | 'date-out-of-range'
  | 'row-not-booked'
  | 'date-without-year'
  | 'too-many-cells'
  | 'row-malformed'
  | 'opening-balance'
  | 'duplicate-id'
  | 'amount-negative'
  | 'parts-differ'
  | 'parts-mixed'
  | 'parts-too-many'
  | AmountTrouble['code'];

/** A row that cannot be booked, and why. */
export interface BadRow {
  readonly line: number;
  readonly code: BadRowCode;
  readonly reason: string;
  /** The row as it stands in the file, cut. */
  readonly text: string;
}

/** What a file comes to. */
export interface Statement {
  readonly statementRows: readonly StatementRow[];
  readonly bad: readonly BadRow[];
}

/**
 * Reads rows by a layout. Works on any part of a file's rows, so that a long file can be read part by part.
 *
 * @example
 * const { statementRows, bad } = toStatement(rows, layout, { currency: eur });
 */
export function toStatement(rows: readonly Row[], layout: Layout, { currency }: { readonly currency: CurrencyCode }): Statement {
  const statementRows: StatementRow[] = [];
  const bad: BadRow[] = [];
  const { date, amount, debit, credit } = layout.columns;
  if (date === undefined || (amount ?? debit ?? credit) === undefined) return { statementRows, bad };
  const skip = new Set(layout.skip);
  for (const row of rows) {
    if (row.line < layout.firstLine || row.line > layout.lastLine || skip.has(row.line)) continue;
    const read = readRow(row, layout, currency);
    if (read === undefined) continue;
    if ('kind' in read) statementRows.push(read);
    else bad.push({ line: row.line, ...read, text: cut(oneLine(row.cells.join(' | ')), MAX_TEXT) });
  }
  return { statementRows, bad };
}

const STEP_ROWS = 250;
const MAX_TEXT = 200;

/** {@link recognise} and {@link toStatement} in small steps, for callers that share their thread. */
export function* readStatementInSteps(
  rows: readonly Row[],
  options: RecogniseOptions,
): Generator<void, ({ readonly kind: 'statement'; readonly layout: Layout } & Statement) | ImportRefusal> {
  const layout = yield* recogniseInSteps(rows, options);
  if (layout.kind === 'refused') return layout;
  const statementRows: StatementRow[] = [];
  const bad: BadRow[] = [];
  for (let from = 0; from < rows.length; from += STEP_ROWS) {
    const part = toStatement(rows.slice(from, from + STEP_ROWS), layout, options);
    statementRows.push(...part.statementRows);
    bad.push(...part.bad);
    yield;
  }
  return { kind: 'statement', layout, statementRows, bad };
}

type Trouble = Pick<BadRow, 'code' | 'reason'>;

/** A row as booked, why it cannot be, or nothing when it is no row at all: a total, a balance, a line of stars. */
function readRow(row: Row, layout: Layout, currency: CurrencyCode): StatementRow | Trouble | undefined {
  const { columns } = layout;
  const dateText = cellOf(row.cells, columns.date);
  const parts = datePartsOf(dateText);
  const sums = [columns.amount, columns.debit, columns.credit].map((column) => cellOf(row.cells, column));
  if (isBlankRow(row.cells)) return undefined;
  if (parts === undefined) return isNoRow(row, layout, sums) ? undefined : undated(dateText);
  if (sums.every((sum) => sum === '') && isBalanceText(row.cells.join(' '))) return undefined;
  if (widthOf(row.cells) > layout.width) {
    return { code: 'too-many-cells', reason: `The row has more than ${layout.width} cells: a delimiter in it is not quoted.` };
  }
  const state = cellOf(row.cells, columns.state);
  if (isNotBooked(state))
    return { code: 'row-not-booked', reason: `The bank has not booked this row: ${cut(oneLine(state), 40)}.` };
  const occurredOn = readDate(parts, layout.dateOrder);
  if (typeof occurredOn !== 'string') return occurredOn;
  const code = cellOf(row.cells, columns.currency);
  if (code !== '' && !meansCurrency(code, currency)) {
    return { code: 'currency-differs', reason: `The row is in ${cut(oneLine(code), 20)}, the wallet in ${currency}.` };
  }
  const signed = readAmount(row.cells, layout, currency);
  return typeof signed === 'bigint' ? booked(row, layout, { signed, occurredOn, currency }) : signed;
}

interface Read {
  readonly signed: bigint;
  readonly occurredOn: CivilDate;
  readonly currency: CurrencyCode;
}

function booked(row: Row, layout: Layout, { signed, occurredOn, currency }: Read): StatementRow {
  const kind = signed < 0n ? 'expense' : 'income';
  const amount = money(signed < 0n ? -signed : signed, currency);
  const category = categoryFrom(cellOf(row.cells, layout.columns.category)) ?? (kind === 'expense' ? UNSORTED : undefined);
  const note = noteOf(row.cells, layout);
  const payee = payeeOf(row.cells, layout);
  const tags = tagsOf(row.cells, layout);
  return {
    line: row.line,
    kind,
    amount,
    occurredOn,
    ...(category === undefined ? {} : { category }),
    ...(payee === '' ? {} : { payee }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(note === '' ? {} : { note }),
    fingerprint: fingerprintOf({ kind, amount, occurredOn, note }),
  };
}

const NOTE_JOINT = ' · ';
// What lies beyond in a cell could not come into a note, and is not worth cleaning.
const MAX_RAW = 4 * MAX_NOTE;

/** Payee and memo in one text; a part that the others say already is left out. */
function noteOf(cells: readonly string[], { columns, ownExport }: Layout): string {
  const columnsOfNote = columns.note ?? [];
  if (ownExport) return cut(manyLines(cellOf(cells, columnsOfNote[0]).slice(0, MAX_RAW)), MAX_NOTE);
  const parts: string[] = [];
  let said = '';
  for (const column of columnsOfNote) {
    const part = oneLine(cellOf(cells, column).slice(0, MAX_RAW));
    if (part === '') continue;
    const lower = columnsOfNote.length > 1 ? part.toLowerCase() : '';
    if (parts.length > 0 && said.includes(lower)) continue;
    parts.push(part);
    said += `${lower}\n`;
  }
  return cut(parts.join(NOTE_JOINT), MAX_NOTE);
}

/** Who was on the other side; nobody where both sides are named, since the row does not say which of them is the wallet's. */
function payeeOf(cells: readonly string[], { payees }: Layout): string {
  const named = payees.map((column) => oneLine(cellOf(cells, column).slice(0, MAX_RAW))).filter((name) => name !== '');
  return named.length === 1 ? payeeFrom(named[0] ?? '') : '';
}

/** The tags of our own export: what a bank calls so is no list of words. Those that no entry may have are left out. */
function tagsOf(cells: readonly string[], { ownExport, header }: Layout): readonly string[] {
  const column = header.indexOf('tags');
  if (!ownExport || column < 0) return [];
  const words = cellOf(cells, column).slice(0, MAX_RAW).split(/\s+/);
  const tags = parseTags(words.filter((word) => word !== ''));
  return tags === undefined || 'code' in tags ? [] : tags;
}

function undated(text: string): Trouble {
  if (text === '') return { code: 'date-missing', reason: 'The row has no date.' };
  return { code: 'date-unreadable', reason: `“${cut(oneLine(text), 40)}” is not a date.` };
}

/** Whether a row without a day is a total, a balance, a line of stars, a repeated header or a line of text. */
function isNoRow(row: Row, layout: Layout, sums: readonly string[]): boolean {
  const filled = row.cells.filter((cell) => cell.trim() !== '');
  if (isFooterText(filled[0] ?? '')) return true;
  if (sums.some((sum) => figureOf(sum) !== undefined)) return false;
  const isHeader = layout.header.length > 0 && layout.header.every((name, column) => name === cellOf(row.cells, column));
  return filled.length <= 2 || isHeader || filled.every((cell) => !/[\p{L}\p{N}]/u.test(cell));
}
