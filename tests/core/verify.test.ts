import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import {
  createMemoryViewStore,
  decode,
  foldInto,
  project,
  rebuildLedger,
  verifyLedger,
  walletProjections,
  type EventStore,
  type Json,
  type JsonObject,
  type StoredEvent,
} from '@kakeibo/core';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { deeds, openBooks, type Deed } from './random-books.ts';

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-verify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

const some: readonly Deed[] = [
  { pick: 0, do: 'expense', details: { amount: '10.00', category: 'Food', occurredOn: '2026-10-01', payee: 'Shop' } },
  { pick: 0, do: 'income', details: { amount: '20.00', occurredOn: '2026-10-02' } },
  { pick: 0, do: 'limit', amount: '5.00' },
  { pick: 0, do: 'move', category: 'Home:Rent', on: '2026-09-30' },
  { pick: 1, do: 'void' },
];

/** A file with stored views of some books. */
async function fileOf(list: readonly Deed[]): Promise<{ readonly file: string; readonly stream: string }> {
  files += 1;
  const file = join(folder, `${files}.db`);
  const { events, views, close } = await openSqlite({ file, writer: 'caller' });
  const books = await openBooks({ store: events, views });
  for (const deed of list) await books.take(deed);
  await rebuildLedger({ store: events, views });
  await close();
  return { file, stream: books.stream };
}

async function verifyFile(file: string) {
  const { events, views, close } = await openSqlite({ file, writer: 'caller' });
  const verified = await verifyLedger({ store: events, views });
  await close();
  return verified;
}

function withFile<Result>(file: string, use: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(file);
  try {
    return use(database);
  } finally {
    database.close();
  }
}

interface Row {
  readonly view: string;
  readonly stream: string;
  readonly bucket: string;
  readonly body: string;
}
const rowsOf = (file: string): readonly Row[] =>
  withFile(file, (database) => database.prepare('SELECT * FROM views ORDER BY view, stream, bucket').all() as unknown as Row[]);

describe('stored views', () => {
  test('invariant 34: untouched views have no finding, and any stored row that is broken is named', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, fc.nat(), fc.constantFrom('change', 'garble', 'delete', 'add'), async (list, pick, how) => {
        const { file } = await fileOf([...some, ...list]);
        const sound = await verifyFile(file);
        expect(sound).toMatchObject({ findings: [], more: 0, unchecked: [], streams: 1 });
        const rows = rowsOf(file);
        expect(sound.buckets).toBe(rows.length);
        const { view, stream, bucket, body } = rows[pick % rows.length] as Row;
        const at = [view, stream, bucket] as const;
        const where = 'WHERE view = ? AND stream = ? AND bucket = ?';
        withFile(file, (database) => {
          if (how === 'change') database.prepare(`UPDATE views SET body = ? ${where}`).run(`[${body}]`, ...at);
          if (how === 'garble') database.prepare(`UPDATE views SET body = ? ${where}`).run(body.slice(1), ...at);
          if (how === 'delete') database.prepare(`DELETE FROM views ${where}`).run(...at);
          if (how === 'add') database.prepare('INSERT INTO views VALUES (?, ?, ?, ?)').run(view, stream, `${bucket}x`, body);
        });
        const what = { change: 'changed', garble: 'changed', delete: 'missing', add: 'extra' }[how];
        const { findings } = await verifyFile(file);
        expect(findings).toMatchObject([{ what, view, stream, bucket: how === 'add' ? `${bucket}x` : bucket }]);
      }),
      { numRuns: 25 },
    );
  });

  test('a place beyond the end, below zero, or lost is named', async () => {
    for (const seen of [999, -1, null]) {
      const { file, stream } = await fileOf(some);
      withFile(file, (database) => {
        if (seen === null) database.prepare("DELETE FROM view_seen WHERE view LIKE 'flows@%'").run();
        else database.prepare("UPDATE view_seen SET seen = ? WHERE view LIKE 'flows@%'").run(seen);
      });
      const { findings } = await verifyFile(file);
      expect(
        findings.some(({ what, view, stream: at }) => what === 'seen' && view?.startsWith('flows@') === true && at === stream),
      ).toBe(true);
    }
  });

  test('a place that is set back is named, because the buckets are further on', async () => {
    const { file } = await fileOf(some);
    withFile(file, (database) => database.prepare("UPDATE view_seen SET seen = 1 WHERE view LIKE 'register@%'").run());
    const { findings } = await verifyFile(file);
    expect(findings.map(({ what, view }) => [what, view?.split('@')[0]])).toContainEqual(['extra', 'register']);
  });

  test('views of the whole log are compared too, and views of nobody are told apart', async () => {
    const { file } = await fileOf(some);
    withFile(file, (database) => {
      database.exec("UPDATE views SET body = '[]' WHERE stream = '*directory' AND view NOT LIKE 'newest@%'");
      database.exec("INSERT INTO views VALUES ('flows@1', 'wallet-old', '2026', '{}'), ('mine@1', 'wallet-x', 'a', '1')");
      database.exec("INSERT INTO view_seen SELECT view, 'wallet-gone', 3 FROM view_seen WHERE view LIKE 'head@%'");
    });
    const { findings, unchecked } = await verifyFile(file);
    expect(findings.map(({ what, stream }) => [what, stream])).toEqual([
      ['changed', '*directory'],
      ['seen', 'wallet-gone'],
    ]);
    expect(unchecked).toEqual(['flows@1', 'mine@1']);
  });

  test('a rebuild mends what was broken, and tells how far it is', async () => {
    const { file } = await fileOf(some);
    withFile(file, (database) => {
      database.exec("UPDATE views SET body = '[]'");
      database.exec("DELETE FROM view_seen WHERE view LIKE 'flows@%'");
    });
    expect((await verifyFile(file)).findings.length).toBeGreaterThan(5);
    const { events, views, close } = await openSqlite({ file, writer: 'caller' });
    const told: (readonly [string, number, number | null])[] = [];
    const onProgress = (each: { stage: string; done: number; total: number | null }) =>
      void told.push([each.stage, each.done, each.total]);
    const { events: count } = await rebuildLedger({ store: events, views, onProgress });
    await close();
    expect(told.at(-1)).toEqual(['views', count, count]);
    expect((await verifyFile(file)).findings).toEqual([]);
  });

  test('verifying while entries come in finds nothing', async () => {
    const books = await openBooks();
    for (const deed of some) await books.take(deed);
    const rows = Array.from({ length: 1_500 }, (_, index) => ({
      kind: 'expense' as const,
      amount: '1.00',
      category: 'Food',
      occurredOn: '2026-10-10',
      fingerprint: `row ${index}`,
    }));
    const importing = books.wallet.importEntries({ name: 'f.csv', rows });
    for (let times = 0; times < 3; times += 1) expect((await books.ledger.verify()).findings).toEqual([]);
    await importing;
    expect((await books.ledger.verify()).findings).toEqual([]);
  });
});

