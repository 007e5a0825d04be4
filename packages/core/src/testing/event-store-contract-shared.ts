/** One log, opened more than once: what a store owes to other programs and to itself after a restart. */
import type { EventStore } from '../ports/event-store.ts';
import { equal } from './contract.ts';
import type { Claim } from './contract.ts';
import { appended, appendPersistently, collector, newEvents, upTo, wholeLog, wholeStream } from './event-store-fixtures.ts';

/** Opens the same place once more. */
type OpenAgain = (time?: number) => Promise<EventStore>;

export const SHARED_CLAIMS: readonly Claim<OpenAgain>[] = [
  [
    'a log is there when it is opened again, and goes on',
    async (open) => {
      const before = await open();
      const events = newEvents(3);
      const kept = await appended(before, 'wallet-1', events, 0);
      await before.close();
      const after = await open();
      equal(await wholeLog(after), kept, 'the log');
      equal(await after.append('wallet-1', events, { expected: 0 }), { kind: 'repeated', events: kept }, 'a repeat');
      const [next] = await appended(after, 'wallet-1', newEvents(1), 3);
      equal([next?.version, next?.position], [4, 4], 'the next place');
    },
  ],
  [
    'record times go on increasing after a restart with an earlier clock',
    async (open) => {
      const before = await open(2_000);
      await appended(before, 'wallet-1', newEvents(2), 0);
      await before.close();
      const after = await open(1_000);
      await appended(after, 'wallet-1', newEvents(1), 2);
      equal((await wholeLog(after)).at(-1)?.recordedAt, '1970-01-01T00:00:02.000002Z', 'the last record time');
    },
  ],
  [
    'two openings see each other at once and agree on every append',
    async (open) => {
      const [one, other] = [await open(), await open()];
      for (let version = 0; version < 20; version += 2) {
        const events = await appended(one, 'wallet-1', newEvents(1), version);
        equal(await other.read('wallet-1', { after: version, limit: 5 }), events, 'what the other reads');
        equal(await other.append('wallet-1', events, { expected: version }), { kind: 'repeated', events }, 'a repeat');
        equal((await other.append('wallet-1', newEvents(1), { expected: version })).kind, 'conflict', 'too low');
        await appended(other, 'wallet-1', newEvents(1), version + 1);
      }
      equal(await wholeLog(one), await wholeLog(other), 'the log');
    },
  ],
  [
    'two openings that append at once share the places without a gap',
    async (open) => {
      const stores = [await open(), await open()];
      await Promise.all(
        stores.flatMap((store, at) => [
          ...upTo(5).map((number) => appendPersistently(store, `own-${at}-${number}`, newEvents(10))),
          ...upTo(3).map(() => appendPersistently(store, 'common', newEvents(10))),
        ]),
      );
      const [one, other] = await Promise.all(stores.map(wholeLog));
      equal(one, other, 'the log');
      equal(
        one?.map(({ position }) => position),
        upTo(160),
        'positions',
      );
      for (const store of stores)
        equal(
          (await wholeStream(store, 'common')).map(({ version }) => version),
          upTo(60),
          'versions',
        );
    },
  ],
  [
    'the same append through both openings at once takes effect once',
    async (open) => {
      const stores = [await open(), await open()];
      for (let expected = 0; expected < 20; expected += 1) {
        const events = newEvents(1);
        const results = await Promise.all(stores.map((store) => store.append('wallet-1', events, { expected })));
        equal(results.map(({ kind }) => kind).sort(), ['appended', 'repeated'], `answers at ${expected}`);
      }
    },
  ],
  [
    'a subscriber is handed what another opening appends',
    async (open) => {
      const [one, other] = [await open(), await open()];
      const { seen, handle, reached } = collector();
      const subscription = one.subscribe({ after: 0, handle });
      await appended(other, 'a', newEvents(2), 0);
      await reached(2);
      await Promise.all([one, other].map((store, at) => appendPersistently(store, `own-${at}`, newEvents(20))));
      await reached(42);
      await subscription.close();
      equal(seen, await wholeLog(other), 'what was handed over');
    },
  ],
];
