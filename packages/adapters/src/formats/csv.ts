import { parse } from 'csv-parse';
import { delimiterOf, type CsvDelimiter } from './csv-delimiter.ts';
import { encodingOf, kindOfFile, toUtf8, type CsvEncoding } from './csv-encoding.ts';
import { breathe } from './csv-slices.ts';

export { CSV_DELIMITERS, type CsvDelimiter } from './csv-delimiter.ts';
export { CSV_ENCODINGS, type CsvEncoding } from './csv-encoding.ts';
export { csvExport } from './csv-out.ts';
export { inSlices } from './csv-slices.ts';

/** What a person may decide instead of the guess. */
export interface CsvSettings {
  readonly encoding?: CsvEncoding | undefined;
  readonly delimiter?: CsvDelimiter | undefined;
}

/** A record: the physical line it starts on (from 1), line breaks inside quotes counted, and its cells without their quotes. */
export interface CsvRow {
  readonly line: number;
  readonly cells: string[];
}

/** A file that was read. Rows in which nothing is written are left out. */
export interface CsvFile {
  readonly kind: 'rows';
  readonly encoding: CsvEncoding;
  readonly delimiter: CsvDelimiter;
  readonly rows: readonly CsvRow[];
}

export type CsvRefusalCode =
  | 'file-empty'
  | 'file-not-csv'
  | 'columns-unknown'
  | 'too-many-columns'
  | 'cell-too-long'
  | 'import-too-large';

/** Why a file is not read. */
export interface CsvRefusal {
  readonly kind: 'refused';
  readonly code: CsvRefusalCode;
  readonly message: string;
  readonly line?: number;
}

export const MAX_COLUMNS = 100;
export const MAX_CELL_CHARACTERS = 10_000;
export const MAX_ROWS = 50_000;

// csv-parse needs about 3 ms for so much (10 cold), and lets go of the thread after it.
const SLICE_BYTES = 32 * 1_024;
// A record of more bytes than this holds a cell that is too long, or a quote that nobody closed.
const MAX_RECORD_BYTES = MAX_COLUMNS * MAX_CELL_CHARACTERS;
// No line has so many, not even inside its quotes.
const MAX_DELIMITERS = 100_000;

/**
 * Reads a delimited file: finds out its encoding and its delimiter, honours quotes and the line breaks in them. Works in slices
 * of a few milliseconds and lets other work run between them. Whatever the bytes are, the answer is rows or a refusal.
 *
 * @example
 * const file = await readCsv(new TextEncoder().encode('Date;Amount\n14.10.2026;-3,50\n'));
 * // { kind: 'rows', encoding: 'utf-8', delimiter: ';', rows: [{ line: 1, cells: ['Date', 'Amount'] }, …] }
 */
export async function readCsv(bytes: Uint8Array, settings: CsvSettings = {}): Promise<CsvFile | CsvRefusal> {
  if (bytes.length === 0) return refuse('file-empty', 'The file is empty.');
  const encoding = settings.encoding ?? encodingOf(bytes);
  const text = await toUtf8(bytes, encoding);
  const kind = kindOfFile(bytes, text);
  if (kind === 'nothing') return refuse('file-empty', 'The file is empty.');
  if (kind !== 'text') return refuse('file-not-csv', `This is not a CSV file: it looks like ${kind}.`);
  const delimiter = settings.delimiter ?? delimiterOf(text);
  const reading = new Reading(text);
  const failure = await parseInSlices(text, delimiter, reading);
  const refusal = reading.refusal ?? (failure === undefined ? reading.verdict() : reading.explain(failure));
  return refusal ?? { kind: 'rows', encoding, delimiter, rows: reading.rows };
}

interface Failure {
  readonly code?: string;
}

