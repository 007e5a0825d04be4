/** What MySQL and MariaDB both owe: the contracts of the stores. */
import { openMysql } from '@kakeibo/adapters/mysql';
import type { Clock } from '@kakeibo/core';
import {
  eventStoreContract,
  leaseContract,
  sharedEventStoreContract,
  sharedLeaseContract,
  viewStoreContract,
} from '@kakeibo/core/testing';
import { describe, test } from 'vitest';

import type { TestServer } from '../servers/mysql-servers.ts';

/** A promise of a store does not hang on how long another one keeps the lock. */
const PATIENT_MS = 60_000;

/** Describes the stores on a server. */
export function describeContracts(server: () => Promise<TestServer>): void {
  const fresh = async (): Promise<string> => (await server()).freshDatabase();
  const openEvents = async (clock: Clock, url: string) => {
    const { events, close } = await openMysql({ url, clock, busyTimeoutMs: PATIENT_MS });
    return { ...events, close };
  };
  describe('the event store', () => {
    for (const { name, run } of eventStoreContract(async (clock) => openEvents(clock, await fresh()))) test(name, run);
    const place = async () => {
      const url = await fresh();
      return (clock: Clock) => openEvents(clock, url);
    };
    for (const { name, run } of sharedEventStoreContract(place)) test(name, run);
  });
  describe('the view store', () => {
    const openViews = async () => {
      const { views, close } = await openMysql({ url: await fresh(), busyTimeoutMs: PATIENT_MS });
      return { ...views, close };
    };
    for (const { name, run } of viewStoreContract(openViews)) test(name, run);
  });
  describe('leases and the outbox', () => {
    for (const { name, run } of leaseContract(async () => openMysql({ url: await fresh(), busyTimeoutMs: PATIENT_MS })))
      test(name, run);
    const place = async () => {
      const url = await fresh();
      return () => openMysql({ url, busyTimeoutMs: PATIENT_MS });
    };
    for (const { name, run } of sharedLeaseContract(place)) test(name, run);
  });
}
