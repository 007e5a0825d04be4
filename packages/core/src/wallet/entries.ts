import type { CurrencyCode } from '../currency.ts';
import type { EntryId } from '../ids.ts';
import { money } from '../money.ts';
import type { Version } from '../ports/event-store.ts';
import type { Projection } from '../projection.ts';
import type { EntryFacts, EntryPart, TransferLink } from './entry-facts.ts';
import { changesOf } from './flows.ts';
import type { WalletEvent } from './events.ts';

/** {@link EntryFacts} as views keep them: amounts in minor units. */
export interface StoredFacts extends Omit<EntryFacts, 'amount' | 'parts' | 'transfer'> {
  readonly amount: string;
  readonly currency: CurrencyCode;
  readonly parts?: readonly StoredPart[];
  readonly transfer?: StoredLink;
}
export interface StoredPart extends Omit<EntryPart, 'amount'> {
  readonly amount: string;
}
export interface StoredLink extends Omit<TransferLink, 'other'> {
  readonly other: { readonly amount: string; readonly currency: CurrencyCode };
}

/** One entry as it stands. */
export interface Entry {
  readonly facts: StoredFacts | null;
  /** The version that added it. */
  readonly addedIn: Version;
  /** The versions of every event that is about it, oldest first. */
  readonly history: readonly Version[];
  /** Whether it counts no longer, and which import was taken back when that was why. `final` cannot be restored: a transfer that went back. */
  readonly voided: false | { readonly undoes?: string; readonly final?: true };
  /** What came back of it by refunds that count, in minor units. */
  readonly refunded: string;
  /** The same by the category that it came back to; an empty text is none. Absent where nothing came back. */
  readonly returned?: readonly Returned[];
}
type Returned = readonly [category: string, minor: string];

export function toStoredFacts(facts: EntryFacts): StoredFacts {
  if (last?.facts !== facts) last = { facts, stored: storedOf(facts) };
  return last.stored;
}

/** The facts that were asked for last: the entry and the register keep the same ones. */
let last: { readonly facts: EntryFacts; readonly stored: StoredFacts } | undefined;

function storedOf(facts: EntryFacts): StoredFacts {
  const { amount, parts, transfer } = facts;
  // One copy, with what is kept otherwise put over it: this runs for every entry there is.
  return {
    ...(facts as Omit<EntryFacts, 'amount' | 'parts' | 'transfer'>),
    amount: amount.minor.toString(),
    currency: amount.currency,
    ...(parts === undefined ? {} : { parts: parts.map((part) => ({ ...part, amount: part.amount.minor.toString() })) }),
    ...(transfer === undefined ? {} : { transfer: toStoredLink(transfer) }),
  };
}

function toStoredLink({ other, ...link }: TransferLink): StoredLink {
  return { ...link, other: { amount: other.minor.toString(), currency: other.currency } };
}

export function fromStoredFacts({ amount, currency, parts, transfer, ...facts }: StoredFacts): EntryFacts {
  return {
    ...facts,
    amount: money(BigInt(amount), currency),
    ...(parts === undefined ? {} : { parts: parts.map((part) => ({ ...part, amount: money(BigInt(part.amount), currency) })) }),
    ...(transfer === undefined ? {} : { transfer: fromStoredLink(transfer) }),
  };
}

function fromStoredLink({ other, ...link }: StoredLink): TransferLink {
  return { ...link, other: money(BigInt(other.amount), other.currency) };
}

/**
 * Each entry in a bucket of its own, named by its id: what corrections, voids and restores look at. Most entries bear the id of
 * the event that added them and are never touched again, so nothing is stored of them here.
 */
export const entries: Projection<Entry, WalletEvent> = {
  name: 'entries',
  version: 4,
  beginsWithEvent: true,
  initial: { facts: null, addedIn: 0, history: [], voided: false, refunded: '0' },
  bucketsOf({ event }) {
    switch (event.type) {
      case 'TransferRecalled':
        return [event.entryId];
      default: {
        if (changesOf(event).length === 0 || !('entryId' in event) || event.entryId === undefined) return [];
        const refunds = refundedBy(event);
        return refunds === undefined ? [event.entryId] : [event.entryId, refunds];
      }
    }
  },
  apply(view, { event, version }, bucket) {
    if ('entryId' in event && event.entryId !== bucket) return afterRefund(view, event);
    const history = [...view.history, version];
    switch (event.type) {
      case 'IncomeAdded':
      case 'ExpenseAdded':
      case 'ExpenseRefunded':
      case 'TransferSent':
      case 'TransferReceived':
        return { ...view, facts: toStoredFacts(event.entry), addedIn: version, history, voided: false };
      case 'EntryCorrected':
        return { ...view, facts: toStoredFacts(event.after), history };
      case 'EntryVoided':
        return { ...view, history, voided: event.undoes === undefined ? {} : { undoes: event.undoes } };
      case 'TransferReturned':
      case 'TransferGivenBack':
        return { ...view, history, voided: { final: true } };
      case 'EntryRestored':
        return { ...view, history, voided: false };
      default:
        return { ...view, history };
    }
  },
};

/** The expense that a refund takes back, where an event is about one. */
function refundedBy(event: WalletEvent): EntryId | undefined {
  return changesOf(event).find(([{ refunds }]) => refunds !== undefined)?.[0].refunds;
}

function afterRefund({ refunded, returned: before = [], ...view }: Entry, event: WalletEvent): Entry {
  let sum = BigInt(refunded);
  const shares = new Map(before.map(([category, minor]) => [category, BigInt(minor)]));
  for (const [facts, sign] of changesOf(event)) {
    sum += sign * facts.amount.minor;
    for (const { category = '', amount } of facts.parts ?? [facts])
      shares.set(category, (shares.get(category) ?? 0n) + sign * amount.minor);
  }
  const returned = [...shares].filter(([, minor]) => minor !== 0n).map(([category, minor]): Returned => [category, `${minor}`]);
  return { ...view, refunded: sum.toString(), ...(returned.length === 0 ? {} : { returned }) };
}
