import { watchesOf } from './crossings.ts';
import { refuse, type Foresight, type OpenContext, type Rule, type WalletDecision } from './decision.ts';
import { entries, fromStoredFacts, type Entry } from './entries.ts';
import type {
  AddExpense,
  AddIncome,
  CorrectEntries,
  CorrectEntry,
  EntryChanges,
  EntryDetails,
  RestoreEntry,
  VoidEntry,
} from './entry-commands.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { EntryCorrected, EntryRestored, EntryVoided, WalletEvent } from './events.ts';
import { factsOf } from './facts.ts';
import { isRejection, parseNote, reject } from './parse.ts';
import { payeeBucket, payeeKey, payees } from './payees.ts';
import { refundFault, refundNeeds } from './refund-rules.ts';
import { entryOf, headOf, isLoaded, payeesOf, type Need, type WalletState } from './state.ts';
import { weigh } from './weigh.ts';
import type { Rejection } from '../outcome.ts';

/** The event that adds an entry of income or an expense. */
export function added(entryId: string, entry: EntryFacts): WalletEvent {
  return entry.kind === 'income'
    ? { type: 'IncomeAdded', entryId, entry: { ...entry, kind: 'income' } }
    : { type: 'ExpenseAdded', entryId, entry: { ...entry, kind: 'expense' } };
}

/** What was read of some texts, when they could be read. */
export function readable(facts: EntryFacts | Rejection): readonly EntryFacts[] {
  return isRejection(facts) ? [] : [facts];
}

/** An entry as it is in the figures now; none when there is no such entry. */
export function storedFacts(state: WalletState, entryId: string): readonly EntryFacts[] {
  const { facts } = entryOf(state, entryId);
  return facts === null ? [] : [fromStoredFacts(facts)];
}

/** The facts of a new entry; without a category, those that have a payee take what the payee had last. */
export function newFacts(kind: 'income' | 'expense', { command, today, state }: Foresight<EntryDetails>): EntryFacts | Rejection {
  const { currency } = headOf(state);
  const { category, parts, payee } = command;
  const isOpen = category === undefined && parts === undefined && payee !== undefined;
  const known = isOpen ? payeesOf(state, payee)[payeeKey(payee)]?.category : undefined;
  return factsOf(kind, known === undefined ? command : { ...command, category: known }, { currency, today });
}

/** What {@link newFacts} looks at. */
export function newNeeds({ command: { category, parts, payee } }: Foresight<EntryDetails>): readonly Need[] {
  if (category !== undefined || parts !== undefined || payee === undefined) return [];
  return [{ projection: payees, bucket: payeeBucket(payee) }];
}

const kindOf = ({ type }: AddIncome | AddExpense): 'income' | 'expense' => (type === 'AddIncome' ? 'income' : 'expense');

function addEntry(context: OpenContext<AddIncome | AddExpense>, state: WalletState): WalletDecision {
  const facts = newFacts(kindOf(context.command), { ...context, state });
  if (isRejection(facts)) return refuse(facts);
  const entryId = context.eventId(0);
  const watches = watchesOf(headOf(state), [facts]);
  return weigh(context, state, [added(entryId, facts)], { watches, block: true, entryId });
}

export const addIncomeRule: Rule<AddIncome> = { needs: newNeeds, decide: addEntry };
export const addExpenseRule: Rule<AddExpense> = {
  needs: newNeeds,
  touches: (foresight) => readable(newFacts(kindOf(foresight.command), foresight)),
  decide: addEntry,
};

export type Known = Entry & { readonly facts: NonNullable<Entry['facts']> };

/** Whether an entry is there. */
export function isKnown(entry: Entry): entry is Known {
  return entry.facts !== null;
}

const noEntry = reject('entry-unknown', 'There is no such entry in this wallet.', 'entryId');
const unknownEntry = refuse(noEntry);

