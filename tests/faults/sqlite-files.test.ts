import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { openSqlite } from '@kakeibo/adapters/sqlite';
import type { NewEvent } from '@kakeibo/core';
import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-files-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = (): string => join(folder, `${++files}.db`);
const newEvent = (): NewEvent => ({ id: randomUUID(), type: 'Noted', data: { text: 'x' }, meta: {} });

/** Does something to a file by hand. */
function byHand(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

async function makeLedger(count = 1): Promise<string> {
  const file = newFile();
  const { events, close } = await openSqlite({ file });
  await events.append('a', Array.from({ length: count }, newEvent), { expected: 0 });
  await close();
  return file;
}

describe.each(['worker', 'caller'] as const)('opening for a writer in the %s', (writer) => {
  test('sets what the promises rest on, and says so', async () => {
    const { settings, check, close } = await openSqlite({ file: newFile(), writer });
    expect(settings).toEqual({ journalMode: 'wal', synchronous: 'full', foreignKeys: true, readOnly: false });
    expect(await check()).toEqual({ canRead: true, canWrite: true });
    await close();
  });

  test("refuses another application's file and leaves it as it was", async () => {
    const named = newFile();
    byHand(named, 'PRAGMA application_id = 7; CREATE TABLE t (a)');
    const unnamed = newFile();
    byHand(unnamed, 'CREATE TABLE t (a)');
    for (const file of [named, unnamed]) {
      const before = readFileSync(file);
      await expect(openSqlite({ file, writer })).rejects.toMatchObject({ code: 'incompatible' });
      expect(readFileSync(file).equals(before)).toBe(true);
    }
  });

  test('brings a file of the first schema up to date, and keeps what it holds', async () => {
    const file = await makeLedger(3);
    byHand(file, 'DROP TABLE leases; DROP TABLE checkpoints; DROP TABLE outbox; PRAGMA user_version = 1');
    const { events, leases, outbox, close } = await openSqlite({ file, writer });
    expect((await events.readAll({ after: 0, limit: 10 })).length).toBe(3);
    expect(await leases.swap('runner', undefined, { holder: 'one', token: 1, beat: 0, ttlMs: 1_000 })).toBe(true);
    const handled = { name: 'mail', after: 0, upTo: 3, messages: [] };
    expect(await outbox.commit({ lease: 'runner', token: 1 }, handled)).toBe('committed');
    await close();
  });

  test('refuses a newer schema', async () => {
    const file = await makeLedger();
    byHand(file, 'PRAGMA user_version = 99');
    await expect(openSqlite({ file, writer })).rejects.toMatchObject({
      code: 'incompatible',
      message: expect.stringContaining('99'),
    });
  });

  test('refuses what is no database', async () => {
    const file = newFile();
    writeFileSync(file, 'dear diary, '.repeat(1_000));
    await expect(openSqlite({ file, writer })).rejects.toMatchObject({ code: 'incompatible' });
    expect(readFileSync(file, 'utf8')).toBe('dear diary, '.repeat(1_000));
  });

  test('refuses a path that cannot hold a file', async () => {
    const place = newFile();
    mkdirSync(place);
    await expect(openSqlite({ file: place, writer })).rejects.toMatchObject({ name: 'StoreError' });
    writeFileSync(join(place, 'file'), '');
    await expect(openSqlite({ file: join(place, 'file', 'ledger.db'), writer })).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('says that a damaged file is damaged', async () => {
    const file = await makeLedger(2_000);
    const bytes = readFileSync(file);
    bytes.fill(0xff, 4_096 * 3, bytes.length - 4_096);
    writeFileSync(file, bytes);
    const look = async (): Promise<unknown> => {
      const { events, close } = await openSqlite({ file, writer });
      try {
        return await events.readAll({ after: 0, limit: 10_000 });
      } finally {
        await close();
      }
    };
    await expect(look()).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('damaged') });
  });

  test('many open a new file at once, and one makes its tables', async () => {
    const file = newFile();
    const all = await Promise.all(Array.from({ length: 6 }, () => openSqlite({ file, writer })));
    for (const [at, { events }] of all.entries())
      expect((await events.append(`s-${at}`, [newEvent()], { expected: 0 })).kind).toBe('appended');
    await Promise.all(all.map(({ close }) => close()));
  });

  test('a lock held by another makes appends wait, and then refuses them as busy; reads go on', async () => {
    const file = await makeLedger();
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const { events, check, close } = await openSqlite({ file, writer, busyTimeoutMs: 300 });
    const begin = performance.now();
    await expect(events.append('a', [newEvent()], { expected: 1 })).rejects.toMatchObject({ code: 'busy' });
    expect(performance.now() - begin).toBeGreaterThan(290);
    expect((await events.read('a', { after: 0, limit: 9 })).length).toBe(1);
    expect(await check()).toMatchObject({ canRead: true, canWrite: false });

    other.exec('ROLLBACK');
    expect((await events.append('a', [newEvent()], { expected: 1 })).kind).toBe('appended');
    expect(await check()).toEqual({ canRead: true, canWrite: true });
    other.close();
    await close();
  });

  test('a wait for a lock ends when it is free, and does not stop the event loop', async () => {
    const file = await makeLedger();
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const { events, close } = await openSqlite({ file, writer, busyTimeoutMs: 60_000 });
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 5);
    const waiting = events.append('a', [newEvent()], { expected: 1 });
    await expect.poll(() => ticks).toBeGreaterThan(15);
    clearInterval(ticking);
    other.exec('ROLLBACK');
    expect((await waiting).kind).toBe('appended');
    other.close();
    await close();
  });
});
