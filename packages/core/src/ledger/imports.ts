import type { CivilDate } from '../calendar.ts';
import { canonical, digest, eventIdsOf, importIdOf, isCommandId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { Json } from '../ports/event-store.ts';
import {
  IMPORT_LIST,
  IMPORT_PAGE_ROWS,
  importIds,
  importSummaries,
  type ImportSummary as StoredSummary,
} from '../wallet/imports.ts';
import { malformedFile } from '../wallet/command-shapes.ts';
import { shapeFault, text } from '../wallet/shape.ts';
import type { Effects } from './booked.ts';
import { runPages, type Tally } from './bulk-pages.ts';
import { counted, pagesOf, rowsFault, type ImportedRow } from './import-rows.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';

/** How rows were brought in: new entries, entries told anew, entries booked by hand before; the rest was there. */
interface ImportCounts {
  readonly added: number;
  readonly duplicates: number;
  readonly corrected: number;
  readonly linked: number;
}

export interface ImportProgress extends ImportCounts {
  readonly done: number;
  readonly total: number;
}

/** What an import came to. */
export interface Imported extends Effects, ImportCounts {
  readonly importId: string;
}

/** An import as it is listed. `rows` is how many it added, `voided` how many of them no longer count. */
export interface ImportSummary {
  readonly importId: string;
  readonly name: string;
  readonly rows: number;
  readonly duplicates: number;
  readonly corrected: number;
  readonly linked: number;
  readonly voided: number;
  readonly importedAt: string;
  readonly from: CivilDate | null;
  readonly to: CivilDate | null;
}

function countsOf({ added, corrected, linked }: Tally, done: number): ImportCounts {
  return { added, duplicates: done - added - corrected - linked, corrected, linked };
}

/**
 * Brings in the rows that the wallet does not have, page by page, by day. The bank's own ids come first: a known id is no new
 * row, and what it says anew corrects the entry. Rows without ids are counted, so that two equal coffees on a day both come in
 * and the same file twice adds nothing. Each page is one append: what was brought in before a crash stays, and the same file
 * sent again adds the rest.
 */
export async function importRows(
  session: Session,
  stream: string,
  file: { readonly name: string; readonly rows: readonly ImportedRow[] },
  request: Request & { readonly onProgress?: (progress: ImportProgress) => void },
): Promise<Outcome<Imported>> {
  const { commandId = session.ports.ids.next(), onProgress } = request;
  const unreadable = malformedFile(file);
  if (unreadable !== undefined) return { kind: 'rejected', rejection: unreadable };
  const fault = await rowsFault(session, stream, file.rows);
  // What came in before is answered as it was then, whatever became since of the entries that its rows were matched with.
  if (fault !== undefined && !fault.isClosed && !(await isKnown(session, stream, commandId))) {
    return { kind: 'rejected', rejection: fault.rejection };
  }
  const importId = importIdOf(stream, commandId);
  const total = file.rows.length;
  const pages = pagesOf(counted(file.rows));
  const content = digest(canonical(file.rows as unknown as Json));
  const isLast = (page: number): boolean => page >= pages.length - 1;
  const outcome = await runPages(
    session,
    stream,
    {
      count: Math.max(1, pages.length),
      command: (page) => ({ type: 'ImportEntries', importId, name: file.name, file: content, page, rows: pages[page] ?? [] }),
      onPage(page, tally) {
        // Rows whose id was in the file before are in no page: they are done with the last.
        const done = isLast(page) ? total : (page + 1) * IMPORT_PAGE_ROWS;
        onProgress?.({ done, total, ...countsOf(tally, done) });
      },
    },
    { ...request, commandId },
  );
  if (!('result' in outcome)) return outcome;
  const { crossed, cleared, ...tally } = outcome.result;
  return { ...outcome, result: { importId, ...countsOf(tally, total), crossed, cleared } };
}

/** Whether a command has stored something in a wallet before. */
async function isKnown(session: Session, stream: string, commandId: string): Promise<boolean> {
  if (!isCommandId(commandId)) return false;
  return (await session.ports.store.find(stream, [eventIdsOf(stream, commandId)(0)])).length > 0;
}

/** What taking an import back came to. */
export interface UndoneImport extends Effects {
  readonly importId: string;
  readonly voided: number;
  /** Entries that it had corrected or linked, and that say again what they said before. */
  readonly reverted: number;
}

/** Voids everything that an import added and that still counts, and changes back what it changed of entries that have not moved on. */
export async function undoImport(
  session: Session,
  stream: string,
  importId: string,
  request: Request,
): Promise<Outcome<UndoneImport>> {
  const fault = shapeFault(text, importId, 'importId');
  if (fault !== undefined) return { kind: 'rejected', rejection: fault };
  const summary = await readSummary(session, stream, importId);
  const command = (page: number) => ({ type: 'UndoImport', importId, page }) as const;
  const outcome = await runPages(session, stream, { count: Math.max(1, summary.pages), command }, request);
  if (!('result' in outcome)) return outcome;
  const { voided, reverted, crossed, cleared } = outcome.result;
  return { ...outcome, result: { importId, voided, reverted, crossed, cleared } };
}

function readSummary(session: Session, stream: string, importId: string): Promise<StoredSummary> {
  return session.read(stream, {
    needs: () => [{ projection: importSummaries, bucket: importId }],
    result: (_, views) => views.get(importSummaries, importId),
  });
}

/** The imports of a wallet that changed something, newest first. */
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
          const { added, pages: _, ...summary } = views.get(importSummaries, importId);
          return { importId, rows: added, ...summary };
        })
        .filter(({ rows, corrected, linked }) => rows + corrected + linked > 0)
        .toReversed(),
  });
}
