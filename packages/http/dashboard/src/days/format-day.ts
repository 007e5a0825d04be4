import { addDays, partsOf, weekdayOf } from './day.ts';

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export function monthName(day: string): string {
  return MONTHS[partsOf(day).month - 1] ?? '';
}

export function shortMonth(day: string): string {
  return monthName(day).slice(0, 3);
}

function weekday(day: string): string {
  return WEEKDAYS[weekdayOf(day) - 1] ?? '';
}

/** 14 Oct */
export function dayAndMonth(day: string): string {
  return `${partsOf(day).day} ${shortMonth(day)}`;
}

/** Wed 14 Oct, with the year when it is not this one */
export function shortDay(day: string, today: string): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? '' : ` ${day.slice(0, 4)}`;
  return `${weekday(day).slice(0, 3)} ${dayAndMonth(day)}${year}`;
}

/** Wednesday 14 October 2026 */
export function longDay(day: string): string {
  return `${weekday(day)} ${partsOf(day).day} ${monthName(day)} ${day.slice(0, 4)}`;
}

/** 31 October */
export function dayInWords(day: string): string {
  return `${partsOf(day).day} ${monthName(day)}`;
}

/** October 2026 */
export function monthAndYear(day: string): string {
  return `${monthName(day)} ${day.slice(0, 4)}`;
}

/** 1–14 Sep, for a half-open span */
export function spanInWords(from: string, to: string): string {
  const last = addDays(to, -1);
  if (last <= from) return dayAndMonth(from);
  if (from.slice(0, 7) === last.slice(0, 7)) return `${partsOf(from).day}\u2013${dayAndMonth(last)}`;
  const year = from.slice(0, 4) === last.slice(0, 4) ? '' : ` ${from.slice(0, 4)}`;
  return `${dayAndMonth(from)}${year} \u2013 ${dayAndMonth(last)}`;
}

/** "today, 09:38" or "12 Oct, 15:11", in the zone of the wallet */
export function instantInWords(instant: string, zone: string, today: string): string {
  const at = new Date(instant);
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    at,
  );
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);
  if (parts === today) return `today, ${time}`;
  if (parts === addDays(today, -1)) return `yesterday, ${time}`;
  const year = parts.slice(0, 4) === today.slice(0, 4) ? '' : ` ${parts.slice(0, 4)}`;
  return `${dayAndMonth(parts)}${year}, ${time}`;
}
