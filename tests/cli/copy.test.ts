import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startMain } from '../http/main-process.ts';
import { fullLedger, kakeibo, ledgerFile, startKakeibo } from './command.ts';
import { startWriters } from './writers.ts';

interface CopiedLog {
  readonly events: number;
  readonly present: number;
  readonly redated: number;
  readonly moved: number;
  readonly equal: boolean;
  readonly sha256: string;
  readonly streams: readonly { readonly stream: string; readonly events: number; readonly copied: boolean }[];
}

/** None while there is no table for them. */
function eventsIn(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 60_000 });
  try {
    if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'events'").get() === undefined) return 0;
    return Number(database.prepare('SELECT count(*) AS events FROM events').get()?.['events']);
  } finally {
    database.close();
  }
}

test('a service that is written to is followed, through a kill, and its copy is the same ledger', async () => {
  const { file, folder } = await fullLedger(3_000);
  const target = join(folder, 'target.db');
  const main = await startMain({ KAKEIBO_STORE: `sqlite:${file}`, KAKEIBO_WRITES_PER_MINUTE: 'unlimited' });
  const writers = await startWriters(main, 3);
  const words = ['--json', 'copy', `sqlite:${file}`, `sqlite:${target}`, '--follow'];
  const first = startKakeibo(...words);
  while (!existsSync(target) && first.child.exitCode === null) await sleep(1);
  while (eventsIn(target) === 0 && first.child.exitCode === null) await sleep(1);
  first.child.kill('SIGKILL');
  expect((await first.ended).code).toBe(null);

  const second = startKakeibo(...words);
  const before = eventsIn(target);
  while (eventsIn(target) < before + 20) await sleep(50);
  await writers.stop();
  main.signal('SIGTERM');
  await main.ended;
  while (eventsIn(target) < eventsIn(file)) await sleep(50);
  second.child.kill('SIGINT');
  const { code, out, error } = await second.ended;
  expect([code, error]).toEqual([0, '']);
  const copied = JSON.parse(out) as CopiedLog;
  expect(copied).toMatchObject({ redated: 0, moved: 0, equal: true });
  expect(copied.events).toBeGreaterThan(3_000);
  expect(copied.streams.every((stream) => stream.copied)).toBe(true);

  const backup = await kakeibo(['--json', '--file', file, 'backup', join(folder, 'a.ndjson'), '--format', 'archive']);
  expect(JSON.parse(backup.out)).toMatchObject({ events: copied.events, sha256: copied.sha256 });
  expect((await kakeibo(['--file', target, 'verify'])).code).toBe(0);
  const { out: wallets } = await kakeibo(['--file', target, '--json', 'wallets']);
  expect(wallets).toBe((await kakeibo(['--file', file, '--json', 'wallets'])).out);
});

test('it goes on with what came since, and refuses a target that holds something else', async () => {
  const { file, folder, run } = await ledgerFile();
  const target = join(folder, 'target.db');
  const copy = async (to: string) => kakeibo(['--json', 'copy', `sqlite:${file}`, `sqlite:${to}`]);
  expect(JSON.parse((await copy(target)).out)).toMatchObject({ events: 1, present: 0, equal: true });
  await run('add', '1', 'Food');
  expect(JSON.parse((await copy(target)).out)).toMatchObject({ events: 2, present: 1, equal: true });

  const other = await ledgerFile();
  const before = (await other.run('wallets')).out;
  const refused = await copy(other.file);
  expect([refused.code, JSON.parse(refused.out)]).toMatchObject([1, { error: { code: 'copy-target-differs' } }]);
  expect((await other.run('wallets')).out).toBe(before);
});

test('words that are off end it with 2, and show no password', async () => {
  const { file, folder } = await ledgerFile();
  const from = `sqlite:${file}`;
  expect(await kakeibo(['copy', from, from])).toMatchObject({ code: 2 });
  expect(await kakeibo(['copy', `sqlite:${join(folder, 'none.db')}`, from])).toMatchObject({ code: 2 });
  const { code, error } = await kakeibo(['copy', 'mysql://me:geheim@', from]);
  expect([code, error.trim().split('\n').length, error.includes('geheim')]).toEqual([2, 1, false]);
});
