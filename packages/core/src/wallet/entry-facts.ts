import type { CivilDate } from '../calendar.ts';
import type { EntryId, PlanId, ScheduleId, TransferId, WalletId } from '../ids.ts';
import type { Money } from '../money.ts';

// A storage format, as in `events.ts`: add, never rename.

/**
 * What an entry is. Income, refunds and received transfers add to the balance, expenses and sent transfers take from it. A refund
 * lowers what was spent; a transfer is neither income nor spending.
 */
export type EntryKind = 'income' | 'expense' | 'refund' | 'sent' | 'received';

/** Where an entry came from when a file brought it in. */
export interface EntrySource {
  readonly importId: string;
  readonly page: number;
  /** The bank row's text form: equal rows have equal ones. */
  readonly fingerprint: string;
  /** The day the file gave, which stays when the entry's own is corrected. */
  readonly on: CivilDate;
  /** The bank's own id of the transaction, which is surer than any fingerprint. */
  readonly bankId?: string;
  /** The account that the file named: banks give ids for each account, so two of them may use the same one. */
  readonly bankAccount?: string;
  /** The entry was booked by hand, and the row was found to be the same. */
  readonly linked?: true;
}

/** A part of an entry that is split over categories. */
export interface EntryPart {
  readonly category: string;
  readonly amount: Money;
  readonly note?: string;
}

/** What ties a sent or received entry to its other half. */
export interface TransferLink {
  readonly id: TransferId;
  /** The other wallet. */
  readonly wallet: WalletId;
  /** What the other side gets or gave, in its own currency. The rate is their ratio, and is never stored. */
  readonly other: Money;
  /** The entry over there that is the other half, when it was booked before the two were joined. */
  readonly counterpart?: EntryId;
}

/** The occurrence of a schedule that an entry was booked for. */
export interface Occurrence {
  readonly id: ScheduleId;
  readonly on: CivilDate;
}

/** What an entry says. The amount is positive; the kind says which way it went. */
export interface EntryFacts {
  readonly kind: EntryKind;
  readonly amount: Money;
  readonly occurredOn: CivilDate;
  /** Absent on a transfer, on income that has none, and where there are parts. */
  readonly category?: string;
  /** Two or more, which add up to the amount exactly. */
  readonly parts?: readonly EntryPart[];
  readonly payee?: string;
  /** Sorted, each once. */
  readonly tags?: readonly string[];
  readonly note?: string;
  readonly source?: EntrySource;
  /** The expense that a refund takes back. */
  readonly refunds?: EntryId;
  readonly transfer?: TransferLink;
  /** The plan that it was booked from. */
  readonly plan?: PlanId;
  readonly schedule?: Occurrence;
}
