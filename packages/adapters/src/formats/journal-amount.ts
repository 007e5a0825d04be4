import type { DecimalMark } from '@kakeibo/core';
import { MAX_DIGITS, type JournalAmount } from './journal-transaction.ts';

/** An amount as it is written; which mark stands before the decimals may depend on others. */
export interface WrittenAmount {
  readonly commodity: string;
  readonly negative: boolean;
  readonly digits: string;
}

/** What stands behind the account of a posting. */
export interface WrittenFigures {
  readonly amount: WrittenAmount;
  readonly price?: WrittenAmount & { readonly isTotal: boolean };
  readonly asserted?: WrittenAmount;
}

const COMMODITY = '"[^"]*"|[^\\s\\d"\'.,;:@=+*/<>!?&|^~(){}\\[\\]\\\\-]+';
const AMOUNT = new RegExp(
  `^([-+]?)\\s*(?:(${COMMODITY})\\s*)?([-+]?)\\s*(\\d(?:[\\d.,']|[ \\u00a0\\u202f](?=\\d))*|[.,]\\d+)\\s*(${COMMODITY})?\\s*`,
  'u',
);

/** Reads an amount at the start of a text, with what is left behind it. */
export function writtenAmount(text: string): { readonly amount: WrittenAmount; readonly rest: string } | undefined {
  const [whole, before = '', left, within = '', digits = '', right] = AMOUNT.exec(text) ?? [];
  if (whole === undefined || (left !== undefined && right !== undefined) || (before !== '' && within !== '')) return undefined;
  if (digits.length > MAX_DIGITS) return undefined;
  const commodity = (left ?? right ?? '').replaceAll('"', '');
  return { amount: { commodity, negative: before === '-' || within === '-', digits }, rest: text.slice(whole.length) };
}

/** Reads an amount with its price and the balance it must come to; or says what is in the way. */
export function writtenFigures(text: string): WrittenFigures | string {
  if (text.startsWith('=')) return 'sets a balance instead of an amount; write the journal with `hledger print -x`';
  if (/^[(*]/.test(text)) return 'has an expression for an amount; write the number';
  const first = writtenAmount(text);
  if (first === undefined) return 'has an amount that is none';
  let { rest } = first;
  let price: WrittenFigures['price'];
  const [at, isTotal] = /^\(?@(@)?\)?\s*/.exec(rest) ?? [];
  if (at !== undefined) {
    const second = writtenAmount(rest.slice(at.length));
    if (second === undefined || second.amount.negative) return 'has a price that is none';
    price = { ...second.amount, isTotal: isTotal !== undefined };
    ({ rest } = second);
  }
  const [equals] = /^={1,2}\*?\s*/.exec(rest) ?? [];
  const third = equals === undefined ? undefined : writtenAmount(rest.slice(equals.length));
  rest = equals === undefined ? rest : (third?.rest.replace(/^@.*$/, '') ?? rest);
  if (/^[{[(]/.test(rest)) return 'has a lot with its cost, date or note; leave it out';
  if (rest !== '') return 'has more behind its amount than an amount';
  return {
    amount: first.amount,
    ...(price === undefined ? {} : { price }),
    ...(third === undefined ? {} : { asserted: third.amount }),
  };
}

/** The mark before the decimals, as far as the digits alone tell; null when there is nothing to tell. */
export function markIn(digits: string): DecimalMark | 'unclear' | null {
  const [dots, commas] = [digits.split('.').length - 1, digits.split(',').length - 1];
  if (dots > 0 && commas > 0) return digits.lastIndexOf(',') > digits.lastIndexOf('.') ? ',' : '.';
  if (dots + commas === 0) return null;
  const mark = dots > 0 ? '.' : ',';
  if (dots + commas > 1) return mark === '.' ? ',' : '.';
  return /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits) ? 'unclear' : mark;
}

/** An amount whose mark is known; undefined when its groups are none of thousands. */
export function amountWith({ commodity, negative, digits }: WrittenAmount, mark: DecimalMark): JournalAmount | undefined {
  const parts = digits.split(mark);
  const [whole = '', decimals = ''] = parts;
  if (parts.length > 2 || /\D/.test(decimals) || !/^\d*(?:[.,' \u00a0\u202f]\d{2,3})*$/.test(whole)) return undefined;
  if (/\D\d{2}$/.test(whole)) return undefined;
  const size = BigInt(whole.replace(/\D/g, '') + decimals);
  return { commodity, mantissa: negative ? -size : size, places: decimals.length };
}
