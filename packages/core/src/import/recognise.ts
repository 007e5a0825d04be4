import type { CurrencyCode } from '../currency.ts';
import { OWN_COLUMNS, VOID_COLUMN } from '../export/csv-rows.ts';
import { chooseColumns, defined, type Found } from './columns.ts';
import { findHeader, looksLikeData } from './header.ts';
import { currencyInHeader } from './header-words.ts';
import { tidy, isBlankRow, widthOf } from './cells.ts';
import { judgeMark, judgeOrder, scanInSteps, type Scan } from './scan.ts';
import type { Columns, ImportRefusal, ImportSettings, Layout, Question, Row } from './layout.ts';

/** What recognising depends on beside the rows: the wallet's currency, and what a person has decided. */
export interface RecogniseOptions {
  readonly currency: CurrencyCode;
  readonly settings?: ImportSettings | undefined;
}

// Cells looked at to tell the columns apart: 300 rows of 20 columns, fewer of more, so that a step stays short.
const SAMPLE_CELLS = 6_000;
const SAMPLE_ROWS = 300;
/** Without a header the rows begin within so many. */
const SEARCHED_ROWS = 1_000;

/**
 * Finds out how a file is to be read: where the header is, which column holds what, how dates and amounts are written. What
 * the rows do not decide is in `questions`; see `unsettled`.
 *
 * @example
 * const layout = recognise(rows, { currency: eur });
 */
