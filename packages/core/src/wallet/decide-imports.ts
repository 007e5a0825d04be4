import type { CivilDate } from '../calendar.ts';
import type { ImportEntries, UndoImport } from './commands.ts';
import { watchesOf } from './crossings.ts';
import { added, readable, storedFacts } from './decide-entries.ts';
import { refuse, type OpenContext, type Rule, type WalletDecision } from './decision.ts';
import { entries, fromStoredFacts } from './entries.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { EntryVoided, WalletEvent } from './events.ts';
import { factsOf } from './facts.ts';
import { isRejection, reject } from './parse.ts';
import { countOf, importedEntries, importPageBucket, importSummaries, knownRows } from './imports.ts';
import { entryOf, headOf, importOf, importPageOf, isLoaded, knownRowsOf, type Need, type WalletState } from './state.ts';
import { weigh } from './weigh.ts';

/**
 * Brings in the rows that the wallet does not have: of equal rows the n-th comes in when fewer than n are known, so that the
 * same file twice adds nothing. A limit in mode `block` refuses nothing here: what a bank reports has happened.
 */
function importEntries(context: OpenContext<ImportEntries>, state: WalletState): WalletDecision {
  const { command, today } = context;
  const { currency } = headOf(state);
  const known = new Map<string, number>();
  const facts: EntryFacts[] = [];
  for (const [index, row] of command.rows.entries()) {
    const key = `${row.occurredOn} ${row.fingerprint}`;
    const count = known.get(key) ?? countOf(knownRowsOf(state, row.occurredOn as CivilDate), row.fingerprint);
    if (count >= row.occurrence) {
      known.set(key, count);
      continue;
    }
    const source = {
      importId: command.importId,
      page: command.page,
      fingerprint: row.fingerprint,
      on: row.occurredOn as CivilDate,
    };
    const read = factsOf(row.kind, row, { currency, today, source });
    if (isRejection(read)) return refuse({ ...read, field: `rows[${index}].${read.field ?? ''}` });
    facts.push(read);
    known.set(key, count + 1);
  }
  if (command.rows.length === 0) return { kind: 'accepted', events: [] };
  const { importId, name, page, rows } = command;
  const events: WalletEvent[] = facts.map((entry, index) => added(context.eventId(index), entry));
  events.push({ type: 'EntriesImported', importId, name, page, added: facts.length, duplicates: rows.length - facts.length });
  return weigh(context, state, events, { watches: watchesOf(headOf(state), facts), block: false });
}

/** Voids what a page of an import added and what still counts. */
function undoImport(context: OpenContext<UndoImport>, state: WalletState): WalletDecision {
  const { importId, page } = context.command;
  if (importOf(state, importId).pages === 0) {
    return refuse(reject('import-unknown', 'There is no such import in this wallet.', 'importId'));
  }
  const voids = importPageOf(state, importId, page).flatMap((entryId): readonly EntryVoided[] => {
    const { facts, voided } = entryOf(state, entryId);
    // One that has become half of a transfer stays until that is taken back: its other half would be left alone.
    if (facts === null || voided !== false || facts.transfer !== undefined) return [];
    return [{ type: 'EntryVoided', entryId, entry: fromStoredFacts(facts), reason: 'The import was undone.', undoes: importId }];
  });
  // Stored also when nothing was left to void: it is what a repeat of the command finds.
  const events: WalletEvent[] = [...voids, { type: 'ImportUndone', importId, page, voided: voids.length }];
  const watches = watchesOf(
    headOf(state),
    voids.map(({ entry }) => entry),
  );
  return weigh(context, state, events, { watches, block: false });
}

export const importEntriesRule: Rule<ImportEntries> = {
  needs({ command }) {
    const days = new Set(command.rows.map(({ occurredOn }) => occurredOn));
    return [...days].map((bucket) => ({ projection: knownRows, bucket }));
  },
  touches({ command, state, today }) {
    const { currency } = headOf(state);
    return command.rows.flatMap((row) => (row.kind === 'expense' ? readable(factsOf(row.kind, row, { currency, today })) : []));
  },
  decide: importEntries,
};

export const undoImportRule: Rule<UndoImport> = {
  needs({ command: { importId, page }, state }) {
    const first: readonly Need[] = [
      { projection: importSummaries, bucket: importId },
      { projection: importedEntries, bucket: importPageBucket(importId, page) },
    ];
    if (!isLoaded(state, first)) return first;
    return [...first, ...importPageOf(state, importId, page).map((bucket) => ({ projection: entries, bucket }))];
  },
  touches: ({ command, state }) =>
    importPageOf(state, command.importId, command.page).flatMap((entryId) => storedFacts(state, entryId)),
  decide: undoImport,
};
