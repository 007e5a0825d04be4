import { RRuleTemporal } from 'rrule-temporal';
import { addDays, daysBetween, weekdayOf, type CivilDate } from './calendar.ts';
import { ruleText, WEEKDAYS, type Recurrence, type RuleDay } from './recurrence.ts';

/**
 * What becomes of a day that a month does not have (the 31st, a fifth Friday, 29 February): `last-day` takes the last one there
 * is, reckoned from the rule each time and never from the date before; `skip` leaves the month out, as RFC 5545 has it.
 */
export type MonthEnd = 'last-day' | 'skip';

/**
 * Where a Saturday or Sunday moves. Of a monthly or yearly rule it never leaves its month, nor comes before the start: it goes the
 * other way then, so that no month has two or none. Days that fall together are one.
 */
export type WeekendShift = 'none' | 'before' | 'after';

/** A rule with where it begins: what tells each of its days. */
export interface Course {
  readonly rule: Recurrence;
  readonly startsOn: CivilDate;
  readonly monthEnd: MonthEnd;
  readonly shift: WeekendShift;
}

/** Which of them: from the first day on, before the other, at most so many. */
export interface Stretch {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly limit: number;
}

/** A weekend shift moves a day by no more than this. */
const MAX_SHIFT = 2;
/** The longest stretch that is asked of the library at once. A rule that is silent for as long, over a century, is taken to be over. */
const MAX_WINDOW = 40_000;
/** How long a period is, at most: what a window of so many is reckoned from. */
const PERIOD_DAYS = { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 } as const;
/** The last day of the calendar. */
export const END_OF_DAYS = '9999-12-31' as CivilDate;

/**
 * The days of a course in a stretch, in order. Asking for a far stretch costs what a near one does: the library reckons close to
 * its beginning, in the rule's phase. The first day of a course counts only if the rule falls on it.
 *
 * @example
 * const rent = { rule: parseRecurrence('FREQ=MONTHLY'), startsOn: '2026-01-31', monthEnd: 'last-day', shift: 'none' };
 * occurrences(rent, { from: '2026-02-01', to: '2026-05-01', limit: 10 }); // ['2026-02-28', '2026-03-31', '2026-04-30']
 */
export function occurrences(course: Course, { from, to, limit }: Stretch): readonly CivilDate[] {
  const { startsOn, shift, rule } = course;
  const last = lastDayOf(course);
  const reach = shift === 'none' ? 0 : MAX_SHIFT;
  const first = addDays(from, -reach);
  // One day shifts onto another at most twice, both before what is looked for and among it.
  const days = ruleDays(course, {
    from: first < startsOn ? startsOn : first,
    to: earlier(addDays(to, reach), last === undefined ? undefined : addDays(last, 1)),
    limit: shift === 'none' ? limit : 3 * limit + 3,
  });
  const shifted = new Set(shift === 'none' ? days : days.map((day) => shiftedDay(day, course, rule)));
  return [...shifted].filter((day) => day >= from && day < to).slice(0, limit);
}

/** Whether a course has no day at all from a day on: 30 February, a sixth Friday, an UNTIL that is over. */
export function neverHappens(course: Course, from: CivilDate = course.startsOn): boolean {
  const begin = from < course.startsOn ? course.startsOn : from;
  return occurrences(course, { from: begin, to: addDays(begin, MAX_WINDOW), limit: 1 }).length === 0;
}

function earlier(day: CivilDate, other: CivilDate | undefined): CivilDate {
  return other !== undefined && other < day ? other : day;
}

/** The last day that UNTIL or COUNT leave to a rule, before any shift; undefined when it never ends. */
function lastDayOf(course: Course): CivilDate | undefined {
  const { count, until } = course.rule;
  return count === undefined ? until : compiled(course).lastCounted(count);
}

