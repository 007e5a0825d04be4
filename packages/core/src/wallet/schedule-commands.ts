import type { ScheduleId, WalletId } from '../ids.ts';
import type { EntryDetails } from './entry-commands.ts';

// Commands carry what a person or program typed: texts, as in `commands.ts`.

/** What a schedule is to book, and on which days. */
export interface ScheduleDetails extends Omit<EntryDetails, 'occurredOn'> {
  /** `income`, `expense` or `transfer`. */
  readonly kind: string;
  /** Of a transfer: the wallet that it goes to, and what arrives there when it has another currency. */
  readonly to?: WalletId;
  readonly toAmount?: string;
  /** An RRULE (RFC 5545), like `FREQ=MONTHLY;BYMONTHDAY=31`. */
  readonly rule: string;
  /** The first day of the course, which the rule is reckoned from; that of the terms before when left out, else `from`, else today. */
  readonly startsOn?: string;
  /**
   * These terms hold from this day on. Left out: of a new schedule the day it starts on, of one there is today, or the day after the
   * last that is booked.
   */
  readonly from?: string;
  /** `last-day` (the default): the 31st of a shorter month is its last day. `skip`: it is left out. */
  readonly monthEnd?: string;
  /** Where a Saturday or Sunday moves: `none` (the default), `before`, `after`. */
  readonly shift?: string;
  /** Days before an occurrence from which it is brought to mind, 0 to 366. */
  readonly remindDays?: number;
}
export interface SetSchedule extends ScheduleDetails {
  readonly type: 'SetSchedule';
  readonly scheduleId: ScheduleId;
  /** That of the other wallet, since the rules of this one cannot see it. */
  readonly toCurrency?: string;
}
/** No occurrence from a day on; from today, or the day after the last that is booked, when left out. */
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
/** Takes a skip back. */
export interface KeepOccurrence {
  readonly type: 'KeepOccurrence';
  readonly scheduleId: ScheduleId;
  readonly on: string;
}
/** Books what a schedule has come to by today, the oldest first. */
export interface BookDue {
  readonly type: 'BookDue';
  readonly scheduleId: ScheduleId;
  /** At most so many; 200 when left out, and never more. */
  readonly limit?: number;
}
