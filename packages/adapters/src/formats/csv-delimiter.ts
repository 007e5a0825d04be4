export type CsvDelimiter = ',' | ';' | '\t' | '|';
/** In the order in which a tie is decided: a comma is the likeliest to stand in texts. */
export const CSV_DELIMITERS: readonly CsvDelimiter[] = ['\t', ';', '|', ','];

const SNIFFED_BYTES = 32_768;
const SNIFFED_LINES = 200;
const DATE =
  /^(?:\d{1,4}[-./ ]\d{1,2}[-./ ]\d{1,4}|\d{8}|\d{1,2}[-./ ]?\p{L}{3,9}\.?[-./ ,]*\d{2,4}|\p{L}{3,9} \d{1,2},? \d{4})(?:[T ,]+\d{1,2}:\d{2}.*)?$/u;

/**
 * Guesses the delimiter: the one that cuts most rows into the same number of cells, and dates out of them.
 *
 * @example
 * delimiterOf(Buffer.from('Date;Amount\n14.10.2026;-3,50\n')); // ';'
 */
export function delimiterOf(text: Buffer): CsvDelimiter {
  const lines = text
    .subarray(0, SNIFFED_BYTES)
    .toString()
    .split(/\r\n|\n|\r/)
    .slice(0, SNIFFED_LINES);
  const declared = /^"?sep=([,;\t|])"?$/.exec(lines[0] ?? '')?.[1];
  const known = CSV_DELIMITERS.find((delimiter) => delimiter === declared);
  if (known !== undefined) return known;
  let best: { readonly delimiter: CsvDelimiter; readonly score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of CSV_DELIMITERS) {
    const score = scoreOf(lines, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Rows of the commonest width, and rows with a date for a cell; width itself only breaks ties. */
function scoreOf(lines: readonly string[], delimiter: CsvDelimiter): number {
  const widths = new Map<number, number>();
  let dated = 0;
  for (const line of lines) {
    const cells = cellsOf(line, delimiter);
    if (cells.length < 2) continue;
    widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    if (cells.some((cell) => DATE.test(cell.trim()))) dated += 1;
  }
  let even = 0;
  let width = 0;
  for (const [cells, rows] of widths) if (rows > even || (rows === even && cells > width)) [even, width] = [rows, cells];
  return 2 * dated + even + Math.min(width, 99) / 100;
}

/** Cuts a line outside its quotes. A quoted line break ends the cell here, which is good enough for a guess. */
function cellsOf(line: string, delimiter: CsvDelimiter): readonly string[] {
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  for (let from = 0; from <= line.length;) {
    const closing = line[from] === '"' ? closingQuote(line, from + 1) : from;
    const end = line.indexOf(delimiter, closing);
    const to = end < 0 ? line.length : end;
    cells.push(line.slice(from, to).replace(/^"|"$/g, ''));
    from = to + 1;
  }
  return cells;
}

function closingQuote(line: string, from: number): number {
  let at = line.indexOf('"', from);
  while (at >= 0 && line[at + 1] === '"') at = line.indexOf('"', at + 2);
  return at < 0 ? line.length : at;
}
