import { refuse, type Rule } from './decision.ts';
import { reject } from './parse.ts';
import type { BookDue, KeepOccurrence, SetSchedule, SkipOccurrence, StopSchedule } from './schedule-commands.ts';

export const setScheduleRule: Rule<SetSchedule> = { decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')) };
export const stopScheduleRule: Rule<StopSchedule> = {
  decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')),
};
export const skipOccurrenceRule: Rule<SkipOccurrence> = {
  decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')),
};
export const keepOccurrenceRule: Rule<KeepOccurrence> = {
  decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')),
};
export const bookDueRule: Rule<BookDue> = { decide: () => refuse(reject('nothing-to-change', 'This is not built yet.')) };
