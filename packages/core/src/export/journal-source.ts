import type { CivilDate, PeriodKind } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { EntryId, WalletId } from '../ids.ts';
import type { Money } from '../money.ts';

/** An entry as far as a journal tells; the amount is positive, the kind says which way it went. */
export interface JournalFacts {
  readonly kind: 'income' | 'expense' | 'refund' | 'sent' | 'received';
  readonly amount: Money;
  readonly occurredOn: CivilDate;
  readonly category?: string | undefined;
  /** A split: they add up to the amount. */
  readonly parts?:
    | readonly { readonly category: string; readonly amount: Money; readonly note?: string | undefined }[]
    | undefined;
  readonly payee?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly note?: string | undefined;
  readonly refunds?: EntryId | undefined;
  /** The wallet on the other side, and what it gave or got. */
  readonly transfer?: { readonly id: string; readonly wallet: WalletId; readonly other: Money } | undefined;
  readonly plan?: string | undefined;
  readonly schedule?: { readonly id: string; readonly on: CivilDate } | undefined;
  readonly source?: { readonly importId: string } | undefined;
}

/** An entry with its place within its day. */
export interface JournalSource {
  readonly id: EntryId;
  /** The version that added it: entries of a day stand in this order. */
  readonly version: number;
  readonly facts: JournalFacts;
  readonly void?: boolean;
}

/** A limit, or what one was for a while, as far as a journal tells. What no budget can say is written as a comment. */
export interface JournalLimit {
  readonly id: string;
  readonly period: PeriodKind;
  /** The first day of its weeks, months, quarters or years; 1 when left out. */
  readonly firstDay?: number | undefined;
  readonly amount: Money;
  /** In force from the period that holds this day on; the first day of a custom one. */
  readonly startsOn: CivilDate;
  /** The first day on which it rules no longer. */
  readonly endsOn?: CivilDate | undefined;
  /** A category, with those below it; without one it is all spending. */
  readonly scope?: string | undefined;
  readonly tag?: string | undefined;
  /** What a period takes over from the one before; nothing when left out. */
  readonly rollover?: 'surplus' | 'both' | undefined;
  readonly cap?: Money | undefined;
}

/** A wallet that goes into a journal. */
export interface JournalWalletSource {
  readonly id: WalletId;
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly entries: readonly JournalSource[];
  readonly limits?: readonly JournalLimit[];
}

/** What to write of void entries: nothing (`clean`), or the entry and what takes it back on the same day (`audit`). */
export type JournalVoids = 'clean' | 'audit';
