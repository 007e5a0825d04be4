/** Reading and following while connections break, and a log that somebody took events from. */
import type { EventStore, StoredEvent } from '@kakeibo/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startDouble } from './double.ts';
import type { Double } from './double.ts';
import { someEvents } from './events.ts';
import { openOn } from './fresh.ts';

let double: Double;
let store: EventStore;
beforeEach(async () => {
  double = await startDouble();
  ({ events: store } = await openOn(double));
});
afterEach(async () => {
  await store.close();
  await double.close();
});

async function fill(to: EventStore, count: number, stream = 'wallet-1', expected = 0): Promise<void> {
  for (let done = 0; done < count; done += 10)
    expect((await to.append(stream, someEvents(Math.min(10, count - done)), { expected: expected + done })).kind).toBe(
      'appended',
    );
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at + 1);
const positions = (events: readonly StoredEvent[]): readonly number[] => events.map(({ position }) => position);

function following(from: EventStore, after = 0) {
  const seen: StoredEvent[] = [];
  const subscription = from.subscribe({ after, handle: async (event) => void seen.push(event) });
  return { seen, subscription };
}

test('a stream is read while it is written, through the same opening and another', async () => {
  const other = await openOn(double);
  let written = 0;
  const writing = async (): Promise<void> => {
    for (; written < 120; written += 3) await store.append('wallet-1', someEvents(3), { expected: written });
  };
  const reading = async (from: EventStore): Promise<void> => {
    for (let seen = 0; seen < 120;) {
      const least = written;
      const versions = (await from.read('wallet-1', { after: 0, limit: 1_000 })).map(({ version }) => version);
      expect(versions).toEqual(upTo(versions.length));
      expect(versions.length).toBeGreaterThanOrEqual(least);
      expect(versions.length % 3).toBe(0);
      const result = await from.append('wallet-1', someEvents(), { expected: 999 });
      expect(result.kind === 'conflict' && result.actual % 3).toBe(0);
      seen = versions.length;
    }
  };
  await Promise.all([writing(), reading(store), reading(other.events)]);
  await other.close();
});