/** Feeds the parser slice by slice; what stopped it, if anything did. */
async function parseInSlices(text: Buffer, delimiter: string, reading: Reading): Promise<Failure | undefined> {
  const parser = parse({
    bom: false,
    delimiter,
    max_record_size: MAX_RECORD_BYTES,
    on_record: (cells: string[], { bytes }: { readonly bytes: number }) => {
      reading.take(cells, bytes);
      return null;
    },
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
  });
  let failure: Failure | undefined;
  parser.on('error', (error: Error & Failure) => {
    failure ??= error;
  });
  for (let from = 0; from < text.length && failure === undefined && reading.refusal === undefined; from += SLICE_BYTES) {
    const slice = text.subarray(from, from + SLICE_BYTES);
    if (reading.runsOn(slice, delimiter)) break;
    await new Promise<void>((resolve) => parser.write(slice, () => resolve()));
    await breathe();
  }
  if (failure === undefined && reading.refusal === undefined) {
    await new Promise<void>((resolve) => {
      parser.once('error', () => resolve());
      parser.end(() => resolve());
    });
  }
  parser.destroy();
  return failure;
}

/** The rows so far, and where in the file the next one starts. */
class Reading {
  readonly rows: CsvRow[] = [];
  refusal: CsvRefusal | undefined;
  readonly #text: Buffer;
  #offset = 0;
  #delimiters = 0;
  #line = 1;

  constructor(text: Buffer) {
    this.#text = text;
  }

  /** Whether a line goes on and on: the parser would gather its cells until memory ends. */
  runsOn(slice: Uint8Array, delimiter: string): boolean {
    const byte = delimiter.charCodeAt(0);
    let delimiters = this.#delimiters;
    for (let at = 0; at < slice.length; at += 1) {
      const found = slice[at];
      if (found === byte) delimiters += 1;
      else if (found === LF || found === CR) delimiters = 0;
    }
    this.#delimiters = delimiters;
    if (delimiters <= MAX_DELIMITERS) return false;
    this.refusal ??= refuse(
      'too-many-columns',
      `Line ${this.#line} has too many columns; a file may have ${MAX_COLUMNS}.`,
      this.#line,
    );
    return true;
  }

  /** Takes a record that ends (its line break included) at a place in the file. */
  take(cells: string[], end: number): void {
    const line = this.#line;
    this.#line += lineBreaks(this.#text, this.#offset, end);
    this.#offset = end;
    if (this.refusal !== undefined || cells.every((cell) => cell === '' || cell.trim() === '')) return;
    this.refusal = this.#tooLarge(cells, line);
    this.rows.push({ line, cells });
  }

  #tooLarge(cells: readonly string[], line: number): CsvRefusal | undefined {
    if (cells.some((cell) => cell.length > MAX_CELL_CHARACTERS)) return this.#longCell(line);
    if (cells.length > MAX_COLUMNS) {
      return refuse('too-many-columns', `Line ${line} has ${cells.length} columns; a file may have ${MAX_COLUMNS}.`, line);
    }
    if (this.rows.length < MAX_ROWS) return undefined;
    return refuse('import-too-large', `The file has more than ${MAX_ROWS} rows; split it into smaller ones.`, line);
  }

  #longCell(line: number): CsvRefusal {
    const message = `A cell on line ${line} has more than ${MAX_CELL_CHARACTERS} characters; perhaps a quote is not closed.`;
    return refuse('cell-too-long', message, line);
  }

  /** What is wrong with the rows as a whole. */
  verdict(): CsvRefusal | undefined {
    if (this.rows.length === 0) return refuse('file-empty', 'The file has no rows.');
    if (this.rows.some(({ cells }) => cells.length > 1)) return undefined;
    return refuse('columns-unknown', 'The file has one column only; a date and an amount need two.');
  }

  /** The parser's failure in our words. */
  explain({ code }: Failure): CsvRefusal {
    if (code === 'CSV_MAX_RECORD_SIZE') return this.#longCell(this.#line);
    if (code === 'CSV_QUOTE_NOT_CLOSED')
      return refuse('file-not-csv', `A quote that opens on line ${this.#line} or below is never closed.`, this.#line);
    return refuse('file-not-csv', `The file cannot be read as CSV from line ${this.#line} on.`, this.#line);
  }
}

const LF = 0x0a;
const CR = 0x0d;

function lineBreaks(text: Uint8Array, from: number, to: number): number {
  let found = 0;
  for (let at = from; at < to; at += 1) {
    if (text[at] === LF || (text[at] === CR && text[at + 1] !== LF)) found += 1;
  }
  return found;
}

function refuse(code: CsvRefusalCode, message: string, line?: number): CsvRefusal {
  return { kind: 'refused', code, message, ...(line === undefined ? {} : { line }) };
}
