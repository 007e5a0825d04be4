import {
  bankFileInSteps,
  currencyNamed,
  refuseFile,
  type BankFile,
  type BankFileRefusal,
  type BankRecord,
  type BankStatement,
  type CurrencyCode,
} from '@kakeibo/core';
import { MAX_BANK_RECORDS, refuseBytes, textOf, tooManyRecords, type BankFileOptions } from './bank-text.ts';
import { inSlices } from './csv-slices.ts';
import { journalInSteps } from './journal-json.ts';
import { recordIn } from './journal-record.ts';
import { journalTextInSteps } from './journal-text.ts';
import type { JournalTransaction } from './journal-transaction.ts';

/**
 * Reads a journal as `hledger print`, `ledger print` or our own export write it, as text or as the JSON of `hledger print -O json`:
 * each account under Assets and Liabilities is an account of the file, and what stands against it are categories, parts or
 * transfers.
 *
 * @example
 * const file = await readJournal(new TextEncoder().encode('[]'), { currency: eur });
 * file; // { kind: 'refused', code: 'statement-missing', … }
 */
export async function readJournal(bytes: Uint8Array, options: BankFileOptions): Promise<BankFile | BankFileRefusal> {
  return inSlices(readJournalInSteps(bytes, options));
}

/** {@link readJournal} in small steps. */
export function* readJournalInSteps(bytes: Uint8Array, options: BankFileOptions): Generator<void, BankFile | BankFileRefusal> {
  const refused = refuseBytes(bytes, options);
  if (refused !== undefined) return refused;
  const decoded = textOf(bytes, 'utf-8');
  if (decoded.kind === 'refused') return decoded;
  yield;
  const isJson = /^\s*[[{]/.test(decoded.text);
  const transactions = yield* isJson ? journalInSteps(decoded.text) : journalTextInSteps(decoded.text, options.decimalMark);
  if ('kind' in transactions) return transactions;
  const statements = yield* statementsIn(transactions, options.currency);
  if ('kind' in statements) return statements;
  return yield* bankFileInSteps(statements, { format: 'journal', decimalMark: '.' });
}

const STEP_TRANSACTIONS = 250;

function* statementsIn(
  transactions: readonly JournalTransaction[],
  preferred: CurrencyCode,
): Generator<void, readonly BankStatement[] | BankFileRefusal> {
  const statements = new Map<string, { account: string; currency: CurrencyCode; records: BankRecord[] }>();
  let records = 0;
  for (const [index, transaction] of transactions.entries()) {
    if (index % STEP_TRANSACTIONS === STEP_TRANSACTIONS - 1) yield;
    for (const [account, commodity] of movedIn(transaction)) {
      records += 1;
      if (records > MAX_BANK_RECORDS) return tooManyRecords(transaction.line);
      const currency = currencyNamed(commodity, preferred) ?? preferred;
      const key = JSON.stringify([account, currency]);
      const statement = statements.get(key) ?? { account, currency, records: [] };
      statements.set(key, statement);
      statement.records.push(recordIn(transaction, { account, commodity, currency }));
    }
  }
  if (statements.size > 0) return [...statements.values()];
  return refuseFile('statement-missing', 'The journal moves nothing on an account under Assets or Liabilities.');
}

const OWN = /^(?:assets?|liabilit(?:y|ies))(?::|$)/i;

/** Which own accounts a transaction moves, and in which commodities. */
function movedIn({ postings }: JournalTransaction): readonly (readonly [string, string])[] {
  const moved = new Map<string, readonly [string, string]>();
  for (const { account, amounts } of postings) {
    if (!OWN.test(account)) continue;
    for (const { commodity } of amounts) moved.set(JSON.stringify([account, commodity]), [account, commodity]);
  }
  return [...moved.values()];
}
