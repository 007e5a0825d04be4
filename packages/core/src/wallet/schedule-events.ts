import type { CivilDate } from '../calendar.ts';
import type { ScheduleId, WalletId } from '../ids.ts';
import type { Money } from '../money.ts';
import type { MonthEnd, WeekendShift } from '../occurrences.ts';
import type { EntryPart } from './entry-facts.ts';

// A storage format, as in `events.ts`: add, never rename.

/** What a schedule books, and on which days. */
export interface ScheduleTerms {
  readonly kind: 'income' | 'expense' | 'sent';
  readonly amount: Money;
  readonly category?: string;
  readonly parts?: readonly EntryPart[];
  readonly payee?: string;
  readonly tags?: readonly string[];
  readonly note?: string;
  /** Of what is sent: the wallet that it goes to, and what arrives there. */
  readonly to?: { readonly wallet: WalletId; readonly other: Money };
  /** An RRULE (RFC 5545), in its one spelling. */
  readonly rule: string;
  /** Where the rule is reckoned from. */
  readonly startsOn: CivilDate;
  readonly monthEnd: MonthEnd;
  readonly shift: WeekendShift;
  /** How many days before an occurrence it is brought to mind. */
  readonly remindDays?: number;
}
/** Terms that hold for every occurrence from a day on. `before` held there until then. */
export interface ScheduleSet {
  readonly type: 'ScheduleSet';
  readonly scheduleId: ScheduleId;
  readonly from: CivilDate;
  readonly terms: ScheduleTerms;
  readonly before?: ScheduleTerms;
}
/** From a day on there are no occurrences. `before` held there until then. */
export interface ScheduleStopped {
  readonly type: 'ScheduleStopped';
  readonly scheduleId: ScheduleId;
  readonly on: CivilDate;
  readonly before?: ScheduleTerms;
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
/** Every occurrence through a day is booked, in the same append: none of them is due again, whatever becomes of its entry. */
export interface ScheduleCaughtUp {
  readonly type: 'ScheduleCaughtUp';
  readonly scheduleId: ScheduleId;
  readonly through: CivilDate;
  readonly booked: number;
}
