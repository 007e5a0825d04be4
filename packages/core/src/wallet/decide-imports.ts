import type { EntryId } from '../ids.ts';
import type { ImportEntries, UndoImport } from './commands.ts';
import { watchesOf } from './crossings.ts';
import { added, storedFacts } from './decide-entries.ts';
import { refuse, type OpenContext, type Rule, type WalletDecision } from './decision.ts';
import { entries, fromStoredFacts } from './entries.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { EntryCorrected, EntryVoided, WalletEvent } from './events.ts';
import { importChanges, importedEntries, importPageBucket, importSummaries } from './imports.ts';
import { judgeRows, rowNeeds, type JudgedRow } from './judge-rows.ts';
import { isRejection, reject } from './parse.ts';
import { fitsRefunds } from './retold.ts';
import { entryOf, headOf, importChangesOf, importOf, importPageOf, isLoaded, type Need, type WalletState } from './state.ts';
import { weigh } from './weigh.ts';

/**
 * Brings in the rows that the wallet does not have, corrects entries that the bank tells anew, and links those that a person
 * booked before. A limit in mode `block` refuses nothing here: what a bank reports has happened.
 */
function importEntries(context: OpenContext<ImportEntries>, state: WalletState): WalletDecision {
  const { command, today } = context;
  const judged = judgeRows(command, state, today);
  if (isRejection(judged)) return refuse(judged);
  if (judged.length === 0) return { kind: 'accepted', events: [] };
  const events: WalletEvent[] = [];
  for (const row of judged) {
    if (row.status === 'new') events.push(added(context.eventId(events.length), row.facts));
    else if (row.status !== 'duplicate') events.push(row.event);
  }
  const { importId, name, page } = command;
  const count = (status: JudgedRow['status']): number => judged.filter((row) => row.status === status).length;
  const [corrected, linked] = [count('corrected'), count('linked')];
  events.push({
    type: 'EntriesImported',
    importId,
    name,
    page,
    added: count('new'),
    duplicates: count('duplicate'),
    ...(corrected === 0 ? {} : { corrected }),
    ...(linked === 0 ? {} : { linked }),
  });
  return weigh(context, state, events, { watches: watchesOf(headOf(state), movedBy(judged)), block: false });
}

/** The facts that some rows take out of the figures or put into them. */
function movedBy(judged: readonly JudgedRow[]): readonly EntryFacts[] {
  return judged.flatMap((row) => {
    if (row.status === 'new') return [row.facts];
    return row.status === 'duplicate' ? [] : [row.event.before, row.event.after];
  });
}

/** Voids what a page of an import added and what still counts, and changes back what it changed of entries that have not moved on. */
function undoImport(context: OpenContext<UndoImport>, state: WalletState): WalletDecision {
  const { importId, page } = context.command;
  if (importOf(state, importId).pages === 0) {
    return refuse(reject('import-unknown', 'There is no such import in this wallet.', 'importId'));
  }
  const voids = importPageOf(state, importId, page).flatMap((entryId): readonly EntryVoided[] => {
    const { facts, voided, refunded } = entryOf(state, entryId);
    // One that has become half of a transfer stays until that is taken back, and one that was refunded until its refunds are
    // void: the other half, or the refunds, would be left alone.
    if (facts === null || voided !== false || facts.transfer !== undefined || refunded !== '0') return [];
    return [{ type: 'EntryVoided', entryId, entry: fromStoredFacts(facts), reason: 'The import was undone.', undoes: importId }];
  });
  const reverts = importChangesOf(state, importId, page).flatMap(({ entryId, version, before }): readonly EntryCorrected[] => {
    const entry = entryOf(state, entryId);
    const { facts, voided, history, addedIn } = entry;
    if (facts === null || voided !== false || history.at(-1) !== version) return [];
    const after = fromStoredFacts(before);
    if (!fitsRefunds(entry, after)) return [];
    return [{ type: 'EntryCorrected', entryId, addedIn, before: fromStoredFacts(facts), after }];
  });
  const told = { importId, page, voided: voids.length, ...(reverts.length === 0 ? {} : { reverted: reverts.length }) };
  // Stored also when nothing was left to void: it is what a repeat of the command finds.
  const events: WalletEvent[] = [...voids, ...reverts, { type: 'ImportUndone', ...told }];
  const moved = [...voids.map(({ entry }) => entry), ...reverts.flatMap(({ before, after }) => [before, after])];
  return weigh(context, state, events, { watches: watchesOf(headOf(state), moved), block: false });
}

export const importEntriesRule: Rule<ImportEntries> = {
  needs: ({ command, state }) => rowNeeds(command.rows, state),
  touches({ command, state, today }) {
    if (Object.keys(headOf(state).limits).length === 0) return [];
    const judged = judgeRows(command, state, today);
    return isRejection(judged) ? [] : movedBy(judged);
  },
  decide: importEntries,
};

export const undoImportRule: Rule<UndoImport> = {
  needs({ command: { importId, page }, state }) {
    const bucket = importPageBucket(importId, page);
    const first: readonly Need[] = [
      { projection: importSummaries, bucket: importId },
      { projection: importedEntries, bucket },
      { projection: importChanges, bucket },
    ];
    if (!isLoaded(state, first)) return first;
    return [...first, ...entriesOf(state, importId, page).map((entryId) => ({ projection: entries, bucket: entryId }))];
  },
  touches: ({ command, state }) =>
    entriesOf(state, command.importId, command.page)
      .flatMap((entryId) => storedFacts(state, entryId))
      .concat(importChangesOf(state, command.importId, command.page).map(({ before }) => fromStoredFacts(before))),
  decide: undoImport,
};

function entriesOf(state: WalletState, importId: string, page: number): readonly EntryId[] {
  const changed = importChangesOf(state, importId, page).map(({ entryId }) => entryId);
  return [...importPageOf(state, importId, page), ...changed];
}
