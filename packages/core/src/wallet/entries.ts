import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { EntryId } from '../ids.ts';
import { money } from '../money.ts';
import type { Version } from '../ports/event-store.ts';
import type { Projection } from '../projection.ts';
import type { EntryFacts, EntryKind, EntrySource, WalletEvent } from './events.ts';

/** {@link EntryFacts} as views keep them: the amount in minor units. */
export interface StoredFacts {
  readonly kind: EntryKind;
  readonly amount: string;
  readonly currency: CurrencyCode;
  readonly occurredOn: CivilDate;
  readonly category?: string;
  readonly note?: string;
  readonly source?: EntrySource;
}

/** One entry as it stands. */
export interface Entry {
  readonly facts: StoredFacts | null;
  /** The version that added it. */
  readonly addedIn: Version;
  /** The versions of every event that is about it, oldest first. */
  readonly history: readonly Version[];
  /** Whether it counts no longer, and which import was taken back when that was why. */
  readonly voided: false | { readonly undoes?: string };
}

export function toStoredFacts({ amount, ...facts }: EntryFacts): StoredFacts {
  return { ...facts, amount: amount.minor.toString(), currency: amount.currency };
}

export function fromStoredFacts({ amount, currency, ...facts }: StoredFacts): EntryFacts {
  return { ...facts, amount: money(BigInt(amount), currency) };
}

/** The entry an event is about. */
function entryIdOf(event: WalletEvent): EntryId | undefined {
  switch (event.type) {
    case 'IncomeAdded':
    case 'ExpenseAdded':
    case 'EntryCorrected':
    case 'EntryVoided':
    case 'EntryRestored':
      return event.entryId;
    default:
      return undefined;
  }
}

/** Each entry in a bucket of its own, named by its id: what corrections, voids and restores look at. */
export const entries: Projection<Entry, WalletEvent> = {
  name: 'entries',
  version: 1,
  initial: { facts: null, addedIn: 0, history: [], voided: false },
  bucketsOf({ event }) {
    const entryId = entryIdOf(event);
    return entryId === undefined ? [] : [entryId];
  },
  apply(view, { event, version }) {
    const history = [...view.history, version];
    switch (event.type) {
      case 'IncomeAdded':
      case 'ExpenseAdded':
        return { facts: toStoredFacts(event.entry), addedIn: version, history, voided: false };
      case 'EntryCorrected':
        return { ...view, facts: toStoredFacts(event.after), history };
      case 'EntryVoided':
        return { ...view, history, voided: event.undoes === undefined ? {} : { undoes: event.undoes } };
      case 'EntryRestored':
        return { ...view, history, voided: false };
      default:
        return view;
    }
  },
};
