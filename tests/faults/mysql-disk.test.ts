import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { openMysql } from '@kakeibo/adapters/mysql';
import { StoreError } from '@kakeibo/core';
import type { NewEvent } from '@kakeibo/core';
import { expect, onTestFinished, test } from 'vitest';

import { serverOf } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { startServer } from '../servers/start.ts';
import { wholeLog } from './history.ts';
import { mountSmallDisk, notRun } from './sqlite-mounts.ts';

const large = (): readonly NewEvent[] =>
  Array.from({ length: 20 }, () => ({ id: crypto.randomUUID(), type: 'Noted', data: { text: 'x'.repeat(12_000) }, meta: {} }));

test.each(['mysql', 'mariadb'] as const)(
  'a full disk under %s refuses appends as such, nothing is half written, and it goes on when there is room',
  async (engine) => {
    if (!isInstalled(engine)) return notRun('full disk of a server', `there is no ${engine} here`);
    const disk = mountSmallDisk(400_000_000);
    if (typeof disk === 'string') return notRun('full disk of a server', disk);
    const started = await startServer(engine, { folder: join(disk.path, 'server') });
    onTestFinished(() => {
      process.kill(started.pid, 'SIGKILL');
      disk.unmount();
    });
    const { events, check, close } = await openMysql({ url: await serverOf(started).freshDatabase() });
    expect((await events.append('a', large(), { expected: 0 })).kind).toBe('appended');
    // Only so much is left that a few dozen appends fit.
    const { bavail, bsize } = statfsSync(disk.path);
    writeFileSync(join(disk.path, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - 8_000_000)));
    let expected = 20;
    let refusal: unknown;
    for (; refusal === undefined && expected < 20_000;) {
      try {
        expect((await events.append('a', large(), { expected })).kind).toBe('appended');
        expected += 20;
      } catch (error) {
        refusal = error;
      }
    }
    expect(refusal).toBeInstanceOf(StoreError);
    expect(refusal).toMatchObject({ code: 'storage-full' });
    expect((await wholeLog(events)).length, 'no half of an append').toBe(expected);
    expect(await check()).toMatchObject({ canRead: true });
    rmSync(join(disk.path, 'ballast'));
    expect((await events.append('a', large(), { expected })).kind).toBe('appended');
    expect((await wholeLog(events)).map(({ version }) => version)).toEqual(
      Array.from({ length: expected + 20 }, (_, at) => at + 1),
    );
    await close();
  },
);
