import { randomUUID } from 'node:crypto';
import {
  copyLog,
  createMemoryEventStore,
  digestLog,
  StoreError,
  type EventStore,
  type NewEvent,
  type StoredEvent,
} from '@kakeibo/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const NOON = Date.parse('2026-10-14T12:00:00Z');

function memory(now = NOON): EventStore {
  return createMemoryEventStore({ clock: { now: () => now } });
}

function events(count: number): readonly NewEvent[] {
  return Array.from({ length: count }, () => ({ id: randomUUID(), type: 'ExpenseAdded', data: { amount: '1.00' }, meta: {} }));
}

/** Appends so many events to each of some streams, one append after another. */
async function fill(store: EventStore, appends: readonly (readonly [stream: number, count: number])[]): Promise<void> {
  const versions = new Map<number, number>();
  for (const [stream, count] of appends) {
    const expected = versions.get(stream) ?? 0;
    const { kind } = await store.append(`wallet-${stream}`, events(count), { expected });
    expect(kind).toBe('appended');
    versions.set(stream, expected + count);
  }
}

function all(store: EventStore): Promise<readonly StoredEvent[]> {
  return store.readAll({ after: 0, limit: 10_000 });
}

/** A target that breaks at an append, once. */
function breaking(store: EventStore, at: number): EventStore {
  let count = 0;
  return {
    ...store,
    append: (...args) => {
      count += 1;
      if (count === at) return Promise.reject(new StoreError('unavailable', 'the line is cut'));
      return store.append(...args);
    },
  };
}

const appends = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 })), { maxLength: 40 });

test('whatever the log, the copy is the same log, however many appends are under way', async () => {
  await fc.assert(
    fc.asyncProperty(appends, fc.constantFrom(1, 3, 64), async (some, inFlight) => {
      const [from, to] = [memory(), memory(NOON + 5_000)];
      await fill(from, some);
      const copied = await copyLog(from, to, { inFlight });
      expect(await all(to)).toEqual(await all(from));
      expect(copied).toMatchObject({ kind: 'copied', present: 0, redated: 0, moved: 0 });
      expect(copied).toMatchObject({ from: await digestLog(from), to: await digestLog(from) });
    }),
    { numRuns: 50 },
  );
});

test('wherever it is cut, it goes on when it is called again', async () => {
  await fc.assert(
    fc.asyncProperty(appends, fc.integer({ min: 1, max: 30 }), async (some, at) => {
      const [from, to] = [memory(), memory()];
      await fill(from, some);
      const first = await copyLog(from, breaking(to, at)).catch((error: unknown) => error);
      const present = (await all(to)).length;
      const second = await copyLog(from, to);
      if (first instanceof StoreError) expect(second).toMatchObject({ kind: 'copied', present });
      expect(await all(to)).toEqual(await all(from));
    }),
    { numRuns: 50 },
  );
});

test('what the source is given meanwhile comes too', async () => {
  const [from, to] = [memory(), memory()];
  await fill(from, [[1, 1_200]]);
  let isMore = false;
  const copied = await copyLog(from, to, {
    onProgress: ({ stage }) => {
      if (stage !== 'copy' || isMore) return;
      isMore = true;
      void fill(from, [[2, 700]]);
    },
  });
  expect(copied).toMatchObject({ kind: 'copied', events: 1_900 });
  expect(await all(to)).toEqual(await all(from));
});

test('what comes between the last page and the subscription is copied without waiting for more', async () => {
  const [memoryFrom, to] = [memory(), memory()];
  await fill(memoryFrom, [[1, 3]]);
  const from: EventStore = {
    ...memoryFrom,
    readAll: async (slice) => {
      const page = await memoryFrom.readAll(slice);
      // Appended as soon as the copy has seen the end.
      if (slice.limit === 500 && page.length === 0) await memoryFrom.append('wallet-2', events(1), { expected: 0 });
      return page;
    },
  };
  await copyLog(memoryFrom, to);
  const stop = Promise.withResolvers<void>();
  const copying = copyLog(from, to, { until: stop.promise });
  while ((await all(to)).length < 4) await new Promise((resolve) => void setImmediate(resolve));
  stop.resolve();
  expect(await copying).toMatchObject({ kind: 'copied', events: 4 });
});

test('it follows until it is told to stop', async () => {
  const [from, to] = [memory(), memory()];
  await fill(from, [[1, 3]]);
  const stop = Promise.withResolvers<void>();
  const copying = copyLog(from, to, { until: stop.promise });
  for (let stream = 2; stream < 12; stream += 1) {
    await fill(from, [[stream, 2]]);
    await new Promise((resolve) => void setImmediate(resolve));
  }
  stop.resolve();
  expect(await copying).toMatchObject({ kind: 'copied', events: 23 });
  expect(await all(to)).toEqual(await all(from));
});

test.each<readonly [string, (to: EventStore) => Promise<void>]>([
  ['another event in the place of one', async (to) => fill(to, [[1, 1]])],
  ['another stream', async (to) => fill(to, [[9, 1]])],
])('a target with %s is refused and stays as it is', async (_, spoil) => {
  const [from, to] = [memory(), memory()];
  await fill(from, [[1, 3]]);
  await spoil(to);
  const before = await all(to);
  expect(await copyLog(from, to)).toMatchObject({ kind: 'refused', code: 'copy-target-differs', version: 1 });
  expect(await all(to)).toEqual(before);
});

test('a target that has gone on by itself is refused', async () => {
  const [from, to] = [memory(), memory()];
  await fill(from, [[1, 3]]);
  await copyLog(from, to);
  await to.append('wallet-1', events(1), { expected: 3 });
  const result = await copyLog(from, to);
  expect(result).toMatchObject({ kind: 'refused', version: 4, message: expect.stringContaining('beyond the source') as string });
});

test('a target that somebody writes to meanwhile is refused', async () => {
  const [from, to] = [memory(), memory()];
  await fill(from, [[1, 3]]);
  const meddled: EventStore = {
    ...to,
    append: async (stream, some, options) => {
      await to.append(stream, events(1), options);
      return to.append(stream, some, options);
    },
  };
  const result = await copyLog(from, meddled);
  expect(result).toMatchObject({ kind: 'refused', message: expect.stringContaining('somebody writes') as string });
});

test('a target that shows other bytes than it took is found out', async () => {
  const [from, to] = [memory(), memory()];
  await fill(from, [[1, 3]]);
  const lying: EventStore = {
    ...to,
    readAll: async (slice) => (await to.readAll(slice)).map((event) => ({ ...event, data: { amount: '9.00' } })),
  };
  expect(await copyLog(from, lying)).toMatchObject({ kind: 'refused', version: 1 });
});

test('a target that loses what it took is found out', async () => {
  const [from, to] = [memory(), memory()];
  await fill(from, [[1, 3]]);
  const losing: EventStore = { ...to, readAll: async (slice) => (await to.readAll(slice)).filter(({ version }) => version < 3) };
  await expect(copyLog(from, losing)).rejects.toThrow('took 3 events and shows 2');
});

test('times that the target does not take are counted, and the streams are equal all the same', async () => {
  const [from, to] = [memory(NOON + 3 * 86_400_000), memory(NOON)];
  await fill(from, [[1, 3]]);
  const copied = await copyLog(from, to);
  expect(copied).toMatchObject({ kind: 'copied', redated: 3, moved: 0 });
  if (copied.kind === 'copied') expect(copied.to.streams).toEqual(copied.from.streams);
});
