import type { EntryId, TransferId, WalletId } from '../ids.ts';

// Commands carry what a person or program typed: texts, as in `commands.ts`.

/** What a person says of a transfer; the wallet it goes to is looked at before, since the sender's rules cannot see it. */
export interface TransferDetails {
  readonly to: WalletId;
  readonly amount: string;
  /** The other wallet's currency, and what arrives in it: the same amount when left out and the currencies are equal. */
  readonly toCurrency: string;
  readonly toAmount?: string;
  readonly occurredOn?: string;
  readonly payee?: string;
  readonly tags?: readonly string[];
  readonly note?: string;
  /** What sending cost: an expense of its own, in the same append. */
  readonly fee?: { readonly amount: string; readonly category: string };
}
export interface SendTransfer extends TransferDetails {
  readonly type: 'SendTransfer';
  /** The sender, since a wallet's rules do not know which one it is. */
  readonly from: WalletId;
}
/** Makes an expense that is booked already one half of a transfer; the other half is the income over there. */
export interface JoinTransfer {
  readonly type: 'JoinTransfer';
  readonly entryId: EntryId;
  readonly wallet: WalletId;
  readonly other: { readonly amount: string; readonly currency: string };
  readonly counterpart: EntryId;
}
/** Given by the reaction to a sent transfer: takes it, or says that it is refused. */
export interface ReceiveTransfer {
  readonly type: 'ReceiveTransfer';
  readonly transferId: TransferId;
  readonly from: WalletId;
  readonly amount: string;
  readonly currency: string;
  readonly sent: { readonly amount: string; readonly currency: string; readonly entryId: EntryId };
  readonly occurredOn: string;
  readonly note?: string;
  /** The income here that is the other half, when the two were joined. */
  readonly counterpart?: EntryId;
}
/** Given by the reaction to a refused or given back transfer. */
export interface ReturnTransfer {
  readonly type: 'ReturnTransfer';
  readonly transferId: TransferId;
  readonly reason?: string;
}
/** Asks for a transfer back that was sent. */
export interface RecallTransfer {
  readonly type: 'RecallTransfer';
  readonly transferId: TransferId;
}
/** Gives a received transfer back: by hand, or by the reaction to its recall. */
export interface GiveBackTransfer {
  readonly type: 'GiveBackTransfer';
  readonly transferId: TransferId;
  readonly reason?: string;
}
