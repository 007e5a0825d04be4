import { assert } from '../assert.ts';
import { MAX_MESSAGES } from '../lease-rules.ts';
import { StoreError } from '../ports/event-store.ts';
import type { EventStore, Position, StoredEvent } from '../ports/event-store.ts';
import type { Handled, NewMessage, Outbox } from '../ports/outbox.ts';
import type { Reaction } from '../reactions/reaction.ts';
import type { ToDoList } from '../reactions/to-do.ts';

const SLICE = 256;

/**
 * A reaction as something to work off, by a runner with a lease: each event is handled at least once, and what it calls for is
 * in the outbox once. Checkpoint and messages are one transaction under the runner's term, and a message's id is made of its event's.
 *
 * @example
 * const { outbox } = createMemoryLeases();
 * const reaction: Reaction = { name: 'mail', messagesFor: ({ data }) => [{ type: 'Mail', data }] };
 * const mails = reactionList({ store, outbox, reaction });
 * (await mails.tasks()).length; // 1
 */
export function reactionList(options: {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly outbox: Outbox;
  readonly reaction: Reaction;
}): ToDoList {
  const { store, outbox, reaction } = options;
  return {
    isMoved: () => true,
    async tasks() {
      const after = await outbox.checkpoint(reaction.name);
      const events = await store.readAll({ after, limit: SLICE });
      if (events.length === 0) return [];
      return [
        {
          key: `${reaction.name} after ${after}`,
          async run(hold) {
            assert(hold !== undefined, 'a reaction is worked off under a lease');
            const answer = await outbox.commit(hold, handle(reaction, after, events));
            if (answer === 'fenced') throw new StoreError('busy', `another runner works now: ${reaction.name} is left to it`);
          },
        },
      ];
    },
  };
}

/** The events after a place and what they call for: as many as one commit takes. */
function handle(reaction: Reaction, after: Position, events: readonly StoredEvent[]): Handled {
  const messages: NewMessage[] = [];
  let upTo = after;
  for (const event of events) {
    const called = reaction.messagesFor(event);
    if (upTo > after && messages.length + called.length > MAX_MESSAGES) break;
    messages.push(...called.map(({ type, data }, place) => ({ id: `${event.id}/${place}`, type, data })));
    upTo = event.position;
  }
  return { name: reaction.name, after, upTo, messages };
}
