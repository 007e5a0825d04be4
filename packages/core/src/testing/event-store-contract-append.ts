/** Versions, positions, expected versions, all or nothing. */
import { equal, holds, refused } from './contract.ts';
import type { EventStoreClaim } from './event-store-fixtures.ts';
import { appended, eventOfBytes, GREATEST, newEvent, newEvents, upTo, wholeLog, wholeStream } from './event-store-fixtures.ts';

export const APPEND_CLAIMS: readonly EventStoreClaim[] = [
  [
    'a stream counts its versions from 1 without a gap',
    async (store) => {
      await appended(store, 'wallet-1', newEvents(1), 0);
      await appended(store, 'wallet-1', newEvents(3), 1);
      await appended(store, 'wallet-1', newEvents(1), 4);
      equal(
        (await wholeStream(store, 'wallet-1')).map(({ version }) => version),
        upTo(5),
        'versions',
      );
    },
  ],
  [
    'the log counts its positions across streams without a gap',
    async (store) => {
      for (const [at, stream] of ['a', 'b', 'c'].entries()) await appended(store, stream, newEvents(at + 1), 0);
      await store.append('a', newEvents(4), { expected: 7 });
      await appended(store, 'b', newEvents(2), 2);
      const log = await wholeLog(store);
      equal(
        log.map(({ position }) => position),
        upTo(8),
        'positions',
      );
      equal(log.map(({ stream }) => stream).join(''), 'abbcccbb', 'order');
    },
  ],
  [
    'an append answers with what is read afterwards',
    async (store) => {
      await appended(store, 'other', newEvents(2), 0);
      const events = await appended(store, 'wallet-1', newEvents(3), 0);
      equal(await wholeStream(store, 'wallet-1'), events, 'the stream');
      equal(await store.readAll({ after: 2, limit: 10 }), events, 'the log');
    },
  ],
  [
    'an expected version that is too low is a conflict and names the actual one',
    async (store) => {
      await appended(store, 'wallet-1', newEvents(3), 0);
      for (const expected of [0, 2]) {
        const result = await store.append('wallet-1', newEvents(1), { expected });
        equal(result, { kind: 'conflict', actual: 3 }, `expected ${expected}`);
      }
    },
  ],
  [
    'an expected version that is too high is a conflict, also on an empty stream',
    async (store) => {
      equal(await store.append('new', newEvents(1), { expected: 1 }), { kind: 'conflict', actual: 0 }, 'empty stream');
      await appended(store, 'wallet-1', newEvents(2), 0);
      equal(await store.append('wallet-1', newEvents(1), { expected: 3 }), { kind: 'conflict', actual: 2 }, 'too high');
      await appended(store, 'wallet-1', newEvents(1), 2);
    },
  ],
  [
    'a refused append writes nothing and takes no position',
    async (store) => {
      const [first] = await appended(store, 'wallet-1', newEvents(1), 0);
      await store.append('wallet-1', newEvents(5), { expected: 0 });
      await store.append('wallet-1', newEvents(5), { expected: 9 });
      await store.append('wallet-1', [newEvent(), eventOfBytes(GREATEST + 1)], { expected: 1 });
      equal(await wholeLog(store), [first], 'the log');
      const [next] = await appended(store, 'wallet-2', newEvents(1), 0);
      equal(next?.position, 2, 'the next position');
    },
  ],
  [
    'an event of exactly the greatest size is kept whole',
    async (store) => {
      const events = [eventOfBytes(GREATEST), eventOfBytes(GREATEST, '円', 3), eventOfBytes(GREATEST, '🧾', 4)];
      await appended(store, 'wallet-1', events, 0);
      equal(
        (await wholeStream(store, 'wallet-1')).map(({ data }) => data),
        events.map(({ data }) => data),
        'data',
      );
    },
  ],
  [
    'an event of one byte more is too large, and its neighbours are not written either',
    async (store) => {
      for (const [fill, bytes] of [
        ['x', 1],
        ['円', 3],
        ['🧾', 4],
      ] as const) {
        const event = eventOfBytes(GREATEST + 1, fill, bytes);
        const result = await store.append('wallet-1', [newEvent(), event, newEvent()], { expected: 0 });
        equal(result, { kind: 'too-large', bytes: GREATEST + 1 }, `filled with ${fill}`);
      }
      equal(await wholeLog(store), [], 'the log');
    },
  ],
  [
    'an append of many events is one append',
    async (store) => {
      const events = await appended(store, 'wallet-1', newEvents(2_500), 0);
      equal(
        events.map(({ version }) => version),
        upTo(2_500),
        'versions',
      );
      equal((await wholeLog(store)).length, 2_500, 'events in the log');
    },
  ],
  [
    'record times increase strictly, within an append too',
    async (store) => {
      await appended(store, 'a', newEvents(5), 0);
      await appended(store, 'b', newEvents(5), 0);
      const times = (await wholeLog(store)).map(({ recordedAt }) => recordedAt);
      for (const [at, time] of times.entries()) {
        holds(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(time), `${time} is ISO 8601 with six decimals`);
        holds(at === 0 || (times[at - 1] ?? '') < time, `${time} comes after the one before it`);
      }
    },
  ],
  [
    'what no store can keep is refused as a bug, and nothing is written',
    async (store) => {
      const event = newEvent();
      const append =
        (stream: string, events: readonly (typeof event)[], expected = 0) =>
        () =>
          store.append(stream, events, { expected });
      const bugs = {
        'no event': append('s', []),
        'an id twice': append('s', [event, newEvent(), event]),
        'an id that is no UUID': append('s', [{ ...event, id: '1' }]),
        'an id in capitals': append('s', [{ ...event, id: event.id.toUpperCase() }]),
        'no stream name': append('', [event]),
        'a stream name of 256 bytes': append('n'.repeat(256), [event]),
        'half a surrogate pair in a name': append('\ud83e', [event]),
        'a type without a name': append('s', [{ ...event, type: '' }]),
        'a negative version': append('s', [event], -1),
        'half a version': append('s', [event], 0.5),
      };
      for (const [name, bug] of Object.entries(bugs)) await refused(bug, 'assertion-failed', name);
      equal(await wholeLog(store), [], 'the log');
    },
  ],
];
