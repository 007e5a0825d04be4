import { openDb2 } from '@kakeibo/adapters/db2';
import type { Db2, Db2Options } from '@kakeibo/adapters/db2';
import type { EventStore, NewEvent } from '@kakeibo/core';
import { StoreError } from '@kakeibo/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Fault } from './bridge.ts';
import { askBed, freshLine, run } from './derby.ts';
import type { Db2Line } from './derby.ts';
import { hasDb2 } from './presence.ts';

let made = 0;
const newEvents = (count: number): readonly NewEvent[] =>
  Array.from({ length: count }, () => ({
    id: `fa017000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`,
    type: 'Noted',
    data: { made },
    meta: {},
  }));

let line: Db2Line;
let store: Db2;
let more: Db2Options;
const open = async (options: Partial<Db2Options> = {}): Promise<Db2> => (store = await openDb2({ ...more, ...options }));

beforeEach(async () => {
  line = await freshLine();
  more = { ...line.options, queryTimeoutMs: 4_000, busyTimeoutMs: 6_000, acquireTimeoutMs: 3_000 };
});
afterEach(async () => {
  await line.plan(undefined);
  await line.cut(false);
  await store.close();
});

/** The ids in the log, seen over a way of its own. */
async function logged(): Promise<readonly string[]> {
  const other = await freshLine();
  const { events, close } = await openDb2({ ...other.options, schema: line.options.schema ?? '' });
  const log = await events.readAll({ after: 0, limit: 10_000 });
  await close();
  expect(log.map(({ position }) => position)).toEqual(log.map((_, at) => at + 1));
  return log.map(({ id }) => id);
}

const outcomeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    (result) => (result as { kind: string }).kind,
    (error: unknown) => (error instanceof StoreError ? error.code : error),
  );

const WAYS = ['before', 'after', 'torn', 'silent'] as const;

describe.runIf(hasDb2())('a line that breaks at COMMIT', () => {
  test.each(WAYS)('%s: the append is looked up, and is there once or not at all', async (how) => {
    const { events } = await open();
    await events.append('s', newEvents(1), { expected: 0 });
    for (let round = 0, version = 1; round < (how === 'silent' ? 1 : 5); round += 1) {
      const fresh = newEvents(2);
      await line.plan({ at: 'commit', how });
      const outcome = await outcomeOf(events.append('s', fresh, { expected: version }));
      await line.plan(undefined);
      const there = (await logged()).filter((id) => fresh.some((event) => event.id === id)).length;
      expect([outcome, there], `round ${round}`).toEqual(how === 'before' ? ['unavailable', 0] : ['appended', 2]);
      const again = await events.append('s', fresh, { expected: version });
      expect(again.kind).toBe(how === 'before' ? 'appended' : 'repeated');
      version += 2;
    }
  });

  test('and a server that cannot be asked leaves the outcome unknown, and the store whole', async () => {
    const { events } = await open({ connectTimeoutMs: 3_000, busyTimeoutMs: 2_000 });
    const fresh = newEvents(1);
    await line.plan({ at: 'commit', how: 'after' });
    const appending = outcomeOf(events.append('s', fresh, { expected: 0 }));
    await line.cut(true);
    expect(['outcome-unknown', 'unavailable']).toContain(await appending);
    await line.cut(false);
    expect(['appended', 'repeated']).toContain(await outcomeOf(events.append('s', fresh, { expected: 0 })));
    expect(await logged()).toEqual(fresh.map(({ id }) => id));
  });
});

describe.runIf(hasDb2())('a line that breaks before COMMIT', () => {
  test.each(WAYS.flatMap((how) => (['execute', 'open'] as const).map((at) => [how, at] as const)))(
    '%s at %s: nothing is written that is not acknowledged, and the next append goes through',
    async (how, at) => {
      const { events } = await open();
      await events.append('s', newEvents(1), { expected: 0 });
      const fresh = newEvents(2);
      await line.plan({ at, how } as Fault);
      const outcome = await outcomeOf(events.append('s', fresh, { expected: 1 }));
      await line.plan(undefined);
      const there = (await logged()).filter((id) => fresh.some((event) => event.id === id)).length;
      expect([
        ['appended', 2],
        ['unavailable', 0],
        ['busy', 0],
      ]).toContainEqual([outcome, there]);
      expect((await events.append('s', fresh, { expected: 1 })).kind).toBe(there > 0 ? 'repeated' : 'appended');
    },
  );
});

async function readsOn(events: EventStore, ids: readonly string[]): Promise<void> {
  expect((await events.readAll({ after: 0, limit: 10 })).map(({ id }) => id)).toEqual(ids);
  expect((await events.read('s', { after: 0, limit: 10 })).map(({ id }) => id)).toEqual(ids);
}

