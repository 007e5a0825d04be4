import type { CivilDate } from '../calendar.ts';
import type { WalletCommand } from './commands.ts';
import { needsOf, watchesOf, type Watch } from './crossings.ts';
import { entries, fromStoredFacts } from './entries.ts';
import type { EntryFacts } from './events.ts';
import { limitNeeds } from './decide-limits.ts';
import { head, HEAD } from './head.ts';
import { importedEntries, importPageBucket, importSummaries, knownRows } from './imports.ts';
import { factsOf } from './facts.ts';
import { isRejection } from './parse.ts';
import { entryOf, headOf, importPageOf, type Need, type WalletState } from './state.ts';

/**
 * Names what a command needs before it can be decided. Called again after each loading until nothing is missing, since what
 * comes next (the period of an entry) is only known from what came before (the entry). Three rounds at the most.
 */
export function needs(command: WalletCommand, state: WalletState, today: (zone: string) => CivilDate): readonly Need[] {
  const first: Need[] = [{ projection: head, bucket: HEAD }, ...named(command)];
  if (first.some(({ projection, bucket }) => !state.views.has(projection, bucket))) return first;
  const view = headOf(state);
  if (view.status !== 'open') return first;
  const second = command.type === 'UndoImport' ? entriesOfPage(command, state) : [];
  if (second.some(({ projection, bucket }) => !state.views.has(projection, bucket))) return [...first, ...second];
  const day = today(view.zone);
  if (command.type === 'SetLimit' || command.type === 'RemoveLimit') return [...first, ...limitNeeds({ command, today: day }, state)];
  return [...first, ...second, ...needsOf(state, watches(command, state, day), day)];
}

function named(command: WalletCommand): readonly Need[] {
  switch (command.type) {
    case 'CorrectEntry':
    case 'VoidEntry':
    case 'RestoreEntry':
      return [{ projection: entries, bucket: command.entryId }];
    case 'ImportEntries': {
      const days = new Set(command.rows.map(({ occurredOn }) => occurredOn));
      return [...days].map((bucket) => ({ projection: knownRows, bucket }));
    }
    case 'UndoImport':
      return [
        { projection: importSummaries, bucket: command.importId },
        { projection: importedEntries, bucket: importPageBucket(command.importId, command.page) },
      ];
    default:
      return [];
  }
}

function entriesOfPage(command: { readonly importId: string; readonly page: number }, state: WalletState): readonly Need[] {
  return importPageOf(state, command.importId, command.page).map((bucket) => ({ projection: entries, bucket }));
}

/** The limits and periods that a command may move. What is malformed moves nothing: the decider refuses it. */
function watches(command: WalletCommand, state: WalletState, today: CivilDate): readonly Watch[] {
  const view = headOf(state);
  switch (command.type) {
    case 'AddIncome':
    case 'AddExpense':
    case 'CorrectEntry':
    case 'VoidEntry':
    case 'RestoreEntry':
    case 'ImportEntries':
    case 'UndoImport':
      return watchesOf(view, touched(command, state, today));
    default:
      return [];
  }
}

/** The facts that a command takes out or puts in. */
function touched(command: WalletCommand, state: WalletState, today: CivilDate): readonly EntryFacts[] {
  const { currency } = headOf(state);
  const stored = (entryId: string): readonly EntryFacts[] => {
    const { facts } = entryOf(state, entryId);
    return facts === null ? [] : [fromStoredFacts(facts)];
  };
  const parsed = (facts: ReturnType<typeof factsOf>) => (isRejection(facts) ? [] : [facts]);
  switch (command.type) {
    case 'AddExpense':
      return parsed(factsOf('expense', command, { currency, today }));
    case 'CorrectEntry':
      return stored(command.entryId).flatMap((before) => [
        before,
        ...parsed(factsOf(command.kind ?? before.kind, command, { currency, today, before })),
      ]);
    case 'VoidEntry':
    case 'RestoreEntry':
      return stored(command.entryId);
    case 'ImportEntries':
      return command.rows.flatMap((row) => (row.kind === 'expense' ? parsed(factsOf(row.kind, row, { currency, today })) : []));
    case 'UndoImport':
      return importPageOf(state, command.importId, command.page).flatMap(stored);
    default:
      return [];
  }
}
