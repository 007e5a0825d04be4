import { formatAmount } from '../money.ts';
import type { Rejection } from '../outcome.ts';
import { isSameId } from './bank-rows.ts';
import { back, final, movedOn, stays, type Compensations } from './compensation.ts';
import { equal, isKnown, type Known } from './decide-entries.ts';
import { entries, fromStoredFacts } from './entries.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { EntryVoided, WalletEvent } from './events.ts';
import { reject } from './parse.ts';
import { refundFault } from './refund-rules.ts';
import { entryOf, type Need, type WalletState } from './state.ts';

type EntryEvent =
  | 'IncomeAdded'
  | 'ExpenseAdded'
  | 'ExpenseRefunded'
  | 'EntryCorrected'
  | 'EntryVoided'
  | 'EntryRestored'
  | 'TransferSent'
  | 'TransferReceived'
  | 'TransferRefused'
  | 'TransferRecalled'
  | 'TransferGivenBack'
  | 'TransferReturned'
  | 'EntriesImported'
  | 'ImportUndone';

interface AboutEntry {
  readonly entryId: string;
  readonly entry: EntryFacts;
}

function entryNeeds(entryId: string, { refunds }: EntryFacts): readonly Need[] {
  const own: Need = { projection: entries, bucket: entryId };
  return refunds === undefined ? [own] : [own, { projection: entries, bucket: refunds }];
}

const needs = ({ entryId, entry }: AboutEntry): readonly Need[] => entryNeeds(entryId, entry);

/** The entry, when it stands as a change left it; otherwise what came since. */
function standing(
  state: WalletState,
  entryId: string,
  left: { readonly facts: EntryFacts; readonly isVoid: boolean },
): Known | Rejection {
  const entry = entryOf(state, entryId);
  if (!isKnown(entry)) return reject('entry-unknown', 'There is no such entry in this wallet.', 'entryId');
  const isVoid = entry.voided !== false;
  const detail = { entryId, undoFirst: entry.history.at(-1) ?? entry.addedIn };
  if (isVoid !== left.isVoid) {
    return movedOn(isVoid ? 'The entry was made void since.' : 'The entry was restored since.', detail);
  }
  const facts = fromStoredFacts(entry.facts);
  // Where it came from is no part of what it says, but going back past a row that it was matched with would lose the row.
  const isSame = equal(facts, left.facts) && isSameId(facts.source, left.facts.source);
  return isSame ? entry : movedOn('The entry was corrected since.', detail);
}

function isRefused(entry: Known | Rejection): entry is Rejection {
  return 'code' in entry;
}

/** A refund of it that still counts is in the way: taking the expense away would leave the refund without one. */
function refundsSince({ entryId }: AboutEntry, { refunded }: Known): Rejection | undefined {
  return refunded === '0' ? undefined : movedOn('Money came back of this expense since. Undo its refunds first.', { entryId });
}

/** Makes an entry void again. It keeps its day: figures of every period are those from before, and what was known then is read by record time. */
function takeAway(event: AboutEntry, state: WalletState, undoes?: string): readonly WalletEvent[] | Rejection {
  const entry = standing(state, event.entryId, { facts: event.entry, isVoid: false });
  if (isRefused(entry)) return entry;
  const refunds = refundsSince(event, entry);
  if (refunds !== undefined) return refunds;
  const { entryId } = event;
  const facts = fromStoredFacts(entry.facts);
  const ends = undoes === undefined ? {} : { undoes };
  return [{ type: 'EntryVoided', entryId, entry: facts, reason: 'The change was undone.', ...ends }];
}

function putBack(event: EntryVoided, state: WalletState): readonly WalletEvent[] | Rejection {
  const { entryId } = event;
  const entry = standing(state, entryId, { facts: event.entry, isVoid: true });
  if (isRefused(entry)) return entry;
  if (entry.voided !== false && entry.voided.final === true) {
    return reject('transfer-returned', 'The transfer went back. Send another one.', 'entryId');
  }
  const fault = refundFault(state, entry, {});
  if (fault !== undefined) return { ...fault, field: 'entryId' };
  const undoes = entry.voided === false ? undefined : entry.voided.undoes;
  const facts = fromStoredFacts(entry.facts);
  return [{ type: 'EntryRestored', entryId, entry: facts, ...(undoes === undefined ? {} : { undoes }) }];
}

const added = back<AboutEntry>(needs, (event, { state }) => takeAway(event, state));
const transfer = final('A transfer is not undone, since its other half is in another wallet. Take the transfer back instead.');

/** How what happened to entries is taken back. */
export const entryCompensations: Compensations<EntryEvent> = {
  IncomeAdded: added,
  ExpenseAdded: added,
  ExpenseRefunded: added,
  EntryCorrected: back(
    ({ entryId, after }) => entryNeeds(entryId, after),
    ({ entryId, before, after }, { state }) => {
      const entry = standing(state, entryId, { facts: after, isVoid: false });
      if (isRefused(entry)) return entry;
      if (before.transfer?.id !== after.transfer?.id)
        return reject('change-final', transfer.kind === 'final' ? transfer.reason : '');
      const { kind } = before;
      const changes = { amount: formatAmount(before.amount), ...(kind === 'income' || kind === 'expense' ? { kind } : {}) };
      const fault = refundFault(state, entry, changes);
      if (fault !== undefined) return { ...fault, field: 'entryId' };
      return [{ type: 'EntryCorrected', entryId, addedIn: entry.addedIn, before: fromStoredFacts(entry.facts), after: before }];
    },
  ),
  EntryVoided: back(needs, (event, { state }) => putBack(event, state)),
  EntryRestored: back(needs, (event, { state }) => takeAway(event, state, event.undoes)),
  TransferSent: transfer,
  TransferReceived: transfer,
  TransferRefused: transfer,
  TransferRecalled: transfer,
  TransferGivenBack: transfer,
  TransferReturned: transfer,
  EntriesImported: stays('A file is taken back as a whole. Undo the import.'),
  ImportUndone: stays('There was nothing left of this import to take back.'),
};
