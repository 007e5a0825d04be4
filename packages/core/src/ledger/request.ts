import type { Version } from '../ports/event-store.ts';

/** What goes with a command besides its content. */
export interface Request {
  /**
   * Names the command, so that it takes effect once: sent again with the same content it answers what it answered first, on any
   * machine, at any time. 1 to 128 printable ASCII characters; a fresh one when left out.
   */
  readonly commandId?: string;
  /** Who asks, kept with the events. */
  readonly actor?: string;
  /** The version the caller has seen; a wallet that has moved on answers a conflict. */
  readonly expected?: Version;
}
