import { Temporal } from 'temporal-polyfill';

declare const brand: unique symbol;

/** A day as people write it in a book: `2026-10-14`. It has no time and no zone, so it never moves. */
export type CivilDate = string & { readonly [brand]: 'CivilDate' };

/** A stretch of days: `from` is in it, `to` is the first day after it. */
export interface Period {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

export type PeriodKind = 'day' | 'week' | 'month' | 'year';
export const PERIOD_KINDS: readonly PeriodKind[] = ['day', 'week', 'month', 'year'];

/** Why a text is not a day. */
export type DateFault = 'date-invalid' | 'date-out-of-range';

/**
 * The years an entry can have: ledger reads journals from 1400 on; and a period ends on the day after its last, which must have
 * four digits too.
 */
const FIRST_YEAR = 1400;
const LAST_YEAR = 9998;

/** Calls that ask again and again for the same few days are answered from here; cleared when full, so it stays bounded. */
const MEMO_SIZE = 4_096;

function memoised<Value>(make: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
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
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return /^[+-]?\d{5,6}-\d{2}-\d{2}$/.test(text) ? 'date-out-of-range' : 'date-invalid';
  const year = Number(text.slice(0, 4));
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
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
  return text.length > 20 ? 'date-invalid' : parse(text);
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
  return civil(Temporal.PlainDate.from(date).add({ days }));
}

/** The day so many months later (or earlier), clamped to the month's end: 31 January + 1 month is 28 or 29 February. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  return civil(Temporal.PlainDate.from(date).add({ months }));
}

/** How many days from one day to another; negative when the second comes first. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;
}

/** The weekday of a day: Monday is 1, Sunday 7 (ISO 8601). */
export function weekdayOf(date: CivilDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

const periods: Readonly<Record<PeriodKind, (date: string) => Period>> = {
  day: memoised((date) => ({ from: date as CivilDate, to: addDays(date as CivilDate, 1) })),
  week: memoised((date) => {
    const from = addDays(date as CivilDate, 1 - Temporal.PlainDate.from(date).dayOfWeek);
    return { from, to: addDays(from, 7) };
  }),
  month: memoised((date) => {
    const from = `${date.slice(0, 7)}-01` as CivilDate;
    return { from, to: addMonths(from, 1) };
  }),
  year: memoised((date) => {
    const from = `${date.slice(0, 4)}-01-01` as CivilDate;
    return { from, to: addMonths(from, 12) };
  }),
};

/**
 * The day, week (from Monday, ISO 8601), month or year that holds a day.
 *
 * @example
 * periodOf('week', day('2026-03-01')); // { from: '2026-02-23', to: '2026-03-02' }
 */
export function periodOf(kind: PeriodKind, date: CivilDate): Period {
  return periods[kind](date);
}

/** The months (or days) of a stretch, in order, cut to it at both ends. At most `limit` of them. */
export function split(period: Period, kind: PeriodKind, limit: number): readonly Period[] {
  const parts: Period[] = [];
  for (let from = period.from; from < period.to && parts.length < limit;) {
    const end = periodOf(kind, from).to;
    const to = end < period.to ? end : period.to;
    parts.push({ from, to });
    if (to <= from) break;
    from = to;
  }
  return parts;
}

// Temporal would also take a whole date-time that holds a zone.
const ZONE = /^[A-Za-z][\w+\-/]*$|^[+-]\d{2}:\d{2}$/;

/** Whether a zone is one of IANA's names (or a fixed offset) that the runtime knows. */
export function isZone(zone: string): boolean {
  try {
    return (
      zone.length <= 64 && ZONE.test(zone) && Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId !== ''
    );
  } catch {
    return false;
  }
}

interface ZoneDay {
  readonly date: CivilDate;
  readonly from: number;
  readonly to: number;
}
const zoneDays = new Map<string, ZoneDay>();

/**
 * The day that an instant falls on in a zone.
 *
 * @example
 * dayAt(Date.parse('2026-02-01T04:30Z'), 'America/New_York'); // '2026-01-31'
 */
export function dayAt(epochMs: number, zone: string): CivilDate {
  const known = zoneDays.get(zone);
  if (known !== undefined && known.from <= epochMs && epochMs < known.to) return known.date;
  const start = Temporal.Instant.fromEpochMilliseconds(Math.floor(epochMs)).toZonedDateTimeISO(zone).startOfDay();
  const day: ZoneDay = {
    date: start.toPlainDate().toString() as CivilDate,
    from: start.epochMilliseconds,
    to: start.add({ days: 1 }).epochMilliseconds,
  };
  if (zoneDays.size >= MEMO_SIZE) zoneDays.clear();
  zoneDays.set(zone, day);
  return day.date;
}
