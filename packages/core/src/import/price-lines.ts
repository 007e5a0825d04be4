import { isDate, parseDate, type CivilDate } from '../calendar.ts';
import { parseCurrency, type CurrencyCode } from '../currency.ts';
import { parseRate } from '../rate.ts';

/** What one unit of `base` was worth in `quote` on a day. */
export interface PriceLine {
  /** Where it stands in the text, from 1. */
  readonly line: number;
  readonly on: CivilDate;
  readonly base: CurrencyCode;
  readonly quote: CurrencyCode;
  readonly rate: string;
}

/** A line that is no price. */
export interface PriceFault {
  readonly line: number;
  readonly message: string;
  /** The beginning of it. */
  readonly text: string;
}

export interface PriceFile {
  readonly lines: readonly PriceLine[];
  /** Those that cannot be read: the first 200. */
  readonly faults: readonly PriceFault[];
}

const MAX_LINES = 20_000;
const MAX_LINE_CHARACTERS = 300;
const MAX_FAULTS = 200;
const SHOWN_CHARACTERS = 80;

const SYMBOLS: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', '¥': 'JPY', '₹': 'INR', '₩': 'KRW', '₺': 'TRY' };
// A day, a time of day that is not looked at (ledger writes one), the currency, and what it is worth.
const PRICE = /^P\s+(\S+)(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s+("[^"]*"|[^\s\d"]+)\s+(\S.*)$/;
const FIGURE_FIRST = /^([\d.,]+)\s*("[^"]*"|[^\s\d"]+)$/;
const NAME_FIRST = /^("[^"]*"|[^\s\d"]+)\s*([\d.,]+)$/;

/**
 * Reads rates in the form of hledger's and ledger's price directives. Blank lines and comments are passed over; anything else is a
 * fault with its line. Symbols that several currencies share ($) are refused, and so are grouping and decimal commas: nothing is
 * guessed.
 *
 * @example
 * parsePriceLines('P 2026-10-01 USD 0.92 EUR').lines[0].rate; // '0.92'
 */
export function parsePriceLines(text: string): PriceFile {
  const lines: PriceLine[] = [];
  const faults: PriceFault[] = [];
  const all = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/, MAX_LINES + 1);
  for (const [index, raw] of all.entries()) {
    if (faults.length >= MAX_FAULTS) break;
    const line = index + 1;
    const read = index < MAX_LINES ? parseLine(raw, line) : `A file has at most ${MAX_LINES} lines. Split it.`;
    if (typeof read === 'string') faults.push({ line, message: read, text: raw.slice(0, SHOWN_CHARACTERS) });
    else if (read !== undefined) lines.push(read);
  }
  return { lines, faults };
}

/** One line: a price, undefined when it says nothing, or what is wrong with it. */
function parseLine(raw: string, line: number): PriceLine | string | undefined {
  if (raw.length > MAX_LINE_CHARACTERS) return `A line has at most ${MAX_LINE_CHARACTERS} characters.`;
  const said = raw.replace(/\s;.*$/, '').trim();
  if (said === '' || /^[;#*%|]/.test(said)) return undefined;
  const [, day = '', baseName = '', worth = ''] = PRICE.exec(said) ?? [];
  if (worth === '') return 'A price is written like: P 2026-10-01 USD 0.92 EUR';
  const on = readDay(day);
  if (on === undefined) return `${day} is no day; one is written like 2026-10-01.`;
  const base = readCurrency(baseName);
  if (base === undefined) return unknown(baseName);
  const figureFirst = FIGURE_FIRST.exec(worth);
  const [, a = '', b = ''] = figureFirst ?? NAME_FIRST.exec(worth) ?? [];
  const [figure, quoteName] = figureFirst === null ? [b, a] : [a, b];
  if (quoteName === '') return 'After the currency comes what it is worth, like 0.92 EUR.';
  const quote = readCurrency(quoteName);
  if (quote === undefined) return unknown(quoteName);
  if (quote === base) return `One ${base} is one ${base}. Name another currency.`;
  const rate = parseRate(figure);
  return rate === undefined
    ? 'A rate is a plain decimal more than zero with at most 18 digits, like 1.0842.'
    : { line, on, base, quote, rate };
}

function unknown(name: string): string {
  return `${name} is no currency here; write an active ISO 4217 code, like USD.`;
}

function readCurrency(name: string): CurrencyCode | undefined {
  const bare = name.replaceAll('"', '');
  return parseCurrency(SYMBOLS[bare] ?? bare);
}

/** A day with hyphens, slashes or points, its month and day with one digit or two. */
function readDay(text: string): CivilDate | undefined {
  const [, year = '', , month = '', day = ''] = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text) ?? [];
  const date = parseDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  return isDate(date) ? date : undefined;
}
