import { Temporal } from 'temporal-polyfill';

declare const brand: unique symbol;

/** A day as people write it in a book: `2026-10-14`. It has no time and no zone, so it never moves. */
export type CivilDate = string & { readonly [brand]: 'CivilDate' };

/** A stretch of days: `from` is in it, `to` is the first day after it. */
export interface Period {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

export type PeriodKind = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'custom';
export const PERIOD_KINDS: readonly PeriodKind[] = ['day', 'week', 'month', 'quarter', 'year', 'custom'];

/** The kinds of which every day has a period. */
export type CalendarKind = Exclude<PeriodKind, 'custom'>;

/** How days are put into periods. Every day is in exactly one, but under `custom`, which has one period and no more. */
export interface PeriodRule {
  readonly kind: PeriodKind;
  /**
   * The first day of a week (1 is Monday, 7 Sunday) or of a month, quarter or year (1 to 31, in its first month). A month that is
   * shorter begins on its last day. 1 when left out.
   */
  readonly firstDay?: number;
  /** The one period of `custom`. */
  readonly range?: Period;
}

/** Why a text is not a day. */
export type DateFault = 'date-invalid' | 'date-out-of-range';

/**
 * The years an entry can have: ledger reads journals from 1400 on; and a period ends on the day after its last, which must have
 * four digits too.
 */
const FIRST_YEAR = 1400;
const LAST_YEAR = 9998;

const MEMO_SIZE = 4_096;

/** Calls that ask again and again for the same few texts are answered from a memory; cleared when full, so it stays bounded. */
export function memoised<Value, Key extends string | number = string>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = make(key);
    if (known.size >= MEMO_SIZE) known.clear();
    known.set(key, value);
    return value;
  };
}

const parse = memoised((text: string): CivilDate | DateFault => {
  const year = Number(text.slice(0, 4));
  try {
    Temporal.PlainDate.from(text);
  } catch {
    return 'date-invalid';
  }
  return year < FIRST_YEAR || year > LAST_YEAR ? 'date-out-of-range' : (text as CivilDate);
});

/**
 * Reads a day in ISO 8601 form (`YYYY-MM-DD`, proleptic Gregorian) that exists, in the years 1400 to 9998.
 *
 * @example
 * parseDate('2024-02-29'); // '2024-02-29'
 * parseDate('2026-02-29'); // 'date-invalid'
 * parseDate('0000-01-01'); // 'date-out-of-range'
 */
export function parseDate(text: string): CivilDate | DateFault {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return parse(text);
  return /^[+-]?\d{5,6}-\d{2}-\d{2}$/.test(text) ? 'date-out-of-range' : 'date-invalid';
}

/** Whether {@link parseDate} gave a day. */
export function isDate(value: CivilDate | DateFault): value is CivilDate {
  return value !== 'date-invalid' && value !== 'date-out-of-range';
}

const LAST_DAY = Temporal.PlainDate.from('9999-12-31');

function civil(date: Temporal.PlainDate): CivilDate {
  return (Temporal.PlainDate.compare(date, LAST_DAY) > 0 ? LAST_DAY : date).toString() as CivilDate;
}

/**
 * The day so many days later (or earlier). Stops at 9999-12-31.
 *
 * @example
 * addDays(day('2026-02-28'), 1); // '2026-03-01'
 */
export function addDays(date: CivilDate, days: number): CivilDate {
  return days === 1 ? dayAfter(date) : days === -1 ? dayBefore(date) : moved(date, days);
}

function moved(date: string, days: number): CivilDate {
  return civil(Temporal.PlainDate.from(date).add({ days }));
}

const dayAfter = memoised((date) => moved(date, 1));
const dayBefore = memoised((date) => moved(date, -1));

/** The day so many months later (or earlier), clamped to the month's end: 31 January + 1 month is 28 or 29 February. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  return civil(Temporal.PlainDate.from(date).add({ months }));
}

/** The earliest of some days. */
export function earliest(first: CivilDate, ...others: readonly CivilDate[]): CivilDate {
  return others.reduce((a, b) => (b < a ? b : a), first);
}

