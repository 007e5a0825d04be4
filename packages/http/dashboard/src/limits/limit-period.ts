import type { Period } from '../api/limit-types.ts';
import { addDays, addMonths, dayOf, monthStart, partsOf, weekdayOf } from '../days/day.ts';

/** How a limit puts days into periods. */
export interface PeriodRule {
  readonly period: Period;
  /** Of its weeks (1 is Monday), months, quarters or years. */
  readonly firstDay: number;
  /** The stretch of a custom period, the day after its last included as `to`. */
  readonly from?: string;
  readonly to?: string;
}

export interface Stretch {
  readonly from: string;
  readonly to: string;
}

const MONTHS: Partial<Readonly<Record<Period, number>>> = { month: 1, quarter: 3, year: 12 };

/** The day of a month, or its last one when it has no such day. */
function inMonth(month: string, day: number): string {
  const { year, month: number } = partsOf(month);
  return dayOf(year, number, day) ?? addDays(addMonths(month, 1), -1);
}

/** The period that holds a day; nothing while a custom one is not complete. */
export function periodHolding({ period, firstDay, from, to }: PeriodRule, day: string): Stretch | undefined {
  if (period === 'custom') return from === undefined || to === undefined || from >= to ? undefined : { from, to };
  if (period === 'day') return { from: day, to: addDays(day, 1) };
  if (period === 'week') {
    const start = addDays(day, -((weekdayOf(day) - firstDay + 7) % 7));
    return { from: start, to: addDays(start, 7) };
  }
  const length = MONTHS[period] ?? 1;
  const first = addMonths(monthStart(day), -((partsOf(day).month - 1) % length));
  const start = inMonth(first, firstDay) <= day ? first : addMonths(first, -length);
  return { from: inMonth(start, firstDay), to: inMonth(addMonths(start, length), firstDay) };
}
