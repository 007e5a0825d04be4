import type { Kind } from './types.ts';

/** What a schedule books. */
export interface ScheduleSaying {
  readonly kind: Kind | 'transfer';
  readonly amount: string;
  /** Of a transfer: where it goes, and what arrives there. */
  readonly to: { readonly walletId: string; readonly amount: string; readonly currency: string } | null;
  readonly category: string | null;
  readonly parts: readonly { readonly category: string; readonly amount: string; readonly note: string | null }[] | null;
  readonly payee: string | null;
  readonly tags: readonly string[];
  readonly note: string | null;
}

export type Shift = 'none' | 'before' | 'after';

/** Its terms from a day on. */
export interface ScheduleTerms extends ScheduleSaying {
  readonly from: string;
  readonly rule: string;
  readonly startsOn: string;
  readonly monthEnd: 'last-day' | 'skip';
  readonly shift: Shift;
  readonly remindDays: number | null;
}

export interface Schedule {
  readonly scheduleId: string;
  readonly terms: readonly ScheduleTerms[];
  readonly stopsOn: string | null;
  readonly next: string | null;
  readonly through: string | null;
  readonly booked: number;
  readonly skipped: readonly string[];
}

export interface Upcoming extends ScheduleSaying {
  readonly scheduleId: string;
  readonly on: string;
  readonly due: boolean;
  readonly skipped: boolean;
  readonly remind: boolean;
}

export interface ForecastStep {
  readonly on: string;
  readonly change: string;
  readonly balance: string;
  readonly what: 'booked' | 'schedule' | 'planned' | 'incoming';
  readonly id: string | null;
  /** Of what is incoming: the wallet that sends it. */
  readonly walletId?: string;
}

export interface ForecastReport {
  readonly from: string;
  readonly to: string;
  readonly opening: string;
  readonly series: readonly ForecastStep[];
  readonly closing: string;
  readonly lowest: { readonly on: string; readonly balance: string };
  readonly complete: boolean;
}
