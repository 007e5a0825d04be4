// Days by counting them one by one, without the calendar of the core.

export interface ModelRule {
  kind: string;
  firstDay: number;
  /** Of a custom period. */
  from: string;
  to: string;
}

const known = new Map<string, string>();

function moved(date: string, days: number): string {
  const key = `${date} ${days}`;
  const found = known.get(key) ?? new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
  known.set(key, found);
  return found;
}

export const dayAfter = (date: string): string => moved(date, 1);
export const dayBefore = (date: string): string => moved(date, -1);

const weekdays = new Map<string, number>();

function weekday(date: string): number {
  const found = weekdays.get(date) ?? ((new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7) + 1;
  weekdays.set(date, found);
  return found;
}

/** Whether a day is the first of a period. */
export function startsPeriod({ kind, firstDay, from }: ModelRule, date: string): boolean {
  const isLastOfMonth = dayAfter(date).slice(0, 7) !== date.slice(0, 7);
  const day = Number(date.slice(8));
  const begins = day === firstDay || (isLastOfMonth && day < firstDay);
  const month = Number(date.slice(5, 7));
  switch (kind) {
    case 'day':
      return true;
    case 'week':
      return weekday(date) === firstDay;
    case 'month':
      return begins;
    case 'quarter':
      return begins && month % 3 === 1;
    case 'year':
      return begins && month === 1;
    default:
      return date === from;
  }
}
