import type { EntryId, TransferId } from '../ids.ts';
import type { Projection, Recorded } from '../projection.ts';
import { toStoredFacts, type StoredFacts } from './entries.ts';
import type { WalletEvent } from './events.ts';

/**
 * What one wallet has said about a transfer. Of the two that it concerns, the sender's is `sent`, `recalled` or `returned`, the
 * other's `received`, `refused` or `given-back`.
 */
export interface TransferSide {
  readonly state: 'unknown' | 'sent' | 'recalled' | 'returned' | 'received' | 'refused' | 'given-back';
  /** This wallet's half; none when it refused. */
  readonly entryId?: EntryId;
  /** What the entry was before it was joined, and is again when the two are parted. */
  readonly was?: Pick<StoredFacts, 'kind' | 'category' | 'parts'>;
}

/** A word about a transfer: which, and what this wallet says of it now. */
export interface TransferWord {
  readonly id: TransferId;
  readonly side: TransferSide;
}

/** What an event says about a transfer, if it is about one. */
export function transferWord(event: WalletEvent): TransferWord | undefined {
  switch (event.type) {
    case 'TransferSent':
      return { id: event.entry.transfer.id, side: { state: 'sent', entryId: event.entryId } };
    case 'TransferReceived':
      return { id: event.entry.transfer.id, side: { state: 'received', entryId: event.entryId } };
    case 'TransferRefused':
      return { id: event.transferId, side: { state: 'refused' } };
    case 'TransferRecalled':
      return { id: event.transferId, side: { state: 'recalled', entryId: event.entryId } };
    case 'TransferGivenBack':
      return { id: event.entry.transfer.id, side: { state: 'given-back', entryId: event.entryId } };
    case 'TransferReturned':
      return { id: event.entry.transfer.id, side: { state: 'returned', entryId: event.entryId } };
    case 'EntryCorrected':
      return joinWord(event);
    default:
      return undefined;
  }
}

/** An entry that was booked already becomes half of a transfer, or ceases to be it. */
function joinWord({ entryId, before, after }: Extract<WalletEvent, { type: 'EntryCorrected' }>): TransferWord | undefined {
  if (before.transfer?.id === after.transfer?.id) return undefined;
  if (after.transfer !== undefined) {
    const { kind, category, parts } = toStoredFacts(before);
    const was = { kind, ...(category === undefined ? {} : { category }), ...(parts === undefined ? {} : { parts }) };
    return { id: after.transfer.id, side: { state: after.kind === 'sent' ? 'sent' : 'received', entryId, was } };
  }
  if (before.transfer === undefined) return undefined;
  return { id: before.transfer.id, side: { state: before.kind === 'sent' ? 'returned' : 'given-back', entryId } };
}

/** Each transfer in a bucket of its own, named by its id: what makes every step of it happen once, whoever asks for it. */
export const transfers: Projection<TransferSide, WalletEvent> = {
  name: 'transfers',
  version: 1,
  initial: { state: 'unknown' },
  bucketsOf({ event }: Recorded<WalletEvent>) {
    const word = transferWord(event);
    return word === undefined ? [] : [word.id];
  },
  apply(view, { event }) {
    const { side = view } = transferWord(event) ?? {};
    return view.was === undefined || side.was !== undefined ? side : { ...side, was: view.was };
  },
};
