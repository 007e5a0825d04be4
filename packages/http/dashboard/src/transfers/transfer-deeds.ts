import type { Proposal, TransferBooked } from '../api/transfer-types.ts';
import type { Wallet } from '../api/types.ts';
import { readEntries, readEntry } from '../api/reads.ts';
import { words } from '../money/amt.tsx';
import { refreshSoon } from '../state/books.ts';
import { voidEntry } from '../state/entry-deeds.ts';
import type { Deed } from '../state/undo.ts';
import { patchWallet, walletName } from '../state/wallets.ts';
import { newKey, perform } from '../state/writes.ts';

export interface TransferBody {
  readonly to: string;
  readonly amount: string;
  readonly toAmount?: string;
  readonly occurredOn?: string;
  readonly note?: string;
  readonly fee?: { readonly amount: string; readonly category: string };
}

const ARRIVAL_MS = 700;
const pathOf = (walletId: string): string => `/wallets/${encodeURIComponent(walletId)}/transfers`;

/** The two wallets change one after the other: the second is looked at again a moment later. */
function settled(walletId: string, other: string, booked: TransferBooked): void {
  patchWallet(walletId, { balance: booked.balance });
  for (const id of [walletId, other]) {
    refreshSoon(id);
    setTimeout(() => refreshSoon(id), ARRIVAL_MS);
  }
}

/** Sends money to another wallet. Undo takes it back, and its fee is voided with it. */
export async function sendTransfer(wallet: Pick<Wallet, 'id'>, body: TransferBody): Promise<Deed> {
  const booked = await perform<TransferBooked>({ method: 'POST', path: pathOf(wallet.id), body, key: newKey() });
  settled(wallet.id, body.to, booked);
  return {
    said: `Sent ${words(body.amount)} to ${walletName(body.to)}.`,
    undo: async () => {
      const back = await takeBack({ ...booked, walletId: wallet.id, other: body.to, amount: body.amount, body });
      if (body.fee !== undefined) await voidFee(wallet.id, booked.entryId);
      return back;
    },
  };
}

/** The fee is an expense of its own, booked right after what was sent. */
async function voidFee(walletId: string, sentId: string): Promise<void> {
  const { version, occurredOn } = await readEntry(walletId, sentId);
  const { items } = await readEntries(walletId, { from: occurredOn, kind: 'expense', limit: 200 });
  const fee = items.find((entry) => entry.version === version + 1);
  if (fee !== undefined) await voidEntry(walletId, fee.id, fee);
}

export interface TakingBack {
  readonly walletId: string;
  readonly transferId: string;
  readonly other: string;
  readonly amount: string;
  /** What was sent, when it can be sent once more. */
  readonly body?: TransferBody | undefined;
}

export async function takeBack({ walletId, transferId, other, amount, body }: TakingBack): Promise<Deed> {
  const path = `${pathOf(walletId)}/${encodeURIComponent(transferId)}`;
  settled(walletId, other, await perform<TransferBooked>({ method: 'DELETE', path, key: newKey() }));
  return {
    said: `Taken back: ${words(amount)}, ${walletName(other)}.`,
    undo: body === undefined ? undefined : async () => sendTransfer({ id: walletId }, body),
  };
}

/** Makes two entries one transfer; taking it back makes them two entries again. */
export async function join({ from, to, amount }: Proposal): Promise<Deed> {
  const booked = await perform<TransferBooked>({ method: 'POST', path: '/transfers/join', body: { from, to }, key: newKey() });
  settled(from.walletId, to.walletId, booked);
  return {
    said: `One transfer now: ${words(amount)} from ${walletName(from.walletId)} to ${walletName(to.walletId)}.`,
    undo: async () => takeBack({ walletId: from.walletId, transferId: booked.transferId, other: to.walletId, amount }),
  };
}
