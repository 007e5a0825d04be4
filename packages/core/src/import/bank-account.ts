import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import { formatAmount, type Money } from '../money.ts';
import type { BankAccount, BankFile, BankFormat } from './bank-file.ts';
import { idFrom, readRecord, type BankRecord, type Writing } from './bank-record.ts';
import type { BadRow, StatementRow } from './statement.ts';

/** One statement of a file, before its records are judged. A file may hold several of one account. */
export interface BankStatement {
  readonly account: string | null;
  readonly currency: CurrencyCode;
  readonly records: readonly BankRecord[];
  readonly from?: CivilDate | null;
  readonly to?: CivilDate | null;
  readonly closing?: { readonly amount: Money; readonly on: CivilDate } | null | undefined;
}

export interface BankFileFacts extends Writing {
  readonly format: BankFormat;
  /**
   * What the format calls a bank's id may be shared by transactions that belong together. Where such rows differ it is taken for
   * none, instead of taking the second row for a repeat.
   */
  readonly idsMayBeShared?: boolean;
}

interface Gathered {
  readonly account: string | null;
  readonly currency: CurrencyCode;
  readonly records: BankRecord[];
  from: CivilDate | null;
  to: CivilDate | null;
  closing: { readonly amount: Money; readonly on: CivilDate } | null;
}

/** Judges the statements of a file, those of one account and currency together, in small steps. */
export function* bankFileInSteps(statements: readonly BankStatement[], facts: BankFileFacts): Generator<void, BankFile> {
  const gathered = new Map<string, Gathered>();
  for (const { account, currency, records, from = null, to = null, closing = null } of statements) {
    const key = JSON.stringify([account, currency]);
    const known = gathered.get(key) ?? { account, currency, records: [], from: null, to: null, closing: null };
    gathered.set(key, known);
    for (const record of records) known.records.push(record);
    if (from !== null && (known.from === null || from < known.from)) known.from = from;
    if (to !== null && (known.to === null || to > known.to)) known.to = to;
    if (closing !== null && (known.closing === null || closing.on >= known.closing.on)) known.closing = closing;
  }
  const accounts: BankAccount[] = [];
  for (const each of gathered.values()) accounts.push(yield* judgedInSteps(each, facts));
  return { kind: 'bank-file', format: facts.format, accounts };
}

const STEP_ROWS = 250;

function* judgedInSteps(
  { account, currency, records, from, to, closing }: Gathered,
  facts: BankFileFacts,
): Generator<void, BankAccount> {
  // A journal's ids are its own, and its accounts are names that people change.
  const bankAccount = facts.format === 'journal' ? '' : idFrom((account ?? '').replaceAll(/\s+/g, '').toUpperCase());
  const named = bankAccount === '' ? {} : { bankAccount };
  const read: StatementRow[] = [];
  const bad: BadRow[] = [];
  for (const [index, record] of records.entries()) {
    if (index % STEP_ROWS === STEP_ROWS - 1) yield;
    const row = readRecord(record, { ...facts, currency });
    if ('kind' in row) read.push(row.bankId === undefined ? row : { ...row, ...named });
    else bad.push(row);
  }
  const rows: StatementRow[] = [];
  for (const row of withoutRepeats(facts.idsMayBeShared === true ? withoutSharedIds(read) : read)) {
    if ('kind' in row) rows.push(row);
    else bad.push(row);
  }
  let first: CivilDate | null = null;
  let last: CivilDate | null = null;
  for (const { occurredOn } of rows) {
    if (first === null || occurredOn < first) first = occurredOn;
    if (last === null || occurredOn > last) last = occurredOn;
  }
  return {
    account,
    currency,
    rows,
    bad: bad.toSorted((a, b) => a.line - b.line),
    from: from ?? first,
    to: to ?? last,
    closing: closing?.amount ?? null,
    closingOn: closing?.on ?? null,
  };
}

function withoutRepeats(rows: readonly StatementRow[]): readonly (StatementRow | BadRow)[] {
  const firstLine = new Map<string, number>();
  return rows.map((row) => {
    const known = row.bankId === undefined ? undefined : firstLine.get(row.bankId);
    if (known === undefined) {
      if (row.bankId !== undefined) firstLine.set(row.bankId, row.line);
      return row;
    }
    const reason = `The bank's id ${row.bankId} is that of line ${known} already.`;
    return { line: row.line, code: 'duplicate-id', reason, text: factsOf(row) };
  });
}

function withoutSharedIds(rows: readonly StatementRow[]): readonly StatementRow[] {
  const said = new Map<string, string>();
  const shared = new Set<string>();
  for (const row of rows) {
    if (row.bankId === undefined) continue;
    const known = said.get(row.bankId);
    if (known === undefined) said.set(row.bankId, row.fingerprint);
    else if (known !== row.fingerprint) shared.add(row.bankId);
  }
  return rows.map((row) => {
    if (row.bankId === undefined || !shared.has(row.bankId)) return row;
    const { bankId: _, ...rest } = row;
    return rest;
  });
}

function factsOf({ occurredOn, kind, amount, payee = '', note = '' }: StatementRow): string {
  return `${occurredOn} ${kind === 'expense' ? '-' : ''}${formatAmount(amount)} ${amount.currency} ${payee} ${note}`
    .trim()
    .slice(0, 200);
}
