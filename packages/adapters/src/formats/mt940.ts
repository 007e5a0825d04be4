import {
  bankFileInSteps,
  exponentOf,
  isDate,
  parseAmount,
  parseCurrency,
  parseDate,
  refuseFile,
  type BankFile,
  type BankFileRefusal,
  type BankRecord,
  type BankStatement,
  type CivilDate,
  type CurrencyCode,
  type Money,
} from '@kakeibo/core';
import { linesOf, MAX_BANK_RECORDS, refuseBytes, textOf, tooManyRecords, type BankFileOptions } from './bank-text.ts';
import { inSlices } from './csv-slices.ts';
import { dayOfYear, lineRecord, type Mt940Line } from './mt940-record.ts';

/**
 * Reads MT940 statements, several of several accounts in a file. `mt940js` is not used: it reads amounts as floats and days as
 * instants, refuses a file whose sums differ by its rounding, and knows no lines.
 *
 * @example
 * const file = await readMt940(new TextEncoder().encode(':20:1\n:25:DE1\n'), { currency: eur });
 * file; // { kind: 'refused', code: 'file-truncated', … }
 */
export async function readMt940(bytes: Uint8Array, options: BankFileOptions): Promise<BankFile | BankFileRefusal> {
  return inSlices(readMt940InSteps(bytes, options));
}

/** {@link readMt940} in small steps. */
export function* readMt940InSteps(bytes: Uint8Array, options: BankFileOptions): Generator<void, BankFile | BankFileRefusal> {
  const refused = refuseBytes(bytes, options);
  if (refused !== undefined) return refused;
  const decoded = textOf(bytes, undefined);
  if (decoded.kind === 'refused') return decoded;
  const lines = linesOf(decoded.text);
  if ('kind' in lines) return lines;
  yield;
  const statements = yield* statementsIn(lines);
  if ('kind' in statements) return statements;
  return yield* bankFileInSteps(statements, { format: 'mt940', idsMayBeShared: true });
}

/** A field: its tag, the line it starts on, and its lines. */
interface Field {
  readonly tag: string;
  readonly line: number;
  readonly lines: string[];
}