export function recognise(rows: readonly Row[], options: RecogniseOptions): Layout | ImportRefusal {
  const steps = recogniseInSteps(rows, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** {@link recognise} in small steps, for callers that share their thread. */
export function* recogniseInSteps(
  all: readonly Row[],
  { currency, settings = {} }: RecogniseOptions,
): Generator<void, Layout | ImportRefusal> {
  const rows = yield* keptInSteps(all, new Set(settings.skip ?? []));
  if (rows.length === 0) return refuse('file-empty', 'The file has no rows.');
  const headerAt = settings.headerRow === undefined ? findHeader(rows) : placeOf(rows, settings.headerRow);
  if (headerAt === 'unknown') return refuse('columns-unknown', `There is no row on line ${settings.headerRow}.`);
  const header = headerAt === undefined ? [] : (rows[headerAt]?.cells ?? []).map(tidy);
  const body = bodyOf(rows, headerAt);
  if (body.length === 0) return refuse('file-empty', 'The file has a header and no rows below it.');
  yield;
  const widest = widestOf(header, body);
  const ownExport = OWN_COLUMNS.every((name, column) => header[column] === name);
  const found = withSettings(ownExport ? foundInExport(header) : chooseColumns(header, sampleOf(body, widest)), settings.columns);
  const width = header.length > 0 ? widthOf(header) : Number.POSITIVE_INFINITY;
  const beyond = columnsOf(found.columns).find((column) => !Number.isInteger(column) || column < 0 || column >= widest);
  if (beyond !== undefined) return refuse('columns-unknown', `There is no column ${beyond + 1} in the file.`);
  yield;
  const scan = yield* scanInSteps(body, found, width);
  return layoutOf({ rows, headerAt, header, body, widest, ownExport, found, scan, currency, settings });
}

const STEP_ROWS = 2_000;

function* keptInSteps(all: readonly Row[], skip: ReadonlySet<number>): Generator<void, readonly Row[]> {
  const kept: Row[] = [];
  for (const [index, row] of all.entries()) {
    if (index % STEP_ROWS === STEP_ROWS - 1) yield;
    if (!skip.has(row.line) && !isBlankRow(row.cells)) kept.push(row);
  }
  return kept;
}

interface Findings {
  readonly rows: readonly Row[];
  readonly headerAt: number | undefined;
  readonly header: readonly string[];
  readonly body: readonly Row[];
  readonly widest: number;
  readonly ownExport: boolean;
  readonly found: Found;
  readonly scan: Scan;
  readonly currency: CurrencyCode;
  readonly settings: ImportSettings;
}

function layoutOf({ rows, headerAt, header, body, widest, ownExport, found, scan, currency, settings }: Findings): Layout {
  const { columns } = found;
  const order = settings.dateOrder === undefined ? judgeOrder(scan) : { orders: [settings.dateOrder], sure: true };
  const decided = settings.decimalMark ?? (ownExport ? '.' : undefined);
  const mark = decided === undefined ? judgeMark(scan, currency) : { mark: decided, sure: true };
  const money = columns.amount ?? columns.debit ?? columns.credit;
  const { debitPlus, debitMinus, creditMinus, columnPlus, columnMinus } = scan.signs;
  const width = headerAt === undefined || scan.wide * 2 > scan.rows ? scan.widest : widthOf(header);
  return {
    kind: 'layout',
    headerRow: headerAt === undefined ? null : (rows[headerAt]?.line ?? null),
    header,
    columns,
    dateOrder: order.orders[0] ?? 'dmy',
    dateOrders: order.orders,
    decimalMark: mark.mark,
    questions: questionsOf({ columns, header, widest, order, mark }),
    firstLine: body[0]?.line ?? 0,
    lastLine: scan.lastLine,
    skip: settings.skip ?? [],
    width: Math.max(width, ...columnsOf(columns).map((column) => column + 1)),
    markDecides: columns.mark !== undefined && (debitPlus > 0 || creditMinus > 0 || debitPlus + debitMinus === 0),
    debitNegative: columnPlus === 0 && columnMinus > 0,
    ownExport,
    payees: (found.payees ?? []).filter((column) => ownExport || columns.note?.includes(column)),
    amountCurrency: money === undefined ? null : currencyInHeader(header[money] ?? ''),
  };
}

function refuse(code: ImportRefusal['code'], message: string): ImportRefusal {
  return { kind: 'refused', code, message };
}

function placeOf(rows: readonly Row[], line: number | null): number | undefined | 'unknown' {
  if (line === null) return undefined;
  const at = rows.findIndex((row) => row.line === line);
  return at < 0 ? 'unknown' : at;
}

/** The rows below the header; without one, from the first row that looks like a booking. */
function bodyOf(rows: readonly Row[], headerAt: number | undefined): readonly Row[] {
  if (headerAt !== undefined) return rows.slice(headerAt + 1);
  const first = rows.slice(0, SEARCHED_ROWS).findIndex(looksLikeData);
  return first < 0 ? rows : rows.slice(first);
}

/** Some of the rows that look like bookings, from all over the file. */
function sampleOf(rows: readonly Row[], widest: number): readonly Row[] {
  const stride = Math.max(1, rows.length / Math.min(SAMPLE_ROWS, SAMPLE_CELLS / widest));
  const sample: Row[] = [];
  for (let at = 0; at < rows.length; at += stride) {
    const row = rows[Math.floor(at)];
    if (row !== undefined) sample.push(row);
  }
  const bookings = sample.filter(looksLikeData);
  return bookings.length > 0 ? bookings : sample;
}

function widestOf(header: readonly string[], rows: readonly Row[]): number {
  return rows.reduce((most, row) => Math.max(most, row.cells.length), header.length);
}

function columnsOf({ note = [], ...single }: Columns): readonly number[] {
  return [...Object.values(single), ...note];
}

/** Our own export is known by its header, so its columns are not guessed. */
function foundInExport(header: readonly string[]): Found {
  const at = (name: string): number => header.indexOf(name);
  const columns = {
    date: at('date'),
    amount: at('amount'),
    category: at('category'),
    currency: at('currency'),
    note: [at('note')],
  };
  const state = at(VOID_COLUMN);
  return {
    columns: state < 0 ? columns : { ...columns, state },
    dates: [columns.date],
    figures: [columns.amount],
    payees: [at('payee')].filter((column) => column >= 0),
  };
}

/** What a person named wins; the columns of currency and state stay as found unless they were named as something else. */
function withSettings(found: Found, named: ImportSettings['columns']): Found {
  if (named === undefined) return found;
  const { note, ...single } = named;
  const notes = note === undefined ? [] : typeof note === 'number' ? [note] : note;
  const taken = new Set<number | undefined>([...Object.values(single), ...notes]);
  const kept = (column: number | undefined): number | undefined => (taken.has(column) ? undefined : column);
  const { currency, state } = found.columns;
  const columns: Columns = {
    ...defined({ currency: kept(currency), state: kept(state) }),
    ...defined(single),
    ...(notes.length === 0 ? {} : { note: notes }),
  };
  const figures = [columns.amount, columns.debit, columns.credit, ...found.figures.map(kept)].filter(
    (column) => column !== undefined,
  );
  const dates = [columns.date, ...found.dates.map(kept)].filter((column) => column !== undefined);
  return { columns, dates: [...new Set(dates)], figures: [...new Set(figures)], payees: found.payees ?? [] };
}

interface Doubts {
  readonly columns: Columns;
  readonly header: readonly string[];
  readonly widest: number;
  readonly order: { readonly orders: readonly string[]; readonly sure: boolean };
  readonly mark: { readonly mark: string; readonly sure: boolean };
}

function questionsOf({ columns, header, widest, order, mark }: Doubts): readonly Question[] {
  const questions: Question[] = [];
  const { date, amount, debit, credit } = columns;
  const missing = [date === undefined ? 'the date' : '', amount ?? debit ?? credit ?? 'the amount'].filter(
    (part) => typeof part === 'string' && part !== '',
  );
  if (missing.length > 0) {
    const choices = Array.from({ length: widest }, (_, column) => header[column] || `Column ${column + 1}`);
    questions.push({ field: 'columns', message: `Which column holds ${missing.join(' and which ')}?`, choices });
  }
  if (!order.sure) {
    questions.push({
      field: 'dateOrder',
      message: `In which order are the dates written: ${order.orders.join(' or ')}?`,
      choices: order.orders,
    });
  }
  if (!mark.sure) {
    const choices = mark.mark === ',' ? [',', '.'] : ['.', ','];
    questions.push({ field: 'decimalMark', message: 'Which mark stands before the decimals: a point or a comma?', choices });
  }
  return questions;
}
