import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { askBed } from '../db2/derby.ts';
import { hasDb2 } from '../db2/presence.ts';
import { startMain } from '../http/main-process.ts';
import { mariadbServer, mysqlServer, START_MS } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { fullLedger, kakeibo, startKakeibo } from './command.ts';
import { everyHop, type Hop } from './hops.ts';
import { startWriters } from './writers.ts';

/** How many hops are made while the source is written to; the others are made at rest. */
const LIVE_HOPS = 2;

interface CopiedLog {
  readonly events: number;
  readonly sha256: string;
}

/** The servers come at once. */
beforeAll(async () => {
  await Promise.all([
    isInstalled('mysql') && mysqlServer(),
    isInstalled('mariadb') && mariadbServer(),
    hasDb2() && askBed({ ask: 'bridge' }),
  ]);
}, START_MS);

const EQUAL = { equal: true, redated: 0, moved: 0 };

/** A file as a place that is copied from or into. */
function fileHop(file: string): Hop {
  return {
    address: `sqlite:${file}`,
    async events() {
      const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
      try {
        return Number(database.prepare('SELECT count(*) AS events FROM events').get()?.['events']);
      } finally {
        database.close();
      }
    },
  };
}

async function copied(from: Hop, to: Hop): Promise<CopiedLog> {
  const { code, out, error } = await kakeibo(['--json', 'copy', from.address, to.address]);
  expect([code, error]).toEqual([0, '']);
  expect(JSON.parse(out)).toMatchObject(EQUAL);
  return JSON.parse(out) as CopiedLog;
}

/** Follows a service that is written to; killed half way, and started again. */
async function followed(from: Hop, to: Hop): Promise<CopiedLog> {
  const main = await startMain({ KAKEIBO_STORE: from.address, KAKEIBO_WRITES_PER_MINUTE: 'unlimited' });
  const writers = await startWriters(main, 2);
  const words = ['--json', 'copy', from.address, to.address, '--follow'];
  const first = startKakeibo(...words);
  while ((await to.events()) === 0 && first.child.exitCode === null) await sleep(5);
  first.child.kill('SIGKILL');
  expect((await first.ended).code).toBe(null);
  const before = await to.events();

  const second = startKakeibo(...words);
  while ((await to.events()) < before + 20 && second.child.exitCode === null) await sleep(20);
  await writers.stop();
  main.signal('SIGTERM');
  await main.ended;
  const all = await from.events();
  while ((await to.events()) < all && second.child.exitCode === null) await sleep(20);
  second.child.kill('SIGINT');
  const { code, out, error } = await second.ended;
  expect([code, error]).toEqual([0, '']);
  expect(JSON.parse(out)).toMatchObject({ ...EQUAL, events: all });
  return JSON.parse(out) as CopiedLog;
}

test('a ledger goes through every kind of store, written to and killed on its way, and comes back the same', async () => {
  const { file, folder } = await fullLedger(300);
  const home = join(folder, 'home.db');
  const stops = [fileHop(file), ...(await everyHop()), fileHop(home)];
  let last: CopiedLog | undefined;
  for (const [at, to] of stops.slice(1).entries()) {
    const from = stops[at] ?? to;
    const isLive = at < LIVE_HOPS;
    const here = await (isLive ? followed(from, to) : copied(from, to));
    if (last !== undefined && !isLive) expect(here).toMatchObject({ events: last.events, sha256: last.sha256 });
    last = here;
    expect(await to.events()).toBe(here.events);
  }
  expect(last?.events).toBeGreaterThan(300);
  expect((await kakeibo(['--file', home, 'verify'])).code).toBe(0);
  const backup = await kakeibo(['--json', '--file', home, 'backup', join(folder, 'home.ndjson'), '--format', 'archive']);
  expect(JSON.parse(backup.out)).toMatchObject({ events: last?.events, sha256: last?.sha256 });
}, 240_000);
