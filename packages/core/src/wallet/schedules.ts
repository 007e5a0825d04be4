import { assert } from '../assert.ts';
import { addDays, type CivilDate } from '../calendar.ts';
import { occurrenceIdOf, type EntryId, type ScheduleId, type TransferId } from '../ids.ts';
import { money, type Money } from '../money.ts';
import { END_OF_DAYS, occurrences, type Course, type MonthEnd, type WeekendShift } from '../occurrences.ts';
import type { Projection } from '../projection.ts';
import { isRecurrence, parseRecurrence } from '../recurrence.ts';
import { fromStoredFacts, toStoredFacts, type StoredFacts, type StoredLink } from './entries.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { WalletEvent } from './events.ts';
import type { ScheduleTerms } from './schedule-events.ts';

/** Terms as a schedule keeps them, in force from `since` on. */
export interface StoredScheduleTerms {
  readonly since: CivilDate;
  /** What an occurrence says, but its day. */
  readonly facts: StoredFacts;
  readonly rule: string;
  readonly startsOn: CivilDate;
  readonly monthEnd: MonthEnd;
  readonly shift: WeekendShift;
  readonly remindDays?: number;
  /** Where what is sent goes. */
  readonly to?: Pick<StoredLink, 'wallet' | 'other'>;
}
/** From `since` on there is nothing. */
export interface ScheduleEnd {
  readonly since: CivilDate;
  readonly ends: true;
}

/** A schedule as it stands: what is still to come of it, and how far it is booked. */
export interface Schedule {
  /** Oldest first; what only ruled days that are booked is left out. */
  readonly terms: readonly (StoredScheduleTerms | ScheduleEnd)[];
  /** Skipped days after the last that is booked. */
  readonly skipped: readonly CivilDate[];
  /** Every occurrence up to this day is booked or was skipped. */
  readonly through: CivilDate | null;
  /** How many were booked. */
  readonly booked: number;
}

/** An occurrence with the terms that rule it. */
export interface ScheduledDay {
  readonly on: CivilDate;
  readonly terms: StoredScheduleTerms;
  readonly skipped: boolean;
}

/** How many occurrences one append books. */
export const MAX_DUE = 200;
/** How many changes to come, and how many skips, a schedule may have. */
export const MAX_CHANGES = 50;
export const MAX_SKIPS = 366;

export function isEnd(terms: StoredScheduleTerms | ScheduleEnd | undefined): terms is ScheduleEnd {
  return terms !== undefined && 'ends' in terms;
}

/** The terms that rule a day; undefined before the first and where it is stopped. */
export function scheduleTermsOn({ terms }: Schedule, on: CivilDate): StoredScheduleTerms | undefined {
  const ruling = terms.findLast(({ since }) => since <= on);
  return ruling === undefined || isEnd(ruling) ? undefined : ruling;
}

/** Where a rule runs, as {@link occurrences} takes it. */
function courseOf({ rule, startsOn, monthEnd, shift }: Omit<StoredScheduleTerms, 'since' | 'facts'>): Course {
  const read = parseRecurrence(rule);
  assert(isRecurrence(read), 'a stored rule was read before it was stored');
  return { rule: read, startsOn, monthEnd, shift };
}

/** The occurrences from a day on and before another, in order, those that are skipped among them. */
export function scheduledDays(
  { terms, skipped }: Schedule,
  { from, to, limit }: { readonly from: CivilDate; readonly to: CivilDate; readonly limit: number },
): readonly ScheduledDay[] {
  const days: ScheduledDay[] = [];
  for (const [index, ruling] of terms.entries()) {
    const next = terms[index + 1]?.since;
    const stretch = {
      from: ruling.since > from ? ruling.since : from,
      to: next !== undefined && next < to ? next : to,
      limit: limit - days.length,
    };
    if (isEnd(ruling) || stretch.from >= stretch.to || stretch.limit <= 0) continue;
    for (const on of occurrences(courseOf(ruling), stretch)) days.push({ on, terms: ruling, skipped: skipped.includes(on) });
  }
  return days;
}

/** The first day that is not booked: what comes of a schedule comes from here on. */
export function openFromDay({ through, terms }: Schedule): CivilDate | undefined {
  return through === null ? terms[0]?.since : addDays(through, 1);
}

