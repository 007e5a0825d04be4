import type { CivilDate } from '../calendar.ts';
import type { EntryId } from '../ids.ts';
import type { Version } from '../ports/event-store.ts';
import { distinct, type Projection, type Recorded } from '../projection.ts';
import { isSameRow } from './bank-rows.ts';
import { toStoredFacts, type StoredFacts } from './entries.ts';
import type { EntryFacts, EntrySource } from './entry-facts.ts';
import type { WalletEvent } from './events.ts';
import { setOwn } from './own-key.ts';

/**
 * By fingerprint: how many rows of a day were brought in by files and not taken back as a whole import; first those that bear no
 * id of the bank, then those that do.
 */
export type KnownRows = Readonly<Record<string, readonly [plain: number, named: number]>>;

/** The imported rows of each day, counted: equal rows are a multiset, so that two equal coffees both come in, once. */
export const knownRows: Projection<KnownRows, WalletEvent> = {
  name: 'known-rows',
  version: 2,
  initial: {},
  bucketsOf: ({ event }) => distinct(rowChanges(event).map(([{ on }]) => on)),
  apply: (view, recorded, bucket) => recount({ ...view }, recorded, bucket),
  fold: recount,
};

/** Counts rows in a view that nobody else holds. */
function recount(
  view: Record<string, readonly [plain: number, named: number]>,
  { event }: Recorded<WalletEvent>,
  bucket: string,
): KnownRows {
  for (const [{ on, fingerprint, bankId }, by] of rowChanges(event)) {
    if (on !== bucket) continue;
    const [plain, named] = countOf(view, fingerprint);
    const counts = bankId === undefined ? ([plain + by, named] as const) : ([plain, named + by] as const);
    if (counts[0] === 0 && counts[1] === 0) delete view[fingerprint];
    else setOwn(view, fingerprint, counts);
  }
  return view;
}

/** How many rows with a fingerprint are known: without an id of the bank, and with one. */
export function countOf(view: KnownRows, fingerprint: string): readonly [plain: number, named: number] {
  return (Object.hasOwn(view, fingerprint) ? view[fingerprint] : undefined) ?? [0, 0];
}

function rowChanges(event: WalletEvent): readonly (readonly [EntrySource, 1 | -1])[] {
  const change = ({ source }: EntryFacts, by: 1 | -1): readonly (readonly [EntrySource, 1 | -1])[] =>
    source === undefined ? [] : [[source, by]];
  switch (event.type) {
    case 'IncomeAdded':
    case 'ExpenseAdded':
      return change(event.entry, 1);
    case 'EntryCorrected': {
      const [before, after] = [event.before.source, event.after.source];
      return isSameRow(before, after) ? [] : [...change(event.before, -1), ...change(event.after, 1)];
    }
    case 'EntryVoided':
      return event.undoes === undefined ? [] : change(event.entry, -1);
    case 'EntryRestored':
      return event.undoes === undefined ? [] : change(event.entry, 1);
    default:
      return [];
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
  /** Entries that the bank told anew, and entries booked by hand that were found to be rows. */
  readonly corrected: number;
  readonly linked: number;
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
  corrected: 0,
  linked: 0,
  voided: 0,
  from: null,
  to: null,
};

/** What each import brought in and how much of it still counts: a bucket an import, named by its id. */
export const importSummaries: Projection<ImportSummary, WalletEvent> = {
  name: 'import-summaries',
  version: 2,
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
          corrected: view.corrected + (event.corrected ?? 0),
          linked: view.linked + (event.linked ?? 0),
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
      return event.entry.source?.linked === true ? undefined : event.entry.source;
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

/** An entry that a page of an import told anew or linked, and the version that did it. */
export interface ImportChange {
  readonly entryId: EntryId;
  readonly version: Version;
  readonly before: StoredFacts;
}

/** What each page of an import changed of entries that were there: the buckets of {@link importedEntries}. */
export const importChanges: Projection<readonly ImportChange[], WalletEvent> = {
  name: 'import-changes',
  version: 1,
  initial: [],
  bucketsOf({ event }) {
    if (event.type !== 'EntryCorrected' || event.imported === undefined) return [];
    return [importPageBucket(event.imported.importId, event.imported.page)];
  },
  apply: (view, { event, version }) =>
    event.type === 'EntryCorrected' ? [...view, { entryId: event.entryId, version, before: toStoredFacts(event.before) }] : view,
};

/** A page of an import: at most this many rows, so that a command, an append and a bucket stay small. */
export const IMPORT_PAGE_ROWS = 500;
