import type { JsonObject, StoredEvent } from '../ports/event-store.ts';

/** What follows the log and says what each event calls for outside of it, like a mail. */
export interface Reaction {
  /** Names its checkpoint and its outbox. */
  readonly name: string;
  /**
   * Where one begins that is new to its outbox: with the first event of the log, or with what comes after a runner has first looked,
   * so that nobody is told of what is long over. It is stored at once, as its checkpoint.
   */
  readonly from: 'start' | 'now';
  /** What an event calls for: always the same for the same event, in the same order. */
  messagesFor(event: StoredEvent): readonly { readonly type: string; readonly data: JsonObject }[];
}
