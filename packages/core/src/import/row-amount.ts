import type { CurrencyCode } from '../currency.ts';
import { cellOf, cut, oneLine } from './cells.ts';
import { sideOf } from './cell-words.ts';
import { meansCurrency } from './currency-names.ts';
import { figureOf, readDigits, type Figure, type FigureTrouble } from './figures.ts';
import type { Layout } from './layout.ts';

/** Why a row has no amount that can be booked. */
export interface AmountTrouble {
  readonly code:
    | FigureTrouble['code']
    | 'amount-missing'
    | 'amount-zero'
    | 'amount-ambiguous'
    | 'mark-unknown'
    | 'currency-differs';
  readonly reason: string;
}

/**
 * The signed minor units of a row: from one column, from one with a mark beside it, or from a debit and a credit column.
 *
 * @example
 * readAmount(['14.10.2026', '12,50', 'S'], layout, eur); // -1250n
 */
export function readAmount(cells: readonly string[], layout: Layout, currency: CurrencyCode): bigint | AmountTrouble {
  const { columns, amountCurrency } = layout;
  if (amountCurrency !== null && !meansCurrency(amountCurrency, currency)) return differs(amountCurrency, currency);
  const read = columns.amount === undefined ? fromSides(cells, layout, currency) : fromAmount(cells, layout, currency);
  if (typeof read !== 'bigint') return read;
  const fee = columns.fee === undefined ? 0n : readFee(cells, layout, currency);
  if (typeof fee !== 'bigint') return fee;
  return read - fee === 0n ? { code: 'amount-zero', reason: 'The amount is zero.' } : read - fee;
}

function fromAmount(cells: readonly string[], layout: Layout, currency: CurrencyCode): bigint | AmountTrouble {
  const text = cellOf(cells, layout.columns.amount);
  const figure = figureIn(text);
  if (figure === 'missing') return { code: 'amount-missing', reason: 'The row has no amount.' };
  if (figure === 'unreadable') return unreadable(text);
  const minor = minorOf(figure, layout, currency);
  if (typeof minor !== 'bigint') return minor;
  if (figure.side !== undefined) return figure.side === 'debit' ? -magnitude(minor) : magnitude(minor);
  if (!layout.markDecides) return minor;
  const mark = cellOf(cells, layout.columns.mark);
  const side = sideOf(mark);
  if (side === undefined) return { code: 'mark-unknown', reason: `“${cut(oneLine(mark), 40)}” says neither debit nor credit.` };
  return side === 'debit' ? -minor : minor;
}

function fromSides(cells: readonly string[], layout: Layout, currency: CurrencyCode): bigint | AmountTrouble {
  const debit = sideAmount(cellOf(cells, layout.columns.debit), layout, currency);
  const credit = sideAmount(cellOf(cells, layout.columns.credit), layout, currency);
  if (typeof debit === 'object') return debit;
  if (typeof credit === 'object') return credit;
  if (debit === undefined && credit === undefined) return { code: 'amount-missing', reason: 'The row has no amount.' };
  const out = debit ?? 0n;
  const into = credit ?? 0n;
  if (out !== 0n && into !== 0n) return { code: 'amount-ambiguous', reason: 'The row has both a debit and a credit.' };
  return into - (layout.debitNegative ? magnitude(out) : out);
}

function sideAmount(text: string, layout: Layout, currency: CurrencyCode): bigint | undefined | AmountTrouble {
  const figure = figureIn(text);
  if (figure === 'missing') return undefined;
  return figure === 'unreadable' ? unreadable(text) : minorOf(figure, layout, currency);
}

function readFee(cells: readonly string[], layout: Layout, currency: CurrencyCode): bigint | AmountTrouble {
  const fee = sideAmount(cellOf(cells, layout.columns.fee), layout, currency);
  return typeof fee === 'bigint' ? magnitude(fee) : (fee ?? 0n);
}

/** A cell's figure; dashes alone stand for nothing. */
function figureIn(text: string): Figure | 'missing' | 'unreadable' {
  if (/^[-–—\s]*$/.test(text)) return 'missing';
  return figureOf(text) ?? 'unreadable';
}

function minorOf(figure: Figure, layout: Layout, currency: CurrencyCode): bigint | AmountTrouble {
  if (figure.currency !== undefined && !meansCurrency(figure.currency, currency)) return differs(figure.currency, currency);
  const read = readDigits(figure.digits, layout.decimalMark, currency);
  if ('code' in read) return read;
  return figure.negative ? -read.minor : read.minor;
}

function magnitude(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}

function unreadable(text: string): AmountTrouble {
  return { code: 'amount-unreadable', reason: `“${cut(oneLine(text), 40)}” is not an amount.` };
}

function differs(found: string, currency: CurrencyCode): AmountTrouble {
  return { code: 'currency-differs', reason: `The amount is in ${found}, the wallet in ${currency}.` };
}