/** How many days from one day to another; negative when the second comes first. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}

/** The weekday of a day: Monday is 1, Sunday 7 (ISO 8601). */
export function weekdayOf(date: CivilDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

const EPOCH = Temporal.PlainDate.from('1970-01-01');
const MONTHS: Partial<Readonly<Record<PeriodKind, number>>> = { month: 1, quarter: 3, year: 12 };

/** The period of a rule that has a {@link periodNumber}. */
export function periodNumbered({ kind, firstDay = 1 }: PeriodRule, number: number): Period {
  const months = MONTHS[kind];
  if (months === undefined) {
    const length = kind === 'week' ? 7 : 1;
    const from = EPOCH.add({ days: kind === 'week' ? number * 7 + firstDay - 4 : number });
    return { from: civil(from), to: civil(from.add({ days: length })) };
  }
  const start = (month: number): CivilDate =>
    civil(Temporal.PlainDate.from({ year: Math.floor(month / 12), month: (month % 12) + 1, day: firstDay }));
  return { from: start(number * months), to: start((number + 1) * months) };
}

function numberOf({ kind, firstDay = 1 }: PeriodRule, date: string): number {
  const months = MONTHS[kind];
  if (months === undefined) {
    const days = EPOCH.until(Temporal.PlainDate.from(date)).days;
    // 1970-01-01 was a Thursday.
    return kind === 'week' ? Math.floor((days + 4 - firstDay) / 7) : days;
  }
  const number = Math.floor((Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1) / months);
  return date < periodNumbered({ kind, firstDay }, number).from ? number - 1 : number;
}

interface Numbered extends Period {
  readonly number: number;
}

/** There are 7 kinds of week and 31 of each longer period. */
const numbersUnder = memoised((kind: PeriodKind) =>
  memoised((firstDay: number) =>
    memoised((date): Numbered => {
      const number = numberOf({ kind, firstDay }, date);
      return { ...periodNumbered({ kind, firstDay }, number), number };
    }),
  ),
);

function numbered({ kind, firstDay = 1 }: PeriodRule, date: CivilDate): Numbered {
  return numbersUnder(kind)(firstDay)(date);
}

/**
 * The period that holds a day: the week from Monday (ISO 8601), month, quarter or year of a kind, or that of a rule; none when it
 * is not in a rule's custom range.
 *
 * @example
 * periodOf('week', day('2026-03-01')); // { from: '2026-02-23', to: '2026-03-02' }
 * periodOf({ kind: 'month', firstDay: 31 }, day('2026-03-01')); // { from: '2026-02-28', to: '2026-03-31' }
 */
export function periodOf(rule: CalendarKind, date: CivilDate): Period;
export function periodOf(rule: PeriodRule, date: CivilDate): Period | undefined;
export function periodOf(rule: PeriodKind | PeriodRule, date: CivilDate): Period | undefined {
  const whole = typeof rule === 'string' ? { kind: rule } : rule;
  if (whole.kind === 'custom') {
    const { range } = whole;
    return range !== undefined && range.from <= date && date < range.to ? range : undefined;
  }
  const { from, to } = numbered(whole, date);
  return { from, to };
}

/** The place of the period that holds a day among those of its rule, which is not custom: that of the next one is one more. */
export function periodNumber(rule: PeriodRule, date: CivilDate): number {
  return numbered(rule, date).number;
}

/** The period after one; none after a custom range and after the year 9998. */
export function nextPeriod(rule: PeriodRule, { to }: Period): Period | undefined {
  return Number(to.slice(0, 4)) > LAST_YEAR ? undefined : periodOf(rule, to);
}

/** The period before one; none before a custom range and before the year 1400. */
export function previousPeriod(rule: PeriodRule, { from }: Period): Period | undefined {
  const last = addDays(from, -1);
  return Number(last.slice(0, 4)) < FIRST_YEAR ? undefined : periodOf(rule, last);
}

/** The months (or days) of a stretch, in order, cut to it at both ends. At most `limit` of them. */
export function split(period: Period, kind: CalendarKind, limit: number): readonly Period[] {
  const parts: Period[] = [];
  for (let from = period.from; from < period.to && parts.length < limit;) {
    const to = earliest(period.to, periodOf(kind, from).to);
    parts.push({ from, to });
    from = to;
  }
  return parts;
}

// Temporal would also take a whole date-time that holds a zone; and a text of any length.
const ZONE = /^[A-Za-z][\w+\-/]{0,63}$|^[+-]\d{2}:\d{2}$/;

/** Whether a zone is one of IANA's names (or a fixed offset) that the runtime knows. */
export function isZone(zone: string): boolean {
  if (!ZONE.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

interface ZoneDay {
  readonly date: CivilDate;
  readonly from: number;
  readonly to: number;
}

/** Asked again and again for the same day, so the last one of each zone is kept. */
const daysIn = memoised((zone) => {
  let day: ZoneDay | undefined;
  return (epochMs: number): ZoneDay => {
    if (day !== undefined && day.from <= epochMs && epochMs < day.to) return day;
    const start = Temporal.Instant.fromEpochMilliseconds(Math.floor(epochMs)).toZonedDateTimeISO(zone).startOfDay();
    day = {
      date: start.toPlainDate().toString() as CivilDate,
      from: start.epochMilliseconds,
      to: start.add({ days: 1 }).epochMilliseconds,
    };
    return day;
  };
});

/**
 * The day that an instant falls on in a zone.
 *
 * @example
 * dayAt(Date.parse('2026-02-01T04:30Z'), 'America/New_York'); // '2026-01-31'
 */
export function dayAt(epochMs: number, zone: string): CivilDate {
  return daysIn(zone)(epochMs).date;
}

/** The instant at which the next day begins in a zone. */
export function nextDayAt(epochMs: number, zone: string): number {
  return daysIn(zone)(epochMs).to;
}
