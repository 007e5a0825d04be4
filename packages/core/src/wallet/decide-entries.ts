import type { AddExpense, AddIncome, CorrectEntry, RestoreEntry, VoidEntry } from './commands.ts';
import { watchesOf } from './crossings.ts';
import { refuse, type OpenContext, type WalletDecision } from './decision.ts';
import { fromStoredFacts, type Entry } from './entries.ts';
import type { EntryFacts, EntryVoided, EntryRestored, WalletEvent } from './events.ts';
import { factsOf } from './facts.ts';
import { isRejection, parseNote, reject } from './parse.ts';
import { entryOf, headOf, type WalletState } from './state.ts';
import { weigh } from './weigh.ts';

export function added(entryId: string, entry: EntryFacts): WalletEvent {
  return entry.kind === 'income'
    ? { type: 'IncomeAdded', entryId, entry: { ...entry, kind: 'income' } }
    : { type: 'ExpenseAdded', entryId, entry: { ...entry, kind: 'expense' } };
}

export function addEntry(context: OpenContext<AddIncome | AddExpense>, state: WalletState): WalletDecision {
  const { command, today } = context;
  const { currency } = headOf(state);
  const facts = factsOf(command.type === 'AddIncome' ? 'income' : 'expense', command, { currency, today });
  if (isRejection(facts)) return refuse(facts);
  const entryId = context.eventId(0);
  const watches = watchesOf(headOf(state), [facts]);
  return weigh(context, state, [added(entryId, facts)], { watches, block: true, entryId });
}

type Known = Entry & { readonly facts: NonNullable<Entry['facts']> };

function known(entry: Entry): entry is Known {
  return entry.facts !== null;
}

const unknownEntry = refuse(reject('entry-unknown', 'There is no such entry in this wallet.', 'entryId'));

export function correctEntry(context: OpenContext<CorrectEntry>, state: WalletState): WalletDecision {
  const { command, today } = context;
  const entry = entryOf(state, command.entryId);
  if (!known(entry)) return unknownEntry;
  if (entry.voided !== false) return refuse(reject('entry-void', 'The entry is void. Restore it to correct it.', 'entryId'));
  const view = headOf(state);
  const before = fromStoredFacts(entry.facts);
  const facts = factsOf(command.kind ?? before.kind, command, { currency: view.currency, today, before });
  if (isRejection(facts)) return refuse(facts);
  if (equal(before, facts)) return refuse(reject('nothing-to-change', 'The entry says this already.'));
  const { entryId } = command;
  const event: WalletEvent = { type: 'EntryCorrected', entryId, addedIn: entry.addedIn, before, after: facts };
  return weigh(context, state, [event], { watches: watchesOf(view, [before, facts]), block: true, entryId });
}

function equal(a: EntryFacts, b: EntryFacts): boolean {
  return (
    a.kind === b.kind &&
    a.amount.minor === b.amount.minor &&
    a.occurredOn === b.occurredOn &&
    a.category === b.category &&
    a.note === b.note
  );
}

export function voidEntry(context: OpenContext<VoidEntry>, state: WalletState): WalletDecision {
  const { entryId, reason: text } = context.command;
  const entry = entryOf(state, entryId);
  if (!known(entry)) return unknownEntry;
  if (entry.voided !== false) return refuse(reject('entry-void', 'The entry is void already.', 'entryId'));
  const reason = text === undefined ? undefined : parseNote(text, 'reason');
  if (isRejection(reason)) return refuse(reason);
  const facts = fromStoredFacts(entry.facts);
  const event: EntryVoided = { type: 'EntryVoided', entryId, entry: facts, ...(reason === undefined ? {} : { reason }) };
  return weigh(context, state, [event], { watches: watchesOf(headOf(state), [facts]), block: false });
}

export function restoreEntry(context: OpenContext<RestoreEntry>, state: WalletState): WalletDecision {
  const { entryId } = context.command;
  const entry = entryOf(state, entryId);
  if (!known(entry)) return unknownEntry;
  if (entry.voided === false) return refuse(reject('entry-not-void', 'The entry is not void.', 'entryId'));
  const facts = fromStoredFacts(entry.facts);
  const { undoes } = entry.voided;
  const event: EntryRestored = { type: 'EntryRestored', entryId, entry: facts, ...(undoes === undefined ? {} : { undoes }) };
  return weigh(context, state, [event], { watches: watchesOf(headOf(state), [facts]), block: true, entryId });
}
