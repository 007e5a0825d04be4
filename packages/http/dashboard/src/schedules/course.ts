import { WEEKDAYS } from '../days/format-day.ts';
import { partsOf, weekdayOf } from '../days/day.ts';

/** On which days a schedule comes, as one chooses it; a rule of one's own is for what these do not say. */
export interface Course {
  readonly every: Every;
  /** A weekday (`FR`) for weeks; else a day of the month (`31`), `last` or `workday`. */
  readonly on: string;
  readonly rule: string;
}

export type Every = 'week' | 'fortnight' | 'month' | 'quarter' | 'year' | 'own';

export const EVERY: readonly (readonly [Every, string])[] = [
  ['week', 'every week'],
  ['fortnight', 'every two weeks'],
  ['month', 'every month'],
  ['quarter', 'every quarter'],
  ['year', 'every year'],
  ['own', 'by a rule of my own'],
];

const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const MONTHS_BETWEEN: Partial<Readonly<Record<Every, number>>> = { month: 1, quarter: 3, year: 12 };
const WORKDAY = 'BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1';

export const byWeek = (every: Every): boolean => every === 'week' || every === 'fortnight';

export const WEEKDAY_CHOICES: readonly (readonly [string, string])[] = CODES.map((code, index) => [
  code,
  WEEKDAYS[index] ?? code,
]);
export const DAY_CHOICES: readonly (readonly [string, string])[] = [
  ...Array.from({ length: 31 }, (_, index): readonly [string, string] => [`${index + 1}`, `the ${ordinal(index + 1)}`]),
  ['last', 'the last day'],
  ['workday', 'the last working day'],
];

/** 1st, 2nd, 3rd, 4th, 11th, 21st */
export function ordinal(day: number): string {
  const tail = Math.trunc(day / 10) === 1 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${tail}`;
}

/** What a day suggests: its weekday, or its place in the month. */
export function suggestedOn(every: Every, day: string): string {
  return byWeek(every) ? (CODES[weekdayOf(day) - 1] ?? 'MO') : `${partsOf(day).day}`;
}

/** A course as a rule of RFC 5545. */
export function ruleOf({ every, on, rule }: Course): string {
  if (every === 'own') return rule.trim();
  if (byWeek(every)) return `FREQ=WEEKLY;${every === 'week' ? '' : 'INTERVAL=2;'}BYDAY=${on}`;
  const months = MONTHS_BETWEEN[every] ?? 1;
  const day = on === 'workday' ? WORKDAY : `BYMONTHDAY=${on === 'last' ? -1 : on}`;
  return `FREQ=MONTHLY;${months === 1 ? '' : `INTERVAL=${months};`}${day}`;
}

/** A rule as a course; what the choices do not say is a rule of one's own. */
export function courseOf(rule: string): Course {
  const [, fortnight, weekday] = /^FREQ=WEEKLY;(INTERVAL=2;)?BYDAY=(MO|TU|WE|TH|FR|SA|SU)$/.exec(rule) ?? [];
  if (weekday !== undefined) return { every: fortnight === undefined ? 'week' : 'fortnight', on: weekday, rule };
  const [, interval = '1', day] =
    /^FREQ=MONTHLY;(?:INTERVAL=(\d+);)?(?:BYMONTHDAY=(-1|\d+)|BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1)$/.exec(rule) ?? [];
  const found = EVERY.find(([every]) => `${MONTHS_BETWEEN[every] ?? 0}` === interval);
  const isMonthly = rule.startsWith('FREQ=MONTHLY') && (day !== undefined || rule.endsWith(WORKDAY));
  if (found === undefined || !isMonthly) return { every: 'own', on: '1', rule };
  return { every: found[0], on: day === undefined ? 'workday' : day === '-1' ? 'last' : day, rule };
}
