import {
  accountFor,
  formatAmount,
  readStatementInSteps,
  unsettled,
  type BankAccount,
  type BankFormat,
  type CurrencyCode,
  type FileWarning,
  type ImportedRow,
  type Layout,
  type Statement,
  type StatementRow,
} from '@kakeibo/core';
import type { z } from 'zod';
import type { CsvFile, Formats } from './formats.ts';
import type { importSettings } from './schemas/imports.ts';
import { fileRefused } from './statuses.ts';

export type Settings = z.output<typeof importSettings>;

/** A delimited file that was read: what it looks like, and what its rows come to. */
export interface DelimitedFile extends Statement {
  readonly format: 'csv';
  readonly file: CsvFile;
  readonly layout: Layout;
}

/** A bank's file that was read. Without an account it has several, and none was chosen yet. */
export interface AccountsFile extends Statement {
  readonly format: BankFormat;
  readonly accounts: readonly BankAccount[];
  readonly account: BankAccount | undefined;
  /** Of all accounts. */
  readonly warnings: readonly FileWarning[];
}

/** A file of any format. */
export type StatementFile = DelimitedFile | AccountsFile;

/** What is read of a file: for which wallet, as which format (found out when left out), and which of its accounts. */
export interface Wanted {
  readonly currency: CurrencyCode;
  readonly format: StatementFile['format'] | undefined;
  readonly account: string | undefined;
}

/** Reads a file's rows as bookings, and lets other requests be answered between the steps. */
export async function readStatementFile(
  bytes: Uint8Array,
  settings: Settings,
  { wanted, formats }: { readonly wanted: Wanted; readonly formats: Formats },
): Promise<StatementFile> {
  const format = wanted.format ?? formats.bank.sniff(bytes);
  return format === 'csv'
    ? readDelimited(bytes, settings, { wanted, formats })
    : readAccounts(bytes, settings, { wanted: { ...wanted, format }, formats });
}

async function readDelimited(
  bytes: Uint8Array,
  settings: Settings,
  { wanted: { currency }, formats }: { readonly wanted: Wanted; readonly formats: Formats },
): Promise<DelimitedFile> {
  const { encoding, delimiter, headerRow, columns, dateOrder, decimalMark, skip } = settings;
  const file = await formats.csv.read(bytes, { encoding, delimiter });
  if (file.kind === 'refused') throw fileRefused(file);
  const given = {
    ...(headerRow === undefined ? {} : { headerRow }),
    ...(columns === undefined ? {} : { columns }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(decimalMark === undefined ? {} : { decimalMark }),
    ...(skip === undefined ? {} : { skip }),
  };
  const statement = await formats.csv.inSlices(readStatementInSteps(file.rows, { currency, settings: given }));
  if (statement.kind === 'refused') throw fileRefused(statement);
  return { ...statement, format: 'csv', file };
}

async function readAccounts(
  bytes: Uint8Array,
  { dateOrder, decimalMark }: Settings,
  { wanted, formats }: { readonly wanted: Wanted & { readonly format: BankFormat }; readonly formats: Formats },
): Promise<AccountsFile> {
  const { currency, format, account } = wanted;
  const file = await formats.bank.read(bytes, {
    currency,
    format,
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(decimalMark === undefined ? {} : { decimalMark }),
  });
  if (file.kind === 'refused') throw fileRefused(file);
  const chosen = accountFor(file, { account, currency });
  const { accounts, warnings } = file;
  if (!('kind' in chosen)) return { format, accounts, warnings, account: chosen, statementRows: chosen.rows, bad: chosen.bad };
  if (chosen.code !== 'account-ambiguous') throw fileRefused(chosen);
  return { format, accounts, warnings, account: undefined, statementRows: [], bad: [] };
}

/** What a person should know of the account that goes into the wallet, and of what no account has. */
export function warningsOf(file: StatementFile): readonly FileWarning[] {
  if (file.format === 'csv') return [];
  const { account, warnings } = file;
  const about = warnings.filter(
    (each) => each.code === 'investments-left-out' || account === undefined || each.account === account.account,
  );
  return about.slice(0, MAX_WARNINGS);
}

const MAX_WARNINGS = 100;

/** Refuses a file about which a question is open: nothing is booked by a guess. */
export function assertSettled(file: StatementFile, currency: CurrencyCode): void {
  if (file.format === 'csv') {
    const open = unsettled(file.layout);
    if (open !== undefined) throw fileRefused(open);
  } else if (file.account === undefined) {
    const refusal = accountFor({ kind: 'bank-file', format: file.format, accounts: file.accounts, warnings: [] }, { currency });
    if ('kind' in refusal) throw fileRefused(refusal);
  }
}

const STEP_ROWS = 500;

/**
 * The rows as the ledger takes them, with what a person chose in the preview, in small steps. Rows are named by their place, which
 * is the same as long as the file and the other settings are.
 */
export function* importedRows(
  rows: readonly StatementRow[],
  { matches = [], categories = [], skipRows = [] }: Settings,
): Generator<void, readonly (ImportedRow | undefined)[]> {
  const matched = new Map(matches.map(({ row, entryId }) => [row, entryId]));
  const chosen = new Map(categories.map(({ row, category }) => [row, category]));
  const skipped = new Set(skipRows);
  const imported: (ImportedRow | undefined)[] = [];
  for (const [index, { line: _, amount, parts, ...row }] of rows.entries()) {
    if (index % STEP_ROWS === STEP_ROWS - 1) yield;
    const [entryId, category] = [matched.get(index), chosen.get(index)];
    const split = category === undefined ? parts?.map((part) => ({ ...part, amount: formatAmount(part.amount) })) : undefined;
    const one: ImportedRow = {
      ...row,
      amount: formatAmount(amount),
      ...(split === undefined ? {} : { parts: split }),
      ...(category === undefined ? {} : { category, chosen: true }),
      ...(entryId === undefined ? {} : { matches: entryId }),
    };
    imported.push(skipped.has(index) ? undefined : one);
  }
  return imported;
}