/** The entry, and the expense that it refunds. */
function entryNeeds({ command, state }: Foresight<CorrectEntry | VoidEntry | RestoreEntry>): readonly Need[] {
  const own: readonly Need[] = [{ projection: entries, bucket: command.entryId }];
  return isLoaded(state, own) ? [...own, ...refundNeeds(entryOf(state, command.entryId))] : own;
}

/** What a correction makes of an entry, or why it may not. */
function corrected(
  { entryId, changes }: { readonly entryId: string; readonly changes: EntryChanges },
  { today, state }: Pick<Foresight<unknown>, 'today' | 'state'>,
): EntryCorrected | Rejection {
  const entry = entryOf(state, entryId);
  if (!isKnown(entry)) return noEntry;
  if (entry.voided !== false) return reject('entry-void', 'The entry is void. Restore it to correct it.', 'entryId');
  const before = fromStoredFacts(entry.facts);
  const fault = fixedFault(before, changes) ?? refundFault(state, entry, changes);
  if (fault !== undefined) return fault;
  const after = factsOf(changes.kind ?? before.kind, changes, { currency: headOf(state).currency, today, before });
  if (isRejection(after)) return after;
  if (equal(before, after)) return reject('nothing-to-change', 'The entry says this already.');
  return { type: 'EntryCorrected', entryId, addedIn: entry.addedIn, before, after };
}

/** Refuses what would make an entry another thing: a transfer has its other half, a refund its expense. */
function fixedFault({ kind }: EntryFacts, { kind: wanted, amount, category, parts }: EntryChanges): Rejection | undefined {
  const isTransfer = kind === 'sent' || kind === 'received';
  if (isTransfer && (wanted ?? amount ?? category ?? parts) !== undefined) {
    const message = 'Half of a transfer keeps its amount and kind. Take the transfer back and send another.';
    return reject('entry-is-transfer', message, 'entryId');
  }
  if (wanted === undefined || wanted === kind) return undefined;
  if (kind === 'refund') return reject('entry-is-refund', 'A refund stays one. Void it and book something else.', 'kind');
  return wanted === 'income' || wanted === 'expense'
    ? undefined
    : reject('kind-invalid', 'An entry is corrected to income or expense.', 'kind');
}

/** Whether two entries say the same. */
export function equal(a: EntryFacts, b: EntryFacts): boolean {
  return (
    a.kind === b.kind &&
    a.amount.minor === b.amount.minor &&
    a.occurredOn === b.occurredOn &&
    a.category === b.category &&
    a.payee === b.payee &&
    a.note === b.note &&
    a.tags?.join() === b.tags?.join() &&
    a.parts?.length === b.parts?.length &&
    (a.parts ?? []).every((part, index) => {
      const other = b.parts?.[index];
      return part.category === other?.category && part.amount.minor === other.amount.minor && part.note === other.note;
    })
  );
}

export const correctEntryRule: Rule<CorrectEntry> = {
  needs: entryNeeds,
  touches({ command, state, today }) {
    const event = corrected({ entryId: command.entryId, changes: command }, { today, state });
    return isRejection(event) ? [] : [event.before, event.after];
  },
  decide(context, state) {
    const { command, today } = context;
    const event = corrected({ entryId: command.entryId, changes: command }, { today, state });
    if (isRejection(event)) return refuse(event);
    const watches = watchesOf(headOf(state), [event.before, event.after]);
    return weigh(context, state, [event], { watches, block: true, entryId: event.entryId });
  },
};

const MAX_BULK = 1_000;

