/** The same random work on the memory stores and on SQL stores: every answer and the whole log must be the same. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openMysql } from '@kakeibo/adapters/mysql';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import { createMemoryEventStore, createMemoryViewStore, MAX_EVENT_BYTES } from '@kakeibo/core';
import type { EventStore, Json, ViewStore } from '@kakeibo/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { mariadbServer, mysqlServer, START_MS } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-differential-'));
let files = 0;
const newFile = (): string => join(folder, `${++files}.db`);
afterAll(() => rmSync(folder, { recursive: true }));

const clock = { now: () => Date.UTC(2026, 9, 14) };
const SEED = Number(process.env['KAKEIBO_SEED'] ?? 20_261_014);

/** Few ids, streams and versions, so that repeats and conflicts are common. */
const idOf = (number: number): string => `5eed5eed-0000-4000-8000-${String(number).padStart(12, '0')}`;
const stream = fc.constantFrom('a', 'b', 'A', 'wallet/ü');
const payload = fc.oneof(
  { arbitrary: fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<Json>, { maxKeys: 4 }), weight: 9 },
  { arbitrary: fc.constant({ text: 'x'.repeat(MAX_EVENT_BYTES) }), weight: 1 },
);

interface Append {
  readonly kind: 'append';
  readonly stream: string;
  readonly ids: readonly number[];
  readonly data: Readonly<Record<string, Json>>;
  readonly expected: number;
}
type Look =
  | { readonly kind: 'read'; readonly stream: string; readonly after: number; readonly limit: number }
  | { readonly kind: 'readAll'; readonly after: number; readonly limit: number }
  | { readonly kind: 'find'; readonly stream: string; readonly ids: readonly number[] };

const ids = fc.uniqueArray(fc.nat(25), { minLength: 1, maxLength: 4 });
const append: fc.Arbitrary<Append> = fc.record({
  kind: fc.constant('append' as const),
  stream,
  ids,
  data: payload,
  expected: fc.nat(6),
});
const slice = { after: fc.nat(12), limit: fc.integer({ min: 1, max: 8 }) };
const look: fc.Arbitrary<Look> = fc.oneof(
  fc.record({ kind: fc.constant('read' as const), stream, ...slice }),
  fc.record({ kind: fc.constant('readAll' as const), ...slice }),
  fc.record({ kind: fc.constant('find' as const), stream, ids }),
);
/** Appends that are made at once, then looks at what came of it. */
const step = fc.tuple(fc.array(append, { minLength: 1, maxLength: 6 }), fc.array(look, { maxLength: 3 }));

function perform(store: EventStore, work: Append | Look): Promise<unknown> {
  if (work.kind === 'read') return store.read(work.stream, work);
  if (work.kind === 'readAll') return store.readAll(work);
  if (work.kind === 'find') return store.find(work.stream, work.ids.map(idOf));
  const events = work.ids.map((id) => ({ id: idOf(id), type: 'Noted', data: work.data, meta: { id } }));
  return store.append(work.stream, events, { expected: work.expected });
}

async function run(store: EventStore, steps: readonly (readonly [readonly Append[], readonly Look[]])[]): Promise<unknown> {
  const answers: unknown[] = [];
  for (const [appends, looks] of steps) {
    answers.push(await Promise.all(appends.map((work) => perform(store, work))));
    answers.push(await Promise.all(looks.map((work) => perform(store, work))));
  }
  return { answers, log: await store.readAll({ after: 0, limit: 10_000 }) };
}

const view = fc.constantFrom('flows@1', 'flows@2', 'Flows@1');
const save = fc.record({
  stream,
  expected: fc.nat(3),
  more: fc.nat(2),
  views: fc.uniqueArray(view, { minLength: 1, maxLength: 3 }),
  buckets: fc.uniqueArray(fc.constantFrom('2026-10', '2026-11', 'ü', 'a', 'A'), { maxLength: 5 }),
  value: fc.jsonValue() as fc.Arbitrary<Json>,
  drop: fc.oneof({ arbitrary: fc.constant(undefined), weight: 4 }, { arbitrary: view, weight: 1 }),
});

async function runViews(
  store: ViewStore,
  saves: readonly (typeof save extends fc.Arbitrary<infer Save> ? Save : never)[],
): Promise<unknown> {
  const answers: unknown[] = [];
  for (const { stream: name, expected, more, views, buckets, value, drop } of saves) {
    const refs = views.flatMap((of) => buckets.map((bucket) => ({ view: of, bucket })));
    answers.push(
      await store.save({
        stream: name,
        views: views.map((of) => ({ view: of, expected, seen: expected + more })),
        buckets: refs.map((ref) => ({ ...ref, value })),
      }),
    );
    if (drop !== undefined) await store.drop(drop, expected === 0 ? name : undefined);
    const { seen, buckets: found } = await store.load(name, views, refs);
    answers.push([Object.fromEntries(seen), found]);
  }
  return answers;
}

describe.each(['worker', 'caller'] as const)('SQLite, written in the %s, beside the memory stores', (writer) => {
  test('answers every append, read and look-up alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const { events, close } = await openSqlite({ file: newFile(), writer, clock });
        const ours = await run(events, steps);
        await close();
        expect(ours).toEqual(await run(createMemoryEventStore({ clock }), steps));
      }),
      { seed: SEED, numRuns: writer === 'worker' ? 15 : 60 },
    );
  });

  test('answers every save, load and drop alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(save, { minLength: 1, maxLength: 15 }), async (saves) => {
        const { views, close } = await openSqlite({ file: newFile(), writer });
        const ours = await runViews(views, saves);
        await close();
        expect(ours).toEqual(await runViews(createMemoryViewStore(), saves));
      }),
      { seed: SEED, numRuns: writer === 'worker' ? 8 : 40 },
    );
  });
});

describe.each([
  ['mysql', mysqlServer],
  ['mariadb', mariadbServer],
] as const)('a server of %s beside the memory stores', (engine, server) => {
  beforeAll(async () => void (isInstalled(engine) && (await server())), START_MS);

  test.runIf(isInstalled(engine))('answers every append, read and look-up alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const { events, close } = await openMysql({ url: await (await server()).freshDatabase(), clock });
        const ours = await run(events, steps);
        await close();
        expect(ours).toEqual(await run(createMemoryEventStore({ clock }), steps));
      }),
      { seed: SEED, numRuns: 15 },
    );
  });

  test.runIf(isInstalled(engine))('answers every save, load and drop alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(save, { minLength: 1, maxLength: 15 }), async (saves) => {
        const { views, close } = await openMysql({ url: await (await server()).freshDatabase() });
        const ours = await runViews(views, saves);
        await close();
        expect(ours).toEqual(await runViews(createMemoryViewStore(), saves));
      }),
      { seed: SEED, numRuns: 8 },
    );
  });
});
