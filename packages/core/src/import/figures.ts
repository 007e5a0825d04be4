import { exponentOf, type CurrencyCode } from '../currency.ts';
import { parseAmount, type Money } from '../money.ts';
import { namesCurrency } from './currency-names.ts';
import type { DecimalMark } from './layout.ts';

/** An amount cell taken apart, before anyone knows which mark is the decimal one. */
export interface Figure {
  readonly negative: boolean;
  /** Digits and marks, nothing else: `1.234,56`. */
  readonly digits: string;
  /** `Dr` and `Cr` behind the figure. */
  readonly side: 'debit' | 'credit' | undefined;
  /** A currency's code or sign beside it, as written. */
  readonly currency: string | undefined;
}

/** Why a figure is not an amount. */
export interface FigureTrouble {
  readonly code: 'amount-unreadable' | 'amount-too-precise' | 'amount-too-large';
  readonly reason: string;
}

const MAX_FIGURE_CHARACTERS = 64;
const PLAIN = /^-?\d(?:[\d.,]*\d)?$/;
const DRESSED = /^([^\d]{0,12}?)([.,]?\d(?:[\d.,'’ ]*\d)?)([^\d]{0,12})$/;
const ASCII = /^[\x20-\x7e]*$/;
const DASHES = /[\u2010-\u2015\u2212]/gu;
const TOKENS = /[^\s()+-]+/gu;
const SIDES: Readonly<Record<string, 'debit' | 'credit'>> = {
  dr: 'debit',
  db: 'debit',
  d: 'debit',
  s: 'debit',
  cr: 'credit',
  c: 'credit',
  h: 'credit',
};

/**
 * Takes an amount cell apart; undefined when it is not one.
 *
 * @example
 * figureOf('($1,234.50)'); // { negative: true, digits: '1,234.50', side: undefined, currency: '$' }
 * figureOf('1.234,56-');   // { negative: true, digits: '1.234,56', … }
 */
export function figureOf(text: string): Figure | undefined {
  if (text === '' || text.length > MAX_FIGURE_CHARACTERS) return undefined;
  if (PLAIN.test(text)) {
    const negative = text.startsWith('-');
    return { negative, digits: negative ? text.slice(1) : text, side: undefined, currency: undefined };
  }
  // NFKC turns no-break blanks and full-width figures into plain ones.
  const plain = ASCII.test(text) ? text : text.normalize('NFKC').replace(DASHES, '-');
  const match = DRESSED.exec(plain.trim());
  if (match === null) return undefined;
  let [, before = '', digits = '', after = ''] = match;
  // `Rs.500`: the point belongs to the name, not to the figure.
  if (/[.,]/.test(digits.charAt(0)) && /\p{L}$/u.test(before)) [before, digits] = [`${before}.`, digits.slice(1)];
  // `12,-`: no cents.
  if (/^[.,]-{1,2}/.test(after)) after = after.replace(/^[.,]-{1,2}/, '');
  return dressed(before, digits, after);
}

function dressed(before: string, digits: string, after: string): Figure | undefined {
  const around = before + after;
  if ((before.match(/[+-]/g)?.length ?? 0) > 1 || (after.match(/[+-]/g)?.length ?? 0) > 1) return undefined;
  const parenthesised = before.includes('(') && after.includes(')');
  if (!parenthesised && /[()]/.test(around)) return undefined;
  let side: Figure['side'];
  let currency: string | undefined;
  for (const token of [...(before.match(TOKENS) ?? []), ...(after.match(TOKENS) ?? [])]) {
    const found = SIDES[token.toLowerCase().replace(/\.$/, '')];
    if (found !== undefined && side === undefined && after.includes(token)) side = found;
    else if (currency === undefined && namesCurrency(token)) currency = token;
    else return undefined;
  }
  return { negative: parenthesised || around.includes('-'), digits, side, currency };
}

/** What the marks in a figure say about the decimal mark: nothing, a certain one, or one that could be either. */
export type MarkEvidence = 'none' | '.' | ',' | 'either.' | 'either,';

/**
 * Judges the marks of one figure. A single mark before exactly three digits is either (1,234); elsewhere it is certain.
 *
 * @example
 * markEvidenceOf('1.234,56'); // ','
 * markEvidenceOf('1,234');    // 'either,'
 * markEvidenceOf('1,00,000'); // '.'   (a mark that repeats parts thousands, so the other one is the decimal mark)
 */
export function markEvidenceOf(digits: string): MarkEvidence {
  const points = count(digits, '.');
  const commas = count(digits, ',');
  if (points > 0 && commas > 0) return digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ',';
  if (points + commas === 0) return 'none';
  const mark = points > 0 ? '.' : ',';
  if (points + commas > 1) return mark === '.' ? ',' : '.';
  const at = digits.indexOf(mark);
  const grouped = /['’ ]/.test(digits);
  const either = digits.length - at - 1 === 3 && at >= 1 && at <= 3 && !digits.startsWith('0') && !grouped;
  return either ? `either${mark}` : mark;
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}

const UNGROUPED = /^\d*$/;
// Thousands by three; by two and a last three as in India (1,00,000); one kind of mark throughout.
const GROUPED = /^\d{1,3}(?:([.,'’ ])\d{2,3}(?:\1\d{2,3})*)?$/;

/**
 * Reads the digits of a figure exactly. More decimals than the currency has are refused, unless they are zeros.
 *
 * @example
 * readDigits('1.234,56', ',', eur); // { minor: 123456n, currency: 'EUR' }
 * readDigits('12.345', '.', eur);   // { code: 'amount-too-precise', … }
 */
export function readDigits(digits: string, mark: DecimalMark, currency: CurrencyCode): Money | FigureTrouble {
  const parts = digits.split(mark);
  const [whole = '', decimals = ''] = parts;
  const other = mark === '.' ? ',' : '.';
  if (parts.length > 2 || !UNGROUPED.test(decimals) || !isWhole(whole) || whole + decimals === '') {
    const hint = digits.includes(other) ? ` with “${mark}” before the decimals` : '';
    return { code: 'amount-unreadable', reason: `“${digits}” is not an amount${hint}.` };
  }
  const exponent = exponentOf(currency);
  const kept = decimals.length > exponent && /^0*$/.test(decimals.slice(exponent)) ? decimals.slice(0, exponent) : decimals;
  const plain = (whole === '' ? '0' : whole.replace(/\D/g, '')) + (kept === '' ? '' : `.${kept}`);
  const money = parseAmount(plain, currency);
  if (typeof money !== 'string') return money;
  if (money === 'amount-too-precise')
    return { code: money, reason: `${currency} has ${decimalsOf(exponent)}, “${digits}” has more.` };
  return { code: 'amount-too-large', reason: `“${digits}” is more than a wallet can hold.` };
}

function isWhole(whole: string): boolean {
  if (UNGROUPED.test(whole)) return true;
  const match = GROUPED.exec(whole);
  return match !== null && /\d{3}$/.test(whole.slice(whole.lastIndexOf(match[1] ?? '') + 1));
}

function decimalsOf(exponent: number): string {
  return exponent === 0 ? 'no decimals' : `${exponent} decimals`;
}
