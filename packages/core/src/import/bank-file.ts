import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { Money } from '../money.ts';
import type { BadRow, StatementRow } from './statement.ts';

export type BankFormat = 'ofx' | 'qif' | 'camt' | 'mt940' | 'journal';
export const BANK_FORMATS: readonly BankFormat[] = ['ofx', 'qif', 'camt', 'mt940', 'journal'];

/** What a bank's file, which may tell of several accounts, comes to. */
export interface BankFile {
  readonly kind: 'bank-file';
  readonly format: BankFormat;
  readonly accounts: readonly BankAccount[];
  /** What a person should know before the rows come in; no row is lost by it. */
  readonly warnings: readonly FileWarning[];
}

/** `balance-differs`: opening balance and rows do not come to the closing one. `investments-left-out`: rows that are no bookings. */
export type FileWarningCode = 'balance-differs' | 'investments-left-out';

/** Something that a file does not say as one would expect. */
export interface FileWarning {
  readonly code: FileWarningCode;
  readonly message: string;
  /** The line it is on, from 1. */
  readonly line: number;
  /** The account that it is about; null when the file gives it no name. */
  readonly account: string | null;
}

/** One account's part of a file. */
export interface BankAccount {
  /** What the file calls the account: a number, an IBAN, a name. */
  readonly account: string | null;
  readonly currency: CurrencyCode;
  /** In the order of the file. */
  readonly rows: readonly StatementRow[];
  readonly bad: readonly BadRow[];
  /** The first and the last day that the file covers, both included; those of the rows where it does not say. */
  readonly from: CivilDate | null;
  readonly to: CivilDate | null;
  /** The balance at the end of `closingOn`, below zero when the account is in the red. */
  readonly closing: Money | null;
  readonly closingOn: CivilDate | null;
}

export type BankFileRefusalCode =
  | 'file-empty'
  | 'file-too-large'
  | 'file-truncated'
  | 'file-malformed'
  | 'format-unknown'
  | 'format-differs'
  | 'encoding-unknown'
  | 'encoding-invalid'
  | 'doctype-refused'
  | 'nesting-too-deep'
  | 'text-too-long'
  | 'import-too-large'
  | 'statement-missing'
  | 'currency-unknown'
  | 'date-order-ambiguous'
  | 'decimal-mark-ambiguous'
  | 'account-unknown'
  | 'account-ambiguous'
  | 'currency-differs';

/** Why nothing of a file is read. */
export interface BankFileRefusal {
  readonly kind: 'refused';
  readonly code: BankFileRefusalCode;
  readonly message: string;
  /** The line it is on, from 1. */
  readonly line?: number;
  /** Where it is in the structure of the file: `Stmt[1]/Ntry[3]`. */
  readonly place?: string;
}

/** Makes a refusal of a file. */
export function refuseFile(
  code: BankFileRefusalCode,
  message: string,
  at: Pick<BankFileRefusal, 'line' | 'place'> = {},
): BankFileRefusal {
  return { kind: 'refused', code, message, ...at };
}

/**
 * The account of a file that goes into a wallet: the one that is named, or the only one in the wallet's currency.
 *
 * @example
 * accountFor({ kind: 'bank-file', format: 'qif', accounts: [], warnings: [] }, { currency: eur }); // { kind: 'refused', code: 'account-unknown', … }
 */
export function accountFor(
  file: BankFile,
  { account, currency }: { readonly account?: string | null | undefined; readonly currency: CurrencyCode },
): BankAccount | BankFileRefusal {
  const named = account === undefined ? file.accounts : file.accounts.filter((each) => each.account === account);
  const [first] = named;
  if (first === undefined) return refuseFile('account-unknown', 'The file has no such account.');
  const [fitting, another] = named.filter((each) => each.currency === currency);
  if (fitting === undefined) {
    return refuseFile('currency-differs', `The account is in ${first.currency}, the wallet in ${currency}.`);
  }
  if (another === undefined) return fitting;
  const names = named.slice(0, MAX_NAMED).map((each) => each.account ?? 'one without a name');
  return refuseFile('account-ambiguous', `The file has several accounts; choose one: ${names.join(', ')}.`);
}

const MAX_NAMED = 20;
