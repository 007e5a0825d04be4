import type { Version } from '../ports/event-store.ts';
import type { Projection } from '../projection.ts';
import type { WalletEvent } from './events.ts';

/** Whether a change counts, and which event said so last. */
export interface Undoing {
  /** The version of the last {@link ChangeUndone} about it. */
  readonly by: Version;
  readonly counts: boolean;
}

/** By the first version of a change: those that were undone at least once. */
export type Undoings = Readonly<Record<Version, Undoing>>;

/** How many versions share a bucket of {@link undone}. */
const PAGE = 500;

/** The bucket that tells whether the change of a version is undone. */
export function undoneBucket(version: Version): string {
  return String(Math.floor(version / PAGE));
}

/** The change that an undoing is about in the end: undoing an undoing makes that one count again, undoing this takes it back again. */
export function rootOf({ version, redoes }: { readonly version: Version; readonly redoes?: Version }): Version {
  return redoes ?? version;
}

/** What was undone: of undoings, and undoings of undoings, of one change only the last is in force. */
export const undone: Projection<Undoings, WalletEvent> = {
  name: 'undone',
  version: 1,
  initial: {},
  bucketsOf: ({ event }) => (event.type === 'ChangeUndone' ? [undoneBucket(rootOf(event))] : []),
  apply: (view, { event, version }) =>
    event.type === 'ChangeUndone' ? { ...view, [rootOf(event)]: { by: version, counts: event.redoes !== undefined } } : view,
};
