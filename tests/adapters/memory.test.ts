import { createMemoryEventStore, createMemoryLeases, createMemoryViewStore } from '@kakeibo/core';
import { eventStoreContract, leaseContract, viewStoreContract } from '@kakeibo/core/testing';
import { describe, test } from 'vitest';

describe('the memory event store', () => {
  for (const { name, run } of eventStoreContract(async (clock) => createMemoryEventStore({ clock }))) test(name, run);
});

describe('the memory view store', () => {
  for (const { name, run } of viewStoreContract(async () => createMemoryViewStore())) test(name, run);
});

describe('leases and an outbox in memory', () => {
  for (const { name, run } of leaseContract(async () => createMemoryLeases())) test(name, run);
});