function shiftedDay(day: CivilDate, { shift, startsOn }: Course, { freq }: Recurrence): CivilDate {
  const weekday = weekdayOf(day);
  if (weekday <= 5) return day;
  const [friday, monday] = [addDays(day, 5 - weekday), addDays(day, 8 - weekday)];
  const staysInMonth = freq === 'MONTHLY' || freq === 'YEARLY';
  const choices = shift === 'before' ? [friday, monday] : [monday, friday];
  return choices.find((at) => at >= startsOn && (!staysInMonth || at.slice(0, 7) === day.slice(0, 7))) ?? day;
}

/** A rule's days without COUNT, UNTIL and shift: read in windows that grow while they bring little. */
function ruleDays(course: Course, { from, to, limit }: Stretch): readonly CivilDate[] {
  const { between } = compiled(course);
  const days: CivilDate[] = [];
  let silent = 0;
  const { freq, interval } = course.rule;
  let window = Math.min(MAX_WINDOW, (limit + 1) * PERIOD_DAYS[freq] * interval);
  for (let start = from; start < to && days.length < limit && silent < MAX_WINDOW; window = Math.min(2 * window, MAX_WINDOW)) {
    const end = earlier(addDays(start, window), to);
    if (end <= start) break;
    const found = between(start, end);
    days.push(...found);
    silent = found.length === 0 ? silent + daysBetween(start, end) : 0;
    start = end;
  }
  return days.slice(0, limit);
}

/** A course made ready: the days of a stretch, and where its COUNT ends. */
interface Compiled {
  between(from: CivilDate, to: CivilDate): readonly CivilDate[];
  lastCounted(count: number): CivilDate | undefined;
}

const MAX_COMPILED = 256;
const ready = new Map<string, Compiled>();

function compiled(course: Course): Compiled {
  const { rule, startsOn, monthEnd } = course;
  const key = `${rule.text} ${startsOn} ${monthEnd}`;
  const known = ready.get(key);
  if (known !== undefined) return known;
  const made = compile(course);
  if (ready.size >= MAX_COMPILED) ready.clear();
  ready.set(key, made);
  return made;
}

function compile(course: Course): Compiled {
  const { startsOn } = course;
  const lines = linesOf(course).map(
    (line) =>
      new RRuleTemporal({
        rruleString: `RRULE:${ruleText(line)}`,
        dtstart: midnight(startsOn),
        strict: true,
        cache: false,
        maxIterations: MAX_WINDOW * 2,
        maxCandidateEvaluations: MAX_WINDOW * 20,
      }),
  );
  const made: Compiled = {
    between(from, to) {
      const [first, last] = [midnight(from), midnight(addDays(to, -1))];
      const days = lines.flatMap((line) => line.between(first, last, true).map((at) => at.toString().slice(0, 10) as CivilDate));
      return lines.length === 1 ? days : [...new Set(days)].sort();
    },
    lastCounted(count) {
      counted ??= ruleDays(course, { from: startsOn, to: END_OF_DAYS, limit: count });
      return counted.length < count ? undefined : counted.at(-1);
    },
  };
  let counted: readonly CivilDate[] | undefined;
  return made;
}

/** A day for the library, which has a Temporal of its own: in UTC, so that no clock change ever touches it. */
function midnight(day: CivilDate): { readonly timeZoneId: string; toString(): string } {
  return { timeZoneId: 'UTC', toString: () => `${day}T00:00:00+00:00[UTC]` };
}

type Line = Omit<Recurrence, 'text'>;

/**
 * The plain rules of RFC 5545 whose days together are those of a course. "The 31st, or the last day there is" is a rule of its own:
 * of the 28th to 31st the last (`BYMONTHDAY=28,29,30,31;BYSETPOS=-1`); and a fifth Friday, or the last, is of the fourth and fifth
 * the last. A rule that already chooses (BYSETPOS) or combines days with weekdays is taken as it is written.
 */