describe.runIf(hasDb2())('lines that are lost while nobody uses them', () => {
  test('are noticed: reads answer what is there, not nothing', async () => {
    const { events } = await open();
    const fresh = newEvents(3);
    await events.append('s', fresh, { expected: 0 });
    const ids = fresh.map(({ id }) => id);
    for (let round = 0; round < 3; round += 1) {
      await readsOn(events, ids);
      await line.cut(false);
      await readsOn(events, ids);
    }
    await line.cut(false);
    expect((await events.append('s', newEvents(1), { expected: 3 })).kind).toBe('appended');
  });

  test('a server that is away is said to be, and is found again', async () => {
    const { events, check } = await open({ connectTimeoutMs: 3_000 });
    const fresh = newEvents(1);
    await events.append('s', fresh, { expected: 0 });
    await line.cut(true);
    expect(await outcomeOf(events.readAll({ after: 0, limit: 1 }))).toBe('unavailable');
    expect(await outcomeOf(events.append('s', newEvents(1), { expected: 1 }))).toBe('unavailable');
    expect(await check()).toMatchObject({ canRead: false, canWrite: false });
    await line.cut(false);
    // Attempts that were given up hold the threads a little longer.
    await expect.poll(() => check({ timeoutMs: 5_000 })).toEqual({ canRead: true, canWrite: true });
    await readsOn(events, [fresh[0]?.id ?? '']);
  });

  test('a server that is killed and started again has every acknowledged event', async () => {
    const { events } = await open();
    const acknowledged: string[] = [];
    const appending = (async () => {
      for (let version = 0; version < 200;) {
        const fresh = newEvents(1);
        const outcome = await outcomeOf(events.append('s', fresh, { expected: version }));
        if (outcome !== 'appended') return outcome;
        acknowledged.push(fresh[0]?.id ?? '');
        version += 1;
      }
      return 'all';
    })();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await askBed({ ask: 'kill' });
    expect(['unavailable', 'outcome-unknown', 'all']).toContain(await appending);
    await askBed({ ask: 'restart' });
    expect((await logged()).slice(0, acknowledged.length)).toEqual(acknowledged);
    const version = (await events.read('s', { after: 0, limit: 1_000 })).length;
    expect((await events.append('s', newEvents(1), { expected: version })).kind).toBe('appended');
  });
});

test.runIf(hasDb2())('a reply that is late is waited for, up to the time-out', async () => {
  const { events } = await open();
  await line.plan({ at: 'commit', how: 'late', ms: 700 });
  expect(await outcomeOf(events.append('s', newEvents(1), { expected: 0 }))).toBe('appended');
});

test.runIf(hasDb2())('readers that wait are bounded in number and in time', async () => {
  const { events } = await open({ acquireTimeoutMs: 800 });
  await events.append('s', newEvents(1), { expected: 0 });
  await line.plan({ at: 'open', how: 'late', ms: 2_500, times: 4 });
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, () =>
      events.readAll({ after: 0, limit: 1 }).then(
        () => 'read',
        (error: unknown) => (error as StoreError).code,
      ),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === 'read').length).toBeGreaterThan(1);
  expect(outcomes.filter((outcome) => outcome === 'busy').length).toBeGreaterThan(1);
  expect(await line.lines()).toBeLessThanOrEqual(4);
});

test.runIf(hasDb2())('who writes keeps the turn until the commit, and who takes it waits for that', async () => {
  const { events } = await open();
  await events.append('s', newEvents(1), { expected: 0 });
  const other = await freshLine();
  const second = await openDb2({ ...other.options, schema: line.options.schema ?? '' });
  const locks = `SELECT l.mode FROM syscs_diag.lock_table l WHERE l.tablename = 'LOG_TURN' AND l.type = 'ROW' AND l.state = 'GRANT'`;
  // One event goes in by a statement that reads the turn, more of them after one that writes it.
  for (const [count, version, mode] of [
    [1, 1, 'S'],
    [2, 2, 'X'],
  ] as const) {
    await line.plan({ at: 'commit', how: 'slow', ms: 2_500 });
    const first = events.append('s', newEvents(count), { expected: version });
    await expect.poll(() => run(other.options, locks)).toEqual([expect.anything(), [{ MODE: mode }]]);
    const late = await second.events.append('t', newEvents(1), { expected: version - 1 });
    const [one, next] = [await first, late].map((result) => (result.kind === 'appended' ? result.events.at(-1)?.position : 0));
    expect(next).toBe((one ?? 0) + 1);
    // And the other way round: the turn is the other's, which is found out.
    expect((await events.append('u', newEvents(1), { expected: version - 1 })).kind).toBe('appended');
    expect((await events.append('u', newEvents(1), { expected: version - 1 })).kind).toBe('conflict');
  }
  await second.close();
  expect(await logged()).toHaveLength(8);
});
