import { isDate, parseDate, type CivilDate } from './calendar.ts';

export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

/** A weekday of a rule; `nth` counts it within its month or year, from the end when negative (`-1FR`). */
export interface RuleDay {
  readonly weekday: string;
  readonly nth?: number;
}

/** A recurrence rule of RFC 5545, read. `text` is its one spelling: parts in a fixed order, lists sorted, defaults left out. */
export interface Recurrence {
  readonly text: string;
  readonly freq: Frequency;
  readonly interval: number;
  readonly count?: number;
  /** The last day it may fall on, before any shift. */
  readonly until?: CivilDate;
  readonly weekStart: string;
  readonly byMonth?: readonly number[];
  readonly byWeekNo?: readonly number[];
  readonly byYearDay?: readonly number[];
  readonly byMonthDay?: readonly number[];
  readonly byDay?: readonly RuleDay[];
  readonly bySetPos?: readonly number[];
}

/** Why a text is no rule: it cannot be read, or it asks for what a ledger of days does not have. */
export type RecurrenceFault = 'rule-malformed' | 'rule-unsupported';

const MAX_TEXT = 500;
/** How many values one list may have. */
const MAX_LIST = 64;
/** A century of years, decades of the others. */
const MAX_INTERVAL = { DAILY: 400, WEEKLY: 400, MONTHLY: 400, YEARLY: 100 } as const;
const MAX_COUNT = 1_000;
/** How many days a period has, of which BYSETPOS chooses. */
const MAX_PLACE = { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 } as const;

/** Monday first, as ISO 8601 numbers them. */
export const WEEKDAYS: readonly string[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const FREQUENCIES: readonly Frequency[] = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
/** What RFC 5545 and RFC 7529 know beside these: hours of a day, other calendars. */
const UNSUPPORTED = /^(?:BYHOUR|BYMINUTE|BYSECOND|RSCALE|SKIP)$/;
const KNOWN = [
  'FREQ',
  'INTERVAL',
  'COUNT',
  'UNTIL',
  'BYMONTH',
  'BYWEEKNO',
  'BYYEARDAY',
  'BYMONTHDAY',
  'BYDAY',
  'BYSETPOS',
  'WKST',
];

/** Whether {@link parseRecurrence} gave a rule. */
export function isRecurrence(value: Recurrence | RecurrenceFault): value is Recurrence {
  return typeof value === 'object';
}

/**
 * Reads a recurrence rule: the value of an RRULE (RFC 5545, 3.3.10), with or without `RRULE:` before it. Days only: no rule
 * within a day. `UNTIL` may have a time, of which the day counts.
 *
 * @example
 * parseRecurrence('RRULE:bymonthday=31;FREQ=MONTHLY;INTERVAL=1').text; // 'FREQ=MONTHLY;BYMONTHDAY=31'
 * parseRecurrence('FREQ=HOURLY'); // 'rule-unsupported'
 * parseRecurrence('FREQ=MONTHLY;BYMONTHDAY=32'); // 'rule-malformed'
 */
export function parseRecurrence(text: string): Recurrence | RecurrenceFault {
  const parts = partsOf(text);
  if (typeof parts === 'string') return parts;
  const freq = FREQUENCIES.find((known) => known === parts.get('FREQ'));
  if (freq === undefined)
    return /^(?:HOURLY|MINUTELY|SECONDLY)$/.test(parts.get('FREQ') ?? '') ? 'rule-unsupported' : 'rule-malformed';
  const read = {
    interval: numbers(parts.get('INTERVAL') ?? '1', 1, MAX_INTERVAL[freq]),
    count: numbers(parts.get('COUNT'), 1, MAX_COUNT),
    until: untilOf(parts.get('UNTIL')),
    byMonth: numbers(parts.get('BYMONTH'), 1, 12),
    byWeekNo: numbers(parts.get('BYWEEKNO'), -53, 53),
    byYearDay: numbers(parts.get('BYYEARDAY'), -366, 366),
    byMonthDay: numbers(parts.get('BYMONTHDAY'), -31, 31),
    byDay: ruleDays(parts.get('BYDAY')),
    bySetPos: numbers(parts.get('BYSETPOS'), -MAX_PLACE[freq], MAX_PLACE[freq]),
    weekStart: WEEKDAYS.find((weekday) => weekday === (parts.get('WKST') ?? 'MO')),
  };
  const { interval, count, until, weekStart } = read;
  if (interval === null || count === null || until === null || weekStart === undefined) return 'rule-malformed';
  const { byMonth, byWeekNo, byYearDay, byMonthDay, byDay, bySetPos } = read;
  if (byMonth === null || byWeekNo === null || byYearDay === null) return 'rule-malformed';
  if (byMonthDay === null || byDay === null || bySetPos === null) return 'rule-malformed';
  if (interval?.length !== 1 || (count !== undefined && count.length !== 1)) return 'rule-malformed';
  const lists = {
    ...(byMonth === undefined ? {} : { byMonth }),
    ...(byWeekNo === undefined ? {} : { byWeekNo }),
    ...(byYearDay === undefined ? {} : { byYearDay }),
    ...(byMonthDay === undefined ? {} : { byMonthDay }),
    ...(byDay === undefined ? {} : { byDay }),
    ...(bySetPos === undefined ? {} : { bySetPos }),
  };
  const ends = { ...(count?.[0] === undefined ? {} : { count: count[0] }), ...(until === undefined ? {} : { until }) };
  const rule = { text: '', freq, interval: interval[0] ?? 1, weekStart, ...ends, ...lists };
  if (!isSound(rule)) return 'rule-malformed';
  return isPlain(rule) ? { ...rule, text: ruleText(rule) } : 'rule-unsupported';
}

/** The parts by name; each at most once. */
function partsOf(text: string): ReadonlyMap<string, string> | RecurrenceFault {
  if (typeof text !== 'string' || text.length > MAX_TEXT) return 'rule-malformed';
  const parts = new Map<string, string>();
  for (const part of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';')) {
    const [name = '', value, ...more] = part.split('=');
    if (UNSUPPORTED.test(name)) return 'rule-unsupported';
    if (!KNOWN.includes(name) || value === undefined || more.length > 0 || parts.has(name)) return 'rule-malformed';
    parts.set(name, value);
  }
  return parts;
}

