/** Every event, once, in order, from a place on; and how a subscription ends. */
import type { StoredEvent } from '../ports/event-store.ts';
import { equal, holds, refused } from './contract.ts';
import type { EventStoreClaim } from './event-store-fixtures.ts';
import { appended, appendPersistently, collector, gate, newEvents, upTo, wholeLog } from './event-store-fixtures.ts';

function positions(events: readonly StoredEvent[]): readonly number[] {
  return events.map(({ position }) => position);
}

export const SUBSCRIPTION_CLAIMS: readonly EventStoreClaim[] = [
  [
    'a subscriber is handed what was there before and what comes after',
    async (store) => {
      await appended(store, 'a', newEvents(3), 0);
      const { seen, handle, reached } = collector();
      const subscription = store.subscribe({ after: 0, handle });
      await reached(3);
      await appended(store, 'b', newEvents(2), 0);
      await reached(5);
      await subscription.close();
      equal(seen, await wholeLog(store), 'what was handed over');
    },
  ],
  [
    'a subscriber may come before the first event',
    async (store) => {
      const { seen, handle, reached } = collector();
      const subscription = store.subscribe({ after: 0, handle });
      await store.readAll({ after: 0, limit: 1 });
      await appended(store, 'a', newEvents(1), 0);
      await reached(1);
      await subscription.close();
      equal(positions(seen), [1], 'positions');
    },
  ],
  [
    'a subscriber goes on after its checkpoint',
    async (store) => {
      await appended(store, 'a', newEvents(6), 0);
      const { seen, handle, reached } = collector();
      const subscription = store.subscribe({ after: 4, handle });
      await appended(store, 'a', newEvents(2), 6);
      await reached(4);
      await subscription.close();
      equal(positions(seen), [5, 6, 7, 8], 'positions');
    },
  ],
  [
    'a subscriber is handed nothing when its checkpoint is the end',
    async (store) => {
      await appended(store, 'a', newEvents(2), 0);
      const { seen, handle } = collector();
      const subscription = store.subscribe({ after: 2, handle });
      await store.readAll({ after: 0, limit: 1 });
      await subscription.close();
      equal(seen, [], 'events');
    },
  ],
  [
    'a subscriber misses nothing and sees nothing twice while many append',
    async (store) => {
      const { seen, handle, reached } = collector();
      const subscription = store.subscribe({ after: 0, handle });
      await Promise.all([
        ...upTo(20).map((at) => appendPersistently(store, `own-${at}`, newEvents(15))),
        ...upTo(5).map(() => appendPersistently(store, 'common', newEvents(20))),
      ]);
      await reached(400);
      await subscription.close();
      equal(positions(seen), upTo(400), 'positions');
      equal(seen, await wholeLog(store), 'events');
    },
  ],
  [
    'a subscriber far behind is handed a long log in order',
    async (store) => {
      await appended(store, 'a', newEvents(1_200), 0);
      const { seen, handle, reached } = collector();
      const subscription = store.subscribe({ after: 0, handle });
      await reached(1_200);
      await subscription.close();
      equal(positions(seen), upTo(1_200), 'positions');
    },
  ],
  [
    'several subscribers do not disturb each other',
    async (store) => {
      const all = [0, 0, 3].map((after) => {
        const { seen, handle, reached } = collector();
        return { after, seen, reached, subscription: store.subscribe({ after, handle }) };
      });
      await appended(store, 'a', newEvents(4), 0);
      const [first] = all;
      await first?.reached(4);
      await first?.subscription.close();
      await appended(store, 'a', newEvents(2), 4);
      for (const { after, reached } of all.slice(1)) await reached(6 - after);
      equal(
        all.map(({ seen }) => positions(seen)),
        [upTo(4), upTo(6), [4, 5, 6]],
        'positions',
      );
    },
  ],
  [
    'events are handed over one at a time',
    async (store) => {
      await appended(store, 'a', newEvents(20), 0);
      const { seen, handle, reached } = collector();
      let running = 0;
      const subscription = store.subscribe({
        after: 0,
        async handle(event) {
          running += 1;
          holds(running === 1, 'no other event is being handled');
          await store.readAll({ after: 0, limit: 1 });
          running -= 1;
          await handle(event);
        },
      });
      await Promise.race([reached(20), subscription.finished]);
      await subscription.close();
      equal(positions(seen), upTo(20), 'positions');
    },
  ],
  [
    'close waits for the event that is being handled, and is the end',
    async (store) => {
      const [begun, done] = [gate(), gate()];
      const handled: number[] = [];
      const subscription = store.subscribe({
        after: 0,
        async handle({ position }) {
          begun.open();
          await done.passed;
          handled.push(position);
        },
      });
      await appended(store, 'a', newEvents(3), 0);
      await begun.passed;
      const closing = subscription.close();
      await appended(store, 'a', newEvents(1), 3);
      equal(handled, [], 'handled before it was let on');
      done.open();
      await closing;
      await subscription.finished;
      await appended(store, 'a', newEvents(1), 4);
      equal(handled, [1], 'handled in the end');
      await subscription.close();
    },
  ],
  [
    'a handler may end its own subscription',
    async (store) => {
      const { seen, handle } = collector();
      const subscription = store.subscribe({
        after: 0,
        async handle(event) {
          await handle(event);
          if (event.position === 2) void subscription.close();
        },
      });
      await appended(store, 'a', newEvents(5), 0);
      await subscription.finished;
      equal(positions(seen), [1, 2], 'positions');
    },
  ],
  [
    'a handler that throws ends its subscription with what it threw, and no other',
    async (store) => {
      const { seen, handle, reached } = collector();
      const healthy = store.subscribe({ after: 0, handle });
      const boom = new Error('boom');
      const handled: number[] = [];
      const broken = store.subscribe({
        after: 0,
        async handle({ position }) {
          handled.push(position);
          if (position === 2) throw boom;
        },
      });
      const ended = broken.finished.then(
        () => 'fulfilled',
        (error: unknown) => error,
      );
      await appended(store, 'a', newEvents(4), 0);
      holds((await ended) === boom, 'it ends with what was thrown');
      await reached(4);
      await broken.close();
      await healthy.close();
      equal([handled, positions(seen)], [[1, 2], upTo(4)], 'positions');
    },
  ],
  [
    'closing the store ends its subscriptions and refuses every call',
    async (store) => {
      const { handle } = collector();
      const subscription = store.subscribe({ after: 0, handle });
      const append = store.append('a', newEvents(1), { expected: 0 });
      await Promise.all([store.close(), store.close()]);
      await subscription.finished;
      await store.close();
      equal((await append).kind, 'appended', 'an append that was under way');
      const slice = { after: 0, limit: 1 };
      await refused(() => store.append('a', newEvents(1), { expected: 1 }), 'closed', 'append');
      await refused(() => store.read('a', slice), 'closed', 'read');
      await refused(() => store.readAll(slice), 'closed', 'readAll');
      await refused(() => store.find('a', []), 'closed', 'find');
      await refused(async () => store.subscribe({ after: 0, handle }), 'closed', 'subscribe');
    },
  ],
];
