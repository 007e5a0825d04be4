import type { CivilDate, Period, PeriodKind } from '../calendar.ts';
import type { EntryId, LimitId } from '../ids.ts';
import type { Money } from '../money.ts';
import type { Version } from '../ports/event-store.ts';

// A storage format, as in `events.ts`: add, never rename.

export type LimitMode = 'warn' | 'block';

/** What a period takes over from the one before: nothing, what was left, or what was left or lacking. */
export type Rollover = 'none' | 'surplus' | 'both';

/** What a limit allows. Without a scope or tag it is the whole wallet; a scope takes the categories below it in. */
export interface LimitTerms {
  readonly period: PeriodKind;
  /** The first day of its weeks, months, quarters or years; 1 when left out. */
  readonly firstDay?: number;
  /** The one period of a custom limit. */
  readonly range?: Period;
  readonly amount: Money;
  /** Percentages at which to tell, ascending. */
  readonly thresholds: readonly number[];
  readonly mode: LimitMode;
  /** In force from the period that holds this day on. */
  readonly startsOn: CivilDate;
  readonly scope?: string;
  readonly tag?: string;
  /** `none` when left out. */
  readonly rollover?: Rollover;
  /** The most that is carried, whichever way. */
  readonly cap?: Money;
}

/** A limit that was removed on a day: from `since`, where the period that held it begins, there is none. */
export interface LimitEnd {
  readonly ends: true;
  readonly startsOn: CivilDate;
  readonly since: CivilDate;
}

/** A limit's terms and ends, in the order of their days: all that was ever set and not replaced. */
export type LimitHistory = readonly (LimitTerms | LimitEnd)[];

/** `before` is what the limit was until then; events of the first versions do not have it. */
export interface LimitSet {
  readonly type: 'LimitSet';
  readonly limitId: LimitId;
  readonly terms: LimitTerms;
  readonly before?: LimitHistory;
}
/** A limit that ends: the period that holds `on`, and those after it, have none. */
export interface LimitRemoved {
  readonly type: 'LimitRemoved';
  readonly limitId: LimitId;
  readonly on: CivilDate;
  readonly before?: LimitHistory;
}
/** A limit that is again what it was. */
export interface LimitRestored {
  readonly type: 'LimitRestored';
  readonly limitId: LimitId;
  readonly terms: LimitHistory;
  readonly before: LimitHistory;
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
  /** What the period took over: the threshold is one of amount and carried together. Left out when nothing. */
  readonly carried?: Money;
  readonly scope?: string;
  readonly tag?: string;
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
