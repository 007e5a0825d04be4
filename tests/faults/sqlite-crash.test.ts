import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import type { AppenderLine, AppenderOrder } from './appender.ts';
import { createDisk } from './crash-image.ts';
import type { Weather } from './crash-image.ts';
import { readTrace, recording } from './disk-trace.ts';
import type { DiskDeed } from './disk-trace.ts';
import { expectSound, logOf, startAppender } from './history.ts';
import { notRun } from './sqlite-mounts.ts';
import { mayTrace } from './tracing.ts';

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-crash-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** How many times as many images as in CI. */
const MORE = Number(process.env['KAKEIBO_CRASH_FACTOR'] ?? 1);

/** Equal numbers in every run, so that an image that fails fails again (mulberry32). */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Runs appending programs one after another on one file and gives what they did to the disk. */
async function record(name: string, orders: readonly Omit<AppenderOrder, 'file' | 'writer'>[]): Promise<readonly DiskDeed[]> {
  const place = join(folder, name);
  mkdirSync(place);
  const deeds: DiskDeed[] = [];
  for (const order of orders) {
    const trace = join(folder, 'trace');
    const program = startAppender({ ...order, file: join(place, 'ledger.db'), writer: 'caller' }, recording(trace));
    expect(await program.ended).toBe(0);
    deeds.push(...readTrace(trace, place));
  }
  return deeds;
}

/** Cuts the power after some of the deeds and opens what is left. Gives how many images stood up to every claim. */
async function crashAll(
  deeds: readonly DiskDeed[],
  {
    isWorthIt,
    weathers,
    events,
    ignoresSync = false,
  }: {
    readonly isWorthIt: (deed: DiskDeed, at: number) => boolean;
    readonly weathers: readonly Weather[];
    readonly events: number;
    readonly ignoresSync?: boolean;
  },
): Promise<number> {
  const disk = createDisk({ ignoresSync });
  const chance = chances(20_261_126);
  const image = join(folder, 'image');
  const said: AppenderLine[] = [];
  let images = 0;
  for (const [at, deed] of deeds.entries()) {
    disk.do(deed);
    if (deed.kind === 'said') said.push(JSON.parse(deed.text) as AppenderLine);
    if (!isWorthIt(deed, at)) continue;
    for (const weather of weathers) {
      disk.crash(image, weather, chance);
      const log = await logOf(join(image, 'ledger.db'), 'caller').catch((error: unknown) => {
        throw new Error(`after deed ${at} (${deed.kind}), ${weather}: ${String(error)}`, { cause: error });
      });
      expectSound(log, said, events);
      images += 1;
    }
  }
  return images;
}

test('a power cut at any write, whatever of it reached the disk, leaves every acknowledged event and nothing half', async () => {
  if (!mayTrace) return notRun('crash images', 'strace cannot trace here');
  const order = { streams: ['a', 'b'], events: 3, times: 3 };
  // Each program makes a checkpoint when it ends, and the next begins a log anew.
  const deeds = await record('short', [order, order]);
  const weathers = ['lost', 'kept', ...Array.from({ length: 2 * MORE }, (): Weather => 'mixed')] as const;
  const images = await crashAll(deeds, { isWorthIt: ({ kind }) => kind !== 'made', weathers, events: 3 });
  expect(images).toBeGreaterThan(400);
});

test('a power cut while the log is written into the file loses nothing either', async () => {
  if (!mayTrace) return notRun('crash images of a checkpoint', 'strace cannot trace here');
  // More than a thousand pages, so that checkpoints are made on the way and the log is begun anew over its old frames.
  const deeds = await record('long', [{ streams: ['a'], events: 4, times: 110, padding: 12_000 }]);
  const main = (deed: DiskDeed): boolean => 'path' in deed && deed.path.endsWith('ledger.db');
  const first = deeds.findIndex((deed, at) => main(deed) && at > deeds.findIndex(({ kind }) => kind === 'said'));
  expect(first, 'a checkpoint while it ran').toBeGreaterThan(0);
  const step = Math.max(1, Math.floor(60 / MORE));
  const isWorthIt = (deed: DiskDeed, at: number): boolean => at >= first && (deed.kind !== 'wrote' || at % step === 0);
  const images = await crashAll(deeds, { isWorthIt, weathers: ['lost', 'mixed'], events: 4 });
  expect(images).toBeGreaterThan(40);
});

test('a disk that lies about fsync does lose what was acknowledged, and is seen to', async () => {
  if (!mayTrace) return notRun('crash images of a lying disk', 'strace cannot trace here');
  const deeds = await record('lying', [{ streams: ['a'], events: 2, times: 2 }]);
  const crash = crashAll(deeds, { isWorthIt: ({ kind }) => kind === 'said', weathers: ['lost'], events: 2, ignoresSync: true });
  await expect(crash).rejects.toThrow('acknowledged and kept');
});
