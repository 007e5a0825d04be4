import { formatAmount, negate, type CivilDate, type CurrencyCode, type Money } from '@kakeibo/core';

/** An entry as far as an OFX file tells. */
export interface OfxOutRow {
  readonly id: string;
  /** What adds to the balance is `income`, `refund` and `received`; the others take from it. */
  readonly kind: 'income' | 'expense' | 'refund' | 'sent' | 'received';
  /** Without a sign: the kind has it. */
  readonly amount: Money;
  readonly occurredOn: CivilDate;
  readonly payee?: string | null | undefined;
  readonly note?: string | null | undefined;
}

/** What an OFX file tells beside its rows. */
export interface OfxOutFrame {
  readonly account: string;
  readonly currency: CurrencyCode;
  /** The first and the last day, both included. */
  readonly from: CivilDate;
  readonly to: CivilDate;
  /** The balance at the end of the last day. */
  readonly closing: Money;
  /** The day on which the file is written. */
  readonly writtenOn: CivilDate;
}

// oxlint-disable-next-line no-control-regex -- what XML cannot hold, not even escaped, is what it looks for
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/**
 * What stands before the rows of an OFX 2 file. A file is the head, any number of slices of rows, and the tail, so that a long one
 * is streamed.
 */
export function ofxHead({ account, currency, from, to, writtenOn }: OfxOutFrame): string {
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
    '<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>',
    '<OFX>',
    `<SIGNONMSGSRSV1><SONRS>${OK}${leaf('DTSERVER', dayTime(writtenOn))}${leaf('LANGUAGE', 'ENG')}</SONRS></SIGNONMSGSRSV1>`,
    `<BANKMSGSRSV1><STMTTRNRS>${leaf('TRNUID', '0')}${OK}`,
    `<STMTRS>${leaf('CURDEF', currency)}`,
    `<BANKACCTFROM>${leaf('BANKID', 'KAKEIBO')}${leaf('ACCTID', account)}${leaf('ACCTTYPE', 'CHECKING')}</BANKACCTFROM>`,
    `<BANKTRANLIST>${leaf('DTSTART', dayTime(from))}${leaf('DTEND', dayTime(to))}`,
    '',
  ].join('\n');
}

/**
 * Some rows of an OFX 2 file, a line each.
 *
 * @example
 * ofxRows([{ id: 'e-1', kind: 'expense', amount: money(350n, eur), occurredOn: day('2026-10-14'), payee: 'A & B' }]);
 * // '<STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20261014120000</DTPOSTED><TRNAMT>-3.50</TRNAMT><FITID>e-1</FITID><NAME>A &amp; B</NAME></STMTTRN>\n'
 */
export function ofxRows(rows: readonly OfxOutRow[]): string {
  return rows.map(transaction).join('');
}

/** What stands behind the rows. */
export function ofxTail({ to, closing }: OfxOutFrame): string {
  const balance = leaf('BALAMT', formatAmount(closing)) + leaf('DTASOF', dayTime(to));
  return `</BANKTRANLIST>\n<LEDGERBAL>${balance}</LEDGERBAL>\n</STMTRS></STMTTRNRS></BANKMSGSRSV1>\n</OFX>\n`;
}

const OK = `<STATUS>${leaf('CODE', '0')}${leaf('SEVERITY', 'INFO')}</STATUS>`;
// Bounds of OFX 2.1: a longer name goes into EXTDNAME, which every field of it may be followed by.
const MAX_NAME = 32;
const MAX_MEMO = 255;

function transaction({ id, kind, amount, occurredOn, payee, note }: OfxOutRow): string {
  const out = kind === 'expense' || kind === 'sent';
  const type = kind === 'sent' || kind === 'received' ? 'XFER' : out ? 'DEBIT' : 'CREDIT';
  const name = payee ?? '';
  const fields = [
    leaf('TRNTYPE', type),
    leaf('DTPOSTED', dayTime(occurredOn)),
    leaf('TRNAMT', formatAmount(out ? negate(amount) : amount)),
    leaf('FITID', id),
    leaf('NAME', first(name, MAX_NAME)),
    first(name, MAX_NAME) === name ? '' : leaf('EXTDNAME', name),
    leaf('MEMO', first(note ?? '', MAX_MEMO)),
  ];
  return `<STMTTRN>${fields.join('')}</STMTTRN>\n`;
}

// Noon, so that a program which moves the time by a zone stays on the day.
function dayTime(day: CivilDate): string {
  return `${day.replaceAll('-', '')}120000`;
}

function first(text: string, length: number): string {
  return text.length <= length ? text : Array.from(text).slice(0, length).join('');
}

function leaf(name: string, text: string): string {
  const written = text.replace(UNWRITABLE, ' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return written === '' ? '' : `<${name}>${written}</${name}>`;
}
