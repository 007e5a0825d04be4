import type { Outcome } from '../outcome.ts';
import type { Version } from '../ports/event-store.ts';
import { undoingOf } from '../wallet/decide-undo.ts';
import { outcomeOf } from './booked.ts';
import { readChangeLines, readStandings, type ChangeStanding } from './change-list.ts';
import type { ChangeLine } from './change-line.ts';
import { changeOfCommand, changesBelow, importOf, importUndoneBy, readChange, type Change } from './change-log.ts';
import { undoImport } from './imports.ts';
import { bringImportBack } from './imports-back.ts';
import type { Request } from './request.ts';
import { readVersion, type Session } from './session.ts';
import { submitUndoing, undoneOf, type Undone } from './undo-change.ts';

/** A wallet's changes, each of which can be taken back, or says why not. */
export interface WalletHistory {
  /**
   * Undoes the change of a version (any version of it), by events that compensate it. Undoing an undoing makes the change count again. A file that was
   * brought in is taken back as a whole.
   */
  undo(version: Version, request?: Request): Promise<Outcome<Undone>>;
  /** Undoes the newest change that is neither undone nor an undoing itself, among the last 1,000 events. */
  undoLast(request?: Request): Promise<Outcome<Undone>>;
  /** Makes count again what was undone last, among the last 1,000 events. */
  redoLast(request?: Request): Promise<Outcome<Undone>>;
  /** The changes, newest first, those before a version. */
  changes(page: { readonly below?: Version; readonly limit: number }): Promise<{
    readonly items: readonly ChangeLine[];
    /** What `below` is for the next page; null at the end. */
    readonly next: Version | null;
    readonly version: Version;
  }>;
}

/** How far back the last change is looked for. */
const MAX_BACK = 1_000;

/** The history of a stream. */
export function walletHistory(session: Session, stream: string): WalletHistory {
  return {
    undo: (version, request = {}) => undo(session, stream, version, request),
    undoLast: (request = {}) => undoLast(session, stream, request, isToUndo),
    redoLast: (request = {}) => undoLast(session, stream, request, isToRedo),
    changes: (page) => readChangeLines(session, stream, page),
  };
}

/** Whether it is the last thing done, when one looks back. */
function isToUndo(change: Change, { undone, isEmpty }: ChangeStanding): boolean {
  return !undone && !isEmpty && undoingOf(change) === undefined && importUndoneBy(change) === undefined;
}

/** Whether it took something back that does not count since. */
function isToRedo(change: Change, { undone }: ChangeStanding): boolean {
  const undoing = undoingOf(change)?.event;
  return !undone && (undoing === undefined ? importUndoneBy(change) !== undefined : undoing.redoes === undefined);
}

async function undo(session: Session, stream: string, version: Version, request: Request): Promise<Outcome<Undone>> {
  const change = await readChange(session, stream, version);
  const first = change[0]?.version ?? version;
  const importId = importOf(change);
  if (importId !== undefined) return takeImportBack(session, stream, importId, request);
  const undoneImport = importUndoneBy(change);
  if (undoneImport !== undefined) return bringImportBack(session, stream, { importId: undoneImport, change }, request);
  return outcomeOf(await submitUndoing(session, stream, change, { ...request, version: first }), undoneOf);
}

async function takeImportBack(session: Session, stream: string, importId: string, request: Request): Promise<Outcome<Undone>> {
  const outcome = await undoImport(session, stream, importId, request);
  if (!('result' in outcome)) return outcome;
  const { voided, crossed, cleared } = outcome.result;
  return { ...outcome, result: { undone: null, redone: null, entries: voided, crossed, cleared } };
}

/** Undoes the newest change that passes. Sent again with the same command id, it means the same change. */
async function undoLast(
  session: Session,
  stream: string,
  request: Request,
  passes: (change: Change, standing: ChangeStanding) => boolean,
): Promise<Outcome<Undone>> {
  const done = request.commandId === undefined ? [] : await changeOfCommand(session, stream, request.commandId);
  const importId = importUndoneBy(done);
  if (importId !== undefined) return takeImportBack(session, stream, importId, request);
  const before = undoingOf(done)?.event.version;
  if (before !== undefined) return undo(session, stream, before, request);
  const changes: Change[] = [];
  let seen = 0;
  for await (const change of changesBelow(session, stream, (await readVersion(session, stream)) + 1)) {
    changes.push(change);
    seen += change.length;
    if (seen >= MAX_BACK) break;
  }
  const standings = await readStandings(session, stream, changes);
  const found = changes.find((change, index) => passes(change, standings[index] as ChangeStanding));
  return undo(session, stream, found?.[0]?.version ?? 0, request);
}
