export type Period = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'custom';
export type Rollover = 'none' | 'surplus' | 'both';
export type LimitState = 'within' | 'near' | 'reached' | 'over';

/** What a limit counts: the whole wallet, a category with what lies under it, or a tag. */
export interface Subject {
  readonly scope: string | null;
  readonly tag: string | null;
}

export interface Crossing extends Subject {
  readonly limitId: string;
  readonly period: Period;
  readonly from: string;
  readonly to: string;
  readonly threshold: number;
  readonly spent: string;
  readonly amount: string;
  readonly carried: string;
}

export interface LimitFigures {
  readonly from: string;
  readonly to: string;
  readonly carried: string;
  /** Planned plus carried: 100 %. */
  readonly budget: string;
  readonly spent: string;
  readonly left: string;
  readonly percent: number | null;
  readonly state: LimitState;
}

export interface LimitNow extends LimitFigures {
  readonly daysLeft: number;
  readonly leftPerDay: string;
}

export interface LimitTerms extends Subject {
  readonly period: Period;
  readonly firstDay: number;
  readonly amount: string;
  readonly thresholds: readonly number[];
  readonly mode: 'warn' | 'block';
  readonly rollover: Rollover;
  readonly cap: string | null;
}

export interface Limit extends LimitTerms {
  readonly id: string;
  readonly startsOn: string;
  readonly current: LimitNow;
}

export interface LimitList {
  readonly items: readonly Limit[];
  readonly version: number;
}

export interface LimitWritten {
  readonly limitId: string;
  readonly version: number;
  readonly position: number;
}

export interface LimitPeriod extends LimitFigures {
  readonly planned: string;
  readonly changes: readonly { readonly startsOn: string; readonly amount: string }[];
  readonly told: readonly { readonly threshold: number; readonly on: string }[];
}

export interface LimitHistory {
  /** Oldest first. */
  readonly rows: readonly LimitPeriod[];
  readonly version: number;
}
