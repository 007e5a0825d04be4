import type { LimitTerms, Period } from '../api/limit-types.ts';
import { partsOf } from '../days/day.ts';
import { dayAndMonth, monthAndYear, spanInWords, WEEKDAYS } from '../days/format-day.ts';

export const EACH: Readonly<Record<Period, string>> = {
  day: 'each day',
  week: 'each week',
  month: 'each month',
  quarter: 'each quarter',
  year: 'each year',
  custom: 'once',
};

/** "each month from the 25th", "each week from Sunday" */
export function rhythmInWords({ period, firstDay }: Pick<LimitTerms, 'period' | 'firstDay'>): string {
  if (firstDay === 1 || period === 'day' || period === 'custom') return EACH[period];
  return period === 'week'
    ? `${EACH.week} from ${WEEKDAYS[firstDay - 1] ?? ''}`
    : `${EACH[period]} from the ${ordinal(firstDay)}`;
}

function ordinal(day: number): string {
  const teen = day > 10 && day < 14;
  return `${day}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')}`;
}

/** October 2026, 12–18 Oct, 14 Oct, 2026 */
export function periodInWords(period: Period, from: string, to: string): string {
  const whole = from.endsWith('-01');
  if (period === 'month' && whole) return monthAndYear(from);
  if (period === 'quarter' && whole) return `Q${Math.ceil(partsOf(from).month / 3)} ${from.slice(0, 4)}`;
  if (period === 'year' && from.endsWith('-01-01')) return from.slice(0, 4);
  if (period === 'day') return dayAndMonth(from);
  return spanInWords(from, to);
}
