import type { EntryId, LimitId } from '../ids.ts';
import type { Version } from '../ports/event-store.ts';
import type {
  AddExpense,
  AddIncome,
  AddRefund,
  CorrectEntries,
  CorrectEntry,
  EntryDetails,
  RestoreEntry,
  VoidEntry,
} from './entry-commands.ts';
import type { CheckBalance, RemoveRate, SetRate } from './figure-commands.ts';
import type { ReleaseSavings, RemoveGoal, SaveMoney, SetGoal } from './goal-commands.ts';
import type { BookPlan, DropPlan, ExpirePlans, PlanEntry } from './plan-commands.ts';
import type { RemoveImportRule, SetImportRule } from './rule-commands.ts';
import type { BookDue, KeepOccurrence, SetSchedule, SkipOccurrence, StopSchedule } from './schedule-commands.ts';
import type {
  GiveBackTransfer,
  JoinTransfer,
  RecallTransfer,
  ReceiveTransfer,
  ReturnTransfer,
  SendTransfer,
} from './transfer-commands.ts';

// Commands carry what a person or program typed: texts. The decider reads them, since only it knows the wallet's currency.

export interface OpenWallet {
  readonly type: 'OpenWallet';
  readonly name: string;
  readonly currency: string;
  /** An IANA zone: where the wallet's days begin and end. `UTC` when left out. */
  readonly zone?: string;
}
export interface RenameWallet {
  readonly type: 'RenameWallet';
  readonly name: string;
}
export interface CloseWallet {
  readonly type: 'CloseWallet';
}
export interface ReopenWallet {
  readonly type: 'ReopenWallet';
}

export interface LimitDetails {
  /** A category path, children included; the whole wallet when there is neither a scope nor a tag. */
  readonly scope?: string | null;
  /** A tag, instead of a scope. */
  readonly tag?: string | null;
  /** day, week, month, quarter, year or custom. */
  readonly period: string;
  /** The first day of the week (1 is Monday) or of the month, quarter or year (1 to 31); 1 when left out. */
  readonly firstDay?: number;
  /** The first day of a custom period, and the day after its last. */
  readonly from?: string;
  readonly to?: string;
  readonly amount: string;
  /** Percentages, ascending; 80 and 100 when left out. */
  readonly thresholds?: readonly number[];
  /** `warn` (the default) tells; `block` refuses the expense that would put it over. */
  readonly mode?: string;
  /** What a period takes over from the one before: `none` (the default), `surplus`, or `both` what was left and what was lacking. */
  readonly rollover?: string;
  /** The most that is taken over, whichever way. */
  readonly cap?: string | null;
  /** In force from the period that holds this day on; today when left out. */
  readonly startsOn?: string;
}
export interface SetLimit extends LimitDetails {
  readonly type: 'SetLimit';
  readonly limitId: LimitId;
}
export interface RemoveLimit {
  readonly type: 'RemoveLimit';
  readonly limitId: LimitId;
}

/** A row of a bank's file, read. `occurrence` counts equal rows within the file, from 1. */
export interface ImportRow extends EntryDetails {
  readonly kind: 'income' | 'expense';
  readonly occurredOn: string;
  readonly fingerprint: string;
  readonly occurrence: number;
  /** The bank's own id: a row whose id is known is no new row, whatever its text; what it says anew corrects the entry. */
  readonly bankId?: string;
  /** The account that the file names: an id is that of one account. */
  readonly bankAccount?: string;
  /** The entry that was booked by hand and is this row. */
  readonly matches?: EntryId;
  /** A person chose the category: no rule and no memory changes it. */
  readonly chosen?: true;
}
/** One page of a file's rows: those the wallet does not have yet come in. */
export interface ImportEntries {
  readonly type: 'ImportEntries';
  readonly importId: string;
  readonly name: string;
  /** The digest of the whole file, so that the same command id with another file is found out on every page. */
  readonly file: string;
  readonly page: number;
  readonly rows: readonly ImportRow[];
}
/** Takes one page of a former import back. */
export interface UndoImport {
  readonly type: 'UndoImport';
  readonly importId: string;
  readonly page: number;
}

/** Changes back what the command of a version changed. */
export interface UndoChange {
  readonly type: 'UndoChange';
  readonly version: Version;
}

export type WalletCommand =
  | OpenWallet
  | RenameWallet
  | CloseWallet
  | ReopenWallet
  | AddIncome
  | AddExpense
  | CorrectEntry
  | VoidEntry
  | RestoreEntry
  | SetLimit
  | RemoveLimit
  | ImportEntries
  | UndoImport
  | AddRefund
  | CorrectEntries
  | PlanEntry
  | BookPlan
  | DropPlan
  | ExpirePlans
  | CheckBalance
  | SendTransfer
  | JoinTransfer
  | ReceiveTransfer
  | ReturnTransfer
  | RecallTransfer
  | GiveBackTransfer
  | SetGoal
  | RemoveGoal
  | SaveMoney
  | ReleaseSavings
  | SetSchedule
  | StopSchedule
  | SkipOccurrence
  | KeepOccurrence
  | BookDue
  | SetImportRule
  | RemoveImportRule
  | SetRate
  | RemoveRate
  | UndoChange;