const FIELD = /^:(\d{2}[A-Z]?|NS):(.*)$/;
const BLOCK_END = /^-\}?\s*(?:\{5:.*)?$|^\{[15]:/;
const STEP_LINES = 5_000;

function* statementsIn(lines: readonly string[]): Generator<void, readonly BankStatement[] | BankFileRefusal> {
  const statements: BankStatement[] = [];
  let fields: Field[] = [];
  let records = 0;
  for (const [index, written] of lines.entries()) {
    if (index % STEP_LINES === STEP_LINES - 1) yield;
    // A block's head may stand on the line of its first field: {4::20:…
    const text = written.startsWith('{')
      ? written.replace(/^(?:\{[123]:[^{}]{0,200}(?:\{[^{}]{0,200}\}){0,10}\}){0,3}\{4:(?=:|$)/, '')
      : written;
    const match = FIELD.exec(text);
    const starts = match?.[1] === '20';
    if ((starts || BLOCK_END.test(text)) && fields.length > 0) {
      const statement = statementOf(fields);
      if ('kind' in statement) return statement;
      statements.push(statement);
      fields = [];
    }
    if (match !== null) fields.push({ tag: match[1] ?? '', line: index + 1, lines: [match[2] ?? ''] });
    else if (!BLOCK_END.test(text) && text.trim() !== '') fields.at(-1)?.lines.push(text);
    if (match?.[1] === '61') records += 1;
    if (records > MAX_BANK_RECORDS) return tooManyRecords(index + 1);
  }
  if (fields.length > 0) {
    const statement = statementOf(fields);
    if ('kind' in statement) return statement;
    statements.push(statement);
  }
  return statements.length > 0
    ? statements
    : refuseFile('format-differs', 'This is no MT940 file: it has no field :20:.', { line: 1 });
}

function statementOf(fields: readonly Field[]): BankStatement | BankFileRefusal {
  const first = fields[0];
  const find = (tag: RegExp): Field | undefined => fields.find((field) => tag.test(field.tag));
  const opening = find(/^60[FM]$/);
  const closing = fields.findLast(({ tag }) => /^62[FM]$/.test(tag));
  const line = first?.line ?? 1;
  if (closing === undefined) {
    return refuseFile('file-truncated', `The statement on line ${line} has no closing balance :62F: the file is cut off.`, {
      line,
      place: ':62F:',
    });
  }
  if (opening === undefined) {
    return refuseFile('file-malformed', `The statement on line ${line} has no opening balance :60F:.`, { line, place: ':60F:' });
  }
  const [start, end] = [balanceOf(opening), balanceOf(closing)];
  if ('kind' in start) return start;
  if ('kind' in end) return end;
  const account = (find(/^25[A-Z]?$/)?.lines.join('') ?? '').trim().slice(0, 100);
  return {
    account: account === '' ? null : withoutCurrency(account, start.amount.currency),
    currency: start.amount.currency,
    records: recordsOf(fields, start.amount.currency),
    from: start.on,
    to: end.on,
    line,
    opening: start.amount,
    closing: end.amount.currency === start.amount.currency && end.on !== null ? { amount: end.amount, on: end.on } : null,
  };
}

/** Dutch banks write the currency behind the account's number. */
function withoutCurrency(account: string, currency: CurrencyCode): string {
  return account.length > currency.length && account.endsWith(currency) ? account.slice(0, -currency.length).trim() : account;
}

function balanceOf({ tag, line, lines }: Field): { readonly amount: Money; readonly on: CivilDate | null } | BankFileRefusal {
  const match = /^([CD])(\d{6})([A-Z]{3})(\d{1,60}(?:,\d{0,20})?)\s*$/.exec(lines[0] ?? '');
  if (match === null)
    return refuseFile('file-malformed', `Line ${line} is no balance: “${(lines[0] ?? '').slice(0, 40)}”.`, {
      line,
      place: `:${tag}:`,
    });
  const [, side, day = '', code = '', figure = ''] = match;
  const currency = parseCurrency(code);
  if (currency === undefined)
    return refuseFile('currency-unknown', `The currency ${code} on line ${line} is not known.`, { line, place: `:${tag}:` });
  const amount = parseAmount((side === 'D' ? '-' : '') + exact(figure, currency), currency);
  if (typeof amount === 'string')
    return refuseFile('file-malformed', `The balance on line ${line} is no amount of ${currency}.`, { line, place: `:${tag}:` });
  const on = parseDate(dayOfYear(day));
  return { amount, on: isDate(on) ? on : null };
}

/** `12,` and `12,500` as the plain decimal that they are. */
function exact(figure: string, currency: CurrencyCode): string {
  const [whole = '', decimals = ''] = figure.split(',');
  const exponent = exponentOf(currency);
  const kept = /^0*$/.test(decimals.slice(exponent)) ? decimals.slice(0, exponent) : decimals;
  return kept === '' ? whole : `${whole}.${kept}`;
}

function recordsOf(fields: readonly Field[], currency: CurrencyCode): readonly BankRecord[] {
  const records: BankRecord[] = [];
  for (const [index, { tag, line, lines }] of fields.entries()) {
    if (tag !== '61') continue;
    // Fields that are not ours (:NS:, a second :86:) may come between.
    const details: string[] = [];
    for (let next = index + 1; next < fields.length && /^(?:86|NS)$/.test(fields[next]?.tag ?? ''); next += 1) {
      if (fields[next]?.tag === '86') details.push(...(fields[next]?.lines ?? []));
    }
    const written: Mt940Line = { line, lines, details };
    records.push(lineRecord(written, currency));
  }
  return records;
}