/** A store that hands out other events than it has. */
function lying(store: EventStore, change: (event: StoredEvent) => StoredEvent | undefined): EventStore {
  const changed = (events: readonly StoredEvent[]) => events.flatMap((event) => change(event) ?? []);
  return {
    ...store,
    read: async (stream, slice) => changed(await store.read(stream, slice)),
    readAll: async (slice) => changed(await store.readAll(slice)),
  };
}

describe('the log', () => {
  const cases: readonly [string, string, (event: StoredEvent) => StoredEvent | undefined][] = [
    ['a version that is missing', 'order', (event) => (event.version === 3 ? undefined : event)],
    ['a record time that stands still', 'order', (event) => ({ ...event, recordedAt: '2026-10-14T09:00:00.000000Z' })],
    ['an event of a kind nobody knows', 'undecodable', (event) => (event.version === 3 ? { ...event, type: 'Unheard' } : event)],
    ['an event that is too large', 'undecodable', (event) => patched(event, 3, { note: 'x'.repeat(17_000) })],
    ['an amount of nothing', 'invalid', (event) => patched(event, 2, { amount: '0.00' })],
    ['an amount in another currency', 'invalid', (event) => patched(event, 2, { currency: 'USD' })],
    ['a day that does not exist', 'invalid', (event) => patched(event, 2, { occurredOn: '2026-02-30' })],
    ['a correction that says something else was there before', 'figure', (event) => shifted(event)],
  ];

  test.each(cases)('%s is named', async (_, what, change) => {
    const books = await openBooks();
    for (const deed of some) await books.take(deed);
    const store = lying(books.store, change);
    const { findings } = await verifyLedger({ store, views: createMemoryViewStore() });
    expect(findings.map((finding) => finding.what)).toContain(what);
    expect((await verifyLedger({ store: books.store, views: books.views })).findings).toEqual([]);
  });

  test('a thousand findings are told, and the others counted', async () => {
    const books = await openBooks();
    const rows = Array.from({ length: 1_200 }, (_, index) => ({
      kind: 'expense' as const,
      amount: '1.00',
      category: 'Food',
      occurredOn: '2026-10-10',
      fingerprint: `row ${index}`,
    }));
    await books.wallet.importEntries({ name: 'f.csv', rows });
    const store = lying(books.store, (event) => ({ ...event, recordedAt: '2026' }));
    const { findings, more, events } = await verifyLedger({ store, views: createMemoryViewStore() });
    expect([findings.length, more]).toEqual([1_000, events - 1 - 1_000]);
  });
});

function patched(event: StoredEvent, version: number, data: JsonObject): StoredEvent {
  return event.version === version ? { ...event, data: { ...event.data, ...data } } : event;
}

function shifted(event: StoredEvent): StoredEvent {
  if (event.type !== 'EntryCorrected') return event;
  return { ...event, data: { ...event.data, before: { ...(event.data['before'] as JsonObject), amount: '11.00' } } };
}

test('folding in place comes to what folding by copies comes to', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, async (list) => {
      const books = await openBooks();
      for (const deed of list) await books.take(deed);
      const history = (await books.wallet.events({ after: 0, limit: 10_000 })).map(decode);
      for (const projection of walletProjections) {
        const initial = JSON.stringify(projection.initial);
        const folded = new Map<string, unknown>();
        for (const recorded of history) {
          for (const bucket of projection.bucketsOf(recorded)) {
            folded.set(bucket, foldInto(projection, folded.get(bucket), recorded, bucket));
          }
        }
        expect(folded, `${projection.name} in place`).toEqual(project(projection, history));
        expect(JSON.stringify(projection.initial)).toBe(initial);
        const frozen = new Map<string, Json>();
        for (const recorded of history) {
          for (const bucket of projection.bucketsOf(recorded)) {
            const before = deepFrozen((frozen.get(bucket) ?? projection.initial) as Json);
            frozen.set(bucket, projection.apply(before, recorded, bucket) as Json);
          }
        }
      }
    }),
    { numRuns: 40 },
  );
});

/** `apply` may not change what it was given: frozen, it would throw. */
function deepFrozen(value: Json): Json {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value;
  for (const each of Object.values(value)) deepFrozen(each as Json);
  return Object.freeze(value);
}
