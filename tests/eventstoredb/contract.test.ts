/** The contracts, on EventStoreDB's protocol. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openSqlite } from '@kakeibo/adapters/sqlite';
import type { Clock } from '@kakeibo/core';
import { eventStoreContract, sharedEventStoreContract, viewStoreContract } from '@kakeibo/core/testing';
import { afterAll, describe, test } from 'vitest';

import { freshEventStore, REAL_SERVER } from './fresh.ts';

type Fresh = Awaited<ReturnType<typeof freshEventStore>>;

const places: Fresh[] = [];
const newPlace = async (): Promise<Fresh> => {
  const place = await freshEventStore();
  places.push(place);
  return place;
};
const folder = mkdtempSync(join(tmpdir(), 'kakeibo-eventstoredb-'));
afterAll(async () => {
  await Promise.all(places.map((place) => place.close()));
  rmSync(folder, { recursive: true });
});

describe(`EventStoreDB, ${REAL_SERVER === undefined ? 'on a double of its protocol' : 'on a real server'}`, () => {
  const openOnce = async (clock: Clock) => {
    const { events } = await (await newPlace()).open(clock);
    return events;
  };
  for (const { name, run } of eventStoreContract(openOnce)) test(name, run);

  const place = async () => {
    const { open } = await newPlace();
    return async (clock: Clock) => (await open(clock)).events;
  };
  for (const { name, run } of sharedEventStoreContract(place)) test(name, run);
});

describe('the views beside it', () => {
  let files = 0;
  const openViews = async () => {
    files += 1;
    const { views, close } = await openSqlite({ file: join(folder, `${files}.db`) });
    return { ...views, close };
  };
  for (const { name, run } of viewStoreContract(openViews)) test(name, run);
});
