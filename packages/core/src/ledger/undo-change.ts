import type { Version } from '../ports/event-store.ts';
import { undoingOf } from '../wallet/decide-undo.ts';
import { changesOf } from '../wallet/flows.ts';
import { effectsOf, type Effects } from './booked.ts';
import type { Change } from './change-log.ts';
import type { Handled } from './job.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';

/** What an undoing came to. */
export interface Undone extends Effects {
  /** The first version of what was undone; null when a file was taken back, which is several changes. */
  readonly undone: Version | null;
  /** The first version of what counts again, when an undoing was undone. */
  readonly redone: Version | null;
  /** How many entries it changed. */
  readonly entries: number;
}

/** Sends the undoing of a change. The version names it also when there is none. */
export function submitUndoing(
  session: Session,
  stream: string,
  change: Change,
  { version, ...request }: Request & { readonly version: Version },
): Promise<Handled> {
  return session.submit(stream, { type: 'UndoChange', version }, request, change);
}

/** What came of it. */
export function undoneOf({ events }: Extract<Handled, { kind: 'recorded' | 'repeated' }>): Undone {
  const undoing = undoingOf(events)?.event;
  const changed = events.filter(({ event }) => changesOf(event).length > 0).length;
  return { undone: undoing?.version ?? null, redone: undoing?.redoes ?? null, entries: changed, ...effectsOf(events) };
}
