import type { Journal } from './journal.ts';
import { plainJournal, type JournalTextOptions } from './plain-journal.ts';

/**
 * A journal for hledger (1.25 or newer), line by line. It passes `hledger check --strict`; `hledger balance --budget` shows the
 * limits.
 *
 * @example
 * [...hledgerJournal(journalOf({ wallets: [cash] }))].at(-1); // '    Assets:Cash  EUR -12.50 = EUR -12.50\n'
 */
export function hledgerJournal(journal: Journal, options: JournalTextOptions = {}): Generator<string> {
  const head = ['; Written by Kakeibo for hledger.', 'decimal-mark .'];
  return plainJournal(journal, { head, noteInDescription: true, budgetBalance: undefined }, options);
}