function linesOf({ rule, startsOn, monthEnd }: Course): readonly Line[] {
  const { count: _, until: __, text: ___, ...rest } = rule;
  const line = withSetPosAsNth(spelledOut(rest, startsOn));
  const { freq, byWeekNo, byYearDay, byMonthDay, byDay, bySetPos } = line;
  const isOfMonths = freq === 'MONTHLY' || (freq === 'YEARLY' && byWeekNo === undefined && byYearDay === undefined);
  const combines = bySetPos !== undefined || (byDay !== undefined && byMonthDay !== undefined);
  if (monthEnd === 'skip' || !isOfMonths || combines) return [spelledOut(rest, startsOn)];
  return byDay === undefined ? monthDayLines(line, byMonthDay ?? []) : weekdayLines(line, byDay);
}

/**
 * A rule with what RFC 5545 takes from its start: the weekday, the day of the month, the month. Then it means the same from
 * wherever it is reckoned.
 */
function spelledOut(line: Line, startsOn: CivilDate): Line {
  const { freq, byMonth, byWeekNo, byYearDay, byMonthDay, byDay } = line;
  if (freq === 'DAILY' || byDay !== undefined || byMonthDay !== undefined || byYearDay !== undefined) return line;
  if (freq === 'WEEKLY' || byWeekNo !== undefined)
    return { ...line, byDay: [{ weekday: WEEKDAYS[weekdayOf(startsOn) - 1] ?? '' }] };
  const days = { ...line, byMonthDay: [Number(startsOn.slice(8))] };
  return freq === 'MONTHLY' || byMonth !== undefined ? days : { ...days, byMonth: [Number(startsOn.slice(5, 7))] };
}

/** `BYDAY=FR;BYSETPOS=5` of a month is its fifth Friday, like `5FR`. */
function withSetPosAsNth(line: Line): Line {
  const { bySetPos = [], byDay = [], ...rest } = line;
  const [day] = byDay;
  const [nth] = bySetPos;
  if (line.freq !== 'MONTHLY' || line.byMonthDay !== undefined || byDay.length !== 1 || bySetPos.length !== 1) return line;
  if (day === undefined || day.nth !== undefined || nth === undefined || Math.abs(nth) > 5) return line;
  return { ...rest, byDay: [{ weekday: day.weekday, nth }] };
}

function monthDayLines(line: Line, days: readonly number[]): readonly Line[] {
  const always = days.filter((day) => Math.abs(day) <= 28);
  const plain = always.length === 0 ? [] : [{ ...line, byMonthDay: always }];
  const clamped = days
    .filter((day) => Math.abs(day) > 28)
    .flatMap((day) => eachMonth(line).map((one) => ({ ...one, byMonthDay: run(28, day), bySetPos: [day > 0 ? -1 : 1] })));
  return [...plain, ...clamped];
}

function weekdayLines(line: Line, days: readonly RuleDay[]): readonly Line[] {
  const isFifth = ({ nth }: RuleDay): boolean =>
    Math.abs(nth ?? 0) === 5 && (line.freq === 'MONTHLY' || line.byMonth !== undefined);
  const always = days.filter((day) => !isFifth(day));
  const plain = always.length === 0 ? [] : [{ ...line, byDay: always }];
  const clamped = days.filter(isFifth).flatMap(({ weekday, nth = 5 }) => {
    const byDay = run(4, nth).map((place) => ({ weekday, nth: place }));
    return eachMonth(line).map((one) => ({ ...one, byDay, bySetPos: [nth > 0 ? -1 : 1] }));
  });
  return [...plain, ...clamped];
}

/** Of a yearly rule a line for each month, since BYSETPOS chooses within the year. */
function eachMonth(line: Line): readonly Line[] {
  if (line.freq !== 'YEARLY') return [line];
  return (line.byMonth ?? run(1, 12)).map((month) => ({ ...line, byMonth: [month] }));
}

/** From one place to another that has the sign of the second: 28 to 30, or -30 to -28. */
function run(least: number, most: number): readonly number[] {
  const length = Math.abs(most) - least + 1;
  return Array.from({ length }, (_, index) => (most > 0 ? least + index : most + index));
}
