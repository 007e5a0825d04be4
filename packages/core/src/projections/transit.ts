import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { EntryId, TransferId, WalletId } from '../ids.ts';
import type { Money } from '../money.ts';
import type { Projection, Recorded } from '../projection.ts';
import type { EntryFacts, TransferLink } from '../wallet/entry-facts.ts';
import type { WalletEvent } from '../wallet/events.ts';
import { transferWord } from '../wallet/transfers.ts';
import { walletIdOfStream } from './directory.ts';

/**
 * A transfer that is not settled. Amounts in minor units, all as they were when it was sent.
 *
 * - `sent`: it left and has not arrived.
 * - `refused`: the other wallet did not take it; it is on its way back.
 * - `recalled`: it arrived and is wanted back; the money is in the other wallet still.
 * - `given-back`: the other wallet gave it back; it is on its way.
 */
export interface OpenTransfer {
  readonly id: TransferId;
  readonly state: 'sent' | 'refused' | 'recalled' | 'given-back';
  /** Wanted back before it arrived. */
  readonly recalled?: true;
  readonly from: WalletId;
  readonly to: WalletId;
  /** The sender's half. */
  readonly entryId: EntryId;
  readonly amount: string;
  readonly currency: CurrencyCode;
  readonly toAmount: string;
  readonly toCurrency: CurrencyCode;
  readonly occurredOn: CivilDate;
  readonly note?: string;
  /** The income over there, when two entries were joined. */
  readonly counterpart?: EntryId;
  /** Why it was refused or given back. */
  readonly reason?: string;
  /** When it came to this state. */
  readonly since: string;
}

/** Open transfers by id. */
export type Transit = Readonly<Record<TransferId, OpenTransfer>>;

/** The buckets of {@link transit}: so that each stays small when very many wait. */
export const TRANSIT_BUCKETS: readonly string[] = '0123456789abcdef'.split('');

function bucketOf(id: TransferId): string {
  return TRANSIT_BUCKETS[Number.parseInt(id.at(0) ?? '', 16) || 0] ?? '0';
}

type Linked = EntryFacts & { readonly transfer: TransferLink };

function isLinked(facts: EntryFacts | undefined): facts is Linked {
  return facts?.transfer !== undefined;
}

/** The half of a transfer that an event carries. */
function halfIn(event: WalletEvent): Linked | undefined {
  if (event.type === 'EntryCorrected') return [event.after, event.before].find(isLinked);
  return 'entry' in event && isLinked(event.entry) ? event.entry : undefined;
}

function amounts(left: Money, arrives: Money): Pick<OpenTransfer, 'amount' | 'currency' | 'toAmount' | 'toCurrency'> {
  const [amount, toAmount] = [left.minor.toString(), arrives.minor.toString()];
  return { amount, currency: left.currency, toAmount, toCurrency: arrives.currency };
}

/** A transfer as the event tells of it: whichever half it carries, the other is in its link. */
function told({ event, stream, recordedAt }: Recorded<WalletEvent>, state: OpenTransfer['state']): OpenTransfer | undefined {
  const half = halfIn(event);
  if (half === undefined || !('entryId' in event) || event.entryId === undefined) return undefined;
  const { kind, amount, occurredOn, note, transfer } = half;
  const { id, wallet, other, counterpart } = transfer;
  const here = { entryId: event.entryId, wallet: walletIdOfStream(stream), amount };
  // A plain transfer's first half bears the transfer's id.
  const there = { entryId: counterpart ?? id, wallet, amount: other };
  const [from, to] = kind === 'sent' ? [here, there] : [there, here];
  return {
    id,
    state,
    from: from.wallet,
    to: to.wallet,
    entryId: from.entryId,
    ...amounts(from.amount, to.amount),
    occurredOn,
    ...(note === undefined ? {} : { note }),
    ...(counterpart === undefined ? {} : { counterpart: to.entryId }),
    ...('reason' in event && event.reason !== undefined ? { reason: event.reason } : {}),
    since: recordedAt,
  };
}

/** What becomes of an open transfer, or of none, by an event; none when it is settled. */
function next(known: OpenTransfer | undefined, recorded: Recorded<WalletEvent>): OpenTransfer | undefined {
  const { event, recordedAt: since } = recorded;
  switch (transferWord(event)?.side.state) {
    case 'sent':
      return told(recorded, 'sent');
    case 'received': {
      if (known?.recalled !== true) return undefined;
      const { recalled: _, ...arrived } = known;
      return { ...arrived, state: 'recalled', since };
    }
    case 'refused':
      return known === undefined || event.type !== 'TransferRefused'
        ? known
        : { ...known, state: 'refused', reason: event.reason, since };
    case 'recalled':
      if (known === undefined) return told(recorded, 'recalled');
      return known.state === 'sent' ? { ...known, recalled: true } : known;
    case 'given-back': {
      const back = told(recorded, 'given-back');
      return known === undefined || back === undefined ? back : { ...known, ...reasonIn(back), state: 'given-back', since };
    }
    default:
      return undefined;
  }
}

function reasonIn({ reason }: OpenTransfer): Pick<OpenTransfer, 'reason'> {
  return reason === undefined ? {} : { reason };
}

/**
 * The transfers of all wallets that are not settled, a view of the whole log: what is in transit, and what is still to be done.
 * Since it is made of the log, nothing that a crash leaves half done is ever forgotten.
 */
export const transit: Projection<Transit, WalletEvent> = {
  name: 'transit',
  version: 1,
  initial: {},
  bucketsOf({ event }) {
    const word = transferWord(event);
    return word === undefined ? [] : [bucketOf(word.id)];
  },
  apply(view, recorded) {
    const word = transferWord(recorded.event);
    if (word === undefined) return view;
    const { [word.id]: known, ...others } = view;
    const now = next(known, recorded);
    return now === undefined ? others : { ...others, [word.id]: now };
  },
};
