import type { Booked } from './types.ts';

/** On its way, or on its way back. */
export type OpenState = 'sent' | 'refused' | 'recalled' | 'given-back';
export type TransferState = OpenState | 'arrived' | 'returned';

/** A transfer as one of its wallets sees it. */
export interface WalletTransfer {
  readonly transferId: string;
  readonly entryId: string;
  readonly direction: 'out' | 'in';
  readonly state: TransferState;
  /** The other wallet. */
  readonly walletId: string;
  readonly amount: string;
  readonly currency: string;
  readonly otherAmount: string;
  readonly otherCurrency: string;
  readonly derivedRate: string | null;
  readonly occurredOn: string;
  readonly payee: string | null;
  readonly note: string | null;
  readonly version: number;
}

export interface TransferPage {
  readonly items: readonly WalletTransfer[];
  readonly next: string | null;
}

export interface InTransit {
  readonly transferId: string;
  readonly state: OpenState;
  readonly from: string;
  readonly to: string;
  readonly amount: string;
  readonly currency: string;
  readonly toAmount: string;
  readonly toCurrency: string;
  readonly occurredOn: string;
  readonly reason: string | null;
}

export interface TransitList {
  readonly items: readonly InTransit[];
  readonly count: number;
}

interface EntryRef {
  readonly walletId: string;
  readonly entryId: string;
}

/** Two entries that look like one transfer. */
export interface Proposal {
  readonly from: EntryRef;
  readonly to: EntryRef;
  readonly amount: string;
  readonly currency: string;
  readonly leftOn: string;
  readonly arrivedOn: string;
}

export interface ProposalList {
  readonly items: readonly Proposal[];
}

export interface TransferBooked extends Booked {
  readonly transferId: string;
}
