import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { EntryId } from '../ids.ts';
import type { Version } from '../ports/event-store.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { BalanceChecked, RateRemoved, RateSet } from './figure-events.ts';
import type { GoalRemoved, GoalSet, MoneySaved, SavingsReleased } from './goal-events.ts';
import type { EntryPlanned, PlanResolved } from './plan-events.ts';
import type { ImportRuleRemoved, ImportRuleSet } from './rule-events.ts';
import type { OccurrenceKept, OccurrenceSkipped, ScheduleCaughtUp, ScheduleSet, ScheduleStopped } from './schedule-events.ts';
import type {
  TransferGivenBack,
  TransferRecalled,
  TransferReceived,
  TransferRefused,
  TransferReturned,
  TransferSent,
} from './transfer-events.ts';
import type { LimitCleared, LimitReached, LimitRemoved, LimitRestored, LimitSet } from './limit-events.ts';

// The names and fields below are a storage format: streams hold them for ever. Add, never rename; `codec.ts` has the golden files.

export interface WalletOpened {
  readonly type: 'WalletOpened';
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly zone: string;
  readonly openedOn: CivilDate;
}
export interface WalletRenamed {
  readonly type: 'WalletRenamed';
  readonly from: string;
  readonly name: string;
}
export interface WalletClosed {
  readonly type: 'WalletClosed';
}
export interface WalletReopened {
  readonly type: 'WalletReopened';
}

export interface IncomeAdded {
  readonly type: 'IncomeAdded';
  readonly entryId: EntryId;
  readonly entry: EntryFacts & { readonly kind: 'income' };
}
export interface ExpenseAdded {
  readonly type: 'ExpenseAdded';
  readonly entryId: EntryId;
  readonly entry: EntryFacts & { readonly kind: 'expense' };
}
/** Money that came back for something bought: it lowers the category, in the month it came. */
export interface ExpenseRefunded {
  readonly type: 'ExpenseRefunded';
  readonly entryId: EntryId;
  readonly entry: EntryFacts & { readonly kind: 'refund' };
}

/** The last event of an undoing: everything that the command of `version` changed was changed back before it, in the same append. */
export interface ChangeUndone {
  readonly type: 'ChangeUndone';
  /** The first version of what was undone. */
  readonly version: Version;
  /** The first version of what counts again, when what was undone was an undoing itself. */
  readonly redoes?: Version;
}

// The three below carry the facts they change, so that each projection finds the buckets it must touch in the event itself.

/** What an entry said and what it says now. `addedIn` is the version that added it: its place within its day. */
export interface EntryCorrected {
  readonly type: 'EntryCorrected';
  readonly entryId: EntryId;
  readonly addedIn: Version;
  readonly before: EntryFacts;
  readonly after: EntryFacts;
  /** The page of an import that said so, when no person did. */
  readonly imported?: ImportPage;
}
/** A page of an import. */
export interface ImportPage {
  readonly importId: string;
  readonly page: number;
}
/** An entry that no longer counts. `undoes` names the import that was taken back as a whole. */
export interface EntryVoided {
  readonly type: 'EntryVoided';
  readonly entryId: EntryId;
  readonly entry: EntryFacts;
  readonly reason?: string;
  readonly undoes?: string;
}
/** A void entry that counts again. `undoes` is that of the void it ends. */
export interface EntryRestored {
  readonly type: 'EntryRestored';
  readonly entryId: EntryId;
  readonly entry: EntryFacts;
  readonly undoes?: string;
}
/** One page of a file, brought in with the entries before it in the same append. */
export interface EntriesImported {
  readonly type: 'EntriesImported';
  readonly importId: string;
  readonly name: string;
  readonly page: number;
  readonly added: number;
  readonly duplicates: number;
  /** Entries that the bank told anew; absent when there are none. */
  readonly corrected?: number;
  /** Entries booked by hand that were found to be rows; absent when there are none. */
  readonly linked?: number;
}

/** One page of an import that was taken back, with the voids before it in the same append. */
export interface ImportUndone {
  readonly type: 'ImportUndone';
  readonly importId: string;
  readonly page: number;
  readonly voided: number;
  /** Corrections and links that were taken back; absent when there are none. */
  readonly reverted?: number;
}

export type WalletEvent =
  | WalletOpened
  | WalletRenamed
  | WalletClosed
  | WalletReopened
  | IncomeAdded
  | ExpenseAdded
  | EntryCorrected
  | EntryVoided
  | EntryRestored
  | EntriesImported
  | ImportUndone
  | LimitSet
  | LimitRemoved
  | LimitRestored
  | LimitReached
  | LimitCleared
  | ExpenseRefunded
  | TransferSent
  | TransferReceived
  | TransferRefused
  | TransferRecalled
  | TransferGivenBack
  | TransferReturned
  | EntryPlanned
  | PlanResolved
  | BalanceChecked
  | GoalSet
  | GoalRemoved
  | MoneySaved
  | SavingsReleased
  | ScheduleSet
  | ScheduleStopped
  | OccurrenceSkipped
  | OccurrenceKept
  | ScheduleCaughtUp
  | ImportRuleSet
  | ImportRuleRemoved
  | RateSet
  | RateRemoved
  | ChangeUndone;
