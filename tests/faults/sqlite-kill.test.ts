import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, expect, test } from 'vitest';

import type { AppenderLine } from './appender.ts';
import { expectSound, logOf, startAppender } from './history.ts';

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-kill-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CYCLES = 20;

test.each(['worker', 'caller'] as const)('kill -9, again and again, loses no acknowledged event (%s)', async (writer) => {
  const file = join(folder, `${writer}.db`);
  const lines: AppenderLine[] = [];
  for (let cycle = 0; cycle < CYCLES / 2; cycle += 1) {
    const streams = ['a', 'b', 'c', 'd', 'e', 'f'];
    const appender = startAppender({ file, writer, streams, events: 3 });
    await appender.begun;
    await sleep((cycle * 37) % 110);
    appender.child.kill('SIGKILL');
    expect(await appender.ended).toBe('SIGKILL');
    lines.push(...appender.lines);
    if (cycle % 3 === 0) expectSound(await logOf(file), lines, 3);
  }
  expectSound(await logOf(file), lines, 3);
  expect(lines.length).toBeGreaterThan(CYCLES);
});

test('two programs killed while both write to one file leave it sound', async () => {
  const file = join(folder, 'two.db');
  const lines: AppenderLine[] = [];
  for (let cycle = 0; cycle < 4; cycle += 1) {
    const both = ['x', 'y'].map((own) => startAppender({ file, streams: [own, 'common'], events: 2 }));
    for (const { begun } of both) await begun;
    await sleep(60);
    for (const { child } of both) {
      child.kill('SIGKILL');
      await sleep(20);
    }
    for (const { ended, lines: said } of both) {
      await ended;
      lines.push(...said);
    }
  }
  expectSound(await logOf(file), lines, 2);
});
