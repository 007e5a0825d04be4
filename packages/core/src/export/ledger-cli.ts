import type { Account } from './account-names.ts';
import { ledgerWords } from './journal-limits.ts';
import type { Journal } from './journal.ts';
import { plainJournal, type JournalTextOptions } from './plain-journal.ts';

/** ledger mixes no virtual postings into its budget, so what a limit allows comes from somewhere. */
const budget: Account = { key: 'budget', root: 'Equity', parts: ['Budget'] };

/**
 * A journal for ledger (3.3 or newer), line by line. It passes `ledger --pedantic`; `ledger --budget` shows the limits. Figures
 * per account are exact with `amount` in the format: `total` adds in the accounts below.
 *
 * @example
 * [...ledgerJournal(journalOf({ wallets: [cash] }))].map((line) => line.trim()).find((line) => line.startsWith('2026-10-14')); // '2026-10-14 * (e-1) -'
 */
export function ledgerJournal(journal: Journal, options: JournalTextOptions = {}): Generator<string> {
  const head = ['; Written by Kakeibo for ledger.'];
  return plainJournal(journal, { head, noteInDescription: false, budgetBalance: budget, budgetWords: ledgerWords }, options);
}
