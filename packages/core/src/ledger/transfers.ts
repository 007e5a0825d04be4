import { eventIdsOf, isCommandId, isWalletId, type TransferId, type WalletId } from '../ids.ts';
import type { Outcome, Rejection } from '../outcome.ts';
import type { StoredEvent } from '../ports/event-store.ts';
import { streamOf } from '../projections/directory.ts';
import { reject } from '../wallet/parse.ts';
import { shapeFault, text } from '../wallet/shape.ts';
import type { TransferDetails } from '../wallet/transfer-commands.ts';
import { transfers } from '../wallet/transfers.ts';
import { bookedOf, type Booked } from './booked.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';
import { summaryOf, type WalletSummary } from './summary.ts';

/** What is sent: the other wallet's currency is looked up, and only checked when it is given. */
export interface Sending extends Omit<TransferDetails, 'toCurrency'> {
  readonly toCurrency?: string;
}

/** What sending a transfer or taking it back came to. */
export interface TransferBooked extends Booked {
  readonly transferId: TransferId;
}

/** The first event that a command has stored in a wallet before, if it has. */
export async function storedBefore(session: Session, walletId: WalletId, commandId: string): Promise<StoredEvent | undefined> {
  const stream = streamOf(walletId);
  return (await session.ports.store.find(stream, [eventIdsOf(stream, commandId)(0)]))[0];
}

/** Why the wallet itself refuses, which is said before anything about the other one. */
export async function ownFault(session: Session, id: WalletId): Promise<Rejection | undefined> {
  const summary = isWalletId(id) ? await summaryOf(session, id) : undefined;
  if (summary === undefined) return reject('wallet-unknown', 'There is no such wallet. List the wallets, or open one.');
  return summary.status === 'closed' ? reject('wallet-closed', 'The wallet is closed. Reopen it to write into it.') : undefined;
}

/** Why the other wallet cannot take a transfer, as far as can be seen before it is sent. */
export function targetFault(
  target: WalletSummary | undefined,
  { to, from, toCurrency }: Pick<Sending, 'to' | 'toCurrency'> & { readonly from: WalletId },
): Rejection | undefined {
  if (target === undefined) return reject('wallet-unknown', 'There is no wallet of this id to send to.', 'to');
  if (target.status === 'closed') return reject('wallet-closed', 'The wallet that it goes to is closed. Reopen it first.', 'to');
  if (to === from || toCurrency === undefined || toCurrency === target.currency) return undefined;
  return reject('currency-differs', `The wallet that it goes to has ${target.currency}.`, 'toCurrency');
}

/** Sends money to another wallet, once it is known that there is one that can take it. */
export async function sendTransfer(
  session: Session,
  from: WalletId,
  details: Sending,
  { commandId = session.ports.ids.next(), ...request }: Request,
): Promise<Outcome<TransferBooked>> {
  const { to } = details;
  const target = isWalletId(to) ? await summaryOf(session, to) : undefined;
  const refusal = targetFault(target, { ...details, from });
  // What was sent before the other wallet was closed is answered as it was then; a bad command id is refused by itself.
  const isFirst = async (): Promise<boolean> => (await storedBefore(session, from, commandId)) === undefined;
  if (refusal !== undefined && isCommandId(commandId) && (target === undefined || (await isFirst()))) {
    return { kind: 'rejected', rejection: (await ownFault(session, from)) ?? refusal };
  }
  const command = { ...details, toCurrency: target?.currency ?? '', from, type: 'SendTransfer' } as const;
  const outcome = bookedOf(undefined, await session.submit(streamOf(from), command, { ...request, commandId }));
  return withTransfer(outcome, (booked) => booked.entryId);
}

function withTransfer(outcome: Outcome<Booked>, id: (booked: Booked) => TransferId): Outcome<TransferBooked> {
  if (!('result' in outcome)) return outcome;
  return { ...outcome, result: { ...outcome.result, transferId: id(outcome.result) } };
}

/** Asks for what was sent, or gives back what was received: whichever half the wallet has. */
export async function takeBackTransfer(
  session: Session,
  walletId: WalletId,
  { transferId, reason }: { readonly transferId: TransferId; readonly reason?: string },
  request: Request,
): Promise<Outcome<TransferBooked>> {
  const fault = shapeFault(text, transferId, 'transferId');
  if (fault !== undefined) return { kind: 'rejected', rejection: fault };
  const stream = streamOf(walletId);
  const { state } = await session.read(stream, {
    needs: () => [{ projection: transfers, bucket: transferId }],
    result: (_, views) => views.get(transfers, transferId),
  });
  const isSender = state === 'sent' || state === 'recalled' || state === 'returned';
  const command = isSender
    ? ({ type: 'RecallTransfer', transferId } as const)
    : ({ type: 'GiveBackTransfer', transferId, ...(reason === undefined ? {} : { reason }) } as const);
  return withTransfer(bookedOf(undefined, await session.submit(stream, command, request)), () => transferId);
}
