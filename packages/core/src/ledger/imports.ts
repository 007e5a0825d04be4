import type { CivilDate } from '../calendar.ts';
import { importIdOf, pageCommandId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { Position, Version } from '../ports/event-store.ts';
import type { ImportRow } from '../wallet/commands.ts';
import {
  countOf,
  IMPORT_LIST,
  IMPORT_PAGE_ROWS,
  importIds,
  importSummaries,
  knownRows,
  type ImportSummary as StoredSummary,
} from '../wallet/imports.ts';

import { effectsOf, outcomeOf, type Effects } from './booked.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';

/** A row of a bank's file, read, with a text form that equal rows share. */
export type ImportedRow = Omit<ImportRow, 'occurrence'>;

export interface ImportProgress {
  readonly done: number;
  readonly total: number;
  readonly added: number;
  readonly duplicates: number;
}

/** What an import came to. */
export interface Imported extends Effects {
  readonly importId: string;
  readonly added: number;
  readonly duplicates: number;
}

/** An import as it is listed. `rows` is how many it added, `voided` how many of them no longer count. */
export interface ImportSummary {
  readonly importId: string;
  readonly name: string;
  readonly rows: number;
  readonly duplicates: number;
  readonly voided: number;
  readonly importedAt: string;
  readonly from: CivilDate | null;
  readonly to: CivilDate | null;
}

/** Counts equal rows, in the order of the file: the first is 1. */
function counted(rows: readonly ImportedRow[]): readonly ImportRow[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const key = `${row.occurredOn} ${row.fingerprint}`;
    const occurrence = (seen.get(key) ?? 0) + 1;
    seen.set(key, occurrence);
    return { ...row, occurrence };
  });
}

function pagesOf(rows: readonly ImportRow[]): readonly (readonly ImportRow[])[] {
  const sorted = rows.toSorted((a, b) => (a.occurredOn < b.occurredOn ? -1 : a.occurredOn > b.occurredOn ? 1 : 0));
  const pages: ImportRow[][] = [];
  for (let start = 0; start < sorted.length; start += IMPORT_PAGE_ROWS) pages.push(sorted.slice(start, start + IMPORT_PAGE_ROWS));
  return pages;
}

/**
 * Brings in the rows that the wallet does not have, page by page, by day. Equal rows are counted, so that two equal coffees on a
 * day both come in and the same file twice adds nothing. Each page is one append: what was brought in before a crash stays, and
 * the same file sent again adds the rest.
 */
export async function importRows(
  session: Session,
  stream: string,
  file: { readonly name: string; readonly rows: readonly ImportedRow[] },
  request: Request & { readonly onProgress?: (progress: ImportProgress) => void },
): Promise<Outcome<Imported>> {
  const { commandId = session.ports.ids.next(), actor, expected, onProgress } = request;
  const importId = importIdOf(stream, commandId);
  const total = file.rows.length;
  const sum = { added: 0, duplicates: 0, crossed: [] as Effects['crossed'], cleared: [] as Effects['cleared'] };
  let last: { kind: 'recorded' | 'repeated'; version: Version; position: Position } = {
    kind: 'recorded',
    version: 0,
    position: 0,
  };
  const pages = pagesOf(counted(file.rows));
  for (const [page, rows] of (pages.length === 0 ? [[]] : pages).entries()) {
    const command = { type: 'ImportEntries', importId, name: file.name, page, rows } as const;
    const guard = page === 0 && expected !== undefined ? { expected } : {};
    const handled = await session.submit(stream, command, {
      commandId: pageCommandId(commandId, page),
      ...guard,
      ...(actor === undefined ? {} : { actor }),
    });
    if (handled.kind === 'rejected' || handled.kind === 'conflict') return handled;
    const done = handled.events.flatMap(({ event }) => (event.type === 'EntriesImported' ? [event] : []))[0];
    sum.added += done?.added ?? 0;
    sum.duplicates += rows.length - (done?.added ?? 0);
    const { crossed, cleared } = effectsOf(handled.events);
    sum.crossed = [...sum.crossed, ...crossed];
    sum.cleared = [...sum.cleared, ...cleared];
    if (handled.events.length > 0 || last.version === 0)
      last = { kind: handled.kind, version: handled.version, position: handled.position };
    onProgress?.({ done: Math.min(total, (page + 1) * IMPORT_PAGE_ROWS), total, added: sum.added, duplicates: sum.duplicates });
  }
  await session.settle(stream);
  return { ...last, result: { importId, ...sum } };
}

/** Tells for each row whether it would come in. */
export async function previewRows(session: Session, stream: string, rows: readonly ImportedRow[]): Promise<readonly boolean[]> {
  const all = counted(rows);
  const isNew = new Map<ImportRow, boolean>();
  for (const page of pagesOf(all)) {
    const days = [...new Set(page.map(({ occurredOn }) => occurredOn))];
    await session.read(stream, {
      needs: () => days.map((bucket) => ({ projection: knownRows, bucket })),
      result(_, views) {
        for (const row of page) isNew.set(row, countOf(views.get(knownRows, row.occurredOn), row.fingerprint) < row.occurrence);
      },
    });
  }
  return all.map((row) => isNew.get(row) ?? false);
}

/** What taking an import back came to. */
export interface ImportUndone extends Effects {
  readonly importId: string;
  readonly voided: number;
}

/** Voids everything that an import added and that still counts. */
export async function undoImport(
  session: Session,
  stream: string,
  importId: string,
  request: Request,
): Promise<Outcome<ImportUndone>> {
  const { commandId = session.ports.ids.next() } = request;
  const summary = await readSummary(session, stream, importId);
  const sum = { voided: 0, crossed: [] as Effects['crossed'], cleared: [] as Effects['cleared'] };
  for (let page = 0; ; page += 1) {
    const command = { type: 'UndoImport', importId, page } as const;
    const handled = await session.submit(stream, command, { ...request, commandId: pageCommandId(commandId, page) });
    if (handled.kind === 'rejected' || handled.kind === 'conflict') return handled;
    const { crossed, cleared } = effectsOf(handled.events);
    sum.voided += handled.events.filter(({ event }) => event.type === 'EntryVoided').length;
    sum.crossed = [...sum.crossed, ...crossed];
    sum.cleared = [...sum.cleared, ...cleared];
    if (page + 1 >= summary.pages) return outcomeOf(handled, () => ({ importId, ...sum }));
  }
}

function readSummary(session: Session, stream: string, importId: string): Promise<StoredSummary> {
  return session.read(stream, {
    needs: () => [{ projection: importSummaries, bucket: importId }],
    result: (_, views) => views.get(importSummaries, importId),
  });
}

/** The imports of a wallet, newest first. */
export function readImports(session: Session, stream: string): Promise<readonly ImportSummary[]> {
  return session.read(stream, {
    needs: (_, views) => {
      const list = { projection: importIds, bucket: IMPORT_LIST };
      const ids = views.has(importIds, IMPORT_LIST) ? views.get(importIds, IMPORT_LIST) : [];
      return [list, ...ids.map((bucket) => ({ projection: importSummaries, bucket }))];
    },
    result: (_, views) =>
      views
        .get(importIds, IMPORT_LIST)
        .map((importId) => {
          const { name, added, duplicates, voided, importedAt, from, to } = views.get(importSummaries, importId);
          return { importId, name, rows: added, duplicates, voided, importedAt, from, to };
        })
        .toReversed(),
  });
}
