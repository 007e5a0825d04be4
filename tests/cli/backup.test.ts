import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startMain } from '../http/main-process.ts';
import { fullLedger, kakeibo, ledgerFile, startKakeibo } from './command.ts';
import { call } from '../http/service.ts';
import { startWriters } from './writers.ts';

interface Figures {
  readonly events: number;
  readonly streams: number;
  readonly sha256: string;
}

async function figures(...words: readonly string[]): Promise<Figures> {
  const { code, out, error } = await kakeibo(['--json', ...words]);
  expect([code, error]).toEqual([0, '']);
  const { events, streams, sha256 } = JSON.parse(out) as Figures;
  return { events, streams, sha256 };
}

test.each(['database', 'archive'])(
  'a backup (%s) taken while eight write is restored with equal heads, and verifies',
  async (format) => {
    const { file, folder } = await ledgerFile();
    const main = await startMain({ KAKEIBO_STORE: `sqlite:${file}`, KAKEIBO_WRITES_PER_MINUTE: 'unlimited' });
    const writers = await startWriters(main, 8);
    while (writers.acknowledged.size < 10) await sleep(20);
    const before = [...writers.acknowledged];
    const backup = join(folder, 'backup');
    const told = await figures('--file', file, 'backup', backup, '--format', format);
    await writers.stop();
    expect(told.events).toBeGreaterThanOrEqual(before.length);

    const restored = join(folder, 'new', 'restored.db');
    expect(await figures('--file', restored, 'restore', backup)).toEqual(told);
    expect((await kakeibo(['--file', restored, 'verify'])).code).toBe(0);
    expect((await kakeibo(['--file', restored, 'doctor'])).code).toBe(0);
    const { out } = await kakeibo(['--file', restored, 'export', 'csv', '--wallet', 'Busy']);
    expect(before.filter((note) => !out.includes(`,${note},`))).toEqual([]);
    expect((await readdir(folder)).filter((name) => name.includes('.part'))).toEqual([]);
  },
);

test('a backup that is killed leaves the one before untouched, and the next one is whole', async () => {
  const { file, folder } = await fullLedger(6_000);
  const backup = join(folder, 'backup.db');
  await figures('--file', file, 'backup', backup);
  let before = await readFile(backup);
  await kakeibo(['--file', file, 'add', '1', 'Food']);
  for (let killed = 0, tries = 0; killed < 3; tries += 1) {
    const { child, ended } = startKakeibo('--file', file, 'backup', backup);
    const partial = `${backup}.${child.pid}.part`;
    while (!existsSync(partial) && child.exitCode === null) await sleep(1);
    await sleep([0, 5, 20][tries % 3]);
    child.kill('SIGKILL');
    await ended;
    const left = await readFile(backup);
    // One that was through before it could be killed has its name already, and is tried again.
    if (existsSync(partial)) {
      killed += 1;
      expect(left.equals(before)).toBe(true);
    }
    before = left;
  }
  const told = await figures('--file', file, 'backup', backup);
  expect((await readdir(folder)).filter((name) => name.includes('.part'))).toEqual([]);
  expect(await figures('--file', join(folder, 'restored.db'), 'restore', backup)).toEqual(told);
});

test('a restore that is killed goes on with --resume, and a ledger that is killed in making is not there', async () => {
  const { file, folder } = await fullLedger(6_000);
  const archive = join(folder, 'backup.ndjson');
  const told = await figures('--file', file, 'backup', archive, '--format', 'archive');
  const target = join(folder, 'target.db');
  const { child, ended } = startKakeibo('--file', target, 'restore', archive);
  while (!existsSync(`${target}-wal`) && child.exitCode === null) await sleep(1);
  await sleep(100);
  child.kill('SIGKILL');
  await ended;
  expect(await figures('--file', target, 'restore', archive, '--resume')).toEqual(told);
  expect((await kakeibo(['--file', target, 'verify'])).code).toBe(0);

  const database = join(folder, 'backup.db');
  await figures('--file', file, 'backup', database);
  const other = join(folder, 'other.db');
  for (let partial = ''; !existsSync(partial);) {
    await rm(other, { force: true });
    const second = startKakeibo('--file', other, 'restore', database);
    partial = `${other}.${second.child.pid}.part`;
    while (!existsSync(partial) && second.child.exitCode === null) await sleep(1);
    second.child.kill('SIGKILL');
    await second.ended;
  }
  expect(existsSync(other)).toBe(false);
  expect(await figures('--file', other, 'restore', database)).toEqual(told);
});

