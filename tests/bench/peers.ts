/** Event stores over SQLite, each used as its manual says. As a program: one of them, which works when it is told to. */
import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import type { JsonObject } from '@kakeibo/core';

const load = createRequire(new URL('./peers/package.json', import.meta.url));

/** A store, as far as the bench uses it: an append to the end of a stream, which throws when it fails. */
interface Peer {
  append(stream: string, version: number, data: JsonObject): Promise<unknown>;
  /** What SQLite says of the connection that it writes through. */
  pragma(name: string): Promise<unknown>;
}

/** As a connection of theirs answers: rows of one column. */
type Rows = readonly Readonly<Record<string, unknown>>[];

interface EmmettModule {
  getSQLiteEventStore(options: { fileName: string; schema: { autoMigration: 'CreateOrUpdate' } }): {
    appendToStream(
      stream: string,
      events: readonly { type: string; data: JsonObject }[],
      options: { expectedStreamVersion: bigint },
    ): Promise<unknown>;
  };
  sqliteConnection(options: { fileName: string }): { query(sql: string): Promise<Rows>; close(): void };
}

interface ActModule {
  readonly SqliteStore: new (options: { url: string }) => {
    readonly client: { execute(sql: string): Promise<{ readonly rows: Rows }> };
    seed(): Promise<void>;
    commit(
      stream: string,
      messages: readonly { name: string; data: JsonObject }[],
      meta: { correlation: string; causation: object },
      expected: number,
    ): Promise<unknown>;
  };
}

const data = (): JsonObject => ({
  entryId: randomUUID(),
  amount: '12.50',
  currency: 'EUR',
  category: 'Food:Groceries',
  note: 'Wochenmarkt',
  occurredOn: '2026-10-14',
});

const onlyValue = (rows: Rows): unknown => Object.values(rows[0] ?? {})[0];

const ours = (writer: 'worker' | 'caller') => async (folder: string) => {
  const { events, settings } = await openSqlite({ file: join(folder, `${writer}.db`), writer });
  return {
    async append(stream: string, version: number, body: JsonObject) {
      const event = { id: randomUUIDv7(), type: 'ExpenseAdded', data: body, meta: {} };
      const { kind } = await events.append(stream, [event], { expected: version });
      if (kind !== 'appended') throw new Error(kind);
    },
    pragma: async (name: string) => (name === 'synchronous' ? settings.synchronous : settings.journalMode),
  };
};

const PEERS: Readonly<Record<string, (folder: string) => Promise<Peer>>> = {
  worker: ours('worker'),
  caller: ours('caller'),
  async Emmett(folder) {
    const { getSQLiteEventStore, sqliteConnection } = load('@event-driven-io/emmett-sqlite') as EmmettModule;
    const fileName = join(folder, 'emmett.db');
    const store = getSQLiteEventStore({ fileName, schema: { autoMigration: 'CreateOrUpdate' } });
    // Its tables are made by the first append, during which nobody else gets at the file.
    await store.appendToStream('first', [{ type: 'ExpenseAdded', data: data() }], { expectedStreamVersion: 0n });
    return {
      append: (stream, version, body) =>
        store.appendToStream(stream, [{ type: 'ExpenseAdded', data: body }], { expectedStreamVersion: BigInt(version) }),
      async pragma(name) {
        // It opens one like this for each append.
        const connection = sqliteConnection({ fileName });
        const rows = await connection.query(`PRAGMA ${name}`);
        connection.close();
        return onlyValue(rows);
      },
    };
  },
  async Act(folder) {
    const { SqliteStore } = load('@rotorsoft/act-sqlite') as ActModule;
    const store = new SqliteStore({ url: `file:${join(folder, 'act.db')}` });
    await store.seed();
    return {
      append: (stream, version, body) =>
        store.commit(stream, [{ name: 'ExpenseAdded', data: body }], { correlation: randomUUID(), causation: {} }, version - 1),
      pragma: async (name) => onlyValue((await store.client.execute(`PRAGMA ${name}`)).rows),
    };
  },
};

/** Something to do. */
export type Order =
  /** Appends to one stream, one after another. */
  | { readonly kind: 'single'; readonly count: number }
  /** Writers on streams of their own, all at once, each of which goes on when it has its answer, or is refused. */
  | { readonly kind: 'together'; readonly writers: number; readonly each: number; readonly mostMs: number }
  /** The same through a queue that lets in one at a time, as a program may put in front of such a store. */
  | { readonly kind: 'queued'; readonly writers: number; readonly each: number; readonly mostMs: number };

/** What came of it. */
export interface Done {
  readonly ms: number;
  /** How many appends came through. */
  readonly done: number;
}

/** What a program says first: how its store is set. */
export interface Ready {
  readonly settings: string;
}

const SYNCHRONOUS: Readonly<Record<string, string>> = { 0: 'OFF', 1: 'NORMAL', 2: 'FULL', 3: 'EXTRA' };

async function settingsOf(peer: Peer): Promise<string> {
  const [journal, synchronous] = [String(await peer.pragma('journal_mode')), String(await peer.pragma('synchronous'))];
  return `${journal.toUpperCase()}, ${(SYNCHRONOUS[synchronous] ?? synchronous).toUpperCase()}`;
}

function oneAtATime(append: Peer['append']): Peer['append'] {
  let last: Promise<unknown> = Promise.resolve();
  return (...args) => (last = last.then(() => append(...args)));
}

let streams = 0;
let version = 0;

/** The next append of one writer. One that fails is counted, and the writer goes on in another stream. */
async function appendNext(peer: Peer): Promise<number> {
  try {
    await peer.append(`one-${streams}`, version, data());
    version += 1;
    return 1;
  } catch {
    streams += 1;
    version = 0;
    return 0;
  }
}

async function obey(peer: Peer, order: Order): Promise<Done> {
  const begin = performance.now();
  if (order.kind === 'single') {
    let through = 0;
    for (let left = order.count; left > 0; left -= 1) through += await appendNext(peer);
    return { ms: performance.now() - begin, done: through };
  }
  const append = order.kind === 'queued' ? oneAtATime(peer.append) : peer.append;
  const ended = new AbortController();
  let done = 0;
  const write = async (stream: string): Promise<void> => {
    let at = 0;
    for (let left = order.each; left > 0 && !ended.signal.aborted; left -= 1) {
      try {
        await append(stream, at, data());
        at += 1;
        if (!ended.signal.aborted) done += 1;
      } catch {
        // Whoever uses it would have to try again; here it counts as failed.
      }
    }
  };
  const all = Promise.all(Array.from({ length: order.writers }, () => write(`many-${streams++}`)));
  await Promise.race([all, sleep(order.mostMs, undefined, { signal: ended.signal }).catch(() => undefined)]);
  ended.abort();
  return { ms: performance.now() - begin, done };
}

if (import.meta.main) {
  const [name = '', folder = ''] = process.argv.slice(2);
  const peer = await PEERS[name]?.(folder);
  if (peer === undefined) throw new Error(`no store is called ${name}`);
  process.on('message', (order: Order) => {
    // What it leaves to be done afterwards, like closing a file, is no burden for the next one.
    void obey(peer, order).then((done) => setTimeout(() => process.send?.(done), 10));
  });
  process.once('disconnect', () => process.exit());
  process.send?.({ settings: await settingsOf(peer) } satisfies Ready);
}
