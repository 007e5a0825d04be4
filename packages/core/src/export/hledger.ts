import { hledgerWords } from './journal-limits.ts';
import type { Journal } from './journal.ts';
import { plainJournal, type JournalTextOptions } from './plain-journal.ts';

/**
 * A journal for hledger (1.25 or newer), line by line. It passes `hledger check --strict`; `hledger balance --budget` shows the
 * limits.
 *
 * @example
 * [...hledgerJournal(journalOf({ wallets: [cash] }))].map((line) => line.trim()).find((line) => line.startsWith('2026-10-14')); // '2026-10-14 * (e-1) -'
 */
export function hledgerJournal(journal: Journal, options: JournalTextOptions = {}): Generator<string> {
  const head = ['; Written by Kakeibo for hledger.', 'decimal-mark .'];
  return plainJournal(journal, { head, noteInDescription: true, budgetBalance: undefined, budgetWords: hledgerWords }, options);
}
