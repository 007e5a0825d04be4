import { stringify } from 'csv-stringify/sync';

/** What spreadsheets take for a formula (OWASP, "CSV injection"), and what already wears our guard, so that taking it off is exact. */
const FORMULA = /^'*[=+\-@\t\r]/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/**
 * Writes rows as CSV (RFC 4180): CRLF after each, quotes where they are needed. A cell that a spreadsheet would run as a formula
 * gets an apostrophe in front, which our import takes off again; numbers stay numbers. Works on any part of the rows: write the
 * header's row first and the others after it, slice by slice.
 *
 * @example
 * csvExport([['id', 'amount', 'note'], ['e-1', '-3.50', '=1+1']]); // "id,amount,note\r\ne-1,-3.50,'=1+1\r\n"
 */
export function csvExport(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  return stringify(
    rows.map((cells) => cells.map(guarded)),
    { record_delimiter: '\r\n', quoted_match: /[\r\n]/ },
  );
}

function guarded(cell: string): string {
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}
