import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

import { openSqlite } from '@kakeibo/adapters/sqlite';
import { afterAll, expect, test } from 'vitest';

import type { AppenderLine } from './appender.ts';
import { expectSound, logOf, startAppender } from './history.ts';
import { notRun } from './sqlite-mounts.ts';

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-clock-'));
afterAll(() => rmSync(folder, { recursive: true }));

const [FAKETIME] = globSync('/usr/lib/*/faketime/libfaketimeMT.so.1');

test('a clock that is set back an hour, or stood a year ahead for a while, changes no order', async () => {
  if (FAKETIME === undefined) return notRun('a clock that is set back', 'libfaketime is not installed');
  const file = join(folder, 'clock.db');
  const lines: AppenderLine[] = [];
  for (const shift of ['+0', '-1h', '+365d', '-1h', '+0']) {
    const clock = ['env', `LD_PRELOAD=${FAKETIME}`, `FAKETIME=${shift}`];
    const program = startAppender({ file, streams: ['a', 'b'], events: 2, times: 5 }, clock);
    expect(await program.ended).toBe(0);
    lines.push(...program.lines);
  }
  const log = await logOf(file);
  expectSound(log, lines, 2);
  const times = log.map(({ recordedAt }) => recordedAt);
  expect(times).toEqual([...new Set(times)].toSorted());
  expect(log.length).toBe(100);
  // The fault was met: the year ahead is in the log, and what came after it follows it by microseconds.
  const [before, ahead] = [times[39], times[40]].map((time) => Date.parse(time ?? ''));
  expect((ahead ?? 0) - (before ?? 0)).toBeGreaterThan(364 * 86_400_000);
  expect(Date.parse(times[99] ?? '') - Date.parse(times[59] ?? '')).toBeLessThan(1_000);
});

/** How long the lock is held. Three seconds in CI; minutes by hand. */
const LOCK_SECONDS = Number(process.env['KAKEIBO_LOCK_SECONDS'] ?? 3);

test('a lock that is held for long refuses each append after its time-out, writes none of them, and reads go on', async () => {
  const file = join(folder, 'locked.db');
  const { events, check, close } = await openSqlite({ file, busyTimeoutMs: 400 });
  const note = () => [{ id: crypto.randomUUID(), type: 'Noted', data: {}, meta: {} }];
  await events.append('a', note(), { expected: 0 });
  const other = new DatabaseSync(file);
  other.exec('BEGIN IMMEDIATE');
  const end = performance.now() + LOCK_SECONDS * 1_000;
  const codes: unknown[] = [];
  while (performance.now() < end) {
    const appends = Array.from({ length: 5 }, () => events.append('a', note(), { expected: 1 }));
    for (const result of await Promise.allSettled(appends))
      codes.push(result.status === 'rejected' ? (result.reason as { code?: unknown }).code : result.value.kind);
    expect((await events.readAll({ after: 0, limit: 10 })).length).toBe(1);
    expect(await check()).toMatchObject({ canRead: true, canWrite: false });
    await sleep(20);
  }
  other.exec('ROLLBACK');
  other.close();
  expect(new Set(codes)).toEqual(new Set(['busy']));
  expect((await events.append('a', note(), { expected: 1 })).kind).toBe('appended');
  expect((await events.readAll({ after: 0, limit: 10 })).length).toBe(2);
  await close();
});
