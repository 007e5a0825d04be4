import { cellOf, isBlankRow } from './cells.ts';
import { datePartsOf } from './dates.ts';
import { figureOf } from './figures.ts';
import { rolesOf, type Role } from './header-words.ts';
import type { Row } from './layout.ts';

/** Preambles are shorter than this; a header further down is not looked for. */
const SEARCHED_ROWS = 100;

/**
 * Finds the header: the first row whose words name a date and an amount, else the row of texts that stands right above the
 * first row with a date and a figure. Its place in `rows`, or undefined when there is none.
 *
 * @example
 * findHeader([{ line: 1, cells: ['Date', 'Amount'] }, { line: 2, cells: ['2026-10-14', '3.50'] }]); // 0
 */
export function findHeader(rows: readonly Row[]): number | undefined {
  let best: { readonly at: number; readonly score: number } | undefined;
  const searched = rows.slice(0, SEARCHED_ROWS);
  searched.forEach((row, at) => {
    const score = looksLikeData(row) ? 0 : scoreOf(row);
    if (score > (best?.score ?? 0)) best = { at, score };
  });
  return best?.at ?? findByShape(searched);
}

const MONEY: readonly Role[] = ['amount', 'net', 'debit', 'credit'];

function scoreOf(row: Row): number {
  const found = new Set(row.cells.flatMap((cell) => rolesOf(cell).map(({ role }) => role)));
  if (!found.has('date') || !MONEY.some((role) => found.has(role))) return 0;
  return found.size;
}

/** Whether a row holds a day and a figure of money. */
export function looksLikeData(row: Row): boolean {
  let dates = 0;
  let figures = 0;
  for (let column = 0; column < row.cells.length; column += 1) {
    const text = cellOf(row.cells, column);
    if (text === '') continue;
    if (datePartsOf(text) !== undefined) dates += 1;
    else if (figureOf(text) !== undefined) figures += 1;
  }
  return dates > 0 && figures > 0;
}

function findByShape(rows: readonly Row[]): number | undefined {
  const first = rows.findIndex(looksLikeData);
  const above = rows[first - 1];
  if (first < 1 || above === undefined || isBlankRow(above.cells)) return undefined;
  const filled = above.cells.filter((cell) => cell.trim() !== '');
  const texts = filled.every((cell) => figureOf(cell.trim()) === undefined && datePartsOf(cell.trim()) === undefined);
  const wide = filled.length >= 2 && filled.length * 2 >= (rows[first]?.cells.length ?? 0);
  return texts && wide ? first - 1 : undefined;
}
