/** Many at once. */
import type { EventStore } from '../ports/event-store.ts';
import { equal, holds } from './contract.ts';
import type { EventStoreClaim } from './event-store-fixtures.ts';
import {
  appended,
  appendPersistently,
  eventOfBytes,
  GREATEST,
  newEvents,
  upTo,
  wholeLog,
  wholeStream,
} from './event-store-fixtures.ts';

async function gapless(store: EventStore, streams: readonly string[], count: number): Promise<void> {
  const log = await wholeLog(store);
  equal(
    log.map(({ position }) => position),
    upTo(log.length),
    'positions',
  );
  equal(new Set(log.map(({ id }) => id)).size, log.length, 'different ids');
  for (const stream of streams) {
    const versions = (await wholeStream(store, stream)).map(({ version }) => version);
    equal(versions, upTo(count), `versions of ${stream}`);
  }
}

export const CONCURRENCY_CLAIMS: readonly EventStoreClaim[] = [
  [
    'of two writers at one version exactly one wins, a hundred times',
    async (store) => {
      for (let expected = 0; expected < 100; expected += 1) {
        const results = await Promise.all([
          store.append('wallet-1', newEvents(1), { expected }),
          store.append('wallet-1', newEvents(1), { expected }),
        ]);
        equal(results.map(({ kind }) => kind).sort(), ['appended', 'conflict'], `winners at ${expected}`);
        holds(
          results.every((result) => result.kind !== 'conflict' || result.actual === expected + 1),
          'the loser is told where the stream is',
        );
      }
      await gapless(store, ['wallet-1'], 100);
    },
  ],
  [
    'a hundred appenders on streams of their own do not hinder each other',
    async (store) => {
      const streams = upTo(100).map((at) => `wallet-${at}`);
      const conflicts = await Promise.all(streams.map((stream) => appendPersistently(store, stream, newEvents(10))));
      equal(
        conflicts.filter((count) => count > 0),
        [],
        'conflicts',
      );
      await gapless(store, streams, 10);
    },
  ],
  [
    'a hundred appenders on one stream all get through',
    async (store) => {
      await Promise.all(upTo(100).map(() => appendPersistently(store, 'common', newEvents(3))));
      await gapless(store, ['common'], 300);
    },
  ],
  [
    'appends that follow each other need not wait for the answer',
    async (store) => {
      const results = await Promise.all(upTo(50).map((at) => store.append('wallet-1', newEvents(2), { expected: (at - 1) * 2 })));
      equal([...new Set(results.map(({ kind }) => kind))], ['appended'], 'answers');
      await gapless(store, ['wallet-1'], 100);
    },
  ],
  [
    'an append that is refused does not fail those beside it',
    async (store) => {
      const known = newEvents(1);
      await appended(store, 'known', known, 0);
      const append = (stream: string, expected: number, events = newEvents(2)): Promise<{ readonly kind: string }> =>
        store.append(stream, events, { expected });
      const results = await Promise.all([
        append('a', 0),
        append('a', 7),
        append('b', 0),
        append('c', 0, known),
        append('a', 2),
        append('b', 0),
        append('c', 0, [eventOfBytes(GREATEST + 1)]),
        append('c', 0),
      ]);
      equal(
        results.map(({ kind }) => kind),
        ['appended', 'conflict', 'appended', 'repeated', 'appended', 'conflict', 'too-large', 'appended'],
        'answers',
      );
      await gapless(store, ['b', 'c'], 2);
      await gapless(store, ['a'], 4);
    },
  ],
  [
    'a repeat among many new appends takes nothing from them',
    async (store) => {
      const known = await appended(store, 'known', newEvents(1), 0);
      const streams = upTo(30).map((at) => `wallet-${at}`);
      const results = await Promise.all([
        ...streams.map((stream) => store.append(stream, newEvents(2), { expected: 0 })),
        store.append('known', known, { expected: 1 }),
        ...streams.map((stream) => store.append(stream, newEvents(1), { expected: 2 })),
      ]);
      equal(
        results.map(({ kind }) => kind),
        [...streams.map(() => 'appended'), 'repeated', ...streams.map(() => 'appended')],
        'answers',
      );
      await gapless(store, streams, 3);
    },
  ],
  [
    'who was answered reads what was written',
    async (store) => {
      await Promise.all(
        upTo(40).map(async (at) => {
          for (let version = 0; version < 5; version += 1) {
            const events = await appended(store, `wallet-${at}`, newEvents(1), version);
            equal(await store.read(`wallet-${at}`, { after: version, limit: 10 }), events, 'the stream');
            equal(await store.readAll({ after: (events[0]?.position ?? 0) - 1, limit: 1 }), events, 'the log');
          }
        }),
      );
    },
  ],
];
