import { daysBetween, isDate, parseDate, type BankRecord, type CivilDate, type CurrencyCode } from '@kakeibo/core';
import { mt940Details } from './mt940-details.ts';

/** A :61: with the lines of the :86: behind it. */
export interface Mt940Line {
  readonly line: number;
  readonly lines: readonly string[];
  readonly details: readonly string[];
}

// Value date, entry date, mark (R of a reversal, E of an expected one), the currency's third letter, amount, type, references.
const STATEMENT_LINE = /^(\d{6})(\d{4})?([ER]?[CD])([A-Z])?(\d+(?:[,.]\d*)?)(?![\d,.+a-z-])([A-Z][A-Z0-9]{3})?(.*)$/;

/** A statement line as a bank record. The amount stays the text that it is, so that it stays exact. */
export function lineRecord({ line, lines, details }: Mt940Line, currency: CurrencyCode): BankRecord {
  const [first = '', ...more] = lines;
  const text = [...lines, ...details].join(' ');
  const match = STATEMENT_LINE.exec(first);
  if (match === null) {
    const trouble = { code: 'row-malformed', reason: 'The row is no statement line of MT940.' } as const;
    return { line, text, date: '', amount: '', trouble };
  }
  const [, valued = '', entered, mark = '', funds, amount = '', , references = ''] = match;
  const [customer, bank] = halves(references);
  const told = mt940Details(details);
  const supplement = more.join(' ').trim();
  const note = told.note !== '' || supplement === '' ? told.note : supplement;
  const own = funds === undefined || currency.endsWith(funds);
  return {
    line,
    text,
    date: entered === undefined ? dayOfYear(valued) : entryDay(dayOfYear(valued), entered),
    amount: amount.replace(/[,.]$/, ''),
    // A reversal goes the other way than what it takes back.
    direction: mark === 'C' || mark === 'RD' || mark === 'EC' ? 'in' : 'out',
    payee: told.payee,
    note: note === '' && customer !== 'NONREF' ? customer : note,
    bankId: isUnique(bank) ? bank : '',
    ...(mark.startsWith('E')
      ? { trouble: { code: 'row-not-booked', reason: 'The bank expects this row and has not booked it.' } }
      : {}),
    ...(own
      ? {}
      : { trouble: { code: 'currency-differs', reason: `The row is not in ${currency}: its funds code is ${funds}.` } }),
  };
}

function halves(references: string): readonly [string, string] {
  const at = references.indexOf('//');
  return at < 0 ? [references.trim(), ''] : [references.slice(0, at).trim(), references.slice(at + 2).trim()];
}

/**
 * Whether a bank's reference can be one of its own: not a filler, and not a short count, which the next file would begin anew, so
 * that its rows would be taken for known ones.
 */
function isUnique(reference: string): boolean {
  return reference.replace(/^0+/, '').length >= 6 && !/^(?:NONREF|NOREF|UNKNOWN)/i.test(reference);
}

/** A day of MT940, whose years have two figures: from 69 on they are of the last century. */
export function dayOfYear(text: string): string {
  const year = Number(text.slice(0, 2));
  return `${year >= 69 ? 19 : 20}${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`;
}

/** The day of booking, which has no year: the one nearest to the value date, so that it is right around New Year. */
function entryDay(valued: string, entered: string): string {
  const near = parseDate(valued);
  const written = `${entered.slice(0, 2)}-${entered.slice(2, 4)}`;
  if (!isDate(near)) return valued;
  const year = Number(near.slice(0, 4));
  const days = [year, year - 1, year + 1].map((each) => parseDate(`${String(each).padStart(4, '0')}-${written}`));
  let best: CivilDate | undefined;
  for (const day of days) {
    if (isDate(day) && (best === undefined || distance(day, near) < distance(best, near))) best = day;
  }
  return best ?? `${near.slice(0, 4)}-${written}`;
}

function distance(a: CivilDate, b: CivilDate): number {
  return Math.abs(daysBetween(a, b));
}
