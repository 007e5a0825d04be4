/** Civil dates as text, `2026-10-14`; no clock and no time zone in here. */

const MS_A_DAY = 86_400_000;

export interface DayParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function partsOf(day: string): DayParts {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) };
}

/** The day with these parts, or nothing when the calendar has none (31 September). */
export function dayOf(year: number, month: number, day: number): string | undefined {
  const at = new Date(Date.UTC(year, month - 1, day));
  const exists = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return exists ? at.toISOString().slice(0, 10) : undefined;
}

function atMs(day: string): number {
  const { year, month, day: date } = partsOf(day);
  return Date.UTC(year, month - 1, date);
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const { year, month, day } = partsOf(text);
  return dayOf(year, month, day) === text;
}

export function addDays(day: string, days: number): string {
  return new Date(atMs(day) + days * MS_A_DAY).toISOString().slice(0, 10);
}

export function monthStart(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** The first of the month so many months later. */
export function addMonths(day: string, months: number): string {
  const { year, month } = partsOf(day);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: string): number {
  return new Date(atMs(day)).getUTCDay() || 7;
}

/** The same days of the month before: 1–14 October → 1–14 September, never longer than that month. */
export function sameDaysBefore(today: string): { readonly from: string; readonly to: string } {
  const from = addMonths(today, -1);
  const wanted = addDays(from, partsOf(today).day);
  const end = monthStart(today);
  return { from, to: wanted < end ? wanted : end };
}
