import { isDate, parseDate, type CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import { digest } from '../ids.ts';
import { money } from '../money.ts';
import { MAX_NOTE, UNSORTED } from '../wallet/parse.ts';
import { MAX_PARTS } from '../wallet/parts.ts';
import { categoryFrom } from './category.ts';
import { cut, oneLine, payeeFrom } from './cells.ts';
import { meansCurrency } from './currency-names.ts';
import { datePartsOf, readDate } from './dates.ts';
import { figureOf, readDigits } from './figures.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { DateOrder, DecimalMark } from './layout.ts';
import type { BadRow, StatementPart, StatementRow } from './statement.ts';

/** A transaction as a bank's file writes it: texts, not judged yet. */
export interface BankRecord {
  readonly line: number;
  /** The record as it stands in the file. */
  readonly text: string;
  readonly date: string;
  /** Digits with a mark; with a sign where there is no `direction`. */
  readonly amount: string;
  /** Which way the money went, where the format tells it apart from the amount. */
  readonly direction?: 'in' | 'out';
  /** The amount's currency, where the record names it. */
  readonly currency?: string;
  readonly payee?: string;
  readonly note?: string;
  readonly category?: string;
  readonly parts?: readonly BankRecordPart[];
  readonly tags?: readonly string[];
  readonly bankId?: string;
  /** Why the record is no transaction that can be booked, when the reader has seen that already. */
  readonly trouble?: Pick<BadRow, 'code' | 'reason'>;
}

/** A part of a split. Its amount is signed like the record's. */
export interface BankRecordPart {
  readonly category: string;
  readonly amount: string;
  readonly note?: string;
}

/** How a file writes days and amounts. */
export interface Writing {
  /** For days whose figures alone do not tell. */
  readonly dateOrder?: DateOrder;
  /** Where it is left out no figure has thousands apart, so that its last mark stands before the decimals. */
  readonly decimalMark?: DecimalMark;
}

type Trouble = Pick<BadRow, 'code' | 'reason'>;
interface Reading extends Writing {
  readonly currency: CurrencyCode;
}

const MAX_TEXT = 200;

/** Reads a record as a booking, or says why it is none. Nothing is rounded, nothing is guessed. */
export function readRecord(record: BankRecord, reading: Reading): StatementRow | BadRow {
  const row = judged(record, reading);
  return 'kind' in row ? row : { line: record.line, ...row, text: cut(oneLine(record.text.slice(0, 4 * MAX_TEXT)), MAX_TEXT) };
}

function judged(record: BankRecord, reading: Reading): StatementRow | Trouble {
  const { currency } = reading;
  if (record.trouble !== undefined) return record.trouble;
  const occurredOn = dayOf(record.date, reading);
  if (typeof occurredOn !== 'string') return occurredOn;
  if (record.currency !== undefined && !meansCurrency(record.currency, currency)) {
    const reason = `The amount is in ${shown(record.currency)}, the account in ${currency}.`;
    return { code: 'currency-differs', reason };
  }
  const signed = directed(record, reading);
  if (typeof signed !== 'bigint') return signed;
  if (signed === 0n) return { code: 'amount-zero', reason: 'The amount is zero.' };
  const parts = partsOf(record, signed, reading);
  if ('code' in parts) return parts;
  return booked(record, { occurredOn, signed, currency, parts });
}

const WITHOUT_YEAR = /^\d{1,2}[-/. ]\d{1,2}[-/.]?$|^\d{4}$/;

function dayOf(text: string, { dateOrder = 'ymd' }: Reading): CivilDate | Trouble {
  const written = parseDate(text);
  if (isDate(written)) return written;
  if (text === '') return { code: 'date-missing', reason: 'The row has no date.' };
  const parts = datePartsOf(text);
  if (parts !== undefined) return readDate(parts, dateOrder);
  return WITHOUT_YEAR.test(text)
    ? { code: 'date-without-year', reason: `“${text}” has no year.` }
    : { code: 'date-unreadable', reason: `“${shown(text)}” is not a date.` };
}

function directed(record: BankRecord, reading: Reading): bigint | Trouble {
  const signed = signedOf(record.amount, reading);
  if (typeof signed !== 'bigint' || record.direction === undefined) return signed;
  if (signed < 0n) return { code: 'amount-negative', reason: `“${shown(record.amount)}” has a sign beside its direction.` };
  return record.direction === 'in' ? signed : -signed;
}

function signedOf(text: string, { currency, decimalMark }: Reading): bigint | Trouble {
  if (text === '') return { code: 'amount-missing', reason: 'The row has no amount.' };
  const figure = figureOf(text.replace(/[.,]$/, ''));
  if (figure === undefined || figure.side !== undefined) {
    return { code: 'amount-unreadable', reason: `“${shown(text)}” is not an amount.` };
  }
  if (figure.currency !== undefined && !meansCurrency(figure.currency, currency)) {
    return { code: 'currency-differs', reason: `The amount is in ${shown(figure.currency)}, the account in ${currency}.` };
  }
  const mark = decimalMark ?? (figure.digits.lastIndexOf(',') > figure.digits.lastIndexOf('.') ? ',' : '.');
  const read = readDigits(figure.digits, mark, currency);
  if ('code' in read) return read;
  return figure.negative ? -read.minor : read.minor;
}

/** The parts of a split: none when there is at most one category. */
function partsOf(record: BankRecord, signed: bigint, reading: Reading): readonly StatementPart[] | Trouble {
  const parts: StatementPart[] = [];
  let left = signed;
  for (const { category, amount: text, note } of record.parts ?? []) {
    const minor = signedOf(text, reading);
    if (typeof minor !== 'bigint') return minor;
    left -= minor;
    if (minor === 0n) continue;
    if (minor < 0n !== signed < 0n) {
      return { code: 'parts-mixed', reason: 'Some parts of the split go in and some go out; book them one by one.' };
    }
    const kept = note === undefined ? '' : cut(oneLine(note.slice(0, MAX_RAW)), MAX_NOTE);
    parts.push({
      category: categoryFrom(category) ?? UNSORTED,
      amount: money(magnitude(minor), reading.currency),
      ...(kept === '' ? {} : { note: kept }),
    });
  }
  if (parts.length > MAX_PARTS) {
    return { code: 'parts-too-many', reason: `The split has ${parts.length} parts; an entry has at most ${MAX_PARTS}.` };
  }
  if (record.parts === undefined || left === 0n) return parts;
  return { code: 'parts-differ', reason: 'The parts of the split do not add up to its amount.' };
}

interface Judged {
  readonly occurredOn: CivilDate;
  readonly signed: bigint;
  readonly currency: CurrencyCode;
  readonly parts: readonly StatementPart[];
}

// What lies beyond in a text could not come into a note, and is not worth cleaning.
const MAX_RAW = 4 * MAX_NOTE;
const NOTE_JOINT = ' · ';

function booked(record: BankRecord, { occurredOn, signed, currency, parts }: Judged): StatementRow {
  const kind = signed < 0n ? 'expense' : 'income';
  const amount = money(magnitude(signed), currency);
  const payee = payeeFrom((record.payee ?? '').slice(0, MAX_RAW));
  const said = cut(oneLine((record.note ?? '').slice(0, MAX_RAW)), MAX_NOTE);
  const note = said.toLowerCase() === payee.toLowerCase() ? '' : said;
  const split = parts.length > 1;
  const [only] = parts;
  const category = categoryFrom(record.category ?? '') ?? only?.category ?? (kind === 'expense' ? UNSORTED : undefined);
  const tags = tagsFrom(record.tags ?? []);
  const bankId = idFrom(record.bankId ?? '');
  // In one text, as a CSV file of the same bank tells it.
  const told = cut(
    note.toLowerCase().includes(payee.toLowerCase()) ? note : [payee, note].filter(Boolean).join(NOTE_JOINT),
    MAX_NOTE,
  );
  return {
    line: record.line,
    kind,
    amount,
    occurredOn,
    ...(split ? { parts } : category === undefined ? {} : { category }),
    ...(payee === '' ? {} : { payee }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(note === '' ? {} : { note }),
    ...(bankId === '' ? {} : { bankId }),
    fingerprint: fingerprintOf({ kind, amount, occurredOn, note: told }),
  };
}

const MAX_TAG = 40;
const MAX_TAGS = 10;

/** Makes valid tags of what a file calls so: no blanks, commas or `#`, sorted, each once. */
function tagsFrom(texts: readonly string[]): readonly string[] {
  const tags = texts.map((text) =>
    cut(
      oneLine(text.slice(0, 4 * MAX_TAG))
        .replace(/[\s,#]+/g, '-')
        .replace(/^-+|-+$/g, ''),
      MAX_TAG,
    ),
  );
  return [...new Set(tags.filter((tag) => tag !== '' && tag !== '__proto__'))].toSorted().slice(0, MAX_TAGS);
}

const MAX_BANK_ID = 100;

/** An id, or an account, as it is kept: cutting a long one could make two alike, so a digest of all of it stands in. */
export function idFrom(text: string): string {
  const id = text.length > MAX_BANK_ID ? `#${digest(text).slice(0, 32)}` : text;
  return oneLine(id);
}

function magnitude(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}

function shown(text: string): string {
  return cut(oneLine(text.slice(0, 160)), 40);
}
