/** Equal values back, bounded slices, names, looking ids up. */
import { parseJson } from '../json.ts';
import type { EventStore, Json, JsonObject } from '../ports/event-store.ts';
import { equal, refused } from './contract.ts';
import type { EventStoreClaim } from './event-store-fixtures.ts';
import { appended, newEvent, newEvents, nextId, upTo, wholeStream } from './event-store-fixtures.ts';

const PAYLOADS: Readonly<Record<string, Json>> = {
  'text beyond ASCII': { note: 'Größe, 家計簿, ¿qué?, \u202eעברית', emoji: '🧾👩‍👩‍👧🏽', combined: 'e\u0301 is not é' },
  'control characters and quotes': { text: 'a\0b\u0001\t\n\r"\'`\\%_;--/**/\u2028\u2029' },
  'half surrogate pairs': { high: '\ud83e', low: 'x\udd57y', swapped: '\udd57\ud83e' },
  'empty things': { text: '', list: [], record: {}, nothing: null, '': '' },
  nested: { a: [[], [{}], [[1, [2, { b: [null] }]]]], c: { d: { e: { f: [true, false] } } } },
  numbers: { list: [0, 1, -1, 0.1, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, 9007199254740991, -9007199254740991] },
  'amounts as text': { amount: '0.10', big: '123456789012345678901234567890.123456789', zeros: '007' },
  'names of object members': parseJson('{"__proto__":{"a":1},"constructor":"x","toString":[1],"length":2,"then":"y"}') as Json,
  'names with escapes after names with backslashes': [
    { a: [], '\\': 0, '\\\\': 1 },
    { a: 1, '"': 2, '\n': 3, '\\"': 4, '""': 5 },
  ],
  'long text': { text: 'lorem ipsum '.repeat(1_300) },
  'text that looks like something else': {
    date: '2026-10-14T09:38:00Z',
    number: '1e3',
    json: '{"a":1}',
    null: 'null',
    bool: 'true',
  },
};

const NAMES: readonly string[] = [
  'a'.repeat(255),
  '円'.repeat(85),
  'it\'s "quoted" `here`; DROP TABLE events --',
  '100%_of*[a-z]?',
  'with space ',
  ' with space',
  'with space',
  'wallet/ünïcode/🧾?x=1&y=2#z',
  'Wallet',
  'wallet',
  'WALLET',
  'é',
  'e\u0301',
  '-1',
  '0',
  'null',
  '__proto__',
  'constructor',
];

async function fill(store: EventStore): Promise<void> {
  for (let version = 0; version < 10; version += 1) {
    await appended(store, 'a', newEvents(1), version);
    await appended(store, 'b', newEvents(1), version);
  }
}

export const READ_CLAIMS: readonly EventStoreClaim[] = [
  ...Object.entries(PAYLOADS).map(([name, value]): EventStoreClaim => [
    `data and meta come back equal: ${name}`,
    async (store) => {
      const event = newEvent(value as JsonObject, { value });
      await appended(store, 'wallet-1', [event], 0);
      const [kept] = await wholeStream(store, 'wallet-1');
      equal(kept?.data, event.data, 'data');
      equal(kept?.meta, event.meta, 'meta');
      equal([kept?.id, kept?.type, kept?.stream], [event.id, event.type, 'wallet-1'], 'id, type and stream');
    },
  ]),
  [
    'a stored event does not change with the object it was made from',
    async (store) => {
      const data = { list: ['a'] };
      await appended(store, 'wallet-1', [newEvent(data)], 0);
      data.list.push('b');
      const [kept] = await wholeStream(store, 'wallet-1');
      equal(kept?.data, { list: ['a'] }, 'data');
    },
  ],
  [
    'streams are told apart by every byte of their names',
    async (store) => {
      for (const name of NAMES) await appended(store, name, [newEvent({ name })], 0);
      for (const name of NAMES) {
        const kept = await wholeStream(store, name);
        equal(
          kept.map(({ stream, data }) => [stream, data]),
          [[name, { name }]],
          `the stream ${JSON.stringify(name)}`,
        );
      }
    },
  ],
  [
    'a stream that nobody wrote to is empty',
    async (store) => {
      equal(await wholeStream(store, 'nobody'), [], 'before the first event');
      equal(await store.readAll({ after: 0, limit: 10 }), [], 'the log before the first event');
      await appended(store, 'wallet-1', newEvents(1), 0);
      equal(await wholeStream(store, 'nobody'), [], 'beside another stream');
    },
  ],
  [
    'a slice of a stream begins after its place, is in order and is bounded',
    async (store) => {
      await fill(store);
      const versions = async (after: number, limit: number): Promise<readonly number[]> =>
        (await store.read('a', { after, limit })).map(({ version }) => version);
      equal(await versions(0, 10_000), upTo(10), 'all');
      equal(await versions(0, 3), [1, 2, 3], 'the first three');
      equal(await versions(4, 3), [5, 6, 7], 'three after the fourth');
      equal(await versions(9, 3), [10], 'the rest');
      equal(await versions(10, 3), [], 'after the last');
      equal(await versions(999, 3), [], 'far after the last');
    },
  ],
  [
    'a slice of the log begins after its place, is in order and is bounded',
    async (store) => {
      await fill(store);
      const positions = async (after: number, limit: number): Promise<readonly number[]> =>
        (await store.readAll({ after, limit })).map(({ position }) => position);
      equal(await positions(0, 10_000), upTo(20), 'all');
      equal(await positions(0, 1), [1], 'the first');
      equal(await positions(7, 4), [8, 9, 10, 11], 'four after the seventh');
      equal(await positions(18, 4), [19, 20], 'the rest');
      equal(await positions(20, 4), [], 'after the last');
    },
  ],
  [
    'a slice without a sensible bound is refused as a bug',
    async (store) => {
      for (const slice of [
        { after: 0, limit: 0 },
        { after: 0, limit: 10_001 },
        { after: 0, limit: 1.5 },
        { after: -1, limit: 1 },
      ]) {
        await refused(() => store.read('a', slice), 'assertion-failed', `read ${JSON.stringify(slice)}`);
        await refused(() => store.readAll(slice), 'assertion-failed', `readAll ${JSON.stringify(slice)}`);
      }
    },
  ],
  [
    "find gives a stream's events by id, in order, and no others",
    async (store) => {
      const [one, two, three] = await appended(store, 'a', newEvents(3), 0);
      const [other] = await appended(store, 'b', newEvents(1), 0);
      const ids = [three?.id ?? '', nextId(), one?.id ?? '', other?.id ?? '', one?.id ?? ''];
      equal(await store.find('a', ids), [one, three], 'of a');
      equal(await store.find('b', ids), [other], 'of b');
      equal(await store.find('b', [two?.id ?? '']), [], "another stream's");
      equal(await store.find('nobody', ids), [], 'of nobody');
      equal(await store.find('a', []), [], 'no id');
      equal(await store.find('a', ["'; DROP TABLE events; --"]), [], 'an odd id');
    },
  ],
  [
    'find looks for many ids at once',
    async (store) => {
      const events = await appended(store, 'a', newEvents(700), 0);
      const ids = events.map(({ id }) => id).reverse();
      equal(
        (await store.find('a', ids)).map(({ version }) => version),
        upTo(700),
        'versions',
      );
    },
  ],
];
