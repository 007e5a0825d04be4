import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { folderOf, kakeibo, ledgerFile } from './command.ts';

interface Report {
  readonly state: string;
  readonly findings: readonly { readonly what: string; readonly state: string; readonly message: string }[];
}

async function examined(...words: readonly string[]): Promise<{ readonly code: number | null; readonly report: Report }> {
  const { code, out } = await kakeibo(['--json', ...words, 'doctor']);
  return { code, report: JSON.parse(out) as Report };
}

/** A ledger in a folder for its owner only, with three events, and a way to spoil copies of it. */
async function spoilt(sql: string): Promise<string> {
  const { file, folder, run } = await ledgerFile();
  for (const amount of ['1', '2']) await run('add', amount, 'Food');
  const copy = join(folder, 'spoilt', 'books.db');
  await mkdir(dirname(copy), { mode: 0o700 });
  await copyFile(file, copy);
  const database = new DatabaseSync(copy);
  database.exec(sql);
  database.close();
  return copy;
}

test('a ledger that is well, in words and as JSON, with nothing changed', async () => {
  const file = await spoilt('');
  const digest = async (): Promise<string> =>
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
  const before = await digest();
  const { code, report } = await examined('--file', file);
  expect([code, report.state, report.findings.filter(({ state }) => state !== 'ok')]).toEqual([0, 'ok', []]);
  expect(report.findings.map(({ what }) => what)).toEqual(
    'version journal synchronous collation pages schema log streams clock|free space|file system|lock files|permissions'
      .split('|')
      .flatMap((part, at) => (at === 0 ? part.split(' ') : [part])),
  );
  expect(report.findings.find(({ what }) => what === 'version')?.message).toMatch(/^node \d+\.\d+\.\d+, SQLite 3\.\d+/);
  const words = await kakeibo(['--store', `sqlite:${file}`, 'doctor']);
  expect(words.out).toMatch(/ok +log +3 events, none missing/);
  expect(await digest()).toBe(before);
});

test.each([
  ['an event that is gone', 'DELETE FROM events WHERE position = 2', 'log', 'bad', '1 are missing'],
  ['a version that is gone', 'UPDATE events SET version = 9 WHERE position = 3', 'streams', 'bad', 'versions 1 to 9'],
  ['a newer schema', 'PRAGMA user_version = 99', 'store', 'bad', 'use a newer program'],
  ['another program', 'PRAGMA application_id = 7', 'store', 'bad', 'another application'],
  [
    'events of the future',
    'UPDATE events SET recorded_at = recorded_at + 86400000000 WHERE position = 3',
    'clock',
    'weak',
    'set the clock',
  ],
  ['names that do not compare byte by byte', 'CREATE TABLE other (name TEXT COLLATE NOCASE)', 'collation', 'bad', 'other'],
])('%s', async (_, sql, what, state, message) => {
  const { code, report } = await examined('--file', await spoilt(sql));
  expect([code, report.state]).toEqual([state === 'bad' ? 3 : 1, state]);
  expect(report.findings).toContainEqual({ what, state, message: expect.stringContaining(message) as string });
});

test('a page that is damaged', async () => {
  const file = await spoilt('');
  const bytes = await readFile(file);
  bytes.fill(0xff, bytes.length - 4_096, bytes.length - 2_000);
  await writeFile(file, bytes);
  const { code, report } = await examined('--file', file);
  expect([code, report.findings.find(({ state }) => state === 'bad')]).toEqual([
    3,
    {
      what: expect.stringMatching(/pages|store/) as string,
      state: 'bad',
      message: expect.stringContaining('restore a backup') as string,
    },
  ]);
});

test('who may read and write', async () => {
  const file = await spoilt('');
  await chmod(dirname(file), 0o755);
  await chmod(file, 0o644);
  expect(await examined('--file', file)).toMatchObject({ code: 1, report: { state: 'weak' } });
  await chmod(file, 0o666);
  const { code, report } = await examined('--file', file);
  expect([code, report.findings.filter(({ state }) => state === 'bad').map(({ what }) => what)]).toEqual([3, ['permissions']]);
});

test('a ledger that is not there is not made; a service is not looked at', async () => {
  const folder = await folderOf();
  expect(await kakeibo(['--file', join(folder, 'none.db'), 'doctor'])).toMatchObject({ code: 2, out: '' });
  expect(await readdir(folder)).toEqual([]);
  expect(await kakeibo(['--url', 'http://127.0.0.1:1', 'doctor'])).toMatchObject({ code: 2 });
  for (const [address, code] of [
    ['mysql://me:geheim@127.0.0.1:1', 2],
    ['mysql://me:geheim@127.0.0.1:1/books', 3],
  ] as const) {
    const secret = await kakeibo(['--store', address, 'doctor']);
    expect(secret.code).toBe(code);
    expect(secret.out + secret.error).not.toContain('geheim');
  }
});
