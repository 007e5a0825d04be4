import type { CivilDate, PeriodKind } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { EntryId, LimitId } from '../ids.ts';
import type { Money } from '../money.ts';
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

export type LimitMode = 'warn' | 'block';

/** What a limit allows. Without a scope it is the whole wallet; a scope takes the categories below it in. */
export interface LimitTerms {
  readonly period: PeriodKind;
  readonly amount: Money;
  /** Percentages at which to tell, ascending. */
  readonly thresholds: readonly number[];
  readonly mode: LimitMode;
  /** In force from the period that holds this day on. */
  readonly startsOn: CivilDate;
  readonly scope?: string;
}

export interface LimitSet {
  readonly type: 'LimitSet';
  readonly limitId: LimitId;
  readonly terms: LimitTerms;
}
/** A limit that ends: the period that holds `on`, and those after it, have none. */
export interface LimitRemoved {
  readonly type: 'LimitRemoved';
  readonly limitId: LimitId;
  readonly on: CivilDate;
}

/** A threshold of a limit in one of its periods, and how much was spent when it was passed. */
export interface Crossing {
  readonly limitId: LimitId;
  readonly period: PeriodKind;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly threshold: number;
  readonly spent: Money;
  readonly amount: Money;
  readonly scope?: string;
}
export interface LimitReached extends Crossing {
  readonly type: 'LimitReached';
  /** The day it was noticed, in the wallet's zone. */
  readonly raisedOn: CivilDate;
  /** The entry that crossed it, when it was one. */
  readonly entryId?: EntryId;
}
export interface LimitCleared extends Crossing {
  readonly type: 'LimitCleared';
  /** Which {@link LimitReached} it ends: its version and day. */
  readonly raisedIn: Version;
  readonly raisedOn: CivilDate;
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
