/** The same random work on the memory store and on two openings of one ledger: every answer and the whole log must be the same. */
import { createMemoryEventStore, MAX_EVENT_BYTES } from '@kakeibo/core';
import type { EventStore, Json } from '@kakeibo/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { freshEventStore } from './fresh.ts';

const clock = { now: () => Date.UTC(2026, 9, 14) };
const SEED = Number(process.env['KAKEIBO_SEED'] ?? 20_261_014);

/** Few ids, streams and versions, so that repeats and conflicts are common. */
const idOf = (number: number): string => `5eed5eed-0000-4000-8000-${String(number).padStart(12, '0')}`;
const stream = fc.constantFrom('a', 'b', 'A', 'wallet/ü');
const ids = fc.uniqueArray(fc.nat(25), { minLength: 1, maxLength: 4 });
const data = fc.oneof(
  { arbitrary: fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<Json>, { maxKeys: 4 }), weight: 9 },
  { arbitrary: fc.constant({ text: 'x'.repeat(MAX_EVENT_BYTES) }), weight: 1 },
);
const slice = { after: fc.nat(12), limit: fc.integer({ min: 1, max: 8 }) };
const work = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('append' as const), stream, ids, data, expected: fc.nat(6) }), weight: 4 },
  { arbitrary: fc.record({ kind: fc.constant('read' as const), stream, ...slice }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('readAll' as const), ...slice }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('find' as const), stream, ids }), weight: 1 },
);
type Work = typeof work extends fc.Arbitrary<infer Any> ? Any : never;

function perform(store: EventStore, asked: Work): Promise<unknown> {
  if (asked.kind === 'read') return store.read(asked.stream, asked);
  if (asked.kind === 'readAll') return store.readAll(asked);
  if (asked.kind === 'find') return store.find(asked.stream, asked.ids.map(idOf));
  const events = asked.ids.map((id) => ({ id: idOf(id), type: 'Noted', data: asked.data, meta: { id } }));
  return store.append(asked.stream, events, { expected: asked.expected });
}

async function run(stores: readonly EventStore[], list: readonly Work[]): Promise<unknown> {
  const answers: unknown[] = [];
  for (const [at, asked] of list.entries()) {
    const store = stores[at % stores.length];
    if (store !== undefined) answers.push(await perform(store, asked));
  }
  return { answers, log: await stores[0]?.readAll({ after: 0, limit: 10_000 }) };
}

test('EventStoreDB answers every append, read and look-up as the memory store does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(work, { minLength: 1, maxLength: 30 }), async (list) => {
      const place = await freshEventStore();
      const stores = (await Promise.all([place.open(clock), place.open(clock)])).map(({ events }) => events);
      const ours = await run(stores, list);
      await Promise.all(stores.map((store) => store.close()));
      await place.close();
      expect(ours).toEqual(await run([createMemoryEventStore({ clock })], list));
    }),
    { seed: SEED, numRuns: 20 },
  );
});
