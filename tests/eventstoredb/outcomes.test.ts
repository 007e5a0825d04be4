/** Appends whose answers do not come: each takes effect once or not at all, and what nobody knows is called unknown. */
import type { AppendResult, EventStore, NewEvent } from '@kakeibo/core';
import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { failure } from './double-faults.ts';
import { startDouble } from './double.ts';
import type { Double } from './double.ts';
import { someEvents } from './events.ts';
import { openOn } from './fresh.ts';

const DEADLINE_MS = 2_500;

let double: Double;
let store: EventStore;
beforeEach(async () => {
  double = await startDouble();
  ({ events: store } = await openOn(double, { deadlineMs: DEADLINE_MS }));
});
afterEach(async () => {
  await store.close();
  await double.close();
});

const append = (events: readonly NewEvent[], expected = 0, to = store): Promise<AppendResult> =>
  to.append('wallet-1', events, { expected });
const stored = (): readonly string[] => double.log.all.filter(({ stream }) => stream === 'kakeibo-wallet-1').map(({ id }) => id);
const ids = (events: readonly NewEvent[]): readonly string[] => events.map(({ id }) => id);

describe.each(['cut', 'silence'] as const)('the write is done, the answer is lost by %s', (howLost) => {
  test('the append is found to be done, and done once', async () => {
    const [first, second] = [someEvents(2), someEvents(2)];
    await append(first);
    Object.assign(double.faults, { howLost, loseReplies: 1 });
    const result = await append(second, 2);
    expect(result.kind).toBe('appended');
    expect(stored()).toEqual([...ids(first), ...ids(second)]);
    expect('events' in result && result.events).toEqual(await store.read('wallet-1', { after: 2, limit: 10 }));
  });

  test('the append is found to be done when others have appended since', async () => {
    const other = await openOn(double);
    const events = someEvents(2);
    Object.assign(double.faults, { howLost, loseReplies: 1 });
    const appending = append(events);
    await expect.poll(stored).toHaveLength(2);
    expect((await append(someEvents(3), 2, other.events)).kind).toBe('appended');
    expect(await appending).toEqual({ kind: 'appended', events: await store.read('wallet-1', { after: 0, limit: 2 }) });
    await other.close();
  });

  test('and the server is away: the outcome is unknown, and a retry finds it', async () => {
    const events = someEvents(2);
    Object.assign(double.faults, { howLost, loseReplies: 99 });
    const appending = append(events).catch((error: unknown) => error);
    await expect.poll(stored).toHaveLength(2);
    await double.goAway();
    expect(await appending).toMatchObject({ name: 'StoreError', code: 'outcome-unknown' });
    double.faults.loseReplies = 0;
    await double.comeBack();
    const again = await append(events);
    expect(again.kind).toBe('repeated');
    expect(stored()).toEqual(ids(events));
  });

  test('and the first append of a stream is not taken for a conflict', async () => {
    Object.assign(double.faults, { howLost, loseReplies: 2 });
    expect((await append(someEvents())).kind).toBe('appended');
    expect(await append(someEvents())).toEqual({ kind: 'conflict', actual: 1 });
  });
});

test('an append whose every answer is lost is found in the log', async () => {
  const events = someEvents(2);
  Object.assign(double.faults, { howLost: 'silence', loseReplies: 99 });
  expect(await append(events)).toEqual({ kind: 'appended', events: await store.read('wallet-1', { after: 0, limit: 10 }) });
  expect(stored()).toEqual(ids(events));
});

test('a request that was never done is unknown, for it may yet be, and a retry does it', async () => {
  const events = someEvents();
  double.faults.silent.add('append');
  await expect(append(events)).rejects.toMatchObject({ code: 'outcome-unknown' });
  double.faults.silent.clear();
  expect((await append(events)).kind).toBe('appended');
  expect(stored()).toEqual(ids(events));
});

test('a request that arrives late, after its second try, takes effect once', async () => {
  const events = someEvents(3);
  let late = 0;
  let arrived = (): void => undefined;
  const arrival = new Promise<void>((resolve) => (arrived = resolve));
  double.faults.beforeAppend = async () => {
    late += 1;
    if (late === 1) await arrival;
  };
  expect((await append(events)).kind).toBe('appended');
  arrived();
  await expect.poll(() => double.faults.appends).toBe(2);
  expect(stored()).toEqual(ids(events));
});

test('a request that arrives late, after another took its place, takes no effect', async () => {
  const other = await openOn(double);
  let arrived = (): void => undefined;
  const arrival = new Promise<void>((resolve) => (arrived = resolve));
  const [ours, theirs] = [someEvents(), someEvents()];
  let held = 0;
  double.faults.beforeAppend = async (id) => {
    if (id !== ours[0]?.id) return;
    held += 1;
    await arrival;
  };
  const appending = append(ours);
  await expect.poll(() => held).toBeGreaterThan(0);
  await append(theirs, 0, other.events);
  arrived();
  expect(await appending).toEqual({ kind: 'conflict', actual: 1 });
  await expect.poll(() => double.faults.appends).toBeGreaterThanOrEqual(2);
  expect(stored()).toEqual(ids(theirs));
  await other.close();
});

test('a server that is away before the write: nothing was written, and that is certain', async () => {
  await double.goAway();
  await expect(append(someEvents())).rejects.toMatchObject({ code: 'unavailable' });
  await double.comeBack();
  expect(stored()).toEqual([]);
  expect((await append(someEvents())).kind).toBe('appended');
});

test('a server that comes back in time is waited for', async () => {
  const patient = await openOn(double);
  await double.goAway();
  setTimeout(() => void double.comeBack(), 100);
  expect((await append(someEvents(), 0, patient.events)).kind).toBe('appended');
  await patient.close();
});

test('a user who may only read is told so', async () => {
  double.faults.refuseAppend = () => failure(status.PERMISSION_DENIED, 'Access Denied', 'access-denied');
  await expect(append(someEvents())).rejects.toMatchObject({ code: 'read-only' });
});

test('an append that the server finds too large names the setting, and nothing is written', async () => {
  const patient = await openOn(double);
  const events = someEvents(80).map((event) => ({ ...event, data: { text: 'x'.repeat(16_000) } }));
  await expect(append(events, 0, patient.events)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('MaxAppendSize'),
  });
  expect(stored()).toEqual([]);
  await patient.close();
});

test('appends behind one that hangs are refused when they have waited too long, and were not written', async () => {
  double.faults.silent.add('append');
  const results = await Promise.allSettled([0, 1, 2, 3].map((expected) => append(someEvents(), expected)));
  const codes = results.map((result) =>
    result.status === 'rejected' ? (result.reason as { code: string }).code : result.value.kind,
  );
  expect(codes[0]).toBe('outcome-unknown');
  expect(codes.slice(1)).toEqual(['busy', 'busy', 'busy']);
});

test('the leader is followed to another node', async () => {
  const leader = await startDouble({ log: double.log });
  await append(someEvents());
  double.faults.leader = leader;
  expect((await append(someEvents(), 1)).kind).toBe('appended');
  expect(await store.read('wallet-1', { after: 0, limit: 10 })).toHaveLength(2);
  expect(leader.faults.appends).toBe(1);
  await leader.close();
});

test('closing answers what is under way, and ends also when the server is away', async () => {
  const appending = [0, 1, 2].map((expected) => append(someEvents(), expected));
  await store.close();
  expect((await Promise.all(appending)).map(({ kind }) => kind)).toEqual(['appended', 'appended', 'appended']);
  const again = await openOn(double);
  await double.goAway();
  await again.close();
});
