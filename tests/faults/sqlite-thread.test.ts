import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import threads from 'node:worker_threads';

import { openSqlite } from '@kakeibo/adapters/sqlite';
import { StoreError } from '@kakeibo/core';
import type { NewEvent } from '@kakeibo/core';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-thread-'));
const { Worker } = threads;
let started: threads.Worker[] = [];

/** The store's threads are its own affair, so they are caught where they are made. */
beforeAll(() => {
  threads.Worker = class extends Worker {
    constructor(...parameters: ConstructorParameters<typeof Worker>) {
      super(...parameters);
      started.push(this);
    }
  };
  syncBuiltinESMExports();
});
afterAll(() => {
  threads.Worker = Worker;
  syncBuiltinESMExports();
  rmSync(folder, { recursive: true });
});

const newEvent = (): NewEvent => ({ id: randomUUID(), type: 'Noted', data: {}, meta: {} });

test('a writing thread that is killed takes no answer along', async () => {
  const file = join(folder, 'killed.db');
  const { events, close } = await openSqlite({ file });
  const answers = new Map<string, string>();

  /** Appends one after another; what has no answer is not tried again. */
  async function appender(stream: string): Promise<void> {
    for (let expected = 0; expected < 12;) {
      const event = newEvent();
      const result = await events.append(stream, [event], { expected }).catch((error: unknown) => {
        if (!(error instanceof StoreError)) throw error;
        return { kind: error.code };
      });
      answers.set(event.id, result.kind);
      if (result.kind !== 'appended') return;
      expected += 1;
    }
  }
  for (let round = 0; started.length <= 8; round += 1) {
    const appends = Array.from({ length: 10 }, (_, at) => appender(`${round}-${at}`));
    await sleep(1 + (round % 8));
    await started.at(-1)?.terminate();
    await Promise.all(appends);
  }
  expect((await events.append('after', [newEvent()], { expected: 0 })).kind).toBe('appended');
  const log = await events.readAll({ after: 0, limit: 10_000 });
  await close();

  expect(log.map(({ position }) => position)).toEqual(log.map((_, at) => at + 1));
  const stored = new Set(log.map(({ id }) => id));
  const lies = [...answers].filter(([id, answer]) => answer !== 'outcome-unknown' && stored.has(id) !== (answer === 'appended'));
  expect(lies).toEqual([]);
  const honest = new Set(['appended', 'unavailable', 'outcome-unknown']);
  expect([...answers.values()].filter((answer) => !honest.has(answer))).toEqual([]);
});

test('a store whose thread was killed while idle goes on, and closes', async () => {
  started = [];
  const { events, views, check, close } = await openSqlite({ file: join(folder, 'idle.db') });
  await events.append('a', [newEvent()], { expected: 0 });
  await started.at(-1)?.terminate();
  expect((await events.append('a', [newEvent()], { expected: 1 })).kind).toBe('appended');
  await started.at(-1)?.terminate();
  expect(await views.save({ stream: 'a', views: [{ view: 'v@1', expected: 0, seen: 2 }], buckets: [] })).toBe('saved');
  await started.at(-1)?.terminate();
  expect(await check()).toEqual({ canRead: true, canWrite: true });
  await started.at(-1)?.terminate();
  await close();
  await close();
  expect(started.length).toBe(4);
});
