import type { Facts } from '../api/types.ts';
import { words } from '../money/amt.tsx';

/** "−4.80 for Röststätte" */
export function entryInWords(facts: Facts): string {
  const amount = facts.kind === 'income' ? words(facts.amount, { plus: true }) : words(`-${facts.amount}`);
  const what = facts.note ?? facts.category;
  return what === null ? amount : `${amount} for ${what}`;
}
