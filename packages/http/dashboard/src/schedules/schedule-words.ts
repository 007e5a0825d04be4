import type { ScheduleSaying, ScheduleTerms } from '../api/schedule-types.ts';
import type { Kind } from '../api/types.ts';
import { partsOf } from '../days/day.ts';
import { MONTHS } from '../days/format-day.ts';
import { byWeek, courseOf, EVERY, ordinal, WEEKDAY_CHOICES } from './course.ts';

type Course = Pick<ScheduleTerms, 'rule' | 'startsOn' | 'monthEnd' | 'shift'>;

/** What a schedule is called: as its entries are in the register. */
export function nameOf({ note, payee, category, parts, kind }: ScheduleSaying): string {
  return (
    note ?? payee ?? category ?? parts?.[0]?.category ?? { income: 'Income', expense: 'Expense', transfer: 'Transfer' }[kind]
  );
}

/** Which way the money goes. */
export function wayOf({ kind }: ScheduleSaying): Kind {
  return kind === 'income' ? 'income' : 'expense';
}

const LONG_MONTH = 28;
const SHIFTED = {
  none: '',
  before: '; on a weekend the working day before',
  after: '; on a weekend the working day after',
} as const;

/** "every month on the 31st, or its last day; on a weekend the working day before" */
export function ruleInWords(course: Course): string {
  return daysInWords(course) + SHIFTED[course.shift];
}

function daysInWords({ rule, startsOn, monthEnd }: Course): string {
  const { every, on } = courseOf(rule);
  if (every === 'own') return plainInWords(rule) ?? `by the rule ${rule}`;
  const each = EVERY.find(([known]) => known === every)?.[1] ?? every;
  if (byWeek(every)) return `${each} on ${WEEKDAY_CHOICES.find(([code]) => code === on)?.[1] ?? on}`;
  const month = MONTHS[partsOf(startsOn).month - 1] ?? '';
  const where = every === 'year' ? ` of ${month}` : '';
  if (on === 'last') return `${each} on the last day${where}`;
  if (on === 'workday') return `${each} on the last working day${where}`;
  const short = Number(on) > LONG_MONTH ? (monthEnd === 'skip' ? ', where there is one' : ', or its last day') : '';
  return every === 'year' ? `${each} on ${on} ${month}` : `${each} on the ${ordinal(Number(on))}${short}`;
}

const PLAIN: Readonly<Record<string, readonly [string, string]>> = {
  DAILY: ['every day', 'days'],
  WEEKLY: ['every week', 'weeks'],
  MONTHLY: ['every month', 'months'],
  YEARLY: ['every year', 'years'],
};

/** Rules that say no more than how often, and how long. */
function plainInWords(rule: string): string | undefined {
  const [, freq = '', interval, count, until] =
    /^FREQ=(\w+)(?:;INTERVAL=(\d+))?(?:;COUNT=(\d+))?(?:;UNTIL=(\d{8}))?$/.exec(rule) ?? [];
  const [each, unit] = PLAIN[freq] ?? [];
  if (each === undefined) return undefined;
  const often = interval === undefined ? each : `every ${interval} ${unit ?? ''}`;
  if (count !== undefined) return `${often}, ${count} times`;
  return until === undefined ? often : `${often}, until ${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6)}`;
}

/** "today", "tomorrow", "in 17 days", "3 days ago" */
export function distanceInWords(today: string, on: string): string {
  const days = Math.round((Date.parse(on) - Date.parse(today)) / 86_400_000);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}
