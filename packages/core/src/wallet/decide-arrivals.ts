import { isDate, parseDate } from '../calendar.ts';
import { parseCurrency } from '../currency.ts';
import { isKnown } from './decide-entries.ts';
import { goneTransfer, halfOf, parted, reasonOf, transferNeeds, unknownTransfer } from './decide-transfers.ts';
import { accept, refuse, type Foresight, type OpenContext, type Rule, type WalletDecision } from './decision.ts';
import { entries, fromStoredFacts } from './entries.ts';
import type { EntryFacts, TransferLink } from './entry-facts.ts';
import type { WalletEvent } from './events.ts';
import { isRejection, parseNote, parseSum } from './parse.ts';
import { entryOf, headOf, transferOf, type Need, type WalletState } from './state.ts';
import type { GiveBackTransfer, ReceiveTransfer } from './transfer-commands.ts';
import { transfers } from './transfers.ts';

/** What arrives, read. A reason when it cannot be taken: nothing that was sent may be left without an answer. */
interface Arrival {
  readonly facts: Omit<EntryFacts, 'kind'> & { readonly transfer: TransferLink };
}

function arrivalOf({ command, today }: OpenContext<ReceiveTransfer>): Arrival | string {
  const currency = parseCurrency(command.currency);
  const sentIn = parseCurrency(command.sent.currency);
  if (currency === undefined || sentIn === undefined) return 'currency-unknown';
  const amount = parseSum(command.amount, currency);
  if (isRejection(amount)) return amount.code;
  const other = parseSum(command.sent.amount, sentIn);
  if (isRejection(other)) return other.code;
  const note = command.note === undefined ? undefined : parseNote(command.note);
  const day = parseDate(command.occurredOn);
  const { transferId: id, from: wallet, counterpart, sent } = command;
  const transfer = { id, wallet, other, ...(counterpart === undefined ? {} : { counterpart: sent.entryId }) };
  const said = note === undefined || isRejection(note) ? {} : { note };
  return { facts: { amount, occurredOn: isDate(day) ? day : today, ...said, transfer } };
}

/** The event that takes what arrives, or why it is not taken. */
function taken(context: OpenContext<ReceiveTransfer>, state: WalletState): WalletEvent | string {
  const { counterpart } = context.command;
  const { status, currency } = headOf(state);
  if (status === 'absent') return 'wallet-unknown';
  const arrival = arrivalOf(context);
  if (typeof arrival === 'string') return arrival;
  const { facts } = arrival;
  if (facts.amount.currency !== currency) return 'currency-differs';
  // Joining moves no money, so a closed wallet joins what it has; it only takes nothing new.
  if (counterpart !== undefined) return joined(state, counterpart, facts) ?? 'counterpart-changed';
  if (status === 'closed') return 'wallet-closed';
  return { type: 'TransferReceived', entryId: context.eventId(0), entry: { ...facts, kind: 'received' } };
}

/** Makes an income that was booked already the other half, if it is still what was to be joined. */
function joined(
  state: WalletState,
  entryId: string,
  { amount, transfer }: Pick<Arrival['facts'], 'amount' | 'transfer'>,
): WalletEvent | undefined {
  const entry = entryOf(state, entryId);
  if (!isKnown(entry) || entry.voided !== false) return undefined;
  const before = fromStoredFacts(entry.facts);
  if (before.kind !== 'income' || before.amount.minor !== amount.minor) return undefined;
  const { category: _, parts: __, ...kept } = before;
  return { type: 'EntryCorrected', entryId, addedIn: entry.addedIn, before, after: { ...kept, kind: 'received', transfer } };
}

/**
 * Takes a transfer or refuses it, once: both are said in the stream of the wallet that it goes to, also when that is closed or
 * was never opened, so whatever runs at the same time finds one or the other.
 */
export const receiveTransferRule: Rule<ReceiveTransfer> = {
  whenClosed: true,
  whenAbsent: true,
  needs({ command: { transferId, counterpart } }: Foresight<ReceiveTransfer>): readonly Need[] {
    const first = { projection: transfers, bucket: transferId };
    return counterpart === undefined ? [first] : [first, { projection: entries, bucket: counterpart }];
  },
  decide(context, state): WalletDecision {
    const { transferId, from } = context.command;
    if (transferOf(state, transferId).state !== 'unknown') return accept();
    const event = taken(context, state);
    return accept(typeof event === 'string' ? { type: 'TransferRefused', transferId, from, reason: event } : event);
  },
};

export const giveBackTransferRule: Rule<GiveBackTransfer> = {
  whenClosed: true,
  needs: transferNeeds,
  decide({ command }, state): WalletDecision {
    const { state: said } = transferOf(state, command.transferId);
    if (said === 'given-back' || said === 'refused') return refuse(goneTransfer);
    const half = halfOf(state, command.transferId);
    if (said !== 'received' || half === undefined) return refuse(unknownTransfer);
    const reason = reasonOf(command.reason);
    if (isRejection(reason)) return refuse(reason);
    const { facts, side } = half;
    if (facts.transfer.counterpart !== undefined) return accept(parted(half, facts.transfer));
    return accept({ type: 'TransferGivenBack', entryId: side.entryId, entry: facts, ...reason });
  },
};
