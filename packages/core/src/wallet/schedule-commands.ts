import type { ScheduleId } from '../ids.ts';
import type { EntryDetails } from './entry-commands.ts';

// Commands carry what a person or program typed: texts, as in `commands.ts`.

export interface SetSchedule extends EntryDetails {
  readonly type: 'SetSchedule';
  readonly scheduleId: ScheduleId;
  readonly kind: string;
  readonly rule: string;
  readonly startsOn?: string;
}
export interface StopSchedule {
  readonly type: 'StopSchedule';
  readonly scheduleId: ScheduleId;
  readonly on?: string;
}
export interface SkipOccurrence {
  readonly type: 'SkipOccurrence';
  readonly scheduleId: ScheduleId;
  readonly on: string;
}
export interface KeepOccurrence {
  readonly type: 'KeepOccurrence';
  readonly scheduleId: ScheduleId;
  readonly on: string;
}
/** Books what a schedule has come to by today. */
export interface BookDue {
  readonly type: 'BookDue';
  readonly scheduleId: ScheduleId;
}
