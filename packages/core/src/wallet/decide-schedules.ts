import { addDays } from '../calendar.ts';
import { canonical } from '../ids.ts';
import type { Json } from '../ports/event-store.ts';
import { watchesOf } from './crossings.ts';
import { added } from './decide-entries.ts';
import { accept, refuse, type Foresight, type OpenContext, type Rule, type WalletDecision } from './decision.ts';
import type { WalletEvent } from './events.ts';
import { isRejection, parseDay, reject } from './parse.ts';
import type { BookDue, KeepOccurrence, SetSchedule, SkipOccurrence, StopSchedule } from './schedule-commands.ts';
import { bookedFault, changeOf, firstFrom } from './schedule-terms.ts';
import {
  dueDays,
  fromStoredTerms,
  isEnd,
  MAX_CHANGES,
  MAX_DUE,
  MAX_SKIPS,
  occurrenceEntry,
  SCHEDULE_LIST,
  scheduledDays,
  scheduleIds,
  schedules,
  scheduleTermsOn,
  toStoredTerms,
  type OccurrenceEntry,
  type Schedule,
  type ScheduledDay,
} from './schedules.ts';
import { headOf, type Need, type WalletState } from './state.ts';
import { weigh } from './weigh.ts';

/** How many schedules may run at once, and how many ids may have been used. */
const MAX_RUNNING = 200;
const MAX_KNOWN = 1_000;

type OfSchedule = { readonly scheduleId: string };

function scheduleNeeds({ command }: Foresight<OfSchedule>): readonly Need[] {
  return [{ projection: schedules, bucket: command.scheduleId }];
}

function knownSchedule(state: WalletState, scheduleId: string): Schedule | undefined {
  const schedule = state.views.get(schedules, scheduleId);
  return schedule.terms.length === 0 ? undefined : schedule;
}

const unknown = refuse(reject('schedule-unknown', 'There is no such schedule in this wallet.', 'scheduleId'));

export const setScheduleRule: Rule<SetSchedule> = {
  needs: (foresight) => [...scheduleNeeds(foresight), { projection: scheduleIds, bucket: SCHEDULE_LIST }],
  decide({ command, today }, state) {
    const known = state.views.get(schedules, command.scheduleId);
    const change = changeOf(command, { currency: headOf(state).currency, today, known });
    if (isRejection(change)) return refuse(change);
    const { scheduleId, from, terms } = change;
    const booked = bookedFault(known, from, 'from');
    if (booked !== undefined) return refuse(booked);
    if (known.terms.filter(({ since }) => since < from).length >= MAX_CHANGES) {
      return refuse(reject('schedule-too-large', `A schedule has at most ${MAX_CHANGES} changes to come. Change it earlier.`));
    }
    if (isFull(state, scheduleId)) {
      return refuse(reject('too-many-schedules', `A wallet has at most ${MAX_RUNNING} schedules. Stop one first.`));
    }
    const isLast = known.terms.every(({ since }) => since <= from);
    const held = scheduleTermsOn(known, from);
    if (isLast && held !== undefined && spell({ ...held, since: from }) === spell(toStoredTerms(from, terms))) {
      return refuse(reject('nothing-to-change', 'The schedule is set like this already.'));
    }
    return accept({ type: 'ScheduleSet', ...change });
  },
};

function isFull(state: WalletState, scheduleId: string): boolean {
  const ids = state.views.get(scheduleIds, SCHEDULE_LIST);
  if (Object.hasOwn(ids, scheduleId) && ids[scheduleId] === 'running') return false;
  const running = Object.values(ids).filter((status) => status === 'running').length;
  return running >= MAX_RUNNING || (!Object.hasOwn(ids, scheduleId) && Object.keys(ids).length >= MAX_KNOWN);
}

function spell(value: object): string {
  return canonical(value as unknown as Json);
}

