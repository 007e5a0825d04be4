import { addDays, daysBetween, type CivilDate } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import type { ScheduleId, WalletId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import { END_OF_DAYS, type MonthEnd, type WeekendShift } from '../occurrences.ts';
import type { Position, Version } from '../ports/event-store.ts';
import { forecastEnd } from '../projections/forecast.ts';
import type { Head } from '../wallet/head.ts';
import {
  dueDays,
  isEnd,
  openFromDay,
  SCHEDULE_LIST,
  scheduledDays,
  scheduleIds,
  schedules,
  type Schedule,
  type ScheduledDay,
  type StoredScheduleTerms,
} from '../wallet/schedules.ts';
import type { Need, Views } from '../wallet/state.ts';
import type { AsOf } from './report-reads.ts';
import type { Reader } from './session.ts';

/** A part of what a schedule books. */
export interface SchedulePart {
  readonly category: string;
  readonly amount: string;
  readonly note: string | null;
}

/** What a schedule books, amounts as decimals. */
export interface ScheduleSaying {
  readonly kind: 'income' | 'expense' | 'transfer';
  readonly amount: string;
  /** Of a transfer: the wallet that it goes to, and what arrives there. */
  readonly to: { readonly walletId: WalletId; readonly amount: string; readonly currency: CurrencyCode } | null;
  readonly category: string | null;
  readonly parts: readonly SchedulePart[] | null;
  readonly payee: string | null;
  readonly tags: readonly string[];
  readonly note: string | null;
}

/** The terms of a schedule from a day on. */
export interface ScheduleTermsFrom extends ScheduleSaying {
  readonly from: CivilDate;
  readonly rule: string;
  readonly startsOn: CivilDate;
  readonly monthEnd: MonthEnd;
  readonly shift: WeekendShift;
  readonly remindDays: number | null;
}

/** A schedule as it stands. */
export interface ScheduleStatus {
  readonly scheduleId: ScheduleId;
  /** What holds for the next occurrence, or held last, and what was set to follow it. */
  readonly terms: readonly ScheduleTermsFrom[];
  /** The first day without occurrences, when it is stopped. */
  readonly stopsOn: CivilDate | null;
  /** The next day that is neither booked nor skipped; one in the past is overdue. */
  readonly next: CivilDate | null;
  /** The last day that is booked, and how many are. */
  readonly through: CivilDate | null;
  readonly booked: number;
  readonly skipped: readonly CivilDate[];
}

/** An occurrence that is not booked yet. */
export interface Upcoming extends ScheduleSaying {
  readonly scheduleId: ScheduleId;
  readonly on: CivilDate;
  /** It is to be booked by now. */
  readonly due: boolean;
  readonly skipped: boolean;
  /** Its reminder is due: it comes within the days that its schedule reminds before, of which 0 is the day itself. */
  readonly remind: boolean;
}

/** The most occurrences that {@link readUpcoming} lists. */
const MAX_UPCOMING = 1_000;
/** Of many schedules that are all far behind, no more than so many times what is asked for is looked at. */
const MAX_BACKLOG = 3;
const FIRST_DAYS = 31;

type Known = readonly (readonly [ScheduleId, Schedule])[];

/** Reads every schedule of a wallet, and more. */
export function readSchedules<Result>(
  reader: Reader,
  stream: string,
  result: (known: Known, head: Head, at: { readonly version: Version; readonly position: Position }, views: Views) => Result,
  more: (head: Head) => readonly Need[] = () => [],
): Promise<Result> {
  return reader.read(stream, {
    needs(head, views) {
      const list = { projection: scheduleIds, bucket: SCHEDULE_LIST };
      const ids = views.has(scheduleIds, SCHEDULE_LIST) ? Object.keys(views.get(scheduleIds, SCHEDULE_LIST)) : [];
      return [list, ...ids.map((bucket) => ({ projection: schedules, bucket })), ...more(head)];
    },
    result(head, views, at) {
      const ids = Object.keys(views.get(scheduleIds, SCHEDULE_LIST)).sort();
      return result(
        ids.map((id) => [id, views.get(schedules, id)] as const),
        head,
        at,
        views,
      );
    },
  });
}

function sayingOf({ facts, to }: StoredScheduleTerms, currency: CurrencyCode): ScheduleSaying {
  const decimal = (minor: string, of = currency): string => formatMinor(BigInt(minor), exponentOf(of));
  const { kind, amount, category, parts, payee, tags, note } = facts;
  return {
    kind: kind === 'sent' ? 'transfer' : kind === 'income' ? 'income' : 'expense',
    amount: decimal(amount),
    to:
      to === undefined
        ? null
        : { walletId: to.wallet, amount: decimal(to.other.amount, to.other.currency), currency: to.other.currency },
    category: category ?? null,
    parts: parts?.map((part) => ({ category: part.category, amount: decimal(part.amount), note: part.note ?? null })) ?? null,
    payee: payee ?? null,
    tags: tags ?? [],
    note: note ?? null,
  };
}

/** Every schedule that was set and of which something may still come, or was stopped, by id. */
export function readScheduleList(reader: Reader, stream: string): Promise<{ readonly items: readonly ScheduleStatus[] } & AsOf> {
  return readSchedules(reader, stream, (known, { currency }, at) => ({
    items: known.map(([scheduleId, schedule]) => statusOf(scheduleId, schedule, currency)),
    ...at,
  }));
}

function statusOf(scheduleId: ScheduleId, schedule: Schedule, currency: CurrencyCode): ScheduleStatus {
  const { terms, skipped, through, booked } = schedule;
  const last = terms.at(-1);
  const [next] = dueDays(schedule, END_OF_DAYS, 1);
  return {
    scheduleId,
    terms: terms.flatMap((one) => {
      if (isEnd(one)) return [];
      const { since: from, rule, startsOn, monthEnd, shift, remindDays } = one;
      return [{ from, ...sayingOf(one, currency), rule, startsOn, monthEnd, shift, remindDays: remindDays ?? null }];
    }),
    stopsOn: isEnd(last) ? last.since : null,
    next: next?.on ?? null,
    through,
    booked,
    skipped,
  };
}

/** An occurrence that is not booked yet, with its schedule. */
export interface Coming extends ScheduledDay {
  readonly scheduleId: ScheduleId;
}

/** What is not booked yet of some schedules, before a day, in order: at most so many, and whether that is all. */
export function comingOf(
  known: Known,
  { today, to, limit }: { readonly today: CivilDate; readonly to: CivilDate; readonly limit: number },
): { readonly days: readonly Coming[]; readonly complete: boolean } {
  const days: Coming[] = [];
  // Stretches that double, so that neither many schedules nor far days cost more than what is asked for.
  let from: CivilDate | undefined;
  for (let length = FIRST_DAYS; (from ?? today) < to && days.length <= limit; length *= 2) {
    const until = addDays(from ?? today, length);
    const stretch = { to: until < to ? until : to, limit: limit + 1 };
    for (const [scheduleId, schedule] of known) {
      const open = openFromDay(schedule);
      if (open === undefined) continue;
      const begin = from === undefined || open > from ? open : from;
      for (const day of scheduledDays(schedule, { from: begin, ...stretch })) days.push({ ...day, scheduleId });
      if (days.length > MAX_BACKLOG * limit) break;
    }
    from = stretch.to;
  }
  days.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return { days: days.slice(0, limit), complete: days.length <= limit };
}

/** What is to be booked of all schedules before a day, what is overdue first. */
export function readUpcoming(
  reader: Reader,
  stream: string,
  { to }: { readonly to: CivilDate },
): Promise<{ readonly items: readonly Upcoming[]; readonly complete: boolean } & AsOf> {
  return readSchedules(reader, stream, (known, { currency, zone, status }, at) => {
    if (status !== 'open') return { items: [], complete: true, ...at };
    const today = reader.today(zone);
    const { days, complete } = comingOf(known, { today, to: forecastEnd(today, to), limit: MAX_UPCOMING });
    const items = days.map(({ scheduleId, on, terms, skipped }) => ({
      scheduleId,
      on,
      due: on <= today && !skipped,
      skipped,
      remind: !skipped && on >= today && terms.remindDays !== undefined && daysBetween(today, on) <= terms.remindDays,
      ...sayingOf(terms, currency),
    }));
    return { items, complete, ...at };
  });
}
