import type { CivilDate } from '../calendar.ts';
import type { ScheduleId, WalletId } from '../ids.ts';
import type { Money } from '../money.ts';
import type { EntryKind, EntryPart } from './entry-facts.ts';

// A storage format, as in `events.ts`: add, never rename.

/** What a schedule books, and on which days. */
export interface ScheduleTerms {
  readonly kind: EntryKind;
  readonly amount: Money;
  readonly category?: string;
  readonly parts?: readonly EntryPart[];
  readonly payee?: string;
  readonly tags?: readonly string[];
  readonly note?: string;
  /** The other wallet of a transfer. */
  readonly to?: WalletId;
  /** An RRULE (RFC 5545). */
  readonly rule: string;
  readonly startsOn: CivilDate;
}
export interface ScheduleSet {
  readonly type: 'ScheduleSet';
  readonly scheduleId: ScheduleId;
  readonly terms: ScheduleTerms;
}
export interface ScheduleStopped {
  readonly type: 'ScheduleStopped';
  readonly scheduleId: ScheduleId;
  readonly on: CivilDate;
}
export interface OccurrenceSkipped {
  readonly type: 'OccurrenceSkipped';
  readonly scheduleId: ScheduleId;
  readonly on: CivilDate;
}
export interface OccurrenceKept {
  readonly type: 'OccurrenceKept';
  readonly scheduleId: ScheduleId;
  readonly on: CivilDate;
}
/** Every occurrence through a day is booked, in the same append. */
export interface ScheduleCaughtUp {
  readonly type: 'ScheduleCaughtUp';
  readonly scheduleId: ScheduleId;
  readonly through: CivilDate;
  readonly booked: number;
}