export const stopScheduleRule: Rule<StopSchedule> = {
  needs: scheduleNeeds,
  decide({ command: { scheduleId, on: text }, today }, state) {
    const known = knownSchedule(state, scheduleId);
    if (known === undefined) return unknown;
    const on = text === undefined ? firstFrom(known, today) : parseDay(text, 'on');
    if (isRejection(on)) return refuse(on);
    const booked = bookedFault(known, on, 'on');
    if (booked !== undefined) return refuse(booked);
    const last = known.terms.at(-1);
    if (isEnd(last) && last.since <= on)
      return refuse(reject('nothing-to-change', 'The schedule is stopped by then already.', 'on'));
    const held = scheduleTermsOn(known, on);
    return accept({
      type: 'ScheduleStopped',
      scheduleId,
      on,
      ...(held === undefined ? {} : { before: fromStoredTerms(held) }),
    });
  },
};

export const skipOccurrenceRule: Rule<SkipOccurrence> = { needs: scheduleNeeds, decide: skipOrKeep };
export const keepOccurrenceRule: Rule<KeepOccurrence> = { needs: scheduleNeeds, decide: skipOrKeep };

function skipOrKeep({ command }: OpenContext<SkipOccurrence | KeepOccurrence>, state: WalletState): WalletDecision {
  const { scheduleId } = command;
  const known = knownSchedule(state, scheduleId);
  if (known === undefined) return unknown;
  const on = parseDay(command.on, 'on');
  if (isRejection(on)) return refuse(on);
  const booked = bookedFault(known, on, 'on');
  if (booked !== undefined) return refuse(booked);
  const isSkipped = known.skipped.includes(on);
  if (command.type === 'KeepOccurrence') {
    return isSkipped
      ? accept({ type: 'OccurrenceKept', scheduleId, on })
      : refuse(reject('nothing-to-change', 'This day is not skipped.', 'on'));
  }
  if (isSkipped) return refuse(reject('nothing-to-change', 'This day is skipped already.', 'on'));
  if (scheduledDays(known, { from: on, to: addDays(on, 1), limit: 1 }).length === 0) {
    return refuse(reject('occurrence-unknown', `The schedule has no occurrence on ${on}. List what is coming.`, 'on'));
  }
  return known.skipped.length >= MAX_SKIPS
    ? refuse(reject('schedule-too-large', `At most ${MAX_SKIPS} days are skipped ahead. Stop the schedule instead.`, 'on'))
    : accept({ type: 'OccurrenceSkipped', scheduleId, on });
}

function bookedAs({ entryId, entry }: OccurrenceEntry): WalletEvent {
  const { transfer } = entry;
  if (transfer === undefined) return added(entryId, entry);
  return { type: 'TransferSent', entryId, entry: { ...entry, kind: 'sent', transfer } };
}

/** The occurrences that a command books. */
function dueOf({ command, today }: Pick<Foresight<BookDue>, 'command' | 'today'>, state: WalletState): readonly ScheduledDay[] {
  const { scheduleId, limit = MAX_DUE } = command;
  const known = knownSchedule(state, scheduleId);
  return known === undefined ? [] : dueDays(known, today, Math.max(0, Math.min(MAX_DUE, Math.trunc(limit))));
}

/**
 * What the state says is due is booked, whoever asks and however often: two processes at once decide the same entries with the same
 * ids, and the second to append decides anew. A limit in mode `block` refuses nothing: what is due has happened.
 */
export const bookDueRule: Rule<BookDue> = {
  needs: scheduleNeeds,
  touches: (foresight) =>
    dueOf(foresight, foresight.state).map((day) => occurrenceEntry(foresight.command.scheduleId, day, () => '').entry),
  decide(context, state) {
    const { scheduleId } = context.command;
    if (knownSchedule(state, scheduleId) === undefined) return unknown;
    const due = dueOf(context, state).map((day, index) => occurrenceEntry(scheduleId, day, () => context.eventId(index)));
    const last = due.at(-1);
    if (last === undefined) return accept();
    const facts = due.map(({ entry }) => entry);
    const events: WalletEvent[] = due.map(bookedAs);
    events.push({ type: 'ScheduleCaughtUp', scheduleId, through: last.entry.occurredOn, booked: due.length });
    return weigh(context, state, events, { watches: watchesOf(headOf(state), facts), block: false });
  },
};
