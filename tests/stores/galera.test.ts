import { setTimeout as sleep } from 'node:timers/promises';
import { openMysql, type Mysql } from '@kakeibo/adapters/mysql';
import type { Clock } from '@kakeibo/core';
import {
  eventStoreContract,
  leaseContract,
  sharedEventStoreContract,
  sharedLeaseContract,
  viewStoreContract,
} from '@kakeibo/core/testing';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { GALERA_LOGIN, startGalera, whyNoGalera, type Galera } from '../faults/galera.ts';
import { describeDifferences } from './differences.ts';
import { useCluster } from './kinds.ts';
import { describeSameness } from './sameness.ts';
import { describeWalks } from './walks.ts';

let galera: Galera | undefined;
let databases = 0;
let openings = 0;

async function freshDatabase(): Promise<string> {
  const name = `fresh_${(databases += 1)}`;
  const [first, ...others] = galera?.nodes ?? [];
  await first?.sql(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  // A node that has not come so far yet refuses whoever names it.
  for (const node of others) while ((await node.sql(`SHOW DATABASES LIKE '${name}'`)).length === 0) await sleep(5);
  return name;
}

/** Each opening is on another node than the one before it. */
function openOn(database: string, clock?: Clock): Promise<Mysql> {
  const port = galera?.nodes[(openings += 1) % 3]?.port ?? 0;
  return openMysql({
    ...GALERA_LOGIN,
    busyTimeoutMs: 60_000,
    host: '127.0.0.1',
    port,
    database,
    ...(clock === undefined ? {} : { clock }),
  });
}

const eventsOn = async (database: string, clock: Clock) => {
  const { events, close } = await openOn(database, clock);
  return { ...events, close };
};

describe.skipIf(whyNoGalera() !== undefined)('a Galera cluster of three', () => {
  beforeAll(async () => {
    galera = await startGalera();
    useCluster(async (clock) => {
      const database = await freshDatabase();
      const { events, views, close } = await openOn(database, clock);
      return { store: events, views, close };
    });
  });
  afterAll(() => galera?.close());

  describe('the event store', () => {
    for (const { name, run } of eventStoreContract(async (clock) => eventsOn(await freshDatabase(), clock))) test(name, run);
    const place = async () => {
      const database = await freshDatabase();
      return (clock: Clock) => eventsOn(database, clock);
    };
    for (const { name, run } of sharedEventStoreContract(place)) test(`two nodes: ${name}`, run);
  });
  describe('the view store', () => {
    const openViews = async () => {
      const { views, close } = await openOn(await freshDatabase());
      return { ...views, close };
    };
    for (const { name, run } of viewStoreContract(openViews)) test(name, run);
  });
  describe('leases and the outbox', () => {
    for (const { name, run } of leaseContract(async () => openOn(await freshDatabase()))) test(name, run);
    const place = async () => {
      const database = await freshDatabase();
      return () => openOn(database);
    };
    for (const { name, run } of sharedLeaseContract(place)) test(`two nodes: ${name}`, run);
  });
  describeDifferences('galera');
  describeWalks('galera');
  describeSameness('galera');
});
