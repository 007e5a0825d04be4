import type { JsonObject, Position } from './event-store.ts';
import type { Hold } from './lease-store.ts';
import type { Resource } from './resource.ts';

/** Something to be done outside of the log, as it is put in. */
export interface NewMessage {
  /**
   * Unlike any other's in its outbox: what is put in again under the same id changes nothing, for as long as the message is kept. What
   * is made of the log needs no more than that, since the checkpoint has passed its event by then, and never moves back.
   */
  readonly id: string;
  readonly type: string;
  /** At most as much as an event's data may take. */
  readonly data: JsonObject;
}

/** A message in its place: the first of an outbox has 1. */
export interface Message extends NewMessage {
  readonly place: number;
}

/** How many places at the end of an outbox are kept, done or not. What is not done is kept anyway. */
export const DONE_KEPT = 1_000;

/** A stretch of the log that was handled, and what it calls for. */
export interface Handled {
  /** Whose checkpoint and outbox they are. */
  readonly name: string;
  /** Where the checkpoint stands, and where it stands next. */
  readonly after: Position;
  readonly upTo: Position;
  readonly messages: readonly NewMessage[];
}

/**
 * Keeps, for each who follows the log, how far he has come and what is to be done for it.
 *
 * Writing takes a term of a lease. `fenced` says that the term is over, and nothing was written.
 */
export interface Outbox extends Resource {
  /** Where it stands: the position of the last event that was handled. None as long as nothing was committed. */
  checkpoint(name: string): Promise<Position | undefined>;
  /** Moves the checkpoint and puts the messages in, all or nothing. `stale`: the checkpoint stands elsewhere. */
  commit(hold: Hold, handled: Handled): Promise<'committed' | 'fenced' | 'stale'>;
  /** The messages that are not done, in the order in which they were put in; up to `limit` (1 to 10,000) of them. */
  pending(name: string, limit: number): Promise<readonly Message[]>;
  /**
   * Notes that the messages with these ids are done. Messages that are done and whose place is more than {@link DONE_KEPT} before the
   * last one are removed, some with each note.
   */
  settle(hold: Hold, name: string, ids: readonly string[]): Promise<'settled' | 'fenced'>;
}
