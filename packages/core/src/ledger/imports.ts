import type { CivilDate } from '../calendar.ts';
import { canonical, digest, importIdOf, pageCommandId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import { StoreError, type Json, type Position, type Version } from '../ports/event-store.ts';
import type { Recorded } from '../projection.ts';
import type { ImportRow, WalletCommand } from '../wallet/commands.ts';
import type { WalletEvent } from '../wallet/events.ts';
import {
  countOf,
  IMPORT_LIST,
  IMPORT_PAGE_ROWS,
  importIds,
  importSummaries,
  knownRows,
  type ImportSummary as StoredSummary,
} from '../wallet/imports.ts';

import { effectsOf, type Effects } from './booked.ts';
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

/** What the pages of a bulk command have come to so far. */
interface Sum extends Effects {
  readonly kind: 'recorded' | 'repeated';
  readonly version: Version;
  readonly position: Position;
  /** Entries added or voided. */
  readonly changed: number;
}

/** One page's command, and how many entries its events changed. */
interface Pages {
  readonly count: number;
  command(page: number): WalletCommand;
  changedBy(events: readonly Recorded<WalletEvent>[]): number;
  onPage?(page: number, sum: Sum): void;
}

/**
 * Runs a command that is too large for one append, page by page. The first page bears the caller's command id, so that the id is
 * used up by it as by any other command. A store that fails later leaves a part done: that is an outcome nobody can know from the
 * error alone, and sending the same again settles it.
 */
async function runPages(session: Session, stream: string, pages: Pages, request: Request): Promise<Outcome<Sum>> {
  const { commandId = session.ports.ids.next(), actor, expected } = request;
  let sum: Sum = { kind: 'recorded', version: 0, position: 0, changed: 0, crossed: [], cleared: [] };
  for (let page = 0; page < pages.count; page += 1) {
    const handled = await session
      .submit(stream, pages.command(page), {
        commandId: page === 0 ? commandId : pageCommandId(commandId, page),
        ...(page === 0 && expected !== undefined ? { expected } : {}),
        ...(actor === undefined ? {} : { actor }),
      })
      .catch((error: unknown) => {
        throw page > 0 && error instanceof StoreError ? partDone(page, pages.count, error) : error;
      });
    if (handled.kind === 'rejected' || handled.kind === 'conflict') return handled;
    const { kind, version, position, events } = handled;
    const { crossed, cleared } = effectsOf(events);
    sum = {
      kind,
      version,
      position,
      changed: sum.changed + pages.changedBy(events),
      crossed: [...sum.crossed, ...crossed],
      cleared: [...sum.cleared, ...cleared],
    };
    pages.onPage?.(page, sum);
  }
  await session.settle(stream);
  const { kind, version, position } = sum;
  return { kind, version, position, result: sum };
}

function partDone(done: number, pages: number, cause: StoreError): StoreError {
  const message = `${done} of ${pages} parts are stored, the rest is not known (${cause.message}). Send the same again with the same command id.`;
  return new StoreError('outcome-unknown', message, { cause });
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
  const { commandId = session.ports.ids.next(), onProgress } = request;
  const importId = importIdOf(stream, commandId);
  const total = file.rows.length;
  const pages = pagesOf(counted(file.rows));
  const content = digest(canonical(file.rows as unknown as Json));
  const doneBy = (page: number): number => Math.min(total, (page + 1) * IMPORT_PAGE_ROWS);
  const outcome = await runPages(
    session,
    stream,
    {
      count: Math.max(1, pages.length),
      command: (page) => ({ type: 'ImportEntries', importId, name: file.name, file: content, page, rows: pages[page] ?? [] }),
      changedBy: (events) => events.reduce((sum, { event }) => sum + (event.type === 'EntriesImported' ? event.added : 0), 0),
      onPage: (page, { changed }) =>
        onProgress?.({ done: doneBy(page), total, added: changed, duplicates: doneBy(page) - changed }),
    },
    { ...request, commandId },
  );
  if (!('result' in outcome)) return outcome;
  const { changed, crossed, cleared } = outcome.result;
  return { ...outcome, result: { importId, added: changed, duplicates: total - changed, crossed, cleared } };
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
export interface UndoneImport extends Effects {
  readonly importId: string;
  readonly voided: number;
}

/** Voids everything that an import added and that still counts. */
export async function undoImport(
  session: Session,
  stream: string,
  importId: string,
  request: Request,
): Promise<Outcome<UndoneImport>> {
  const summary = await readSummary(session, stream, importId);
  const outcome = await runPages(
    session,
    stream,
    {
      count: Math.max(1, summary.pages),
      command: (page) => ({ type: 'UndoImport', importId, page }),
      changedBy: (events) => events.filter(({ event }) => event.type === 'EntryVoided').length,
    },
    request,
  );
  if (!('result' in outcome)) return outcome;
  const { changed, crossed, cleared } = outcome.result;
  return { ...outcome, result: { importId, voided: changed, crossed, cleared } };
}

function readSummary(session: Session, stream: string, importId: string): Promise<StoredSummary> {
  return session.read(stream, {
    needs: () => [{ projection: importSummaries, bucket: importId }],
    result: (_, views) => views.get(importSummaries, importId),
  });
}

/** The imports of a wallet that brought something in, newest first. */
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
        .filter(({ rows }) => rows > 0)
        .toReversed(),
  });
}
