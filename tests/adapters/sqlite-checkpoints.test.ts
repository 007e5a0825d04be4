import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { openSqlite } from '@kakeibo/adapters/sqlite';
import type { NewEvent } from '@kakeibo/core';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-checkpoints-'));
afterAll(() => rmSync(folder, { recursive: true }));

const MEBIBYTE = 1024 * 1024;

/** An event of about two pages. */
const event = (): NewEvent => ({ id: crypto.randomUUID(), type: 'Noted', data: { text: 'x'.repeat(4_000) }, meta: {} });

/** Bytes of pages in the log that have not been put into the file, or were since it began anew. */
function logBytes(file: string): number {
  const other = new DatabaseSync(file, { readOnly: true });
  const [, frames] = Object.values(other.prepare('PRAGMA wal_checkpoint(NOOP)').get() ?? {}).map(Number);
  const [page] = Object.values(other.prepare('PRAGMA page_size').get() ?? {}).map(Number);
  other.close();
  return (frames ?? 0) * (page ?? 0);
}

test('while many write at once the log grows, up to a bound, and starts over when appends come one by one', async () => {
  const file = join(folder, 'many.db');
  const { events, close } = await openSqlite({ file, writer: 'caller' });
  const versions = new Map<string, number>();
  const append = async (stream: string, count: number): Promise<number> => {
    const expected = versions.get(stream) ?? 0;
    versions.set(stream, expected + count);
    await events.append(stream, Array.from({ length: count }, event), { expected });
    return logBytes(file);
  };
  const single: number[] = [];
  for (let at = 0; at < 1_000; at += 1) single.push(await append('one', 1));
  expect(Math.max(...single)).toBeGreaterThan(1.5 * MEBIBYTE);
  expect(Math.max(...single)).toBeLessThan(2.1 * MEBIBYTE);

  const many: number[] = [];
  for (let at = 0; at < 160; at += 1) many.push(await append('many', 100));
  expect(Math.max(...many)).toBeGreaterThan(46 * MEBIBYTE);
  expect(Math.max(...many)).toBeLessThan(50 * MEBIBYTE);

  await append('one', 1);
  expect(await append('one', 1), 'the next one by itself begins the log anew').toBeLessThan(0.1 * MEBIBYTE);
  await close();
});

test('a file with other pages keeps them', async () => {
  const file = join(folder, 'other.db');
  const other = new DatabaseSync(file);
  other.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL');
  other.close();
  const { events, close } = await openSqlite({ file, writer: 'caller' });
  await events.append('one', [event()], { expected: 0 });
  await close();
  const after = new DatabaseSync(file, { readOnly: true });
  expect(after.prepare('PRAGMA page_size').get()).toEqual({ page_size: 8_192 });
  after.close();
});
