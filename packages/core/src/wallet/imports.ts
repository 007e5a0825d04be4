import type { CivilDate } from '../calendar.ts';
import type { EntryId } from '../ids.ts';
import type { Projection, Recorded } from '../projection.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { WalletEvent } from './events.ts';
import { setOwn } from './own-key.ts';

/** By fingerprint: how many rows of a day were brought in by files and not taken back as a whole import. */
export type KnownRows = Readonly<Record<string, number>>;

/** The imported rows of each day, counted: equal rows are a multiset, so that two equal coffees both come in, once. */
export const knownRows: Projection<KnownRows, WalletEvent> = {
  name: 'known-rows',
  version: 1,
  initial: {},
  bucketsOf({ event }) {
    const change = rowChange(event);
    return change === undefined ? [] : [change.on];
  },
  apply: (view, recorded) => count({ ...view }, recorded),
  fold: count,
};

/** Counts a row in a view that nobody else holds. */
function count(view: Record<string, number>, { event }: Recorded<WalletEvent>): KnownRows {
  const change = rowChange(event);
  if (change === undefined) return view;
  const rows = countOf(view, change.fingerprint) + change.by;
  if (rows === 0) delete view[change.fingerprint];
  else setOwn(view, change.fingerprint, rows);
  return view;
}

/** How many rows with a fingerprint are known. */
export function countOf(view: KnownRows, fingerprint: string): number {
  return Object.hasOwn(view, fingerprint) ? (view[fingerprint] ?? 0) : 0;
}

function rowChange(event: WalletEvent): { on: CivilDate; fingerprint: string; by: 1 | -1 } | undefined {
  const change = (facts: EntryFacts, by: 1 | -1) =>
    facts.source === undefined ? undefined : { on: facts.source.on, fingerprint: facts.source.fingerprint, by };
  switch (event.type) {
    case 'IncomeAdded':
    case 'ExpenseAdded':
      return change(event.entry, 1);
    case 'EntryVoided':
      return event.undoes === undefined ? undefined : change(event.entry, -1);
    case 'EntryRestored':
      return event.undoes === undefined ? undefined : change(event.entry, 1);
    default:
      return undefined;
  }
}

/** An import as a whole. */
export interface ImportSummary {
  readonly name: string;
  readonly importedAt: string;
  /** One more than the last page that added something. */
  readonly pages: number;
  readonly added: number;
  readonly duplicates: number;
  readonly voided: number;
  readonly from: CivilDate | null;
  readonly to: CivilDate | null;
}

const noImport: ImportSummary = {
  name: '',
  importedAt: '',
  pages: 0,
  added: 0,
  duplicates: 0,
  voided: 0,
  from: null,
  to: null,
};

/** What each import brought in and how much of it still counts: a bucket an import, named by its id. */
export const importSummaries: Projection<ImportSummary, WalletEvent> = {
  name: 'import-summaries',
  version: 1,
  initial: noImport,
  bucketsOf({ event }) {
    const importId = event.type === 'EntriesImported' ? event.importId : sourceOf(event)?.importId;
    return importId === undefined ? [] : [importId];
  },
  apply(view, { event, recordedAt }) {
    switch (event.type) {
      case 'EntriesImported':
        return {
          ...view,
          name: event.name,
          importedAt: view.importedAt === '' ? recordedAt : view.importedAt,
          pages: Math.max(view.pages, event.page + 1),
          added: view.added + event.added,
          duplicates: view.duplicates + event.duplicates,
        };
      case 'IncomeAdded':
      case 'ExpenseAdded':
        return withDay(view, event.entry.occurredOn);
      case 'EntryVoided':
        return { ...view, voided: view.voided + 1 };
      case 'EntryRestored':
        return { ...view, voided: view.voided - 1 };
      default:
        return view;
    }
  },
};

function withDay(view: ImportSummary, on: CivilDate): ImportSummary {
  const { from, to } = view;
  return { ...view, from: from === null || on < from ? on : from, to: to === null || on > to ? on : to };
}

function sourceOf(event: WalletEvent): EntryFacts['source'] {
  switch (event.type) {
    case 'IncomeAdded':
    case 'ExpenseAdded':
    case 'EntryVoided':
    case 'EntryRestored':
      return event.entry.source;
    default:
      return undefined;
  }
}

/** The bucket of {@link importIds}. */
export const IMPORT_LIST = 'list';

/** The imports of a wallet, oldest first. */
export const importIds: Projection<readonly string[], WalletEvent> = {
  name: 'import-ids',
  version: 1,
  initial: [],
  bucketsOf: ({ event }) => (event.type === 'EntriesImported' ? [IMPORT_LIST] : []),
  apply: (view, { event }) =>
    event.type !== 'EntriesImported' || view.includes(event.importId) ? view : [...view, event.importId],
};

/** The bucket of one page of an import in {@link importedEntries}. */
export function importPageBucket(importId: string, page: number): string {
  return `${importId}/${page}`;
}

/** The entries that each page of an import added, in order. */
export const importedEntries: Projection<readonly EntryId[], WalletEvent> = {
  name: 'imported-entries',
  version: 1,
  initial: [],
  bucketsOf({ event }) {
    const source = event.type === 'IncomeAdded' || event.type === 'ExpenseAdded' ? event.entry.source : undefined;
    return source === undefined ? [] : [importPageBucket(source.importId, source.page)];
  },
  apply: (view, { event }) => (event.type === 'IncomeAdded' || event.type === 'ExpenseAdded' ? [...view, event.entryId] : view),
  fold(view, { event }) {
    if (event.type === 'IncomeAdded' || event.type === 'ExpenseAdded') (view as EntryId[]).push(event.entryId);
    return view;
  },
};

/** A page of an import: at most this many rows, so that a command, an append and a bucket stay small. */
export const IMPORT_PAGE_ROWS = 500;
