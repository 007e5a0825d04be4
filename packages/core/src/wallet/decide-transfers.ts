import type { Rejection } from '../outcome.ts';
import { watchesOf } from './crossings.ts';
import { isKnown } from './decide-entries.ts';
import { accept, refuse, type Foresight, type Rule, type WalletDecision } from './decision.ts';
import { entries, fromStoredFacts, type Entry } from './entries.ts';
import type { EntryFacts, TransferLink } from './entry-facts.ts';
import type { EntryCorrected, WalletEvent } from './events.ts';
import { isRejection, parseNote, reject } from './parse.ts';
import { sentEvents } from './sent-events.ts';
import { entryOf, headOf, isLoaded, transferOf, type Need, type WalletState } from './state.ts';
import type { RecallTransfer, ReturnTransfer, SendTransfer } from './transfer-commands.ts';
import { transfers, type TransferSide } from './transfers.ts';
import { weigh } from './weigh.ts';

type Sending = Pick<Foresight<SendTransfer>, 'command' | 'today' | 'state'> & { eventId(index: number): string };

function sending({ command, today, state, eventId }: Sending): ReturnType<typeof sentEvents> {
  if (command.to === command.from) {
    return reject('transfer-to-itself', 'A wallet sends nothing to itself. Name another wallet.', 'to');
  }
  return sentEvents(command, { currency: headOf(state).currency, today, entryId: eventId(0), feeId: eventId(1) });
}

/** The facts that some events add. */
function addedBy(events: readonly WalletEvent[]): readonly EntryFacts[] {
  return events.flatMap((event) => ('entry' in event ? [event.entry] : []));
}

export const sendTransferRule: Rule<SendTransfer> = {
  touches(foresight) {
    const events = sending({ ...foresight, eventId: () => '' });
    return isRejection(events) ? [] : addedBy(events);
  },
  decide(context, state) {
    const events = sending({ ...context, state, eventId: (index) => context.eventId(index) });
    if (isRejection(events)) return refuse(events);
    const watches = watchesOf(headOf(state), addedBy(events));
    const [, fee] = events;
    return weigh(context, state, events, { watches, block: true, ...(fee === undefined ? {} : { entryId: fee.entryId }) });
  },
};

/** What must be known of a transfer: what this wallet said of it, and its half. */
export function transferNeeds({ command: { transferId }, state }: Foresight<{ readonly transferId: string }>): readonly Need[] {
  const first: readonly Need[] = [{ projection: transfers, bucket: transferId }];
  if (!isLoaded(state, first)) return first;
  const { entryId } = transferOf(state, transferId);
  return entryId === undefined ? first : [...first, { projection: entries, bucket: entryId }];
}

/** A half of a transfer that counts in this wallet. */
export interface Half {
  readonly side: TransferSide & { readonly entryId: string };
  readonly entry: Entry;
  readonly facts: EntryFacts & { readonly transfer: TransferLink };
}

/** This wallet's half of a transfer, when it has one that counts. */
export function halfOf(state: WalletState, transferId: string): Half | undefined {
  const side = transferOf(state, transferId);
  const { entryId } = side;
  if (entryId === undefined) return undefined;
  const entry = entryOf(state, entryId);
  if (!isKnown(entry) || entry.voided !== false) return undefined;
  const facts = fromStoredFacts(entry.facts);
  const { transfer } = facts;
  return transfer?.id === transferId ? { side: { ...side, entryId }, entry, facts: { ...facts, transfer } } : undefined;
}

/** What a joined entry was before, with everything that was said of it since. */
export function parted({ side, entry, facts: { transfer: _, ...before } }: Half, transfer: TransferLink): EntryCorrected {
  const { kind = 'expense', category, parts } = side.was ?? {};
  const { currency } = before.amount;
  const after: EntryFacts = {
    ...before,
    kind,
    ...(category === undefined ? {} : { category }),
    ...(parts === undefined
      ? {}
      : { parts: parts.map((part) => ({ ...part, amount: { minor: BigInt(part.amount), currency } })) }),
  };
  const { addedIn } = entry;
  return { type: 'EntryCorrected', entryId: side.entryId, addedIn, before: { ...before, transfer }, after };
}

export const unknownTransfer = reject('transfer-unknown', 'This wallet has no such transfer.', 'transferId');
export const goneTransfer = reject('transfer-returned', 'The transfer went back, or is on its way back, already.', 'transferId');

/** Reads why something was done. */
export function reasonOf(text: string | undefined): { readonly reason?: string } | Rejection {
  const reason = text === undefined ? undefined : parseNote(text, 'reason');
  if (isRejection(reason)) return reason;
  return reason === undefined ? {} : { reason };
}

export const recallTransferRule: Rule<RecallTransfer> = {
  needs: transferNeeds,
  decide({ command: { transferId } }, state) {
    const { state: said } = transferOf(state, transferId);
    if (said === 'recalled' || said === 'returned') return refuse(goneTransfer);
    const half = halfOf(state, transferId);
    if (said !== 'sent' || half === undefined) return refuse(unknownTransfer);
    return accept({ type: 'TransferRecalled', transferId, entryId: half.side.entryId, entry: half.facts });
  },
};

/** What was refused or given back is the sender's again; a joined expense is an expense again, as the bank has it. */
function returning(state: WalletState, { transferId, reason }: ReturnTransfer): WalletEvent | undefined {
  const half = halfOf(state, transferId);
  if (half === undefined) return undefined;
  const { facts, side } = half;
  if (facts.transfer.counterpart !== undefined) return parted(half, facts.transfer);
  return { type: 'TransferReturned', entryId: side.entryId, entry: facts, ...(reason === undefined ? {} : { reason }) };
}

/** The facts that take part in the figures after a return. */
function againIn(event: WalletEvent | undefined): readonly EntryFacts[] {
  return event?.type === 'EntryCorrected' ? [event.after] : [];
}

export const returnTransferRule: Rule<ReturnTransfer> = {
  whenClosed: true,
  needs: transferNeeds,
  touches: ({ command, state }) => againIn(returning(state, command)),
  decide(context, state): WalletDecision {
    const { command } = context;
    if (transferOf(state, command.transferId).state === 'returned') return accept();
    const event = returning(state, command);
    if (event === undefined) return refuse(unknownTransfer);
    return weigh(context, state, [event], { watches: watchesOf(headOf(state), againIn(event)), block: false });
  },
};
