/** Texts of cells: what is left when the dress of the file is taken off. */

// ASCII, and the dot that joins the parts of a note: nothing in it folds or needs normalising.
const PLAIN = /^[\x20-\x7e·]*$/;
const MARKS = /\p{M}+/gu;
const BLANKS = /\s+/g;
// Our own export guards cells that a spreadsheet would run as formulas with a leading apostrophe (see adapters' csv-out).
const GUARDED = /^'+[=+\-@\t\r]/;

/**
 * Folds case, accents and blanks, so that texts that look alike are equal.
 *
 * @example
 * fold('  CAFÉ\u00a0 Noir '); // 'cafe noir'
 */
export function fold(text: string): string {
  const plain = PLAIN.test(text) ? text : text.normalize('NFKD').replace(MARKS, '').replace(BLANKS, ' ');
  const single = plain.includes('  ') ? plain.replace(BLANKS, ' ') : plain;
  return single.toLowerCase().trim();
}

/** A cell as it was meant: without the guard against formulas and without blanks around it. */
export function tidy(cell: string | undefined): string {
  if (cell === undefined || cell === '') return '';
  return (cell.startsWith("'") && GUARDED.test(cell) ? cell.slice(1) : cell).trim();
}

/** The text of a row's cell; empty when the row is too short or there is no such column. */
export function cellOf(cells: readonly string[], column: number | undefined): string {
  return column === undefined ? '' : tidy(cells[column]);
}

/** Whether nothing is written in a row. */
export function isBlankRow(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false;
  return true;
}

/** How many cells a row has, not counting empty ones at its end. */
export function widthOf(cells: readonly string[]): number {
  let width = cells.length;
  while (width > 0 && (cells[width - 1] ?? '').trim() === '') width -= 1;
  return width;
}

// Control characters, halves of surrogate pairs, and marks that turn the direction of the text around them.
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNWRITABLE = /(?:[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Surrogate})+/gu;

/** A text on one line: every run of control characters becomes a blank. */
export function oneLine(text: string): string {
  return PLAIN.test(text) ? text.trim() : text.normalize('NFC').replace(UNWRITABLE, ' ').trim();
}

/** A text that keeps its line breaks and tabs, and no other control characters. */
export function manyLines(text: string): string {
  const parts = text.split(/([\n\t])/);
  return parts
    .map((part) => (part === '\n' || part === '\t' ? part : part.normalize('NFC').replace(UNWRITABLE, ' ')))
    .join('')
    .trim();
}

/** The first `length` characters (code points) of a text. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  // A character takes two units at the most, so what lies beyond is not looked at.
  return Array.from(text.slice(0, 2 * length))
    .slice(0, length)
    .join('')
    .trim();
}

const MAX_PAYEE = 100;

/** A name as a payee may have it. */
export function payeeFrom(text: string): string {
  return cut(oneLine(text), MAX_PAYEE);
}

const MEMO_SIZE = 4_096;

/** Remembers what a pure reading of a cell came to, since cells of a column repeat; forgets all of it when full. */
export function memoised<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found as Value;
    const value = read(text);
    if (known.size >= MEMO_SIZE) known.clear();
    known.set(text, value);
    return value;
  };
}
