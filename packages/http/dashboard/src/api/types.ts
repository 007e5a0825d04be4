import type { EntryKind, Part, TransferHalf } from './entry-types.ts';

/** The shapes of the JSON API, as docs/http-api.md gives them. Amounts are decimal strings, days are civil dates. */

import type { Crossing } from './limit-types.ts';

export interface Wallet {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly decimals: number;
  readonly zone: string;
  readonly status: 'open' | 'closed';
  readonly openedOn: string;
  readonly today: string;
  readonly balance: string;
  /** What goals hold, and the balance less that. */
  readonly setAside: string;
  readonly available: string;
  readonly planned: { readonly in: string; readonly out: string };
  readonly entries: number;
  readonly version: number;
  readonly position: number;
}

export type Kind = 'income' | 'expense';

export interface Facts {
  readonly kind: EntryKind;
  readonly amount: string;
  readonly category: string | null;
  readonly parts: readonly Part[] | null;
  readonly payee: string | null;
  readonly tags: readonly string[];
  readonly note: string | null;
  readonly occurredOn: string;
}

export interface Entry extends Facts {
  readonly id: string;
  readonly recordedAt: string;
  readonly version: number;
  readonly void: boolean;
  readonly voidReason: string | null;
  readonly corrected: boolean;
  readonly importId: string | null;
  /** The expense that a refund takes back. */
  readonly refunds: string | null;
  readonly transfer: TransferHalf | null;
  readonly balance: string | null;
}

export interface Happening {
  readonly type: string;
  readonly version: number;
  readonly recordedAt: string;
  readonly before?: Facts;
  readonly after?: Facts;
  readonly reason?: string;
}

export interface EntryWithHistory extends Entry {
  /** What came back of it. */
  readonly refunded: string;
  readonly history: readonly Happening[];
}

export interface EntryPage {
  readonly items: readonly Entry[];
  readonly next: string | null;
  readonly version: number;
  readonly totals?: EntryTotals;
}

/** What all rows of a question come to; void ones do not count. */
export interface EntryTotals {
  readonly entries: number;
  readonly in: string;
  readonly out: string;
  readonly received: string;
  readonly sent: string;
}

export interface Booked {
  readonly entryId: string;
  readonly version: number;
  readonly position: number;
  readonly balance: string;
  readonly crossed: readonly Crossing[];
  readonly cleared: readonly Crossing[];
}

export interface BalanceReport {
  readonly balance: string;
  readonly on: string;
  readonly opening: string;
  readonly series: readonly {
    readonly from: string;
    readonly to: string;
    readonly in: string;
    readonly out: string;
    readonly balance: string;
  }[];
}

export interface SpendingRow {
  readonly category: string;
  readonly depth: number;
  readonly own: string;
  readonly total: string;
  readonly share: number;
}

export interface SpendingReport {
  readonly from: string;
  readonly to: string;
  readonly total: string;
  readonly rows: readonly SpendingRow[];
}

export interface FlowMonth {
  readonly from: string;
  readonly to: string;
  readonly in: string;
  readonly out: string;
  readonly net: string;
  readonly partial: boolean;
}

export interface CashflowReport {
  readonly from: string;
  readonly to: string;
  readonly in: string;
  readonly out: string;
  readonly net: string;
  readonly months: readonly FlowMonth[];
}

export interface Alert extends Crossing {
  readonly id: string;
  readonly walletId: string;
  readonly walletName: string;
  readonly entryId: string | null;
  readonly raisedAt: string;
  readonly late: boolean;
  readonly clearedAt: string | null;
}

export interface Change {
  readonly walletId: string;
  readonly version: number;
  readonly position: number;
  readonly types: readonly string[];
}