/** A list of whole numbers other than 0, each once, in order; undefined when there is none, null when it cannot be read. */
function numbers(list: string | undefined, lowest: number, highest: number): readonly number[] | undefined | null {
  if (list === undefined) return undefined;
  const items = list.split(',');
  if (items.length > MAX_LIST || !items.every((item) => /^[+-]?\d{1,4}$/.test(item))) return null;
  const values = [...new Set(items.map(Number))].sort((a, b) => a - b);
  return values.every((value) => value !== 0 && value >= lowest && value <= highest) ? values : null;
}

function ruleDays(list: string | undefined): readonly RuleDay[] | undefined | null {
  if (list === undefined) return undefined;
  const found = list.split(',').map((item) => /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(item));
  const days = new Map<string, RuleDay>();
  for (const match of found) {
    const nth = match?.[1] === undefined ? undefined : Number(match[1]);
    if (match === null || nth === 0 || (nth !== undefined && Math.abs(nth) > 53)) return null;
    const day = { weekday: match[2] ?? '', ...(nth === undefined ? {} : { nth }) };
    days.set(dayText(day), day);
  }
  const order = ({ weekday, nth = 0 }: RuleDay): number => nth * 7 + WEEKDAYS.indexOf(weekday);
  return days.size > MAX_LIST ? null : [...days.values()].sort((a, b) => order(a) - order(b));
}

function untilOf(text: string | undefined): CivilDate | undefined | null {
  if (text === undefined) return undefined;
  const [, year = '', month = '', day = ''] = /^(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?$/.exec(text) ?? [];
  const date = parseDate(`${year}-${month}-${day}`);
  return isDate(date) ? date : null;
}

/** What RFC 5545 forbids together, and what can select nothing by its form alone. */
function isSound(rule: Recurrence): boolean {
  const { freq, count, until, byMonth, byWeekNo, byYearDay, byMonthDay, byDay, bySetPos } = rule;
  const nth = (byDay ?? []).flatMap((day) => day.nth ?? []);
  const inMonths = freq === 'MONTHLY' || (freq === 'YEARLY' && byMonth !== undefined);
  const selects = byMonth ?? byWeekNo ?? byYearDay ?? byMonthDay ?? byDay;
  return (
    (count === undefined || until === undefined) &&
    (freq === 'YEARLY' || (byWeekNo === undefined && byYearDay === undefined)) &&
    (freq !== 'WEEKLY' || byMonthDay === undefined) &&
    (nth.length === 0 || ((freq === 'MONTHLY' || freq === 'YEARLY') && byWeekNo === undefined)) &&
    nth.every((place) => !inMonths || Math.abs(place) <= 5) &&
    (bySetPos === undefined || (selects !== undefined && freq !== 'DAILY'))
  );
}

/**
 * Not that which nobody means, and which programs read in different ways: "the last Monday, on the 29th", "Fridays and the last
 * Monday", "the 200th day, in week 7".
 */
function isPlain({ byDay = [], byMonthDay, byYearDay, byWeekNo }: Recurrence): boolean {
  const numbered = byDay.filter(({ nth }) => nth !== undefined).length;
  const places = [byMonthDay, byYearDay, byWeekNo].filter((list) => list !== undefined).length;
  if (byYearDay !== undefined && byDay.length > 0) return false;
  return places <= 1 && (numbered === 0 || (numbered === byDay.length && places === 0));
}

function dayText({ weekday, nth }: RuleDay): string {
  return `${nth ?? ''}${weekday}`;
}

/** A rule as text, in its one spelling. */
export function ruleText(rule: Omit<Recurrence, 'text'>): string {
  const { freq, interval, count, until, byMonth, byWeekNo, byYearDay, byMonthDay, byDay, bySetPos, weekStart } = rule;
  const parts: readonly (readonly [string, string | number | readonly (string | number)[] | undefined])[] = [
    ['FREQ', freq],
    ['INTERVAL', interval === 1 ? undefined : interval],
    ['COUNT', count],
    ['UNTIL', until?.replaceAll('-', '')],
    ['BYMONTH', byMonth],
    ['BYWEEKNO', byWeekNo],
    ['BYYEARDAY', byYearDay],
    ['BYMONTHDAY', byMonthDay],
    ['BYDAY', byDay?.map(dayText)],
    ['BYSETPOS', bySetPos],
    ['WKST', weekStart === 'MO' ? undefined : weekStart],
  ];
  return parts.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value.toString()}`])).join(';');
}
