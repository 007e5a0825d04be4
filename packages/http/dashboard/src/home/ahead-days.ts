import type { ForecastReport } from '../api/schedule-types.ts';
import { addDays } from '../days/day.ts';

/** The expected balance at the end of each day after today. */
export function aheadByDay({
  from,
  to,
  opening,
  series,
}: ForecastReport): readonly { readonly from: string; readonly balance: string }[] {
  const closing = new Map(series.map(({ on, balance }) => [on, balance]));
  let balance = closing.get(from) ?? opening;
  const days: { readonly from: string; readonly balance: string }[] = [];
  for (let day = addDays(from, 1); day < to; day = addDays(day, 1)) {
    balance = closing.get(day) ?? balance;
    days.push({ from: day, balance });
  }
  return days;
}
