import type { Crossing, Limit, Rollover, Subject } from '../api/limit-types.ts';
import type { Alert } from '../api/types.ts';
import { addDays } from '../days/day.ts';
import { dayInWords } from '../days/format-day.ts';
import { minus, plus, toMinor } from '../money/amount.ts';
import { words } from '../money/amt.tsx';

export const CARRIES: Readonly<Record<Rollover, string>> = {
  none: 'nothing is carried on',
  surplus: 'what is left is carried on',
  both: 'what is left or over is carried on',
};

export const subjectInWords = ({ scope, tag }: Subject): string => scope ?? (tag === null ? 'The whole wallet' : `#${tag}`);

const budgetOf = ({ amount, carried }: Crossing): string => plus(amount, carried);

/** "Food:Cafe is over its limit by 1.20." */
export function alertInWords(alert: Crossing | Alert): string {
  const name = subjectInWords(alert);
  const left = minus(budgetOf(alert), alert.spent);
  if (toMinor(left) < 0n) return `${name} is over its limit by ${words(left.slice(1))}.`;
  if (toMinor(left) === 0n) return `${name} has reached its limit.`;
  return `${name} has passed ${alert.threshold} % of its limit.`;
}

/** "57.60 spent of 56.40 until 31 October." */
export function alertBasis(alert: Crossing | Alert): string {
  return `${words(alert.spent)} spent of ${words(budgetOf(alert))} until ${dayInWords(addDays(alert.to, -1))}.`;
}

/** The sentence that names a bar for those who do not see it. */
export function barInWords(limit: Limit, currency: string): string {
  const { spent, left, percent, budget } = limit.current;
  const rest = toMinor(left) < 0n ? `${words(left.slice(1))} over` : `${words(left)} left`;
  const share = percent === null ? '' : `, ${percent} percent`;
  return `${subjectInWords(limit)}: ${words(spent)} of ${words(budget)} ${currency} spent${share}, ${rest}`;
}
