import { assert } from '../assert.ts';
import { endOfLog } from '../follow.ts';
import { MAX_MESSAGES } from '../lease-rules.ts';
import { StoreError } from '../ports/event-store.ts';
import type { EventStore, Position, StoredEvent } from '../ports/event-store.ts';
import type { Hold } from '../ports/lease-store.ts';
import type { Handled, NewMessage, Outbox } from '../ports/outbox.ts';
import type { Reaction } from '../reactions/reaction.ts';
import type { Task, ToDoList } from '../reactions/to-do.ts';

const SLICE = 256;

/**
 * A reaction as something to work off, by a runner with a lease: each event is handled at least once, and what it calls for is
 * in the outbox once. Checkpoint and messages are one transaction under the runner's term, and a message's id is made of its event's.
 *
 * @example
 * const { outbox } = createMemoryLeases();
 * const reaction: Reaction = { name: 'mail', from: 'start', messagesFor: ({ data }) => [{ type: 'Mail', data }] };
 * const mails = reactionList({ store, outbox, reaction });
 * (await mails.tasks()).length; // 1
 */
export function reactionList(options: {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly outbox: Outbox;
  readonly reaction: Reaction;
}): ToDoList {
  const { store, outbox, reaction } = options;
  const { name, from } = reaction;

  const taskOf = (key: string, make: () => Promise<Handled>): Task => ({
    key: `${name} ${key}`,
    async run(hold?: Hold) {
      assert(hold !== undefined, 'a reaction is worked off under a lease');
      const answer = await outbox.commit(hold, await make());
      if (answer === 'fenced') throw new StoreError('busy', `another runner works now: ${name} is left to it`);
    },
  });

  return {
    isMoved: () => true,
    async tasks() {
      const place = await outbox.checkpoint(name);
      if (place === undefined && from === 'now')
        return [taskOf('begins', async () => ({ name, after: 0, upTo: await endOfLog(store), messages: [] }))];
      const after = place ?? 0;
      const events = await store.readAll({ after, limit: SLICE });
      if (events.length > 0) return [taskOf(`after ${after}`, async () => handle(reaction, after, events))];
      if (after > 0) await assertReaches(store, name, after);
      return [];
    },
  };
}

/** Else what is appended up to the checkpoint would be passed over without a word. */
async function assertReaches(store: Pick<EventStore, 'readAll'>, name: string, position: Position): Promise<void> {
  if ((await store.readAll({ after: position - 1, limit: 1 })).length > 0) return;
  throw new StoreError(
    'incompatible',
    `the log ends before position ${position}, up to which ${name} has handled it: it is another one, or an older copy; restore the newer one, or give the reaction a new name`,
  );
}

/** The events after a place and what they call for: as many as one commit takes, and none after one that throws. */
function handle(reaction: Reaction, after: Position, events: readonly StoredEvent[]): Handled {
  const messages: NewMessage[] = [];
  let upTo = after;
  for (const event of events) {
    const called = calledFor(reaction, event, upTo === after);
    if (called === undefined || (upTo > after && messages.length + called.length > MAX_MESSAGES)) break;
    messages.push(...called.map(({ type, data }, place) => ({ id: `${event.id}/${place}`, type, data })));
    upTo = event.position;
  }
  return { name: reaction.name, after, upTo, messages };
}

/** An event that cannot be handled is told of by itself, when those before it are done. */
function calledFor(reaction: Reaction, event: StoredEvent, isFirst: boolean): ReturnType<Reaction['messagesFor']> | undefined {
  try {
    return reaction.messagesFor(event);
  } catch (error) {
    if (isFirst) throw error;
    return undefined;
  }
}
