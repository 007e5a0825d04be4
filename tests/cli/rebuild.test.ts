import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startMain } from '../http/main-process.ts';
import { call } from '../http/service.ts';
import { fullLedger, startKakeibo } from './command.ts';

function hasDrafts(file: string): boolean {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 60_000 });
  try {
    return database.prepare("SELECT 1 FROM view_seen WHERE view LIKE '%~' LIMIT 1").get() !== undefined;
  } finally {
    database.close();
  }
}

/** What is stored of the views that are read. */
function storedViews(file: string): string {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 60_000 });
  try {
    const some = (sql: string): readonly unknown[] => database.prepare(sql).all();
    const rows = [
      ...some("SELECT view, stream, bucket, body FROM views WHERE view NOT LIKE '%~' ORDER BY view, stream, bucket"),
      ...some("SELECT view, stream, seen FROM view_seen WHERE view NOT LIKE '%~' ORDER BY view, stream"),
    ];
    return JSON.stringify(rows);
  } finally {
    database.close();
  }
}

test('a rebuild that is killed leaves the old views, and the next one is whole', async () => {
  const { file, run } = await fullLedger(3_000);
  await run('rebuild');
  const before = storedViews(file);
  expect(hasDrafts(file)).toBe(false);
  // One that was over before it could be killed is tried again.
  for (let killed = 0, tries = 0; killed < 3; tries += 1) {
    const { child, ended } = startKakeibo('--file', file, 'rebuild');
    while (!hasDrafts(file) && child.exitCode === null) await sleep(1);
    await sleep([0, 30, 100][tries % 3]);
    child.kill('SIGKILL');
    if ((await ended).code === null) killed += 1;
    expect(storedViews(file)).toBe(before);
  }
  expect((await run('verify')).code).toBe(0);
  expect((await run('rebuild')).code).toBe(0);
  expect([storedViews(file), hasDrafts(file)]).toEqual([before, false]);
  expect((await run('verify')).code).toBe(0);
});

test('a service goes on reading and booking while its views are folded anew', async () => {
  const { file, json } = await fullLedger(2_000);
  const { items } = (await json('wallets')) as { readonly items: readonly { readonly id: string }[] };
  const wallet = `/api/v1/wallets/${items[0]?.id ?? ''}`;
  const main = await startMain({ KAKEIBO_STORE: `sqlite:${file}` });
  const report = `${wallet}/reports/spending?from=2020-01-01&to=2026-11-01`;
  const before = (await call(main.url, 'GET', report)).json['total'];
  let isOver = false;
  const rebuilding = call(main.url, 'POST', '/api/v1/rebuild').finally(() => (isOver = true));
  let reads = 0;
  while (!isOver) {
    const [read, booked] = await Promise.all([
      call(main.url, 'GET', report),
      call(main.url, 'POST', `${wallet}/income`, { body: { amount: '1.00', occurredOn: '2026-11-01' } }),
    ]);
    expect([read.status, read.json['total'], booked.status]).toEqual([200, before, 201]);
    reads += 1;
  }
  expect((await rebuilding).status).toBe(200);
  expect(reads).toBeGreaterThan(1);
  expect((await call(main.url, 'POST', '/api/v1/verify')).json).toMatchObject({ findings: [] });
});
