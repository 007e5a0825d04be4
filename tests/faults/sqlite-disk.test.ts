import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { openSqlite } from '@kakeibo/adapters/sqlite';
import { StoreError } from '@kakeibo/core';
import type { EventStore, NewEvent } from '@kakeibo/core';
import { afterAll, expect, test } from 'vitest';

import { logOf, startAppender } from './history.ts';
import { mountSmallDisk, notRun } from './sqlite-mounts.ts';
import type { SmallDisk } from './sqlite-mounts.ts';

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-disk-tests-'));
afterAll(() => rmSync(folder, { recursive: true }));

const newEvent = (bytes = 200): NewEvent => ({ id: randomUUID(), type: 'Noted', data: { text: 'x'.repeat(bytes) }, meta: {} });

/** The code of the error that the work ends with. */
async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    return error instanceof StoreError ? error.code : String(error);
  }
}

/** Appends until it is refused; gives the version reached and the code. */
async function fillUp(store: EventStore, from: number): Promise<{ readonly version: number; readonly code: string }> {
  for (let version = from; ; version += 1) {
    const code = await codeOf(store.append('a', [newEvent(8_000)], { expected: version }));
    if (code !== 'none') return { version, code };
  }
}

async function withDisk(name: string, bytes: number, check: (disk: SmallDisk) => Promise<void>): Promise<void> {
  const disk = mountSmallDisk(bytes);
  if (typeof disk === 'string') return notRun(name, disk);
  try {
    await check(disk);
  } finally {
    disk.unmount();
  }
}

test.each(['worker', 'caller'] as const)('a full disk refuses appends, not reads, and nothing is half written (%s)', (writer) =>
  withDisk('full disk', 2_000_000, async ({ path }) => {
    const file = join(path, 'ledger.db');
    writeFileSync(join(path, 'ballast'), Buffer.alloc(600_000));
    const { events, views, check, close } = await openSqlite({ file, writer });
    expect(await check()).toEqual({ canRead: true, canWrite: true });
    const full = await fillUp(events, 0);
    expect(full.code).toBe('storage-full');
    expect(full.version).toBeGreaterThan(10);

    const three = [newEvent(8_000), newEvent(8_000), newEvent(8_000)];
    expect(await codeOf(events.append('b', three, { expected: 0 }))).toBe('storage-full');
    expect((await events.read('a', { after: 0, limit: 10_000 })).length).toBe(full.version);
    expect(await events.read('b', { after: 0, limit: 10 })).toEqual([]);
    for (let times = 0; times < 3; times += 1) expect(await check()).toMatchObject({ canRead: true, canWrite: false });
    const bucket = { view: 'v@1', bucket: 'b', value: 'x'.repeat(100_000) };
    const save = { stream: 'a', views: [{ view: 'v@1', expected: 0, seen: 1 }], buckets: [bucket] };
    expect(await codeOf(views.save(save))).toBe('storage-full');
    expect((await views.load('a', ['v@1'], [bucket])).seen.size).toBe(0);

    rmSync(join(path, 'ballast'));
    expect(await check()).toEqual({ canRead: true, canWrite: true });
    expect((await events.append('b', three, { expected: 0 })).kind).toBe('appended');
    expect(await views.save(save)).toBe('saved');
    await close();
    expect((await logOf(file)).map(({ stream }) => stream).join('')).toBe(`${'a'.repeat(full.version)}bbb`);
  }),
);

test('a disk that is full when the log is to be written into the file loses nothing, and goes on when there is room', () =>
  withDisk('full disk at a checkpoint', 14_000_000, async ({ path }) => {
    const file = join(path, 'ledger.db');
    const { events, check, close } = await openSqlite({ file });
    await events.append('a', [newEvent()], { expected: 0 });
    // As long as somebody reads an old state the log cannot begin anew, so it grows past a thousand pages, to the end of the disk.
    const reader = new DatabaseSync(file);
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM events').get();
    const full = await fillUp(events, 1);
    expect(full.code).toBe('storage-full');
    expect(full.version, 'more than a checkpoint is due').toBeGreaterThan(400);
    expect(await check()).toMatchObject({ canRead: true, canWrite: false });
    expect((await events.readAll({ after: 0, limit: 10_000 })).length).toBe(full.version);
    reader.exec('ROLLBACK');
    reader.close();
    // Now the log could go into the file, for which there is no room either.
    expect((await events.readAll({ after: 0, limit: 10_000 })).length).toBe(full.version);
    const copy = join(folder, 'full-at-checkpoint.db');
    for (const end of ['', '-wal']) cpSync(`${file}${end}`, `${copy}${end}`);
    expect((await logOf(copy)).length, 'all of it is there when it is opened where there is room').toBe(full.version);
    await close();
    expect((await logOf(file)).length).toBe(full.version);
  }));

