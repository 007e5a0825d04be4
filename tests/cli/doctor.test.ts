import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '@kakeibo/adapters/sqlite';
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

let made: Promise<Buffer> | undefined;

/** The bytes of a ledger with three events: made once, since each command takes its time. */
async function threeEvents(): Promise<Buffer> {
  const { file, run } = await ledgerFile();
  for (const amount of ['1', '2']) await run('add', amount, 'Food');
  return readFile(file);
}

/** A ledger in a folder for its owner only, with three events, spoilt. */
async function spoilt(sql: string): Promise<string> {
  const file = join(await folderOf(), 'books.db');
  await writeFile(file, await (made ??= threeEvents()));
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
  return file;
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

/** A ledger in which some bytes of a table's or an index's first page are other ones. */
async function flipped(name: string, flip: (page: Buffer, file: string) => void): Promise<string> {
  const file = await spoilt('');
  const root = asked(file, `SELECT rootpage FROM sqlite_schema WHERE name = '${name}'`);
  const bytes = await readFile(file);
  const size = bytes.readUInt16BE(16);
  const from = (Number(root) - 1) * size;
  flip(bytes.subarray(from, from + size), file);
  await writeFile(file, bytes);
  return file;
}

function asked(file: string, sql: string): unknown {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return Object.values(database.prepare(sql).get() ?? {})[0];
  } finally {
    database.close();
  }
}

test('a page of an index that is damaged is found, although a quick check finds nothing, and every entry can be copied out', async () => {
  const file = await flipped('events_by_id', (page, of) => {
    const at = page.indexOf(String(asked(of, 'SELECT id FROM events WHERE position = 2')));
    page.write('!', at + 4);
  });
  expect(asked(file, 'PRAGMA quick_check')).toBe('ok');
  const { code, report } = await examined('--file', file);
  expect([code, report.findings.filter(({ state }) => state !== 'ok')]).toEqual([
    3,
    [
      {
        what: 'pages',
        state: 'bad',
        message: expect.stringMatching(/events_by_id.*restore a backup.*--format archive/) as string,
      },
    ],
  ]);

  const backup = join(dirname(file), 'backup.db');
  const refused = await kakeibo(['--file', file, 'backup', backup]);
  expect([refused.code, refused.error, existsSync(backup)]).toEqual([3, expect.stringContaining('damaged') as string, false]);
  const [archive, rescued] = [join(dirname(file), 'all.ndjson'), join(dirname(file), 'rescued.db')];
  expect((await kakeibo(['--file', file, 'backup', archive, '--format', 'archive'])).code).toBe(0);
  expect((await kakeibo(['--file', rescued, 'restore', archive])).code).toBe(0);
  expect((await kakeibo(['--file', rescued, 'verify'])).code).toBe(0);
  expect(await examined('--file', rescued)).toMatchObject({ code: 0 });
});

test('a page of a table that is damaged is found, and what else is asked of it is told of too', async () => {
  const file = await flipped('events', (page) => page.fill(0xff, 3, 40));
  const { code, report } = await examined('--file', file);
  expect(code).toBe(3);
  const bad = report.findings.filter(({ state }) => state === 'bad');
  expect(bad.map(({ what }) => what)).toEqual(['pages', 'log']);
  for (const { message } of bad) expect(message).toContain('restore a backup');
  expect(report.findings.map(({ what }) => what)).toContain('free space');
});

test('a look at the pages that takes too long is ended, and said to be so', async () => {
  const { diagnose, close } = await openSqlite({ file: await spoilt(''), access: 'read' });
  const found = await diagnose({ timeoutMs: 1 });
  expect(found.find(({ what }) => what === 'pages')).toMatchObject({
    state: 'weak',
    message: expect.stringContaining('0.001 s'),
  });
  expect((await diagnose({ depth: 'settings' })).map(({ what }) => what)).not.toContain('pages');
  await close();
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
