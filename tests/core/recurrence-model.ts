import { addDays, daysBetween, weekdayOf, type CivilDate, type Course, type Recurrence } from '@kakeibo/core';

// The slow, obvious model: it walks day by day and asks of each day whether the rule means it. It shares nothing with the engine.

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const yearOf = (day: CivilDate): number => Number(day.slice(0, 4));
const monthOf = (day: CivilDate): number => Number(day.slice(5, 7));
const dayOf = (day: CivilDate): number => Number(day.slice(8));
const nameOf = (day: CivilDate): string => WEEKDAYS[weekdayOf(day) - 1] ?? '';

function lengthOfMonth(day: CivilDate): number {
  return new Date(Date.UTC(yearOf(day), monthOf(day), 0)).getUTCDate();
}

function lengthOfYear(day: CivilDate): number {
  return daysBetween(`${day.slice(0, 4)}-01-01` as CivilDate, `${String(yearOf(day) + 1)}-01-01` as CivilDate);
}

/** The first day of the week that holds a day. */
function weekOf(day: CivilDate, weekStart: string): CivilDate {
  return addDays(day, -((weekdayOf(day) - 1 - WEEKDAYS.indexOf(weekStart) + 7) % 7));
}

/** The period that holds a day, as text, and how many periods after the start it is. */
function periodOfRule({ rule, startsOn }: Course, day: CivilDate): { readonly name: string; readonly index: number } {
  switch (rule.freq) {
    case 'DAILY':
      return { name: day, index: daysBetween(startsOn, day) };
    case 'WEEKLY': {
      const [first, own] = [weekOf(startsOn, rule.weekStart), weekOf(day, rule.weekStart)];
      return { name: own, index: daysBetween(first, own) / 7 };
    }
    case 'MONTHLY':
      return { name: day.slice(0, 7), index: (yearOf(day) - yearOf(startsOn)) * 12 + monthOf(day) - monthOf(startsOn) };
    case 'YEARLY':
      return { name: day.slice(0, 4), index: yearOf(day) - yearOf(startsOn) };
  }
}

function isMonthDay(day: CivilDate, wanted: number, clamps: boolean): boolean {
  const length = lengthOfMonth(day);
  const place = wanted > 0 ? dayOf(day) : dayOf(day) - length - 1;
  if (place === wanted) return true;
  return clamps && Math.abs(wanted) > length && (wanted > 0 ? dayOf(day) === length : dayOf(day) === 1);
}

/** The n-th of a weekday in the month (or in the year), and how many there are. */
function isNth(day: CivilDate, nth: number, inMonth: boolean, clamps: boolean): boolean {
  const [place, length] = inMonth
    ? [dayOf(day), lengthOfMonth(day)]
    : [daysBetween(`${day.slice(0, 4)}-01-01` as CivilDate, day) + 1, lengthOfYear(day)];
  const before = Math.floor((place - 1) / 7);
  const behind = Math.floor((length - place) / 7);
  if (nth > 0 ? before === nth - 1 : behind === -nth - 1) return true;
  const many = before + behind + 1;
  return clamps && inMonth && Math.abs(nth) > many && (nth > 0 ? behind === 0 : before === 0);
}

/** Whether the BY parts mean a day; BYSETPOS is looked at later. */
function isMeant(course: Course, day: CivilDate): boolean {
  const { rule, startsOn, monthEnd } = course;
  const { freq, byMonth, byMonthDay, byDay, byYearDay, bySetPos } = rule;
  const combines = (byMonthDay !== undefined && byDay !== undefined) || bySetPos !== undefined;
  const clamps = monthEnd === 'last-day' && !combines && (freq === 'MONTHLY' || freq === 'YEARLY');
  if (byMonth !== undefined && !byMonth.includes(monthOf(day))) return false;
  if (byYearDay !== undefined) {
    const place = daysBetween(`${day.slice(0, 4)}-01-01` as CivilDate, day) + 1;
    if (!byYearDay.includes(place) && !byYearDay.includes(place - lengthOfYear(day) - 1)) return false;
  }
  if (byMonthDay !== undefined && !byMonthDay.some((wanted) => isMonthDay(day, wanted, clamps))) return false;
  if (byDay !== undefined) {
    const inMonth = freq === 'MONTHLY' || byMonth !== undefined;
    const isOne = byDay.some(
      ({ weekday, nth }) => weekday === nameOf(day) && (nth === undefined || isNth(day, nth, inMonth, clamps)),
    );
    if (!isOne) return false;
  }
  if (byMonthDay !== undefined || byDay !== undefined || byYearDay !== undefined) return true;
  if (freq === 'DAILY') return true;
  if (freq === 'WEEKLY') return weekdayOf(day) === weekdayOf(startsOn);
  if (freq === 'YEARLY' && byMonth === undefined && monthOf(day) !== monthOf(startsOn)) return false;
  return isMonthDay(day, dayOf(startsOn), clamps);
}

/** Every day of a course before another, however long it takes. */
export function modelDays(course: Course, to: CivilDate): readonly CivilDate[] {
  const { rule, startsOn } = course;
  const begin = periodStart(rule, startsOn);
  // One year more than is asked for, so that the last period is whole when BYSETPOS chooses in it.
  const periods = new Map<string, CivilDate[]>();
  for (let day = begin; day < addDays(to, 370); day = addDays(day, 1)) {
    const { name, index } = periodOfRule(course, day);
    if (index < 0 || index % rule.interval !== 0 || !isMeant(course, day)) continue;
    periods.set(name, [...(periods.get(name) ?? []), day]);
  }
  const chosen = [...periods.values()].flatMap((days) => choose(days, rule));
  const counted = chosen.filter((day) => day >= startsOn && (rule.until === undefined || day <= rule.until));
  const all = counted.slice(0, rule.count ?? counted.length);
  return [...new Set(all.map((day) => shifted(course, day)))].filter((day) => day < to);
}

function periodStart(rule: Recurrence, startsOn: CivilDate): CivilDate {
  if (rule.freq === 'YEARLY') return `${startsOn.slice(0, 4)}-01-01` as CivilDate;
  if (rule.freq === 'MONTHLY') return `${startsOn.slice(0, 7)}-01` as CivilDate;
  return rule.freq === 'WEEKLY' ? weekOf(startsOn, rule.weekStart) : startsOn;
}

function choose(days: readonly CivilDate[], { bySetPos }: Recurrence): readonly CivilDate[] {
  if (bySetPos === undefined) return days;
  return days.filter((_, index) => bySetPos.includes(index + 1) || bySetPos.includes(index - days.length));
}

function shifted({ shift, rule, startsOn }: Course, day: CivilDate): CivilDate {
  if (shift === 'none' || weekdayOf(day) < 6) return day;
  let [friday, monday] = [day, day];
  while (weekdayOf(friday) !== 5) friday = addDays(friday, -1);
  while (weekdayOf(monday) !== 1) monday = addDays(monday, 1);
  const fits = (at: CivilDate): boolean =>
    at >= startsOn && (rule.freq === 'DAILY' || rule.freq === 'WEEKLY' || at.slice(0, 7) === day.slice(0, 7));
  const [first, second] = shift === 'before' ? [friday, monday] : [monday, friday];
  if (fits(first)) return first;
  return fits(second) ? second : day;
}
