import type { EntryId, TransferId, WalletId } from '../ids.ts';
import type { EntryFacts, TransferLink } from './entry-facts.ts';

// A storage format, as in `events.ts`: add, never rename.

/** A transfer that left. Until the other wallet has received or refused it, it is in transit. */
export interface TransferSent {
  readonly type: 'TransferSent';
  readonly entryId: EntryId;
  readonly entry: EntryFacts & { readonly kind: 'sent'; readonly transfer: TransferLink };
}
export interface TransferReceived {
  readonly type: 'TransferReceived';
  readonly entryId: EntryId;
  readonly entry: EntryFacts & { readonly kind: 'received'; readonly transfer: TransferLink };
}
/** Said by the wallet that did not take a transfer, so that taking and refusing exclude each other in one stream. */
export interface TransferRefused {
  readonly type: 'TransferRefused';
  readonly transferId: TransferId;
  readonly from: WalletId;
  readonly reason: string;
}
/** The sender wants a transfer back. Its entry counts until the other wallet has given the money back. */
export interface TransferRecalled {
  readonly type: 'TransferRecalled';
  readonly transferId: TransferId;
  readonly entryId: EntryId;
  readonly entry: EntryFacts & { readonly transfer: TransferLink };
}
/** The receiver gave it back: its entry counts no longer. */
export interface TransferGivenBack {
  readonly type: 'TransferGivenBack';
  readonly entryId: EntryId;
  readonly entry: EntryFacts & { readonly transfer: TransferLink };
  readonly reason?: string;
}
/** What was refused or given back is the sender's again: its entry counts no longer. */
export interface TransferReturned {
  readonly type: 'TransferReturned';
  readonly entryId: EntryId;
  readonly entry: EntryFacts & { readonly transfer: TransferLink };
  readonly reason?: string;
}
