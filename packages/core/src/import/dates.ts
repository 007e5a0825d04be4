import { isDate, parseDate, type CivilDate } from '../calendar.ts';
import { fold, memoised } from './cells.ts';
import type { DateOrder } from './layout.ts';

/** A date cell taken apart: years first and named months are settled, three bare figures wait for an order. */
export type DateParts =
  | { readonly kind: 'settled'; readonly year: number; readonly month: number; readonly day: number }
  | { readonly kind: 'open'; readonly figures: readonly [number, number, number]; readonly mark: string };

/** Why a cell is not a day. */
export interface DateTrouble {
  readonly code: 'date-missing' | 'date-unreadable' | 'date-not-real' | 'date-out-of-range';
  readonly reason: string;
}

// A time of day, a zone and fractions may follow; the civil date stays as written.
const TIME =
  '(?:,?[T ]+\\d{1,2}[:.h]\\d{2}(?:[:.]\\d{2}(?:[.,]\\d{1,9})?)?(?: ?[AaPp]\\.?[Mm]\\.?)?(?: ?(?:Z|[A-Z]{2,5}|(?:UTC|GMT)?[+-]\\d{2}:?\\d{2}))?)?';
const YEAR_FIRST = new RegExp(`^(\\d{4})([-/.年 ])(\\d{1,2})[-/.月 ](\\d{1,2})日?${TIME}$`);
const YEAR_LAST = new RegExp(`^(\\d{1,2})([-/. ]) ?(\\d{1,2})[-/. ] ?(\\d{4}|\\d{2})${TIME}$`);
const COMPACT = /^((?:19|20|21)\d{2})(\d{2})(\d{2})(?:\d{6})?$/;
const DAY_NAMED = new RegExp(`^(\\d{1,2})(?:st|nd|rd|th|º)?\\.?[- /.]*(\\p{L}{3,12})\\.?,?[- /.]*(\\d{4}|\\d{2})${TIME}$`, 'u');
const NAMED_DAY = new RegExp(`^(\\p{L}{3,12})\\.?[- /]*(\\d{1,2})(?:st|nd|rd|th)?,?[- /]+(\\d{4})${TIME}$`, 'u');
const WEEKDAY = /^\p{L}{2,10}\.?,? +(?=\d)/u;

const MONTH_STARTS: readonly (readonly string[])[] = [
  ['jan', 'gen', 'ene'],
  ['feb', 'fev'],
  ['mar', 'mrz', 'maa', 'mrt'],
  ['apr', 'avr', 'abr'],
  ['may', 'mai', 'mei', 'mag'],
  ['jun', 'juin', 'giu'],
  ['jul', 'juil', 'lug'],
  ['aug', 'aou', 'ago'],
  ['sep', 'set'],
  ['oct', 'okt', 'ott', 'out'],
  ['nov'],
  ['dec', 'dez', 'dic'],
];
const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

function monthOf(name: string): number | undefined {
  const folded = fold(name);
  const found = MONTH_STARTS.findIndex((starts) => starts.some((start) => folded.startsWith(start)));
  return found < 0 ? undefined : found + 1;
}

/** Two-digit years as POSIX reads them: 69 to 99 are of the last century. */
function yearOf(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year >= 69 ? 1900 + year : 2000 + year;
}

const MAX_DATE_CHARACTERS = 48;

/**
 * Takes a date cell apart; undefined when it does not look like a date at all.
 *
 * @example
 * datePartsOf('14.10.2026');      // { kind: 'open', figures: [14, 10, 2026], mark: '.' }
 * datePartsOf('5-Jan-26 08:15');  // { kind: 'settled', year: 2026, month: 1, day: 5 }
 */
export function datePartsOf(text: string): DateParts | undefined {
  if (text.length < 6 || text.length > MAX_DATE_CHARACTERS) return undefined;
  return partsOf(text);
}

const partsOf = memoised((text: string): DateParts | undefined => {
  const first = text.charCodeAt(0);
  return first >= 0x30 && first <= 0x39 ? startingWithFigure(text) : startingWithName(text);
});

function startingWithFigure(text: string): DateParts | undefined {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst !== null) return settled(Number(yearFirst[1]), Number(yearFirst[3]), Number(yearFirst[4]));
  const yearLast = YEAR_LAST.exec(text);
  if (yearLast !== null) {
    const [, a = '', mark = '', b = '', c = ''] = yearLast;
    return { kind: 'open', figures: [Number(a), Number(b), c.length === 2 ? Number(c) : yearOf(c)], mark };
  }
  const compact = COMPACT.exec(text);
  if (compact !== null) return settled(Number(compact[1]), Number(compact[2]), Number(compact[3]));
  return named(DAY_NAMED.exec(text), 1, 2);
}

function startingWithName(text: string): DateParts | undefined {
  const plain = NAMED_DAY.exec(text);
  if (plain !== null && monthOf(plain[1] ?? '') !== undefined) return named(plain, 2, 1);
  const after = WEEKDAY.exec(text);
  return after === null ? undefined : startingWithFigure(text.slice(after[0].length));
}

function named(match: RegExpExecArray | null, day: 1 | 2, month: 1 | 2): DateParts | undefined {
  const number = match === null ? undefined : monthOf(match[month] ?? '');
  if (match === null || number === undefined) return undefined;
  return settled(yearOf(match[3] ?? ''), number, Number(match[day]));
}

function settled(year: number, month: number, day: number): DateParts {
  return { kind: 'settled', year, month, day };
}

/** Whether three bare figures can be a day in this order, by the ranges of day and month alone. */
export function fits(figures: readonly [number, number, number], order: DateOrder): boolean {
  const { year, month, day } = ordered(figures, order);
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && year >= 0;
}

function ordered([a, b, c]: readonly [number, number, number], order: DateOrder): { year: number; month: number; day: number } {
  if (order === 'ymd') return { year: c > 31 ? -1 : yearOf(String(a).padStart(2, '0')), month: b, day: c };
  const year = c > 99 ? c : yearOf(String(c).padStart(2, '0'));
  return order === 'dmy' ? { year, month: b, day: a } : { year, month: a, day: b };
}

/**
 * Reads a date cell that was taken apart.
 *
 * @example
 * readDate({ kind: 'open', figures: [31, 9, 2026], mark: '/' }, 'dmy'); // { code: 'date-not-real', reason: '31 September does not exist.' }
 */
export function readDate(parts: DateParts, order: DateOrder): CivilDate | DateTrouble {
  const { year, month, day } = parts.kind === 'open' ? ordered(parts.figures, order) : parts;
  if (month < 1 || month > 12) return { code: 'date-not-real', reason: `There is no month ${month}.` };
  const date = parseDate(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);
  if (isDate(date)) return date;
  if (date === 'date-out-of-range') return { code: 'date-out-of-range', reason: `The year ${year} is out of range.` };
  const name = MONTH_NAMES[month - 1] ?? '';
  const leap = month === 2 && day === 29 ? ` ${year}` : '';
  return { code: 'date-not-real', reason: `${day} ${name}${leap} does not exist.` };
}

function pad(figure: number, length: number): string {
  return String(figure).padStart(length, '0');
}
