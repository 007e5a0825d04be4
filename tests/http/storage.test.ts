import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import { createMemoryEventStore, StoreError, type EventStore, type StoreErrorCode } from '@kakeibo/core';
import { expect, onTestFinished, test } from 'vitest';
import { startService } from './service.ts';

const INCOME = { body: { amount: '1.00' } };

/** A store that fails when it is told to. */
function failing(store: EventStore): { readonly store: EventStore; fail(code: StoreErrorCode | undefined): void } {
  let code: StoreErrorCode | undefined;
  return {
    store: {
      ...store,
      append: (...args) =>
        code === undefined ? store.append(...args) : Promise.reject(new StoreError(code, 'secret: /var/lib/ledger')),
    },
    fail: (next) => (code = next),
  };
}

test.each<readonly [StoreErrorCode, string, string | null]>([
  ['busy', 'storage-busy', '1'],
  ['storage-full', 'storage-full', '30'],
  ['read-only', 'storage-read-only', null],
  ['unavailable', 'storage-unavailable', '5'],
  ['outcome-unknown', 'outcome-unknown', '1'],
  ['closed', 'storage-unavailable', '5'],
  ['incompatible', 'storage-unavailable', null],
])('a store that is %s is a 503 that tells nothing of the inside, and it recovers', async (failure, code, retryAfter) => {
  const { store, fail } = failing(createMemoryEventStore({ clock: Date }));
  const service = await startService({ store });
  const wallet = await service.open();
  fail(failure);
  const answer = await service.call('POST', `${wallet}/income`, { ...INCOME, headers: { 'idempotency-key': 'k' } });
  expect([answer.status, answer.json['code'], answer.headers.get('retry-after')]).toEqual([503, code, retryAfter]);
  expect(answer.text).not.toMatch(/secret|\/var|at .*js/);
  expect((await service.call('GET', wallet)).json['balance']).toBe('0.00');
  fail(undefined);
  expect(
    (await service.call('POST', `${wallet}/income`, { ...INCOME, headers: { 'idempotency-key': 'k' } })).json['balance'],
  ).toBe('1.00');
});

test('what nobody foresaw is a 500 without its inside', async () => {
  const memory = createMemoryEventStore({ clock: Date });
  const service = await startService({ store: { ...memory, readAll: () => Promise.reject(new TypeError('secret figures')) } });
  const answer = await service.call('GET', '/api/v1/wallets');
  expect([answer.status, answer.json['code']]).toEqual([500, 'internal']);
  expect(answer.text).not.toMatch(/secret|TypeError|\.js/);
  expect((await service.call('GET', '/readyz')).json).toMatchObject({ status: 'not-ready', canRead: false });
});

/** A small disk, or why there is none. */
function smallDisk(): string | Error {
  const path = mkdtempSync(join(tmpdir(), 'kakeibo-http-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1500k', 'tmpfs', path], { stdio: 'pipe' });
  } catch (error) {
    rmSync(path, { recursive: true });
    return error instanceof Error ? error : new Error(String(error));
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', path], { stdio: 'pipe' });
    rmSync(path, { recursive: true });
  });
  return path;
}

test('a full disk is a 503, reads go on, and writes too when there is room', async (context) => {
  const disk = smallDisk();
  if (disk instanceof Error) return context.skip(`no disk can be mounted: ${disk.message}`);
  const sqlite = await openSqlite({ file: join(disk, 'ledger.db') });
  onTestFinished(() => sqlite.close());
  const service = await startService({ store: sqlite.events, views: sqlite.views, app: { health: () => sqlite.check() } });
  const wallet = await service.open();
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - 60_000)));

  const write = () =>
    service.call('POST', `${wallet}/income`, {
      body: { amount: '1.00', note: 'x'.repeat(500) },
      headers: { 'idempotency-key': randomUUID() },
    });
  let acknowledged = 0;
  let answer = await write();
  for (; answer.status === 201 && acknowledged < 2_000; answer = await write()) acknowledged += 1;
  expect([answer.status, answer.json['code'], answer.headers.get('retry-after')]).toEqual([503, 'storage-full', '30']);
  expect((await service.call('GET', '/readyz')).json).toMatchObject({ status: 'read-only', canRead: true, canWrite: false });
  expect((await service.call('GET', '/readyz?for=reads')).status).toBe(200);
  expect((await service.call('GET', wallet)).json['entries']).toBe(acknowledged);

  rmSync(join(disk, 'ballast'));
  expect((await write()).status).toBe(201);
  expect((await service.call('GET', wallet)).json['entries']).toBe(acknowledged + 1);
  expect((await service.call('GET', '/readyz')).json).toMatchObject({ status: 'ready' });
});
