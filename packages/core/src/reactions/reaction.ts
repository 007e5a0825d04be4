import type { JsonObject, StoredEvent } from '../ports/event-store.ts';

/** What follows the log and says what each event calls for outside of it, like a mail. */
export interface Reaction {
  /** Names its checkpoint and its outbox. */
  readonly name: string;
  /** What an event calls for: always the same for the same event, in the same order. */
  messagesFor(event: StoredEvent): readonly { readonly type: string; readonly data: JsonObject }[];
}
