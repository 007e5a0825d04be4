import { eventIdsOf } from '../ids.ts';
import type { RejectionCode } from '../outcome.ts';
import type { Version } from '../ports/event-store.ts';
import { decide } from '../wallet/decide.ts';
import { isUndone, rootOfChange } from '../wallet/decide-undo.ts';
import { importSummaries } from '../wallet/imports.ts';
import { needs } from '../wallet/needs.ts';
import type { Need, Views } from '../wallet/state.ts';
import { undone, undoneBucket } from '../wallet/undone.ts';
import { factsOfChange, type ChangeLine } from './change-line.ts';
import { changesBelow, importOf, type Change } from './change-log.ts';
import { readVersion, type Session } from './session.ts';

/** How many changes one page shows at most. */
const MAX_PAGE = 100;

/** What became of a change. */
export interface ChangeStanding {
  readonly undone: boolean;
  /** Whether it is a page of a file that added nothing. */
  readonly isEmpty: boolean;
}

function standingNeeds(change: Change): readonly Need[] {
  const importId = importOf(change);
  return importId === undefined
    ? [{ projection: undone, bucket: undoneBucket(rootOfChange(change)) }]
    : [{ projection: importSummaries, bucket: importId }];
}

function standingOf(change: Change, views: Views, version: Version): ChangeStanding {
  const importId = importOf(change);
  if (importId === undefined) return { undone: isUndone({ version, views }, change), isEmpty: false };
  const { added, voided } = views.get(importSummaries, importId);
  return { undone: added > 0 && voided >= added, isEmpty: !change.some(({ event }) => 'entry' in event) };
}

/** What became of some changes, all at one moment. */
export function readStandings(session: Session, stream: string, changes: readonly Change[]): Promise<readonly ChangeStanding[]> {
  return session.read(stream, {
    needs: () => changes.flatMap(standingNeeds),
    result: (_, views, { version }) => changes.map((change) => standingOf(change, views, version)),
  });
}

/** A page of the history, newest first. What can be undone is found by deciding it. */
export async function readChangeLines(
  session: Session,
  stream: string,
  { below, limit }: { readonly below?: Version; readonly limit: number },
): Promise<{ readonly items: readonly ChangeLine[]; readonly next: Version | null; readonly version: Version }> {
  const most = Math.max(1, Math.min(MAX_PAGE, Math.trunc(limit)));
  const end = (await readVersion(session, stream)) + 1;
  const changes: Change[] = [];
  for await (const change of changesBelow(session, stream, Math.max(1, Math.min(below ?? end, end)))) {
    changes.push(change);
    if (changes.length > most) break;
  }
  const page = changes.slice(0, most);
  const items = await readLines(session, stream, page);
  const next = changes.length > most ? (page.at(-1)?.[0]?.version ?? null) : null;
  return { items, next, version: end - 1 };
}

function readLines(session: Session, stream: string, changes: readonly Change[]): Promise<readonly ChangeLine[]> {
  const now = session.ports.clock.now();
  return session.read(stream, {
    needs: (_, views) =>
      changes.flatMap((change) => [
        ...standingNeeds(change),
        ...needs({ ...askedOf(change), today: session.today }, { version: 0, views }),
      ]),
    result: (_, views, { version }) =>
      changes.map((change) => {
        const standing = standingOf(change, views, version);
        return lineOf(change, standing, undoableOf(change, standing, { version, views, now }));
      }),
  });
}

function askedOf(change: Change) {
  return { command: { type: 'UndoChange', version: change[0]?.version ?? 0 }, change } as const;
}

function undoableOf(
  change: Change,
  standing: ChangeStanding,
  { now, ...state }: { readonly version: Version; readonly views: Views; readonly now: number },
): ChangeLine['undoable'] {
  const reason = (code: RejectionCode, message: string) => ({ code, reason: message });
  if (importOf(change) !== undefined) {
    if (standing.undone) return reason('change-undone', 'Everything that this file brought in was taken back.');
    return change.length === 1 ? reason('change-final', 'This file brought nothing in.') : true;
  }
  const decision = decide({ ...askedOf(change), now, eventId: eventIdsOf('', '') }, state);
  return decision.kind === 'accepted' ? true : reason(decision.rejection.code, decision.rejection.message);
}

function lineOf(change: Change, { undone: isGone }: ChangeStanding, undoable: ChangeLine['undoable']): ChangeLine {
  const [first, last] = [change[0], change.at(-1)];
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    version: first?.version ?? 0,
    to: last?.version ?? 0,
    commandId: text(first?.meta['commandId']),
    recordedAt: first?.recordedAt ?? '',
    actor: text(first?.meta['actor']),
    what: factsOfChange(change),
    undone: isGone,
    undoable,
  };
}