test('an append that was followed in part is not answered in part', async () => {
  const other = await openOn(double);
  const events = someEvents(3);
  const gate = (): { readonly passed: Promise<void>; readonly open: () => void } => {
    let open = (): void => undefined;
    const passed = new Promise<void>((resolve) => (open = resolve));
    return { passed, open: () => open() };
  };
  const [readEnds, second] = [gate(), gate()];
  let reads = 0;
  double.faults.beforeReadEnds = async () => {
    reads += 1;
    if (reads === 1) await readEnds.passed;
  };
  double.faults.beforeFollowed = async (id) => {
    if (id === events[1]?.id) await second.passed;
  };
  const appending = store.append('wallet-1', events, { expected: 0 });
  await expect.poll(() => reads).toBe(1);
  const written = await other.events.append('wallet-1', events, { expected: 0 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  readEnds.open();
  expect(written.kind).toBe('appended');
  expect(await appending).toEqual({ ...written, kind: 'repeated' });
  second.open();
  await other.close();
});

test('a read that is cut in the middle is read again, whole', async () => {
  await fill(store, 50);
  for (const cutReadsAfter of [0, 1, 7]) {
    Object.assign(double.faults, { cutReads: 1, cutReadsAfter });
    expect(positions(await store.read('wallet-1', { after: 0, limit: 100 }))).toEqual(upTo(50));
    Object.assign(double.faults, { cutReads: 1, cutReadsAfter });
    expect(positions(await store.readAll({ after: 0, limit: 100 }))).toEqual(upTo(50));
  }
});

test('a log is opened although its first reading is cut, or not followed at all', async () => {
  await fill(store, 300);
  Object.assign(double.faults, { cutReads: 2, cutReadsAfter: 5 });
  double.faults.silent.add('subscribe');
  const again = await openOn(double);
  expect(positions(await again.events.readAll({ after: 0, limit: 1_000 }))).toEqual(upTo(300));
  await again.close();
});

test('data is JSON that the server can show, unless the client would read its names wrongly', async () => {
  const payloads = [{ h: [], '\\': 0 }, { h: 1, '"': 2 }, { note: 'a "quoted" word\n' }, { h: { '\n': 1 } }];
  const events = someEvents(4).map((event, at) => ({ ...event, data: payloads[at] ?? {}, meta: { by: payloads[at] ?? {} } }));
  await store.append('wallet-1', events, { expected: 0 });
  const read = await store.read('wallet-1', { after: 0, limit: 10 });
  expect(read.map(({ data }) => data)).toEqual(payloads);
  expect(read.map(({ meta }) => meta['by'])).toEqual(payloads);
  const types = double.log.all.filter(({ stream }) => stream === 'kakeibo-wallet-1').map(({ contentType }) => contentType);
  expect(types).toEqual(['application/octet-stream', 'application/octet-stream', 'application/json', 'application/octet-stream']);
});

test('what is kept in memory of an event is bounded', async () => {
  for (let expected = 0; expected < 3_000; expected += 1_000) await store.append('wallet-1', someEvents(1_000), { expected });
  const again = await openOn(double);
  expect(again.settings.events).toBe(3_000);
  expect(again.settings.indexBytes / again.settings.events).toBeLessThan(64);
  await again.close();
});

test('an opening that is told of nothing sees at once what another wrote', async () => {
  double.faults.silent.add('subscribe');
  const deaf = (await openOn(double)).events;
  for (let version = 0; version < 5; version += 1) {
    const events = someEvents();
    await store.append('wallet-1', events, { expected: version });
    expect(positions(await deaf.read('wallet-1', { after: version, limit: 10 }))).toEqual([version + 1]);
    expect(positions(await deaf.readAll({ after: 0, limit: 10 }))).toEqual(upTo(version + 1));
    expect((await deaf.append('wallet-2', events, { expected: 0 })).kind).toBe('repeated');
    expect(await deaf.append('wallet-1', someEvents(), { expected: version })).toEqual({ kind: 'conflict', actual: version + 1 });
  }
  await deaf.close();
});

test('a read that gets no answer ends', async () => {
  const impatient = await openOn(double, { deadlineMs: 800 });
  double.faults.silent.add('read');
  await expect(impatient.events.read('wallet-1', { after: 0, limit: 1 })).rejects.toMatchObject({ code: 'unavailable' });
  await expect(impatient.events.find('wallet-1', ['x'])).rejects.toMatchObject({ code: 'unavailable' });
  double.faults.silent.clear();
  await impatient.close();
});

describe('a subscriber', () => {
  test('is handed every event once while its connection is cut again and again', async () => {
    const other = await openOn(double);
    const { seen, subscription } = following(store);
    for (let round = 0; round < 10; round += 1) {
      await fill(other.events, 10, `wallet-${round}`);
      for (const cut of double.faults.subscriptions) cut();
      await fill(store, 10, `own-${round}`);
    }
    await expect.poll(() => seen.length).toBe(200);
    expect(positions(seen)).toEqual(upTo(200));
    expect(seen).toEqual(await store.readAll({ after: 0, limit: 1_000 }));
    await subscription.close();
    await other.close();
  });

  test('sits out a server that is away for longer than a call may take, and goes on', async () => {
    const impatient = await openOn(double, { deadlineMs: 800 });
    const { seen, subscription } = following(impatient.events);
    await fill(store, 20);
    await expect.poll(() => seen.length).toBe(20);
    await double.goAway();
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    await double.comeBack();
    await fill(store, 20, 'wallet-2');
    await expect.poll(() => seen.length).toBe(40);
    expect(positions(seen)).toEqual(upTo(40));
    await subscription.close();
    await impatient.close();
  });
});

test('a subscriber that reads on while the server is away waits for it', async () => {
  await fill(store, 400);
  const impatient = await openOn(double, { deadlineMs: 800 });
  let goOn = (): void => undefined;
  const paused = new Promise<void>((resolve) => (goOn = resolve));
  const seen: StoredEvent[] = [];
  const subscription = impatient.events.subscribe({
    after: 0,
    async handle(event) {
      seen.push(event);
      if (event.position === 100) await paused;
    },
  });
  await expect.poll(() => seen.length).toBe(100);
  await double.goAway();
  goOn();
  await new Promise((resolve) => setTimeout(resolve, 1_600));
  const before = seen.length;
  await double.comeBack();
  await expect.poll(() => seen.length).toBe(400);
  expect(before).toBeLessThan(400);
  expect(positions(seen)).toEqual(upTo(400));
  await subscription.close();
  await impatient.close();
});

describe('a log that loses events', () => {
  beforeEach(() => fill(store, 20));

  test.each([
    ['cut off', { $tb: 5 }],
    ['bounded', { $maxCount: 5 }],
    ['given an age', { $maxAge: 60 }],
    ['deleted', { $tb: 2 ** 63 }],
  ])('is refused when a stream is %s, and works again when that is taken back', async (_, metadata) => {
    double.log.setMetadata('kakeibo-wallet-1', metadata as Record<string, number>);
    const refusal = { code: 'incompatible', message: expect.stringContaining('kakeibo-wallet-1') };
    await expect(store.append('wallet-2', someEvents(), { expected: 0 })).rejects.toMatchObject(refusal);
    await expect(store.read('wallet-1', { after: 0, limit: 10 })).rejects.toMatchObject(refusal);
    await expect(openOn(double)).rejects.toMatchObject(refusal);
    double.log.setMetadata('kakeibo-wallet-1', {});
    expect((await store.append('wallet-1', someEvents(), { expected: 20 })).kind).toBe('appended');
    expect(await store.read('wallet-1', { after: 0, limit: 100 })).toHaveLength(21);
  });

  test('is refused when a scavenge has removed events, although nobody says so any more', async () => {
    double.log.setMetadata('kakeibo-wallet-1', { $tb: 5 });
    double.log.scavenge();
    double.log.setMetadata('kakeibo-wallet-1', {});
    await expect(openOn(double)).rejects.toMatchObject({
      code: 'incompatible',
      message: expect.stringMatching(/events 0 to 4 of the stream kakeibo-wallet-1 were removed/),
    });
    await expect(store.readAll({ after: 0, limit: 20 })).rejects.toMatchObject({ code: 'incompatible' });
  });

  test('is refused when a stream was deleted for good', async () => {
    double.log.tombstone('kakeibo-wallet-1');
    await expect(openOn(double)).rejects.toMatchObject({ code: 'incompatible', message: expect.stringMatching(/was deleted/) });
    await expect(store.append('wallet-1', someEvents(), { expected: 20 })).rejects.toMatchObject({ code: 'incompatible' });
  });

  test("is refused when another program writes to the ledger's streams", async () => {
    const data = Buffer.from('{}');
    const foreign = { id: crypto.randomUUID(), type: 'Noted', contentType: 'application/json', data, metadata: data };
    double.log.append('kakeibo-wallet-1', [foreign], 'any');
    await expect(openOn(double)).rejects.toMatchObject({
      code: 'incompatible',
      message: expect.stringMatching(/event 20 of the stream "kakeibo-wallet-1" was not written by Kakeibo/),
    });
  });
});
