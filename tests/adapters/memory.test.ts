import { createMemoryEventStore, createMemoryViewStore } from '@kakeibo/core';
import { eventStoreContract, viewStoreContract } from '@kakeibo/core/testing';
import { describe, test } from 'vitest';

describe('the memory event store', () => {
  for (const { name, run } of eventStoreContract(async (clock) => createMemoryEventStore({ clock }))) test(name, run);
});

describe('the memory view store', () => {
  for (const { name, run } of viewStoreContract(async () => createMemoryViewStore())) test(name, run);
});
