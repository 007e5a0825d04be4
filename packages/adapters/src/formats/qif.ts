import {
  bankFileInSteps,
  refuseFile,
  writingInSteps,
  type BankFile,
  type BankFileRefusal,
  type BankStatement,
  type FileWarning,
} from '@kakeibo/core';
import {
  investmentsLeftOut,
  linesOf,
  MAX_BANK_RECORDS,
  refuseBytes,
  textOf,
  tooManyRecords,
  type BankFileOptions,
} from './bank-text.ts';
import { inSlices } from './csv-slices.ts';
import { qifDate, qifRecord, type QifFields } from './qif-record.ts';

/**
 * Reads QIF as Quicken and banks write it. Whether 1/2 is in January or in February, and which mark stands before the decimals,
 * all rows decide together; where they do not the file is refused with the question, and `dateOrder` or `decimalMark` answers it.
 *
 * @example
 * const text = '!Type:Bank\nD10/14/2026\nT-3.50\nPCafé\n^\n';
 * const file = await readQif(new TextEncoder().encode(text), { currency: eur });
 * file; // { kind: 'bank-file', format: 'qif', … }
 */
export async function readQif(bytes: Uint8Array, options: BankFileOptions): Promise<BankFile | BankFileRefusal> {
  return inSlices(readQifInSteps(bytes, options));
}

/** {@link readQif} in small steps. */
export function* readQifInSteps(bytes: Uint8Array, options: BankFileOptions): Generator<void, BankFile | BankFileRefusal> {
  const refused = refuseBytes(bytes, options);
  if (refused !== undefined) return refused;
  const decoded = textOf(bytes, undefined);
  if (decoded.kind === 'refused') return decoded;
  const lines = linesOf(decoded.text);
  if ('kind' in lines) return lines;
  yield;
  const found = yield* accountsIn(lines);
  if ('kind' in found) return found;
  const { accounts, warnings } = found;
  const rows = accounts.flatMap(({ fields }) => fields.flatMap(writtenIn));
  yield;
  const writing = yield* writingInSteps(rows, options);
  if ('kind' in writing) return writing;
  const { currency } = options;
  const statements = accounts.map(({ name, fields }): BankStatement => {
    return { account: name, currency, records: fields.map((each) => qifRecord(each, name)) };
  });
  return yield* bankFileInSteps(statements, { format: 'qif', ...writing, warnings });
}

/** A record's day with each of its amounts: the evidence of how the file writes. */
function writtenIn(fields: QifFields): readonly { readonly line: number; readonly cells: readonly string[] }[] {
  const date = qifDate(fields.date);
  return [fields.amount, ...fields.splits.map(({ amount }) => amount)].map((amount) => ({
    line: fields.line,
    cells: [date, amount],
  }));
}

interface QifAccount {
  readonly name: string | null;
  readonly fields: QifFields[];
}

interface QifContent {
  readonly accounts: readonly QifAccount[];
  readonly warnings: readonly FileWarning[];
}

type Section = 'transactions' | 'investments' | 'account' | 'other';

// Cash, bank, card, and other assets and debts. Investments, prices and lists of categories are not bookings of a wallet.
const BOOKINGS = /^(?:bank|ccard|cash|oth [al]|oth[al])$/i;
const STEP_LINES = 5_000;

function* accountsIn(lines: readonly string[]): Generator<void, QifContent | BankFileRefusal> {
  const reading = new QifReading();
  for (const [index, line] of lines.entries()) {
    if (index % STEP_LINES === STEP_LINES - 1) yield;
    const refusal = reading.take(line, index + 1);
    if (refusal !== undefined) return refusal;
  }
  return reading.done(lines.length);
}

class QifReading {
  readonly #accounts: QifAccount[] = [];
  #section: Section | undefined;
  #name: string | null = null;
  #current: QifAccount | undefined;
  #fields: QifFields | undefined;
  readonly #investments: { readonly name: string | null; readonly line: number; rows: number }[] = [];
  #records = 0;

