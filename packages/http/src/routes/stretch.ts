import { addDays, addMonths, daysBetween, MAX_SEARCHED_DAYS, periodOf, type CivilDate, type Period } from '@kakeibo/core';
import { requestInvalid } from '../problem.ts';

/** A stretch as it was asked for: an end that is left out is the default's. */
export interface Wanted {
  readonly from?: CivilDate;
  readonly to?: CivilDate;
}

const MAX_DAYS = 1_000;
const MAX_MONTHS = 400;
const BALANCE_DAYS = 90;

/** The current month. */
export function spendingStretch(today: CivilDate): Period {
  return periodOf('month', today);
}

/** The last twelve months with the current one. */
export function cashflowStretch(today: CivilDate): Period {
  const month = periodOf('month', today);
  return { from: addMonths(month.from, -11), to: month.to };
}

/** The last ninety days with today. */
export function balanceStretch(today: CivilDate): Period {
  const to = addDays(today, 1);
  return { from: addDays(to, -BALANCE_DAYS), to };
}

/** The stretch of a report, bounded so that no report takes for ever. */
export function stretchOf({ from, to }: Wanted, usual: Period, by: 'day' | 'month'): Period {
  const period = { from: from ?? usual.from, to: to ?? usual.to };
  if (period.from >= period.to)
    throw requestInvalid([{ path: 'to', message: 'It is the first day after the stretch, so it comes after `from`.' }]);
  const isTooLong = by === 'day' ? daysBetween(period.from, period.to) > MAX_DAYS : monthsIn(period) > MAX_MONTHS;
  if (isTooLong)
    throw requestInvalid([{ path: 'to', message: `A report takes at most ${MAX_MONTHS} months, or ${MAX_DAYS} days by day.` }]);
  return period;
}

/** The stretch of a report that looks at single entries. */
export function searchStretchOf(wanted: Wanted, usual: Period): Period {
  const period = stretchOf(wanted, usual, 'month');
  if (daysBetween(period.from, period.to) > MAX_SEARCHED_DAYS)
    throw requestInvalid([{ path: 'to', message: `Entries are looked for in at most ${MAX_SEARCHED_DAYS} days.` }]);
  return period;
}

/** How many months a stretch touches. */
function monthsIn({ from, to }: Period): number {
  const last = addDays(to, -1);
  const [monthOfFrom, monthOfLast] = [from, last].map((date) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)));
  return (monthOfLast ?? 0) - (monthOfFrom ?? 0) + 1;
}
