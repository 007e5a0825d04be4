/** What an entry is. A transfer is `sent` in one wallet and `received` in the other; a refund is money that came back. */
export type EntryKind = 'income' | 'expense' | 'refund' | 'sent' | 'received';

/** One part of a split; the parts add up to the entry's amount. */
export interface Part {
  readonly category: string;
  readonly amount: string;
  readonly note: string | null;
}

export interface TransferHalf {
  readonly id: string;
  /** The other wallet. */
  readonly walletId: string;
  readonly amount: string;
  readonly currency: string;
}

/** A payee with the category it had last. */
export interface Payee {
  readonly name: string;
  readonly category: string | null;
}

export interface PayeeList {
  readonly items: readonly Payee[];
}

/** What an entry is given together with others; what is left out stays as it is. */
export interface BulkEntry {
  readonly entryId: string;
  readonly category?: string;
  readonly payee?: string;
  readonly tags?: readonly string[];
}