test('a ledger that holds something is not restored into', async () => {
  const { file, folder, run } = await ledgerFile();
  for (const [name, format] of [
    ['backup.db', 'database'],
    ['backup.ndjson', 'archive'],
  ] as const) {
    const backup = join(folder, name);
    await run('backup', backup, '--format', format);
    const { out } = await run('wallets');
    const refused = await run('restore', backup);
    expect([refused.code, refused.error]).toEqual([1, expect.stringContaining('is not empty') as string]);
    expect((await run('wallets')).out).toBe(out);
    const other = await ledgerFile();
    const elsewhere = await other.run('restore', backup, '--resume');
    expect([elsewhere.code, (await other.run('wallets')).out.split('\n')]).toEqual([1, expect.objectContaining({ length: 3 })]);
  }
  expect((await readFile(file)).length).toBeGreaterThan(0);
});

test('what cannot be done is said in one line', async () => {
  const { folder, file, run } = await ledgerFile();
  const path = join(folder, 'cut.ndjson');
  await run('backup', path, '--format', 'archive');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.slice(0, -40));
  const target = join(folder, 'target.db');
  const cut = await kakeibo(['--file', target, 'restore', path]);
  expect([cut.code, cut.error]).toEqual([1, expect.stringContaining('Line 2:') as string]);
  expect(existsSync(target)).toBe(false);

  const photo = join(folder, 'photo.jpg');
  await writeFile(photo, 'x');
  expect((await kakeibo(['--file', target, 'restore', photo])).error).toContain('not the header of an archive');
  expect(await kakeibo(['--file', target, 'restore', join(folder, 'none')])).toMatchObject({ code: 2 });
  expect(await kakeibo(['--file', join(folder, 'none.db'), 'backup', path])).toMatchObject({ code: 2 });
  expect(await run('backup', file)).toMatchObject({ code: 2 });
  expect(await run('backup', join(folder, 'no', 'such', 'backup.db'))).toMatchObject({ code: 3 });
  const wide = join(folder, 'wide', 'open.db');
  await mkdir(dirname(wide));
  expect(await kakeibo(['--url', 'http://127.0.0.1:1', 'backup', wide])).toMatchObject({ code: 2 });
});

test('a log that another ledger has left beside the name is not replayed into what is restored', async () => {
  const { file, folder, run } = await ledgerFile();
  const backup = join(folder, 'backup.db');
  await run('backup', backup);
  const { out } = await run('wallets');
  // A program that was killed leaves its log; then somebody moves the file away, and not the log.
  const old = join(folder, 'old.db');
  const main = await startMain({ KAKEIBO_STORE: `sqlite:${old}` });
  await call(main.url, 'POST', '/api/v1/wallets', { body: { name: 'Another', currency: 'EUR' } });
  main.signal('SIGKILL');
  await main.ended;
  const target = join(folder, 'target.db');
  await rename(`${old}-wal`, `${target}-wal`);
  const refused = await kakeibo(['--file', target, 'restore', backup]);
  expect([refused.code, refused.error]).toEqual([1, expect.stringContaining('target.db-wal') as string]);
  expect(existsSync(target)).toBe(false);

  // A backup that is written anew has nothing to do with the log of the one before.
  await rename(`${target}-wal`, `${backup}-wal`);
  await run('backup', backup);
  expect(existsSync(`${backup}-wal`)).toBe(false);
  expect((await kakeibo(['--file', target, 'restore', backup])).code).toBe(0);
  expect((await kakeibo(['--file', target, 'wallets'])).out).toBe(out);
  expect((await kakeibo(['--file', file, 'verify'])).code).toBe(0);
});
