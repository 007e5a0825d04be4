import { exponentOf } from '../currency.ts';
import { derivedId, type WalletId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import type { OpenTransfer } from '../projections/transit.ts';
import type { WalletCommand } from '../wallet/commands.ts';

/** A command that something calls for, and the wallet it goes to. */
export interface Reaction {
  readonly walletId: WalletId;
  readonly commandId: string;
  readonly command: WalletCommand;
}

/**
 * What an open transfer calls for next. It depends on nothing but the transfer, so two programs that see the same do the same,
 * and the second one finds it done.
 */
export function reactionTo(transfer: OpenTransfer): Reaction {
  const { id, state, from, to, reason } = transfer;
  switch (state) {
    case 'sent':
      return { walletId: to, commandId: derivedId('receive', id), command: receiving(transfer) };
    case 'recalled':
      return {
        walletId: to,
        commandId: derivedId('give-back', id),
        command: { type: 'GiveBackTransfer', transferId: id, reason: 'recalled' },
      };
    case 'refused':
    case 'given-back':
      return {
        walletId: from,
        commandId: derivedId('return', id),
        command: { type: 'ReturnTransfer', transferId: id, reason: reason ?? state },
      };
  }
}

function receiving({ id, from, entryId, occurredOn, note, counterpart, ...figures }: OpenTransfer): WalletCommand {
  const { amount, currency, toAmount, toCurrency } = figures;
  return {
    type: 'ReceiveTransfer',
    transferId: id,
    from,
    amount: formatMinor(BigInt(toAmount), exponentOf(toCurrency)),
    currency: toCurrency,
    sent: { amount: formatMinor(BigInt(amount), exponentOf(currency)), currency, entryId },
    occurredOn,
    ...(note === undefined ? {} : { note }),
    ...(counterpart === undefined ? {} : { counterpart }),
  };
}
