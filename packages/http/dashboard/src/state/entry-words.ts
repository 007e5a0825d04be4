import type { EntryKind } from '../api/entry-types.ts';
import type { Facts } from '../api/types.ts';
import { words } from '../money/amt.tsx';
import { comesIn } from '../money/sign.ts';

export const KIND_NAMES: Readonly<Record<EntryKind, string>> = {
  income: 'Income',
  expense: 'Expense',
  refund: 'Refund',
  sent: 'Sent',
  received: 'Received',
};

/** Who or what an entry was for, whichever is known. */
export function whatOf(facts: Pick<Facts, 'kind' | 'category' | 'note' | 'payee'>): string {
  return facts.payee ?? facts.note ?? facts.category ?? KIND_NAMES[facts.kind];
}

/** "−4.80 for Röststätte" */
export function entryInWords(facts: Facts): string {
  const amount = comesIn(facts.kind) ? words(facts.amount, { plus: true }) : words(`-${facts.amount}`);
  const what = facts.payee ?? facts.note ?? facts.category;
  return what === null ? amount : `${amount} for ${what}`;
}
