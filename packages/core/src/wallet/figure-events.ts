import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { EntryId } from '../ids.ts';
import type { Money } from '../money.ts';

// A storage format, as in `events.ts`: add, never rename.

/** What was counted at the end of a day against what the entries come to. Both may be negative. */
export interface BalanceChecked {
  readonly type: 'BalanceChecked';
  readonly on: CivilDate;
  readonly counted: Money;
  readonly expected: Money;
  /** The entry that booked the difference, in the same append. */
  readonly entryId?: EntryId;
}

/** What one unit of the wallet's currency was worth in another on a day, as the user says. */
export interface RateSet {
  readonly type: 'RateSet';
  readonly quote: CurrencyCode;
  /** A plain decimal, more than zero. */
  readonly rate: string;
  readonly on: CivilDate;
  readonly before?: string;
}
export interface RateRemoved {
  readonly type: 'RateRemoved';
  readonly quote: CurrencyCode;
  readonly on: CivilDate;
  readonly before: string;
}
