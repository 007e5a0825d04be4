import type { TransferId, WalletId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { Version } from '../ports/event-store.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';
import { readTransfers, type TransferPage } from './transfer-list.ts';
import { sendTransfer, takeBackTransfer, type Sending, type TransferBooked } from './transfers.ts';

/** A wallet's transfers. */
export interface WalletTransfers {
  /** Sends money to another wallet. It has left when this answers, and arrives when the reaction to it was carried out. */
  sendTransfer(details: Sending, request?: Request): Promise<Outcome<TransferBooked>>;
  /** Asks for a transfer back that was sent, or gives one back that was received. */
  takeBackTransfer(
    transferId: TransferId,
    options?: { readonly reason?: string },
    request?: Request,
  ): Promise<Outcome<TransferBooked>>;
  transfers(page: { readonly limit: number; readonly below?: Version }): Promise<TransferPage>;
}

/** The transfers of a wallet, on a session. */
export function walletTransfers(session: Session, id: WalletId): WalletTransfers {
  return {
    sendTransfer: (details, request = {}) => sendTransfer(session, id, details, request),
    takeBackTransfer: (transferId, options = {}, request = {}) =>
      takeBackTransfer(session, id, { ...options, transferId }, request),
    transfers: (page) => readTransfers(session, id, page),
  };
}
