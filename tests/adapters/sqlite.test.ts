import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openSqlite } from '@kakeibo/adapters/sqlite';
import type { Clock } from '@kakeibo/core';
import {
  eventStoreContract,
  leaseContract,
  sharedEventStoreContract,
  sharedLeaseContract,
  viewStoreContract,
} from '@kakeibo/core/testing';
import { afterAll, describe, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-sqlite-'));
let files = 0;
const newFile = (): string => join(folder, `${++files}`, 'ledger.db');
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(['worker', 'caller'] as const)('SQLite, written in the %s', (writer) => {
  const open = (clock = { now: () => Date.now() }, file = newFile()) =>
    openSqlite({ file, writer, clock, busyTimeoutMs: 60_000 });
  describe('the event store', () => {
    const openEvents = async (clock: Clock, file?: string) => {
      const { events, close } = await open(clock, file);
      return { ...events, close };
    };
    for (const { name, run } of eventStoreContract((clock) => openEvents(clock))) test(name, run);
    const place =
      async (file = newFile()) =>
      (clock: Clock) =>
        openEvents(clock, file);
    for (const { name, run } of sharedEventStoreContract(() => place())) test(name, run);
  });
  describe('the view store', () => {
    const openViews = async () => {
      const { views, close } = await open();
      return { ...views, close };
    };
    for (const { name, run } of viewStoreContract(openViews)) test(name, run);
  });
  describe('leases and the outbox', () => {
    // The clock jumps about: no lease hangs on it.
    let calls = 0;
    const wild = { now: () => ((calls += 1) % 2 === 0 ? 0 : Date.now()) };
    for (const { name, run } of leaseContract(() => open(wild))) test(name, run);
    const place =
      async (file = newFile()) =>
      () =>
        open(wild, file);
    for (const { name, run } of sharedLeaseContract(() => place())) test(name, run);
  });
});
