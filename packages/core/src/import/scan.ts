import { exponentOf, type CurrencyCode } from '../currency.ts';
import { cellOf, isBlankRow, widthOf } from './cells.ts';
import { isFooterText, sideOf } from './cell-words.ts';
import { datePartsOf, fits, type DateParts } from './dates.ts';
import { figureOf, markEvidenceOf, type MarkEvidence } from './figures.ts';
import type { Found } from './columns.ts';
import type { DateOrder, DecimalMark, Row } from './layout.ts';

/** What all rows of a file say together, where one row alone says nothing. */
export interface Scan {
  readonly orders: { onlyDmy: number; onlyMdy: number; both: number; ymd: number; dotted: number; open: number };
  readonly firstFigures: Set<number>;
  readonly lastFigures: Set<number>;
  readonly marks: Record<MarkEvidence, number>;
  readonly signs: { debitPlus: number; debitMinus: number; creditMinus: number; columnPlus: number; columnMinus: number };
  rows: number;
  wide: number;
  widest: number;
  /** The last line that belongs to the rows, before totals and good wishes. */
  lastLine: number;
}

const STEP_ROWS = 500;

/** Looks at every row. Yields now and then, so that a caller with other work can breathe. */
export function* scanInSteps(rows: readonly Row[], found: Found, width: number): Generator<void, Scan> {
  const scan: Scan = {
    orders: { onlyDmy: 0, onlyMdy: 0, both: 0, ymd: 0, dotted: 0, open: 0 },
    firstFigures: new Set(),
    lastFigures: new Set(),
    marks: { none: 0, '.': 0, ',': 0, 'either.': 0, 'either,': 0 },
    signs: { debitPlus: 0, debitMinus: 0, creditMinus: 0, columnPlus: 0, columnMinus: 0 },
    rows: 0,
    wide: 0,
    widest: 0,
    lastLine: 0,
  };
  let lastDated = -1;
  for (const [index, row] of rows.entries()) {
    if (index % STEP_ROWS === STEP_ROWS - 1) yield;
    if (!scanDates(row, scan, found)) continue;
    lastDated = index;
    scan.rows += 1;
    const cells = widthOf(row.cells);
    scan.widest = Math.max(scan.widest, cells);
    if (cells > width) scan.wide += 1;
    scanFigures(row, scan, found);
  }
  scan.lastLine = yield* lastLineInSteps(rows, lastDated);
  return scan;
}

/** Counts the date columns' cells; whether the row has a day in its own date column. */
function scanDates(row: Row, scan: Scan, found: Found): boolean {
  let dated = false;
  for (const column of found.dates) {
    const parts = datePartsOf(cellOf(row.cells, column));
    if (parts === undefined) continue;
    dated ||= column === found.columns.date;
    if (parts.kind === 'open') countOrder(parts, scan);
  }
  return dated;
}

function countOrder({ figures, mark }: DateParts & { kind: 'open' }, { orders, firstFigures, lastFigures }: Scan): void {
  const dmy = fits(figures, 'dmy');
  const mdy = fits(figures, 'mdy');
  orders.open += 1;
  if (mark === '.') orders.dotted += 1;
  if (dmy && mdy) orders.both += 1;
  else if (dmy) orders.onlyDmy += 1;
  else if (mdy) orders.onlyMdy += 1;
  if (fits(figures, 'ymd')) {
    orders.ymd += 1;
    firstFigures.add(figures[0]);
    lastFigures.add(figures[2]);
  }
}

function scanFigures({ cells }: Row, scan: Scan, { columns, figures }: Found): void {
  for (const column of figures) {
    const figure = figureOf(cellOf(cells, column));
    if (figure === undefined) continue;
    scan.marks[markEvidenceOf(figure.digits)] += 1;
    if (!/[1-9]/.test(figure.digits)) continue;
    if (column === columns.debit) scan.signs[figure.negative ? 'columnMinus' : 'columnPlus'] += 1;
    if (column !== columns.amount || columns.mark === undefined) continue;
    const side = sideOf(cellOf(cells, columns.mark));
    if (side === 'debit') scan.signs[figure.negative ? 'debitMinus' : 'debitPlus'] += 1;
    if (side === 'credit' && figure.negative) scan.signs.creditMinus += 1;
  }
}

/** Rows after the last dated one belong to the rows until a total or an "end of statement" comes. */
function* lastLineInSteps(rows: readonly Row[], lastDated: number): Generator<void, number> {
  let last = rows[lastDated]?.line ?? rows.at(-1)?.line ?? 0;
  if (lastDated < 0) return last;
  for (const [index, row] of rows.slice(lastDated + 1).entries()) {
    if (index % STEP_ROWS === STEP_ROWS - 1) yield;
    if (isBlankRow(row.cells)) continue;
    if (isFooterText(row.cells.join(' '))) return last;
    last = row.line;
  }
  return last;
}

/** The orders of day, month and year that fit, the likeliest first; `sure` when the rows leave no doubt. */
export interface OrderVerdict {
  readonly orders: readonly DateOrder[];
  readonly sure: boolean;
}

// So many rows for one order against one for another make the one a slip of the pen, not a doubt.
const SLIPS = 5;

/**
 * Judges the order of day, month and year over all rows: a 13 or more in one place settles it, points mean day first.
 *
 * @example
 * judgeOrder(scan); // { orders: ['dmy', 'mdy'], sure: false } when no row has a figure above 12
 */
export function judgeOrder({ orders, firstFigures, lastFigures }: Scan): OrderVerdict {
  const { onlyDmy, onlyMdy, both, ymd, dotted, open } = orders;
  if (open === 0) return { orders: ['ymd'], sure: true };
  if (onlyDmy + onlyMdy + both === 0) return { orders: [ymd > 0 ? 'ymd' : 'dmy'], sure: true };
  // 26/01/15, 26/01/16, 26/01/17: the figure that stays the same looks like the year, although it could be a day.
  const yearLeads = ymd === open && onlyMdy === 0 && firstFigures.size <= 2 && lastFigures.size > firstFigures.size + 1;
  if (yearLeads) return { orders: ['ymd', 'dmy'], sure: false };
  if (onlyDmy > 0 && onlyDmy >= onlyMdy * SLIPS) return { orders: ['dmy'], sure: true };
  if (onlyMdy > 0 && onlyMdy >= onlyDmy * SLIPS) return { orders: ['mdy'], sure: true };
  return dotted === open ? { orders: ['dmy'], sure: true } : { orders: ['dmy', 'mdy'], sure: false };
}

/**
 * Judges the decimal mark over all figures. `1,234` alone is one thousand and more where the currency has fewer than three
 * decimals, and a question where it has three.
 */
export function judgeMark({ marks }: Scan, currency: CurrencyCode): { readonly mark: DecimalMark; readonly sure: boolean } {
  const point = marks['.'];
  const comma = marks[','];
  if (point + comma > 0) {
    const mark = comma > point ? ',' : '.';
    const [more, less] = comma > point ? [comma, point] : [point, comma];
    return { mark, sure: less === 0 || more >= less * SLIPS };
  }
  const thousandPoint = marks['either.'];
  const thousandComma = marks['either,'];
  if (thousandPoint + thousandComma === 0) return { mark: '.', sure: true };
  const grouped = exponentOf(currency) < 3 && (thousandPoint === 0 || thousandComma === 0);
  return { mark: grouped && thousandPoint > 0 ? ',' : '.', sure: grouped };
}
