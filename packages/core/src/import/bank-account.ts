import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import { formatAmount, money, type Money } from '../money.ts';
import type { BankAccount, BankFile, BankFormat, FileWarning } from './bank-file.ts';
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
  /** The balance before the first record: with it and `closing` the records are checked. */
  readonly opening?: Money | undefined;
  /** The line that the statement begins on. */
  readonly line?: number;
}

export interface BankFileFacts extends Writing {
  readonly format: BankFormat;
  /**
   * What the format calls a bank's id may be shared by transactions that belong together. Where such rows differ it is taken for
   * none, instead of taking the second row for a repeat.
   */
  readonly idsMayBeShared?: boolean;
  /** What the format's reader has to say. */
  readonly warnings?: readonly FileWarning[];
}

interface Gathered {
  readonly account: string | null;
  readonly currency: CurrencyCode;
  readonly statements: BankStatement[];
  from: CivilDate | null;
  to: CivilDate | null;
  closing: { readonly amount: Money; readonly on: CivilDate } | null;
}

/** Judges the statements of a file, those of one account and currency together, in small steps. */
export function* bankFileInSteps(statements: readonly BankStatement[], facts: BankFileFacts): Generator<void, BankFile> {
  const gathered = new Map<string, Gathered>();
  for (const statement of statements) {
    const { account, currency, from = null, to = null, closing = null } = statement;
    const key = JSON.stringify([account, currency]);
    const known = gathered.get(key) ?? { account, currency, statements: [], from: null, to: null, closing: null };
    gathered.set(key, known);
    known.statements.push(statement);
    if (from !== null && (known.from === null || from < known.from)) known.from = from;
    if (to !== null && (known.to === null || to > known.to)) known.to = to;
    if (closing !== null && (known.closing === null || closing.on >= known.closing.on)) known.closing = closing;
  }
  const accounts: BankAccount[] = [];
  const warnings = (facts.warnings ?? []).slice(0, MAX_WARNINGS);
  for (const each of gathered.values()) accounts.push(yield* judgedInSteps(each, facts, warnings));
  return { kind: 'bank-file', format: facts.format, accounts, warnings };
}

const STEP_ROWS = 250;

function* judgedInSteps(
  { account, currency, statements, from, to, closing }: Gathered,
  facts: BankFileFacts,
  warnings: FileWarning[],
): Generator<void, BankAccount> {
  // A journal's ids are its own, and its accounts are names that people change.
  const bankAccount = facts.format === 'journal' ? '' : idFrom((account ?? '').replaceAll(/\s+/g, '').toUpperCase());
  const named = bankAccount === '' ? {} : { bankAccount };
  const read: StatementRow[] = [];
  const bad: BadRow[] = [];
  for (const statement of statements) {
    const judged: (StatementRow | BadRow)[] = [];
    for (const record of statement.records) {
      if ((read.length + bad.length) % STEP_ROWS === STEP_ROWS - 1) yield;
      const row = readRecord(record, { ...facts, currency });
      judged.push(row);
      if ('kind' in row) read.push(row.bankId === undefined ? row : { ...row, ...named });
      else bad.push(row);
    }
    const warning = balanceWarning(statement, judged);
    if (warning !== undefined && warnings.length < MAX_WARNINGS) warnings.push(warning);
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

const MAX_WARNINGS = 1_000;

/** Whether a statement's opening balance and its booked rows come to its closing balance. */
function balanceWarning(
  { account, currency, opening, closing, line = 1 }: BankStatement,
  rows: readonly (StatementRow | BadRow)[],
): FileWarning | undefined {
  if (opening === undefined || closing === undefined || closing === null) return undefined;
  let sum = opening.minor;
  let unread = 0;
  for (const row of rows) {
    if ('kind' in row) sum += row.kind === 'expense' ? -row.amount.minor : row.amount.minor;
    else if (row.code !== 'row-not-booked' && row.code !== 'amount-zero') unread += 1;
  }
  if (sum === closing.amount.minor) return undefined;
  const [come, told] = [money(sum, currency), closing.amount].map(formatAmount);
  const also = unread === 0 ? '' : `, without ${unread === 1 ? 'a row that cannot' : `${unread} rows that cannot`} be read`;
  const message = `The opening balance and the rows come to ${come} ${currency}${also}; the closing balance is ${told}. A row may be missing, or one too many.`;
  return { code: 'balance-differs', message, line, account };
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
