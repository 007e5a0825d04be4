/** The double answers the real client as the server's documentation says, also on the way that the adapter does not take. */
import { EventStoreDBClient, jsonEvent, streamNameFilter } from '@eventstore/db-client';
import type { AppendExpectedRevision, EventData } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startDouble } from './double.ts';
import type { Double } from './double.ts';

let double: Double;
let client: EventStoreDBClient;
beforeEach(async () => {
  double = await startDouble();
  client = EventStoreDBClient.connectionString(`esdb://localhost:${double.port}?tls=false`);
});
afterEach(async () => {
  await client.dispose();
  await double.close();
});

const some = (count: number): EventData[] => Array.from({ length: count }, (_, at) => jsonEvent({ type: 'Noted', data: { at } }));

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** What became of an append: the last revision, or the error's name and where the stream is. */
async function outcome(events: EventData[], expectedRevision: AppendExpectedRevision, single: boolean): Promise<unknown> {
  try {
    // Given credentials, the client appends by a call of its own.
    const credentials = single ? { credentials: { username: 'a', password: 'b' } } : {};
    return (await client.appendToStream('s', events, { expectedRevision, ...credentials })).nextExpectedRevision;
  } catch (error) {
    const { type, actualVersion } = error as { type: string; actualVersion?: unknown };
    return [type, actualVersion];
  }
}

describe.each([
  ['one call for many appends', false],
  ['one call for each append', true],
])('%s', (_, single) => {
  const wrong = (actual: unknown): unknown => ['wrong-expected-version', actual];

  test('an append is judged by its expected revision', async () => {
    expect(await outcome(some(1), 'stream_exists', single)).toEqual(wrong('no_stream'));
    expect(await outcome(some(1), 0n, single)).toEqual(wrong('no_stream'));
    expect(await outcome(some(2), 'no_stream', single)).toBe(1n);
    expect(await outcome(some(1), 'no_stream', single)).toEqual(wrong(1n));
    expect(await outcome(some(1), 0n, single)).toEqual(wrong(1n));
    expect(await outcome(some(1), 5n, single)).toEqual(wrong(1n));
    expect(await outcome(some(3), 1n, single)).toBe(4n);
    expect(await outcome(some(1), 'any', single)).toBe(5n);
    expect(await outcome(some(1), 'stream_exists', single)).toBe(6n);
  });

  test('the same ids in the same places are answered like the first time', async () => {
    const [first, second] = [some(2), some(2)];
    await outcome(first, 'no_stream', single);
    await outcome(second, 1n, single);
    expect(await outcome(first, 'no_stream', single)).toBe(1n);
    expect(await outcome(second, 1n, single)).toBe(3n);
    expect(await outcome([...second, ...some(1)], 1n, single)).toEqual(wrong(3n));
    expect(await outcome(second, 'no_stream', single)).toEqual(wrong(3n));
    expect(double.log.all.filter(({ stream }) => stream === 's')).toHaveLength(4);
  });
});

test('a read of $all begins with its position, a subscription after it, and both have holes', async () => {
  for (let at = 0; at < 8; at += 1) await client.appendToStream('s', some(1));
  const read = await all(client.readAll());
  const streams = new Set(read.map(({ event }) => event?.streamId));
  expect(streams).toEqual(new Set(['$$shop-orders', '$stats-127.0.0.1:2113', 's', 'shop-orders']));
  const position = read[5]?.event?.position ?? { commit: 0n, prepare: 0n };
  const [first] = await all(client.readAll({ fromPosition: position, maxCount: 1 }));
  expect(first?.event?.id).toBe(read[5]?.event?.id);

  const subscription = client.subscribeToAll({ fromPosition: position, filter: streamNameFilter({ prefixes: ['s'] }) });
  const expected = read.slice(6).filter(({ event }) => event?.streamId.startsWith('s'));
  const seen: (string | undefined)[] = [];
  for await (const { event } of subscription) {
    seen.push(event?.id);
    if (seen.length === expected.length) break;
  }
  expect(seen).toEqual(expected.map(({ event }) => event?.id));
});

test('a stream that is not there is an error of its own', async () => {
  await expect(all(client.readStream('nobody'))).rejects.toMatchObject({ type: 'stream-not-found' });
});
