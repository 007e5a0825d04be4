import { canonical } from '../ids.ts';
import type { Json } from '../ports/event-store.ts';
import type { CivilDate } from '../calendar.ts';
import type { Rejection } from '../outcome.ts';
import { back, movedOn, stays, type Compensations } from './compensation.ts';
import { reject } from './parse.ts';
import type { ScheduleTerms } from './schedule-events.ts';
import { isEnd, schedules, toStoredTerms, type Schedule } from './schedules.ts';
import type { Need, WalletState } from './state.ts';

type ScheduleEvent = 'ScheduleSet' | 'ScheduleStopped' | 'OccurrenceSkipped' | 'OccurrenceKept' | 'ScheduleCaughtUp';

const needs = ({ scheduleId }: { readonly scheduleId: string }): readonly Need[] => [
  { projection: schedules, bucket: scheduleId },
];

function spell(value: object): string {
  return canonical(value as unknown as Json);
}

/** The schedule, when nothing of it is booked from a day on. */
function unbooked(state: WalletState, scheduleId: string, on: CivilDate): Schedule | Rejection {
  const schedule = state.views.get(schedules, scheduleId);
  return schedule.through === null || schedule.through < on
    ? schedule
    : movedOn(`It is booked up to ${schedule.through} since, and that stays as it is. Change the schedule from then on.`, {
        scheduleId,
      });
}

/** Whether some terms rule from a day on to the end; what was stopped and runs again is the same course in two pieces. */
function rulesFrom({ terms: all }: Schedule, from: CivilDate, terms: ScheduleTerms): boolean {
  const later = all.filter(({ since }) => since >= from);
  const course = spell(toStoredTerms(from, terms));
  return later[0]?.since === from && later.every((each) => spell({ ...each, since: from }) === course);
}

/** How what happened to schedules is taken back. What a change replaced further on is not brought back. */
export const scheduleCompensations: Compensations<ScheduleEvent> = {
  ScheduleSet: back(needs, ({ scheduleId, from, terms, before }, { state }) => {
    const schedule = unbooked(state, scheduleId, from);
    if ('code' in schedule) return schedule;
    if (!rulesFrom(schedule, from, terms)) {
      return movedOn('The schedule was changed since. Undo that first.', { scheduleId });
    }
    return before === undefined
      ? [{ type: 'ScheduleStopped', scheduleId, on: from, before: terms }]
      : [{ type: 'ScheduleSet', scheduleId, from, terms: before, before: terms }];
  }),
  ScheduleStopped: back(needs, ({ scheduleId, on, before }, { state }) => {
    if (before === undefined)
      return reject('change-final', 'Nothing ran on that day that could run again. Set the schedule anew.');
    const schedule = unbooked(state, scheduleId, on);
    if ('code' in schedule) return schedule;
    const last = schedule.terms.at(-1);
    return isEnd(last) && last.since === on
      ? [{ type: 'ScheduleSet', scheduleId, from: on, terms: before }]
      : movedOn('The schedule was set again since. Undo that first.', { scheduleId });
  }),
  OccurrenceSkipped: back(needs, ({ scheduleId, on }, { state }) => {
    const schedule = unbooked(state, scheduleId, on);
    if ('code' in schedule) return schedule;
    return schedule.skipped.includes(on)
      ? [{ type: 'OccurrenceKept', scheduleId, on }]
      : movedOn('The day was kept since. Undo that first.', { scheduleId });
  }),
  OccurrenceKept: back(needs, ({ scheduleId, on }, { state }) => {
    const schedule = unbooked(state, scheduleId, on);
    if ('code' in schedule) return schedule;
    return schedule.skipped.includes(on)
      ? movedOn('The day was skipped since. Undo that first.', { scheduleId })
      : [{ type: 'OccurrenceSkipped', scheduleId, on }];
  }),
  ScheduleCaughtUp: stays('It only notes how far a schedule is booked. Undo one of its entries.'),
};