  take(written: string, line: number): BankFileRefusal | undefined {
    const text = written.trimEnd();
    const mark = text.charAt(0);
    if (text.trim() === '') return undefined;
    if (mark === '!') return this.#header(text.slice(1).trim(), line);
    if (this.#section === undefined)
      return refuseFile('format-differs', 'This is no QIF file: it does not begin with “!Type:”.', { line });
    const value = text.slice(1).trim();
    if (this.#section === 'account' && mark === 'N') this.#name = value === '' ? null : value.slice(0, 100);
    const investments = this.#section === 'investments' ? this.#investments.at(-1) : undefined;
    if (investments !== undefined && mark === '^') investments.rows += 1;
    if (this.#section !== 'transactions') return undefined;
    if (mark === '^') return this.#end(line);
    this.#fields ??= { line, text: [], date: '', amount: '', payee: '', memo: '', check: '', category: '', splits: [] };
    this.#write(this.#fields, mark, value);
    return undefined;
  }

  done(line: number): QifContent | BankFileRefusal {
    if (this.#fields !== undefined) return this.#cutOff(line);
    const left = this.#investments.filter(({ rows }) => rows > 0);
    const warnings = left.map((each) => investmentsLeftOut(each.rows, each.line, each.name));
    if (this.#accounts.length > 0) return { accounts: this.#accounts, warnings };
    const message = [
      'The file has no bookings of a bank, card or cash account.',
      ...warnings.slice(0, 1).map((each) => each.message),
    ];
    return refuseFile('statement-missing', message.join(' '), { line: warnings[0]?.line ?? line });
  }

  #header(text: string, line: number): BankFileRefusal | undefined {
    if (this.#fields !== undefined) return this.#cutOff(line);
    const type = /^type:(.*)$/i.exec(text)?.[1]?.trim();
    if (type === undefined) {
      this.#section = /^account$/i.test(text) ? 'account' : (this.#section ?? 'other');
      return undefined;
    }
    this.#section = BOOKINGS.test(type) ? 'transactions' : /^invst$/i.test(type) ? 'investments' : 'other';
    if (this.#section === 'investments') this.#investments.push({ name: this.#name, line, rows: 0 });
    if (this.#section !== 'transactions') return undefined;
    this.#current = { name: this.#name, fields: [] };
    this.#accounts.push(this.#current);
    return undefined;
  }

  #end(line: number): BankFileRefusal | undefined {
    if (this.#fields === undefined) return undefined;
    this.#records += 1;
    if (this.#records > MAX_BANK_RECORDS) return tooManyRecords(line);
    this.#current?.fields.push(this.#fields);
    this.#fields = undefined;
    return undefined;
  }

  #write(fields: QifFields, mark: string, value: string): void {
    if (fields.text.length < MAX_SHOWN_FIELDS) fields.text.push(mark + value);
    const split = fields.splits.at(-1);
    switch (mark) {
      case 'D':
        fields.date = value;
        break;
      case 'T':
        fields.amount = value;
        break;
      case 'U':
        if (fields.amount === '') fields.amount = value;
        break;
      case 'P':
        fields.payee = value;
        break;
      case 'M':
        fields.memo = value;
        break;
      case 'N':
        fields.check = value;
        break;
      case 'L':
        fields.category = value;
        break;
      case 'S':
        fields.splits.push({ category: value, amount: '', memo: '' });
        break;
      case 'E':
        if (split !== undefined) split.memo = value;
        break;
      case '$':
        if (split !== undefined) split.amount = value;
        break;
    }
  }

  #cutOff(line: number): BankFileRefusal {
    const started = this.#fields?.line ?? line;
    const message = `The transaction on line ${started} does not end with “^”: the file is cut off.`;
    return refuseFile('file-truncated', message, { line: started });
  }
}

const MAX_SHOWN_FIELDS = 12;