/** The corrections that a bulk change comes to; entries that say it already are left out. */
function correctedAll({ command, today, state }: Foresight<CorrectEntries>): readonly EntryCorrected[] | Rejection {
  const events: EntryCorrected[] = [];
  const distinct = new Map(command.changes.slice(0, MAX_BULK).map((change) => [change.entryId, change]));
  for (const { entryId, category, payee, tags, note } of distinct.values()) {
    const changes = {
      ...(category === undefined ? {} : { category }),
      ...(payee === undefined ? {} : { payee }),
      ...(tags === undefined ? {} : { tags }),
      ...(note === undefined ? {} : { note }),
    };
    const event = corrected({ entryId, changes }, { today, state });
    if (!isRejection(event)) events.push(event);
    // Of many, which one it was.
    else if (event.code !== 'nothing-to-change') return { ...event, detail: { ...event.detail, entryId } };
  }
  return events.length === 0 ? reject('nothing-to-change', 'The entries say this already.') : events;
}

export const correctEntriesRule: Rule<CorrectEntries> = {
  needs({ command, state }) {
    const own = command.changes.slice(0, MAX_BULK).map(({ entryId }): Need => ({ projection: entries, bucket: entryId }));
    return isLoaded(state, own) ? [...own, ...own.flatMap(({ bucket }) => refundNeeds(entryOf(state, bucket)))] : own;
  },
  touches(foresight) {
    const events = correctedAll(foresight);
    return isRejection(events) ? [] : events.flatMap(({ before, after }) => [before, after]);
  },
  decide(context, state) {
    if (context.command.changes.length > MAX_BULK) {
      return refuse(reject('too-many-entries', `At most ${MAX_BULK} entries are changed at once.`, 'changes'));
    }
    const events = correctedAll({ ...context, state });
    if (isRejection(events)) return refuse(events);
    const facts = events.flatMap(({ before, after }) => [before, after]);
    return weigh(context, state, events, { watches: watchesOf(headOf(state), facts), block: true });
  },
};

export const voidEntryRule: Rule<VoidEntry> = {
  needs: entryNeeds,
  touches: ({ command, state }) => storedFacts(state, command.entryId),
  decide(context, state) {
    const { entryId, reason: text } = context.command;
    const entry = entryOf(state, entryId);
    if (!isKnown(entry)) return unknownEntry;
    if (entry.voided !== false) return refuse(reject('entry-void', 'The entry is void already.', 'entryId'));
    const fault = voidFault(entry);
    if (fault !== undefined) return refuse(fault);
    const reason = text === undefined ? undefined : parseNote(text, 'reason');
    if (isRejection(reason)) return refuse(reason);
    const facts = fromStoredFacts(entry.facts);
    const event: EntryVoided = { type: 'EntryVoided', entryId, entry: facts, ...(reason === undefined ? {} : { reason }) };
    return weigh(context, state, [event], { watches: watchesOf(headOf(state), [facts]) });
  },
};

/** Why an entry may not be voided by itself. */
function voidFault({ facts, refunded }: Known): Rejection | undefined {
  if (facts.transfer !== undefined) {
    return reject('entry-is-transfer', 'Half of a transfer is not voided alone. Take the transfer back.', 'entryId');
  }
  return refunded === '0'
    ? undefined
    : reject('entry-refunded', 'Money came back of this expense. Void its refunds first.', 'entryId');
}

export const restoreEntryRule: Rule<RestoreEntry> = {
  needs: entryNeeds,
  touches: ({ command, state }) => storedFacts(state, command.entryId),
  decide(context, state) {
    const { entryId } = context.command;
    const entry = entryOf(state, entryId);
    if (!isKnown(entry)) return unknownEntry;
    if (entry.voided === false) return refuse(reject('entry-not-void', 'The entry is not void.', 'entryId'));
    if (entry.voided.final === true) {
      return refuse(reject('transfer-returned', 'The transfer went back. Send another one.', 'entryId'));
    }
    const fault = refundFault(state, entry, {});
    if (fault !== undefined) return refuse(fault);
    const facts = fromStoredFacts(entry.facts);
    const { undoes } = entry.voided;
    const event: EntryRestored = { type: 'EntryRestored', entryId, entry: facts, ...(undoes === undefined ? {} : { undoes }) };
    return weigh(context, state, [event], { watches: watchesOf(headOf(state), [facts]), block: true, entryId });
  },
};
