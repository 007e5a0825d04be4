import type { Alert, Crossing, Limit, Period } from '../api/types.ts';
import { addDays } from '../days/day.ts';
import { dayAndMonth, dayInWords, monthAndYear, spanInWords } from '../days/format-day.ts';
import { minus, toMinor } from '../money/amount.ts';
import { words } from '../money/amt.tsx';

export const PERIODS: readonly Period[] = ['day', 'week', 'month', 'year'];

export const EACH: Readonly<Record<Period, string>> = {
  day: 'each day',
  week: 'each week',
  month: 'each month',
  year: 'each year',
};

export const scopeInWords = (scope: string | null): string => scope ?? 'The whole wallet';

/** October 2026, 12–18 Oct, 14 Oct, 2026 */
export function periodInWords(period: Period, from: string, to: string): string {
  if (period === 'month') return monthAndYear(from);
  if (period === 'year') return from.slice(0, 4);
  if (period === 'day') return dayAndMonth(from);
  return spanInWords(from, to);
}

/** "Food:Cafe is over its limit by 1.20." */
export function alertInWords(alert: Crossing | Alert): string {
  const name = scopeInWords(alert.scope);
  const left = minus(alert.amount, alert.spent);
  if (toMinor(left) < 0n) return `${name} is over its limit by ${words(left.slice(1))}.`;
  if (toMinor(left) === 0n) return `${name} has reached its limit.`;
  return `${name} has passed ${alert.threshold} % of its limit.`;
}

/** "57.60 spent of 56.40 until 31 October." */
export function alertBasis(alert: Crossing | Alert): string {
  return `${words(alert.spent)} spent of ${words(alert.amount)} until ${dayInWords(addDays(alert.to, -1))}.`;
}

/** The sentence that names a bar for those who do not see it. */
export function barInWords(limit: Limit, currency: string): string {
  const { spent, left, percent } = limit.current;
  const rest = toMinor(left) < 0n ? `${words(left.slice(1))} over` : `${words(left)} left`;
  return `${scopeInWords(limit.scope)}: ${words(spent)} of ${words(limit.amount)} ${currency} spent, ${percent} percent, ${rest}`;
}