/** What is to be booked by the end of a day, oldest first. */
export function dueDays(schedule: Schedule, today: CivilDate, limit: number): readonly ScheduledDay[] {
  const from = openFromDay(schedule);
  if (from === undefined) return [];
  const days = scheduledDays(schedule, { from, to: addDays(today, 1), limit: limit + schedule.skipped.length });
  return days.filter(({ skipped }) => !skipped).slice(0, limit);
}

export interface OccurrenceEntry {
  readonly entryId: EntryId;
  readonly entry: EntryFacts;
}

/** What the entry of an occurrence says, and the id that it always has; a transfer has an id of its own among all wallets. */
export function occurrenceEntry(
  scheduleId: ScheduleId,
  { on, terms: { facts, to } }: ScheduledDay,
  transferId: () => TransferId,
): OccurrenceEntry {
  const entry = { ...fromStoredFacts(facts), occurredOn: on, schedule: { id: scheduleId, on } };
  if (to === undefined) return { entryId: occurrenceIdOf(scheduleId, on), entry };
  const id = transferId();
  return { entryId: id, entry: { ...entry, transfer: { id, wallet: to.wallet, other: otherOf(to) } } };
}

function otherOf({ other: { amount, currency } }: Pick<StoredLink, 'other'>): Money {
  return money(BigInt(amount), currency);
}

/** Terms as a view keeps them. */
export function toStoredTerms(since: CivilDate, terms: ScheduleTerms): StoredScheduleTerms {
  const { rule, startsOn, monthEnd, shift, remindDays, to, ...facts } = terms;
  return {
    since,
    facts: toStoredFacts({ ...facts, occurredOn: startsOn }),
    rule,
    startsOn,
    monthEnd,
    shift,
    ...(remindDays === undefined ? {} : { remindDays }),
    ...(to === undefined
      ? {}
      : { to: { wallet: to.wallet, other: { amount: to.other.minor.toString(), currency: to.other.currency } } }),
  };
}

/** And as an event has them. */
export function fromStoredTerms({ since: _, facts, to, ...course }: StoredScheduleTerms): ScheduleTerms {
  const { occurredOn: __, kind, ...said } = fromStoredFacts(facts);
  return {
    ...said,
    kind: kind === 'income' || kind === 'sent' ? kind : 'expense',
    ...course,
    ...(to === undefined ? {} : { to: { wallet: to.wallet, other: otherOf(to) } }),
  };
}

/** Each schedule in a bucket of its own. */
export const schedules: Projection<Schedule, WalletEvent> = {
  name: 'schedules',
  version: 1,
  initial: { terms: [], skipped: [], through: null, booked: 0 },
  bucketsOf: ({ event }) => ('scheduleId' in event ? [event.scheduleId] : []),
  apply(view, { event }) {
    switch (event.type) {
      case 'ScheduleSet':
        return withTerms(view, toStoredTerms(event.from, event.terms));
      case 'ScheduleStopped':
        return withTerms(view, { since: event.on, ends: true });
      case 'OccurrenceSkipped':
        return { ...view, skipped: [...view.skipped, event.on].sort() };
      case 'OccurrenceKept':
        return { ...view, skipped: view.skipped.filter((on) => on !== event.on) };
      case 'ScheduleCaughtUp': {
        const { through, booked } = event;
        const terms = view.terms.filter((_, index) => (view.terms[index + 1]?.since ?? END_OF_DAYS) > addDays(through, 1));
        const skipped = view.skipped.filter((on) => on > through);
        return { terms, skipped, through, booked: view.booked + booked };
      }
      default:
        return view;
    }
  },
};

function withTerms(view: Schedule, terms: StoredScheduleTerms | ScheduleEnd): Schedule {
  return { ...view, terms: [...view.terms.filter(({ since }) => since < terms.since), terms] };
}

/** The one bucket of {@link scheduleIds}. */
export const SCHEDULE_LIST = 'list';

/** The schedules that were ever set, by their ids, and whether they run or were stopped. */
export const scheduleIds: Projection<Readonly<Record<ScheduleId, 'running' | 'stopped'>>, WalletEvent> = {
  name: 'schedule-ids',
  version: 1,
  initial: {},
  bucketsOf: ({ event }) => (event.type === 'ScheduleSet' || event.type === 'ScheduleStopped' ? [SCHEDULE_LIST] : []),
  apply(view, { event }) {
    if (event.type !== 'ScheduleSet' && event.type !== 'ScheduleStopped') return view;
    return { ...view, [event.scheduleId]: event.type === 'ScheduleSet' ? 'running' : 'stopped' };
  },
};
