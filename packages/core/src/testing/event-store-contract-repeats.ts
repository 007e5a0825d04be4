/** The same event ids again: SqlStreamStore's idempotency matrix, in the words of this port. */
import type { EventStore, NewEvent, StoredEvent } from '../ports/event-store.ts';
import { equal, holds } from './contract.ts';
import type { EventStoreClaim } from './event-store-fixtures.ts';
import { appended, eventOfBytes, GREATEST, newEvent, newEvents, wholeLog } from './event-store-fixtures.ts';

/** The append is a repeat, shows these stored events, and leaves the log as it was. */
async function repeats(
  store: EventStore,
  append: { readonly stream?: string; readonly events: readonly (NewEvent | undefined)[]; readonly expected: number },
  stored: readonly (StoredEvent | undefined)[],
): Promise<void> {
  const before = await wholeLog(store);
  const events = append.events.filter((event) => event !== undefined);
  const result = await store.append(append.stream ?? 'wallet-1', events, { expected: append.expected });
  equal(result, { kind: 'repeated', events: stored }, 'the answer');
  equal(await wholeLog(store), before, 'the log');
}

/** A log in which `wallet-1` has three events from one append, and `wallet-2` one. */
async function begin(store: EventStore): Promise<{ readonly asked: readonly NewEvent[]; readonly kept: readonly StoredEvent[] }> {
  const asked = newEvents(3);
  const kept = await appended(store, 'wallet-1', asked, 0);
  await appended(store, 'wallet-2', newEvents(1), 0);
  return { asked, kept };
}

export const REPEAT_CLAIMS: readonly EventStoreClaim[] = [
  [
    'the same append again is a repeat, as often as it comes',
    async (store) => {
      const { asked, kept } = await begin(store);
      for (let times = 0; times < 3; times += 1) await repeats(store, { events: asked, expected: 0 }, kept);
    },
  ],
  [
    'a repeat is found before its expected version is looked at',
    async (store) => {
      const { asked, kept } = await begin(store);
      for (const expected of [1, 3, 99]) await repeats(store, { events: asked, expected }, kept);
    },
  ],
  [
    'a repeat is found after others have appended',
    async (store) => {
      const { asked, kept } = await begin(store);
      await appended(store, 'wallet-1', newEvents(4), 3);
      await repeats(store, { events: asked, expected: 0 }, kept);
    },
  ],
  [
    'the beginning of an earlier append is a repeat',
    async (store) => {
      const { asked, kept } = await begin(store);
      await repeats(store, { events: asked.slice(0, 1), expected: 0 }, kept.slice(0, 1));
      await repeats(store, { events: asked.slice(0, 2), expected: 0 }, kept.slice(0, 2));
    },
  ],
  [
    'the end of an earlier append is a repeat',
    async (store) => {
      const { asked, kept } = await begin(store);
      await repeats(store, { events: asked.slice(1), expected: 1 }, kept.slice(1));
    },
  ],
  [
    'an earlier append with an event more is a repeat, and the event is not written',
    async (store) => {
      const { asked, kept } = await begin(store);
      await repeats(store, { events: [...asked, newEvent()], expected: 0 }, kept);
      await repeats(store, { events: [...asked, newEvent()], expected: 3 }, kept);
    },
  ],
  [
    'an earlier append with another first event is a repeat',
    async (store) => {
      const { asked, kept } = await begin(store);
      await repeats(store, { events: [newEvent(), ...asked.slice(1)], expected: 0 }, kept.slice(1));
      await repeats(store, { events: [newEvent(), ...asked], expected: 3 }, kept);
    },
  ],
  [
    'events in another order are a repeat and come back by position',
    async (store) => {
      const { asked, kept } = await begin(store);
      await repeats(store, { events: [...asked].reverse(), expected: 0 }, kept);
    },
  ],
  [
    'an id of another stream is a repeat and shows where it is',
    async (store) => {
      const { asked, kept } = await begin(store);
      await repeats(store, { stream: 'wallet-2', events: [newEvent(), asked[1]], expected: 1 }, [kept[1]]);
      await repeats(store, { stream: 'wallet-9', events: [asked[0]], expected: 0 }, [kept[0]]);
    },
  ],
  [
    'a repeat shows what was stored first, not what is asked now',
    async (store) => {
      const { asked, kept } = await begin(store);
      const altered = asked.map((event) => ({ ...event, type: 'IncomeAdded', data: { amount: '99.00' } }));
      await repeats(store, { events: altered, expected: 0 }, kept);
    },
  ],
  [
    'an id that was refused before is new',
    async (store) => {
      const events = newEvents(2);
      await store.append('wallet-1', events, { expected: 5 });
      await store.append('wallet-1', [...events, eventOfBytes(GREATEST + 1)], { expected: 0 });
      await appended(store, 'wallet-1', events, 0);
    },
  ],
  [
    'of the same append many times at once one is accepted and the others are repeats',
    async (store) => {
      const events = newEvents(2);
      const results = await Promise.all(Array.from({ length: 20 }, () => store.append('wallet-1', events, { expected: 0 })));
      const kept = await wholeLog(store);
      equal(
        kept.map(({ id }) => id),
        events.map(({ id }) => id),
        'ids in the log',
      );
      holds(results.filter(({ kind }) => kind === 'appended').length === 1, 'one is accepted');
      for (const result of results) {
        holds(result.kind === 'appended' || result.kind === 'repeated', 'the others are repeats');
        equal(result.events, kept, 'each answer has the stored events');
      }
    },
  ],
  [
    'two streams that want the same id at once do not both get it',
    async (store) => {
      const event = newEvent();
      const results = await Promise.all(
        ['a', 'b', 'c'].map((stream) => store.append(stream, [newEvent(), event], { expected: 0 })),
      );
      equal(results.map(({ kind }) => kind).sort(), ['appended', 'repeated', 'repeated'], 'answers');
      equal((await wholeLog(store)).length, 2, 'events in the log');
    },
  ],
];
