import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { openMysql } from '@kakeibo/adapters/mysql';
import { StoreError } from '@kakeibo/core';
import type { EventStore, NewEvent } from '@kakeibo/core';
import { expect, onTestFinished, test } from 'vitest';

import { serverOf } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { startServer } from '../servers/start.ts';
import { wholeLog } from './history.ts';
import { mountSmallDisk, notRun } from './sqlite-mounts.ts';

const large = (): readonly NewEvent[] =>
  Array.from({ length: 20 }, () => ({ id: crypto.randomUUID(), type: 'Noted', data: { text: 'x'.repeat(12_000) }, meta: {} }));

/** Appends until it is refused; gives the version reached and the refusal. */
async function fillUp(events: EventStore): Promise<{ readonly version: number; readonly refusal: unknown }> {
  for (let version = 20; ; version += 20) {
    try {
      expect((await events.append('a', large(), { expected: version })).kind).toBe('appended');
    } catch (refusal) {
      return { version, refusal };
    }
  }
}

/** How many bytes are left on a disk, when a server that has just started has made its files. */
async function leftAtRest(path: string): Promise<number> {
  for (let before = -1; ;) {
    const { bavail, bsize } = statfsSync(path);
    if (bavail === before) return bavail * bsize;
    before = bavail;
    await sleep(1_000);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** MariaDB refuses and goes on. MySQL may end itself instead. */
const REFUSALS = { mariadb: ['storage-full'], mysql: ['storage-full', 'unavailable', 'outcome-unknown'] } as const;

test.each(['mysql', 'mariadb'] as const)(
  'a full disk under %s loses nothing, and it goes on when there is room',
  async (engine) => {
    if (!isInstalled(engine)) return notRun('full disk of a server', `there is no ${engine} here`);
    const disk = mountSmallDisk(400_000_000);
    if (typeof disk === 'string') return notRun('full disk of a server', disk);
    const folder = join(disk.path, 'server');
    let started = await startServer(engine, { folder });
    onTestFinished(async () => {
      if (isAlive(started.pid)) process.kill(started.pid, 'SIGKILL');
      await sleep(100);
      disk.unmount();
    });
    const { events, check, close } = await openMysql({ url: await serverOf(started).freshDatabase() });
    expect((await events.append('a', large(), { expected: 0 })).kind).toBe('appended');
    // Only so much is left that a few dozen appends fit.
    const left = await leftAtRest(disk.path);
    writeFileSync(join(disk.path, 'ballast'), Buffer.alloc(Math.max(0, left - 8_000_000)));
    const { version, refusal } = await fillUp(events);
    expect(refusal).toBeInstanceOf(StoreError);
    const { code } = refusal as StoreError;
    expect(REFUSALS[engine]).toContain(code);
    if (engine === 'mariadb') {
      expect((await wholeLog(events)).length, 'reads go on, and find no half of an append').toBe(version);
      expect(await check()).toMatchObject({ canRead: true });
    }
    rmSync(join(disk.path, 'ballast'));
    // One that ends itself may take its time.
    let kept = 0;
    await expect
      .poll(async () => {
        if (!isAlive(started.pid)) started = await startServer(engine, { folder, port: started.port });
        kept = (await wholeLog(events)).length;
        return (await check()).canWrite;
      })
      .toBe(true);
    expect(code === 'outcome-unknown' ? [version, version + 20] : [version]).toContain(kept);
    expect((await events.append('a', large(), { expected: kept })).kind).toBe('appended');
    expect((await wholeLog(events)).map((event) => event.version)).toEqual(Array.from({ length: kept + 20 }, (_, at) => at + 1));
    await close();
  },
);
