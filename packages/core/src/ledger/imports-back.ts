import { pageCommandId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { Version } from '../ports/event-store.ts';
import { undoingOf } from '../wallet/decide-undo.ts';
import { entries } from '../wallet/entries.ts';
import { importedEntries, importPageBucket, importSummaries } from '../wallet/imports.ts';
import { changeOfCommand, readChange, type Change } from './change-log.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';
import { submitUndoing, undoneOf, type Undone } from './undo-change.ts';

/** The versions that hold what was taken back of an import and does not count since, one of each page. */
async function takenBack(session: Session, stream: string, importId: string): Promise<readonly Version[]> {
  const pages = await session.read(stream, {
    needs: () => [{ projection: importSummaries, bucket: importId }],
    result: (_, views) => views.get(importSummaries, importId).pages,
  });
  const versions: Version[] = [];
  for (let page = 0; page < pages; page += 1) {
    const bucket = importPageBucket(importId, page);
    const version = await session.read(stream, {
      needs(_, views) {
        const ids = views.has(importedEntries, bucket) ? views.get(importedEntries, bucket) : [];
        return [{ projection: importedEntries, bucket }, ...ids.map((id) => ({ projection: entries, bucket: id }))];
      },
      result: (_, views) =>
        views
          .get(importedEntries, bucket)
          .map((id) => views.get(entries, id))
          .find(({ voided }) => voided !== false && voided.undoes === importId)
          ?.history.at(-1),
    });
    if (version !== undefined) versions.push(version);
  }
  return versions;
}

/** Brings back what was taken back of an import, page by page, as it was taken back. What an attempt before did keeps its command ids. */
export async function bringImportBack(
  session: Session,
  stream: string,
  { importId, change }: { readonly importId: string; readonly change: Change },
  { commandId = session.ports.ids.next(), actor, expected }: Request,
): Promise<Outcome<Undone>> {
  const idOf = (page: number): string => (page === 0 ? commandId : pageCommandId(commandId, page));
  const versions: Version[] = [];
  for (;;) {
    const done = undoingOf(await changeOfCommand(session, stream, idOf(versions.length)));
    if (done === undefined) break;
    versions.push(done.event.version);
  }
  versions.push(...(await takenBack(session, stream, importId)));
  if (versions.length === 0) versions.push(change[0]?.version ?? 0);
  let result: Undone = { undone: null, redone: null, entries: 0, crossed: [], cleared: [] };
  let outcome: Outcome<Undone> | undefined;
  for (const [page, version] of versions.entries()) {
    const own = await readChange(session, stream, version);
    const sent = { commandId: idOf(page), ...(actor === undefined ? {} : { actor }) };
    const request: Request = page > 0 || expected === undefined ? sent : { ...sent, expected };
    const handled = await submitUndoing(session, stream, own, { ...request, version: own[0]?.version ?? version });
    if (handled.kind === 'rejected' || handled.kind === 'conflict') return handled;
    const { entries, crossed, cleared } = undoneOf(handled);
    result = {
      ...result,
      undone: result.undone ?? own[0]?.version ?? version,
      entries: result.entries + entries,
      crossed: [...result.crossed, ...crossed],
      cleared: [...result.cleared, ...cleared],
    };
    outcome = { kind: handled.kind, version: handled.version, position: handled.position, result };
  }
  return outcome as Outcome<Undone>;
}
