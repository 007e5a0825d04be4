import type { Clock } from '@kakeibo/core';
import {
  eventStoreContract,
  leaseContract,
  sharedEventStoreContract,
  sharedLeaseContract,
  viewStoreContract,
} from '@kakeibo/core/testing';
import { describe, test } from 'vitest';

import { freshDb2 } from './derby.ts';
import { hasDb2 } from './presence.ts';

describe.runIf(hasDb2())('Db2, as the event store', () => {
  const place = async () => {
    const ledger = await freshDb2();
    return async (clock: Clock) => {
      const { events, close } = await ledger.open({ clock });
      return { ...events, close };
    };
  };
  for (const { name, run } of eventStoreContract(async (clock) => (await place())(clock))) test(name, run);
  for (const { name, run } of sharedEventStoreContract(place)) test(name, run);
});

describe.runIf(hasDb2())('Db2, as the view store', () => {
  const openViews = async () => {
    const { views, close } = await (await freshDb2()).open();
    return { ...views, close };
  };
  for (const { name, run } of viewStoreContract(openViews)) test(name, run);
});

describe.runIf(hasDb2())('Db2, with leases and the outbox', () => {
  const place = async () => {
    const ledger = await freshDb2();
    return () => ledger.open();
  };
  for (const { name, run } of leaseContract(async () => (await place())())) test(name, run);
  for (const { name, run } of sharedLeaseContract(place)) test(name, run);
});
