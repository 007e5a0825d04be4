import { add, type Money } from '../money.ts';
import type { Journal, JournalPosting } from './journal.ts';

/** Which balances a tool is asked to check: that of each wallet at the end, or after each posting to it. */
export type JournalChecks = 'closing' | 'each';

/**
 * The balance that a wallet has after a posting, where a tool is to check it. Postings are handed over in the order of the
 * journal.
 */
export function createBalanceChecks(journal: Journal, checks: JournalChecks): (posting: JournalPosting) => Money | undefined {
  const wallets = new Set(journal.wallets.map(({ account }) => account.key));
  const last = new Map<string, JournalPosting>();
  for (const posting of journal.transactions.flatMap(({ postings }) => postings)) last.set(posting.account.key, posting);
  const balances = new Map<string, Money>();
  return (posting) => {
    const { account, amount } = posting;
    if (!wallets.has(account.key)) return undefined;
    const before = balances.get(account.key);
    const balance = before === undefined ? amount : add(before, amount);
    balances.set(account.key, balance);
    return checks === 'each' || last.get(account.key) === posting ? balance : undefined;
  };
}
