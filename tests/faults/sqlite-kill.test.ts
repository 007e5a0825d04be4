import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, expect, test } from 'vitest';

import type { AppenderLine } from './appender.ts';
import { expectSound, logOf, startAppender } from './history.ts';
import { KILL_CYCLES, killCycles, NO_FAULT, tell } from './kill-cycles.ts';

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-kill-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each(['worker', 'caller'] as const)(
  'kill -9, again and again, loses no acknowledged event (%s)',
  async (writer) => {
    const cycles = KILL_CYCLES / 2;
    const count = await killCycles(
      (number) => {
        const file = join(folder, `${writer}-${number}.db`);
        return { order: { file, writer, streams: ['a', 'b', 'c', 'd', 'e', 'f'], events: 3 }, log: () => logOf(file, 'caller') };
      },
      { cycles },
    );
    tell(`SQLite (${writer}), ${cycles} times kill -9`, count);
    expect(count).toMatchObject(NO_FAULT);
    expect(count.acknowledged).toBeGreaterThan(0);
  },
  1_200_000,
);

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
