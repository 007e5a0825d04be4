import { assert } from '../assert.ts';
import { addDays, daysBetween, type CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import { neverHappens, occurrences, type Course, type MonthEnd, type WeekendShift } from '../occurrences.ts';
import type { ScheduleId } from '../ids.ts';
import type { Rejection } from '../outcome.ts';
import { isRecurrence, parseRecurrence, type Recurrence } from '../recurrence.ts';
import { utf8Length } from '../store-rules.ts';
import { factsOf } from './facts.ts';
import { isRejection, parseDay, reject } from './parse.ts';
import type { SetSchedule } from './schedule-commands.ts';
import type { ScheduleTerms } from './schedule-events.ts';
import { sentEvents } from './sent-events.ts';
import { fromStoredTerms, openFromDay, scheduleTermsOn, type Schedule } from './schedules.ts';

const MAX_REMIND_DAYS = 366;
/** So many occurrences that are due already may be booked at once: every day of 27 years. */
const MAX_CATCH_UP = 10_000;
/** An event holds the new terms and the old ones, and takes 16 KiB at the most. */
const MAX_TERMS_BYTES = 7_000;

/** What a new setting comes to: terms, the day from which they hold, and those that held there. */
export interface ScheduleChange {
  readonly scheduleId: ScheduleId;
  readonly from: CivilDate;
  readonly terms: ScheduleTerms;
  readonly before?: ScheduleTerms;
}

/** What {@link changeOf} looks at. */
export interface ScheduleContext {
  readonly currency: CurrencyCode;
  readonly today: CivilDate;
  /** The schedule as it is. */
  readonly known: Schedule;
}

/** Reads what a schedule is to be; the first fault, in the order of the rejection codes, is what comes. */
export function changeOf(command: SetSchedule, context: ScheduleContext): ScheduleChange | Rejection {
  const booking = bookingOf(command, context);
  if (isRejection(booking)) return booking;
  const days = daysOf(command, context);
  if (isRejection(days)) return days;
  const scheduleId = parseScheduleId(command.scheduleId);
  if (isRejection(scheduleId)) return scheduleId;
  const rule = ruleOf(command.rule);
  if (isRejection(rule)) return rule;
  const options = optionsOf(command);
  if (isRejection(options)) return options;
  const { startsOn, from } = days;
  const terms: ScheduleTerms = { ...booking, rule: rule.text, startsOn, ...options };
  const course = { rule, startsOn, ...options };
  if (neverHappens(course, from)) {
    return reject('rule-never-happens', `The rule has no day from ${from} on. Change the rule, or let it begin earlier.`, 'rule');
  }
  const backlog = backlogFault(course, from, context.today);
  if (backlog !== undefined) return backlog;
  if (
    utf8Length(JSON.stringify(terms, (__, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))) >
    MAX_TERMS_BYTES
  )
    return reject('schedule-too-large', `What a schedule says takes more than ${MAX_TERMS_BYTES} bytes. Shorten its texts.`);
  const held = scheduleTermsOn(context.known, from);
  return { scheduleId, from, terms, ...(held === undefined ? {} : { before: fromStoredTerms(held) }) };
}

/** Four years, in which nearly every rule comes round. */
const SAMPLE_DAYS = 1_461;

/** Why a schedule is not worked off from so far back. Telling the days of centuries one by one would take seconds: four years tell. */
function backlogFault(course: Course, from: CivilDate, today: CivilDate): Rejection | undefined {
  const { count, until } = course.rule;
  const end = until !== undefined && until < today ? until : today;
  const days = daysBetween(from, end) + 1;
  // A course has one occurrence a day at the most, and a COUNT allows for fewer.
  if (days <= MAX_CATCH_UP || count !== undefined) return undefined;
  const sample = occurrences(course, { from, to: addDays(from, SAMPLE_DAYS), limit: SAMPLE_DAYS }).length;
  const due = Math.round((sample * days) / SAMPLE_DAYS);
  if (due <= MAX_CATCH_UP) return undefined;
  const [some, most] = [due, MAX_CATCH_UP].map((figure) => figure.toLocaleString('en'));
  const message = `From ${from} on about ${some} occurrences are due already, of at most ${most}. Let the schedule begin later.`;
  return reject('too-many-due', message, from === course.startsOn ? 'startsOn' : 'from', { due, most: MAX_CATCH_UP });
}

type Booking = Omit<ScheduleTerms, 'rule' | 'startsOn' | 'monthEnd' | 'shift' | 'remindDays'>;

/** What each occurrence is to book. */
function bookingOf(command: SetSchedule, context: ScheduleContext): Booking | Rejection {
  const { kind } = command;
  if (kind === 'transfer') return sendingOf(command, context);
  if (kind !== 'income' && kind !== 'expense') {
    return reject('kind-invalid', 'A schedule books income, an expense or a transfer.', 'kind');
  }
  const facts = factsOf(kind, { ...command, kind }, context);
  if (isRejection(facts)) return facts;
  const { occurredOn: _, ...said } = facts;
  return { ...said, kind };
}

/** A transfer, read by the rules of one that is sent now. */
function sendingOf(command: SetSchedule, { currency, today }: ScheduleContext): Booking | Rejection {
  const { to, toCurrency = '', amount, toAmount, payee, tags, note, category, parts } = command;
  if (to === undefined) return reject('wallet-unknown', 'Name the wallet that the transfer goes to.', 'to');
  if (category !== undefined || parts !== undefined) {
    return reject('category-invalid', 'A transfer is no spending and has no category. Leave it out.', 'category');
  }
  const more = {
    ...(toAmount === undefined ? {} : { toAmount }),
    ...(payee === undefined ? {} : { payee }),
    ...(tags === undefined ? {} : { tags }),
    ...(note === undefined ? {} : { note }),
  };
  const events = sentEvents({ to, toCurrency, amount, ...more }, { currency, today, entryId: '', feeId: '' });
  if (isRejection(events)) return events;
  const [sent] = events;
  assert(sent?.type === 'TransferSent', 'what is sent begins with the transfer');
  const { occurredOn: _, transfer: link, ...said } = sent.entry;
  assert(link !== undefined, 'what is sent has its other half');
  return { ...said, kind: 'sent', to: { wallet: to, other: link.other } };
}

/** Where a change begins, and where its rule is reckoned from. */
function daysOf(
  command: SetSchedule,
  { today, known }: ScheduleContext,
): { readonly from: CivilDate; readonly startsOn: CivilDate } | Rejection {
  const given = command.from === undefined ? undefined : parseDay(command.from, 'from');
  if (isRejection(given)) return given;
  const anchor = command.startsOn === undefined ? undefined : parseDay(command.startsOn, 'startsOn');
  if (isRejection(anchor)) return anchor;
  const first = firstFrom(known, today);
  // What has not begun may begin earlier.
  const isBefore =
    anchor !== undefined && (known.terms.length === 0 || (known.through === null && anchor >= today && anchor < first));
  const from = given ?? (isBefore ? anchor : first);
  return { from, startsOn: anchor ?? scheduleTermsOn(known, from)?.startsOn ?? from };
}

/** Today, or the first day that is neither booked nor before the schedule. */
export function firstFrom(known: Schedule, today: CivilDate): CivilDate {
  const open = openFromDay(known) ?? today;
  return open > today ? open : today;
}

/** A refusal when a day is booked already. */
export function bookedFault({ through }: Schedule, on: CivilDate, field: string): Rejection | undefined {
  if (through === null || on > through) return undefined;
  const message = `Everything up to ${through} is booked, and stays as it is. Take ${addDays(through, 1)} or later.`;
  return reject('occurrence-booked', message, field, { through });
}

function ruleOf(text: string): Recurrence | Rejection {
  const rule = parseRecurrence(text);
  if (isRecurrence(rule)) return rule;
  return rule === 'rule-malformed'
    ? reject(rule, 'A rule is an RRULE of RFC 5545, like FREQ=MONTHLY;BYMONTHDAY=31 or FREQ=WEEKLY;BYDAY=FR.', 'rule')
    : reject(rule, 'A schedule repeats by days, weeks, months or years, not within a day nor by another calendar.', 'rule');
}

function optionsOf({
  monthEnd = 'last-day',
  shift = 'none',
  remindDays,
}: SetSchedule): { readonly monthEnd: MonthEnd; readonly shift: WeekendShift; readonly remindDays?: number } | Rejection {
  if (monthEnd !== 'last-day' && monthEnd !== 'skip')
    return reject('month-end-invalid', 'A month end is last-day or skip.', 'monthEnd');
  if (shift !== 'none' && shift !== 'before' && shift !== 'after')
    return reject('shift-invalid', 'A weekend shift is none, before or after.', 'shift');
  if (remindDays === undefined) return { monthEnd, shift };
  return Number.isInteger(remindDays) && remindDays >= 0 && remindDays <= MAX_REMIND_DAYS
    ? { monthEnd, shift, remindDays }
    : reject('remind-days-invalid', `A reminder comes 0 to ${MAX_REMIND_DAYS} whole days before.`, 'remindDays');
}

/** Reads a schedule's id. */
function parseScheduleId(text: string): string | Rejection {
  return /^[A-Za-z0-9._-]{1,64}$/.test(text) && text !== '__proto__'
    ? text
    : reject('schedule-id-invalid', 'The id of a schedule has 1 to 64 of the characters A-Z a-z 0-9 . _ -', 'scheduleId');
}
