import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import type { AppenderLine, AppenderOrder } from './appender.ts';
import { expectSound, logOf, startAppender } from './history.ts';
import { notRun } from './sqlite-mounts.ts';
import { mayTrace } from './tracing.ts';

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-kill-points-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A frame of the log with its header. */
const FRAME = 2_048 + 24;

/** Appends of sixteen pages each, a few fewer than SQLite makes a checkpoint after. */
const FILLED = 60;

type Order = Omit<AppenderOrder, 'file' | 'writer'>;

function copyLedger(from: string, to: string): void {
  for (const end of ['', '-wal', '-shm']) {
    rmSync(`${to}${end}`, { force: true });
    if (end !== '-shm' && existsSync(`${from}${end}`)) copyFileSync(`${from}${end}`, `${to}${end}`);
  }
}

/** Runs a program that is killed as it makes a call for the n-th time. Gives whether it was, and what it was told. */
async function killedAt(
  call: string,
  nth: number,
  file: string,
  order: Order,
): Promise<readonly [boolean, readonly AppenderLine[]]> {
  const trace = ['strace', '-f', '-qq', '-o', '/dev/null', '-e', `trace=${call}`, '-e', `inject=${call}:signal=KILL:when=${nth}`];
  const program = startAppender({ ...order, file, writer: 'caller' }, trace);
  const end = await program.ended;
  return [end !== 0, program.lines];
}

/**
 * Kills at the first call, at the second, and so on until the program comes to its end, each time on a copy of a ledger.
 * Gives how often it was killed.
 */
async function killAtEvery(
  call: string,
  order: Order,
  {
    base,
    baseLines = [],
    from = 1,
    step = 1,
  }: { base?: string; baseLines?: readonly AppenderLine[]; from?: number; step?: number },
): Promise<number> {
  const file = join(folder, `${call}-copy.db`);
  for (let nth = from, kills = 0; ; nth += step, kills += 1) {
    copyLedger(base ?? join(folder, 'none'), file);
    const [wasKilled, lines] = await killedAt(call, nth, file, order);
    expectSound(await logOf(file, 'caller'), [...baseLines, ...lines], order.events);
    if (!wasKilled) {
      expect(lines.length, 'undisturbed it does all').toBe(order.streams.length * (order.times ?? 0));
      return kills;
    }
    // What was killed starts again and goes on.
    if (kills % 8 === 0) {
      const again = startAppender({ ...order, file, writer: 'caller' });
      expect(await again.ended).toBe(0);
      expectSound(await logOf(file, 'caller'), [...baseLines, ...lines, ...again.lines], order.events);
    }
  }
}

test('killed at any write while it makes the tables, the first batch and the checkpoint at the end', async () => {
  if (!mayTrace) return notRun('kill at every write of a new ledger', 'strace cannot trace here');
  const kills = await killAtEvery('pwrite64', { streams: ['a'], events: 3, times: 1 }, {});
  expect(kills).toBeGreaterThan(25);
});

test('killed at any write of a large batch, no row of it is there, or all are', async () => {
  if (!mayTrace) return notRun('kill at every write of a batch', 'strace cannot trace here');
  const base = join(folder, 'batch.db');
  const first = startAppender({ file: base, writer: 'caller', streams: ['a'], events: 60, times: 1 });
  expect(await first.ended).toBe(0);
  const kills = await killAtEvery('pwrite64', { streams: ['a'], events: 60, times: 1 }, { base, baseLines: first.lines });
  expect(kills).toBeGreaterThan(20);
});

test('killed at any sync of a new ledger, a batch and a checkpoint', async () => {
  if (!mayTrace) return notRun('kill at every fsync', 'strace cannot trace here');
  const kills = await killAtEvery('fsync', { streams: ['a', 'b'], events: 3, times: 2 }, {});
  expect(kills).toBeGreaterThan(6);
});

test('killed while the log of a thousand pages is written into the file', async () => {
  if (!mayTrace) return notRun('kill inside a checkpoint', 'strace cannot trace here');
  const base = join(folder, 'long.db');
  const filler = startAppender({ file: base, streams: ['a'], events: 2, padding: 12_000, times: FILLED, stays: true });
  await filler.killedAfter(FILLED);
  const pages = statSync(`${base}-wal`).size / FRAME;
  expect(pages, 'a checkpoint is near').toBeGreaterThan(850);
  expect(pages, 'and was not made').toBeLessThan(1_024);
  // The pages that it has before the checkpoint begins are passed over.
  const order = { streams: ['b'], events: 2, padding: 12_000, times: 30 };
  const kills = await killAtEvery('pwrite64', order, { base, baseLines: filler.lines, from: 20, step: 90 });
  expect(kills).toBeGreaterThan(5);
});