/** What must be true of a ledger that may only be read. */
async function expectReadOnly(file: string, count: number): Promise<void> {
  const { events, views, settings, check, close } = await openSqlite({ file });
  expect(settings).toMatchObject({ readOnly: true, synchronous: 'full' });
  expect((await events.readAll({ after: 0, limit: 10_000 })).length).toBe(count);
  expect((await views.load('a', ['v@1'], [])).seen.size).toBe(0);
  expect(await codeOf(events.append('a', [newEvent()], { expected: count }))).toBe('read-only');
  expect(await codeOf(views.drop('v@1'))).toBe('read-only');
  expect(await check()).toMatchObject({ canRead: true, canWrite: false });
  await close();
}

async function makeLedger(file: string, count: number): Promise<void> {
  const { events, close } = await openSqlite({ file });
  await events.append(
    'a',
    Array.from({ length: count }, () => newEvent()),
    { expected: 0 },
  );
  await close();
}

test('a ledger on a write-protected disk can be read', () =>
  withDisk('write-protected disk', 4_000_000, async ({ path, remount }) => {
    const file = join(path, 'ledger.db');
    await makeLedger(file, 5);
    remount('ro');
    await expectReadOnly(file, 5);
  }));

test('a ledger whose newest entries are still in the log is read whole or not at all', () =>
  withDisk('write-protected disk with a log', 8_000_000, async ({ path, remount }) => {
    const file = join(path, 'ledger.db');
    await makeLedger(file, 5);
    await startAppender({ file, streams: ['b'], events: 1, times: 10, stays: true }).killedAfter(10);
    const copy = join(folder, 'with-log.db');
    for (const end of ['', '-wal']) cpSync(`${file}${end}`, `${copy}${end}`);
    const whole = (await logOf(copy)).length;
    expect(whole).toBe(15);
    remount('ro');
    await expectReadOnly(file, whole);
    remount('rw');
    rmSync(`${file}-shm`);
    remount('ro');
    await expect(openSqlite({ file })).rejects.toMatchObject({ code: 'read-only' });
  }));

test('a write-protected file in a write-protected folder can be read', async () => {
  const place = join(folder, 'protected');
  const file = join(place, 'ledger.db');
  await makeLedger(file, 3);
  chmodSync(folder, 0o755);
  chmodSync(file, 0o444);
  chmodSync(place, 0o555);
  const isRoot = process.getuid?.() === 0;
  // Root may write anywhere, so it looks without that power; as the same user, since a clone may lie where no other may read.
  const program = `
    import { openSqlite } from '@kakeibo/adapters/sqlite';
    const { events, settings, check, close } = await openSqlite({ file: ${JSON.stringify(file)} });
    const append = events.append('a', [{ id: crypto.randomUUID(), type: 'Noted', data: {}, meta: {} }], { expected: 3 });
    const code = await append.then(({ kind }) => kind, (error) => error.code);
    console.log(JSON.stringify([settings.readOnly, (await events.readAll({ after: 0, limit: 9 })).length, code, (await check()).canWrite]));
    await close();`;
  const look = [process.execPath, '--input-type=module', '-e', program];
  const [command = '', ...args] = isRoot
    ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--inh-caps=-dac_override,-dac_read_search', ...look]
    : look;
  const output = execFileSync(command, args, { cwd: import.meta.dirname, encoding: 'utf8' });
  expect(JSON.parse(output)).toEqual([true, 3, 'read-only', false]);
  // Or nobody but root could take it away.
  chmodSync(place, 0o755);
});
