import { addDays, dayOf, isDay, partsOf, weekdayOf } from '../days/day.ts';
import { MONTHS, WEEKDAYS } from '../days/format-day.ts';

/** A day read from words: how many words it took, and whether it could have meant something else. */
export interface ReadDay {
  readonly day: string;
  readonly used: number;
  readonly unsure: boolean;
}

const SHORT = 3;

/** Reads a day at the start of these words: `today`, `3 days ago`, `last friday`, `14.10.`, `14/10`, `14 oct`, `2026-10-09`. */
export function readDay(words: readonly string[], today: string): ReadDay | undefined {
  const [first = '', second = '', third = ''] = words.map((word) => word.toLowerCase().replace(/[,;]$/, ''));
  return (
    relative(first, second, third, today) ??
    weekday(first, second, today) ??
    written(first, today) ??
    named(first, second, third, today)
  );
}

function relative(first: string, second: string, third: string, today: string): ReadDay | undefined {
  if (first === 'today') return { day: today, used: 1, unsure: false };
  if (first === 'yesterday') return { day: addDays(today, -1), used: 1, unsure: false };
  if (first === 'tomorrow') return { day: addDays(today, 1), used: 1, unsure: false };
  if (first === 'day' && second === 'before' && third === 'yesterday') return { day: addDays(today, -2), used: 3, unsure: false };
  const count = first === 'a' || first === 'one' ? 1 : /^\d{1,3}$/.test(first) ? Number(first) : undefined;
  if (count === undefined || third !== 'ago') return undefined;
  if (/^days?$/.test(second)) return { day: addDays(today, -count), used: 3, unsure: false };
  if (/^weeks?$/.test(second)) return { day: addDays(today, -7 * count), used: 3, unsure: false };
  return undefined;
}

function weekday(first: string, second: string, today: string): ReadDay | undefined {
  const last = first === 'last';
  const name = (last ? second : first).replace(/\.$/, '');
  if (name.length < SHORT) return undefined;
  const index = WEEKDAYS.findIndex((each) => {
    const full = each.toLowerCase();
    return full === name || full.slice(0, SHORT) === name || (name.length > SHORT && full.startsWith(name));
  });
  if (index < 0) return undefined;
  const back = (weekdayOf(today) - (index + 1) + 7) % 7;
  const short = name.length <= SHORT && !last;
  return { day: addDays(today, -(last && back === 0 ? 7 : back)), used: last ? 2 : 1, unsure: short };
}

function written(text: string, today: string): ReadDay | undefined {
  if (isDay(text)) return { day: text, used: 1, unsure: false };
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?$/.exec(text);
  const slashed = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?$/.exec(text);
  const found = dotted ?? slashed;
  if (found === null) return undefined;
  const [, first = '', second = '', year] = found;
  const straight = settle(Number(first), Number(second), year, today);
  const swapped = slashed === null ? undefined : settle(Number(second), Number(first), year, today);
  const day = straight ?? swapped;
  if (day === undefined) return undefined;
  const either = straight !== undefined && swapped !== undefined && straight !== swapped;
  return { day, used: 1, unsure: either };
}

function named(first: string, second: string, third: string, today: string): ReadDay | undefined {
  const turned = monthOf(first) > 0;
  const month = monthOf(turned ? first : second);
  const date = /^(\d{1,2})(?:\.|st|nd|rd|th)?$/.exec(turned ? second : first)?.[1];
  if (month === 0 || date === undefined) return undefined;
  const year = /^\d{4}$/.test(third) ? third : undefined;
  const day = settle(Number(date), month, year, today);
  return day === undefined ? undefined : { day, used: year === undefined ? 2 : 3, unsure: false };
}

function monthOf(text: string): number {
  const name = text.replace(/\.$/, '');
  if (name.length < SHORT) return 0;
  return MONTHS.findIndex((month) => month.toLowerCase().startsWith(name)) + 1;
}

/** Without a year it is the last time that day came round. */
function settle(day: number, month: number, year: string | undefined, today: string): string | undefined {
  if (year !== undefined) return dayOf(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
  const thisYear = partsOf(today).year;
  for (let back = 0; back <= 4; back += 1) {
    const found = dayOf(thisYear - back, month, day);
    if (found !== undefined && found <= today) return found;
  }
  return undefined;
}
