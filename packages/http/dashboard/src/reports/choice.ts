import type { Drill } from '../api/report-types.ts';
import { addDays, addMonths, isDay, monthStart, partsOf } from '../days/day.ts';
import { monthAndYear, spanInWords } from '../days/format-day.ts';

export const REPORTS = {
  spending: 'Spending',
  cashflow: 'Cash flow',
  income: 'Income statement',
  budget: 'Budget',
  networth: 'Net worth',
  entries: 'Largest and unusual',
  statement: 'Statement',
} as const;
export type ReportName = keyof typeof REPORTS;

export const STRETCHES = { month: 'Month', quarter: 'Quarter', year: 'Year', own: 'Own days' } as const;
export type StretchName = keyof typeof STRETCHES;
type CalendarStretch = Exclude<StretchName, 'own'>;

const MONTHS_IN: Readonly<Record<CalendarStretch, number>> = { month: 1, quarter: 3, year: 12 };
const USUAL: Readonly<Record<ReportName, CalendarStretch>> = {
  spending: 'month',
  cashflow: 'year',
  income: 'quarter',
  budget: 'year',
  networth: 'year',
  entries: 'month',
  statement: 'month',
};
/** The service knows the years 1970 to 2255 of record times. */
const FIRST_DAY = '1970-01-01';
const LAST_DAY = '2255-12-31';

/** The two times of a report: what had occurred by a day, and what was known when a day was over. */
export interface Times {
  readonly occurredAsOf?: string | undefined;
  readonly recordedAsOf?: string | undefined;
}

/** What the address asks for; `to` is the first day after the stretch. */
export interface Chosen {
  readonly report: ReportName;
  readonly stretch: StretchName;
  readonly from: string;
  readonly to: string;
  readonly times: Times;
}

const isReport = (text: string): text is ReportName => Object.hasOwn(REPORTS, text);
const isStretch = (text: string): text is StretchName => Object.hasOwn(STRETCHES, text);

/** A day that a report can be asked for: half-typed years are none. */
export const isReportDay = (text: string): boolean => isDay(text) && text >= FIRST_DAY && text <= LAST_DAY;

export function chosenIn(search: URLSearchParams, today: string): Chosen {
  const dayAt = (name: string): string | undefined => {
    const text = search.get(name) ?? '';
    return isReportDay(text) ? text : undefined;
  };
  const asked = search.get('report') ?? '';
  const report = isReport(asked) ? asked : 'spending';
  const named = search.get('stretch') ?? '';
  const times = { occurredAsOf: dayAt('occurredAsOf'), recordedAsOf: dayAt('recordedAsOf') };
  const [from, to] = [dayAt('from'), dayAt('to')];
  if (named === 'own' && from !== undefined && to !== undefined && from < to) return { report, stretch: 'own', from, to, times };
  const stretch = isStretch(named) && named !== 'own' ? named : USUAL[report];
  return { report, stretch, ...calendarStretch(stretch, from ?? today), times };
}

/** The month, quarter or year that a day lies in. */
export function calendarStretch(name: CalendarStretch, day: string): { readonly from: string; readonly to: string } {
  const months = MONTHS_IN[name];
  const from = addMonths(monthStart(day), -((partsOf(day).month - 1) % months));
  return { from, to: addMonths(from, months) };
}

/**
 * Which days a net worth is about: those of the stretch that have begun where a day begins first among all wallets, as the service
 * takes it, and no later than what had occurred and what was known.
 */
export function netWorthDays(
  { from, to, times: { occurredAsOf, recordedAsOf } }: Pick<Chosen, 'from' | 'to' | 'times'>,
  today: string,
): { readonly from: string; readonly to: string; readonly on: string } {
  const ends = [today, occurredAsOf ?? today, recordedAsOf ?? today, addDays(to, -1)];
  const on = ends.toSorted()[0] ?? today;
  return { from, to: addDays(on < from ? from : on, 1), on };
}

/** The stretch right before or right after, as long as this one. */
export function stepStretch({ stretch, from, to }: Chosen, step: -1 | 1): { readonly from: string; readonly to: string } {
  if (stretch !== 'own') return calendarStretch(stretch, step === 1 ? to : addDays(from, -1));
  return step === 1 ? { from: to, to: addDays(to, daysIn(from, to)) } : { from: addDays(from, -daysIn(from, to)), to: from };
}

function daysIn(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** November 2026, Q4 2026, 2026, 3–14 Nov 2026; for any stretch of days. */
export function stretchInWords(from: string, to: string): string {
  const { year, month, day } = partsOf(from);
  if (day === 1) {
    if (to === addMonths(from, 1)) return monthAndYear(from);
    if (to === addMonths(from, 3) && month % 3 === 1) return `Q${(month + 2) / 3} ${year}`;
    if (to === addMonths(from, 12) && month === 1) return String(year);
  }
  return `${spanInWords(from, to)} ${addDays(to, -1).slice(0, 4)}`;
}

/** The register with exactly the rows behind a figure, seen at the same two times. */
export function rowsOf(drill: Drill, { occurredAsOf, recordedAsOf }: Times = {}): string {
  const { category, payee, ...rest } = drill;
  const search = new URLSearchParams();
  const parts = { ...rest, category, payee, occurredAsOf, recordedAsOf };
  for (const [name, value] of Object.entries(parts)) if (value !== undefined && value !== '') search.set(name, value);
  if (payee === '') search.set('without', 'payee');
  if (category === '') search.set('without', 'category');
  return `/register?${search.toString()}`;
}

/** The query of an address with parts of it changed; `undefined` takes a part away. */
export function rewritten(search: URLSearchParams, parts: Readonly<Record<string, string | undefined>>): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(parts)) {
    if (value === undefined) next.delete(name);
    else next.set(name, value);
  }
  return `?${next.toString()}`;
}
