/**
 * The SQLite store beside those of Emmett and Act, each used as its manual says, in one run: `node tests/bench/peers-bench.ts`.
 * They are installed on their own: `npm ci --prefix tests/bench/peers`.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import type { JsonObject } from '@kakeibo/core';

const load = createRequire(new URL('./peers/package.json', import.meta.url));

/** A store, as far as the bench uses it: an append to the end of a stream, which throws when it fails. */
interface Contestant {
  append(stream: string, version: number, data: JsonObject): Promise<unknown>;
  close(): Promise<unknown>;
}

interface EmmettModule {
  getSQLiteEventStore(options: { fileName: string; schema: { autoMigration: 'CreateOrUpdate' } }): {
    appendToStream(
      stream: string,
      events: readonly { type: string; data: JsonObject }[],
      options: { expectedStreamVersion: bigint },
    ): Promise<unknown>;
    close?(): Promise<void>;
  };
}

interface ActModule {
  readonly SqliteStore: new (options: { url: string }) => {
    seed(): Promise<void>;
    commit(
      stream: string,
      messages: readonly { name: string; data: JsonObject }[],
      meta: { correlation: string; causation: object },
      expected: number,
    ): Promise<unknown>;
    dispose(): Promise<void>;
  };
}

const WARM = 200;
const SINGLE = 1_000;
const WRITERS = 100;
const EACH = 5;

const data = (): JsonObject => ({
  entryId: randomUUID(),
  amount: '12.50',
  currency: 'EUR',
  category: 'Food:Groceries',
  note: 'Wochenmarkt',
  occurredOn: '2026-10-14',
});

const ours = (writer: 'worker' | 'caller') => async (folder: string) => {
  const { events, close } = await openSqlite({ file: join(folder, `${writer}.db`), writer });
  return {
    async append(stream: string, version: number, body: JsonObject) {
      const event = { id: randomUUID(), type: 'ExpenseAdded', data: body, meta: {} };
      const { kind } = await events.append(stream, [event], { expected: version });
      if (kind !== 'appended') throw new Error(kind);
    },
    close,
  };
};

const CONTESTANTS: Readonly<Record<string, (folder: string) => Promise<Contestant>>> = {
  worker: ours('worker'),
  caller: ours('caller'),
  async Emmett(folder) {
    const { getSQLiteEventStore } = load('@event-driven-io/emmett-sqlite') as EmmettModule;
    const store = getSQLiteEventStore({ fileName: join(folder, 'emmett.db'), schema: { autoMigration: 'CreateOrUpdate' } });
    return {
      append: (stream, version, body) =>
        store.appendToStream(stream, [{ type: 'ExpenseAdded', data: body }], { expectedStreamVersion: BigInt(version) }),
      close: async () => store.close?.(),
    };
  },
  async Act(folder) {
    const { SqliteStore } = load('@rotorsoft/act-sqlite') as ActModule;
    const store = new SqliteStore({ url: `file:${join(folder, 'act.db')}` });
    await store.seed();
    return {
      append: (stream, version, body) =>
        store.commit(stream, [{ name: 'ExpenseAdded', data: body }], { correlation: randomUUID(), causation: {} }, version - 1),
      close: () => store.dispose(),
    };
  },
};

/** What a contestant did: appends a second, and how many of the concurrent ones failed. */
interface Score {
  readonly single: number;
  readonly concurrent: number;
  readonly failures: number;
}

/** Run in a process of its own, since one that fails may take its process along. A line for each part that it came through. */
async function run(name: string, folder: string): Promise<void> {
  const contestant = await CONTESTANTS[name]?.(folder);
  if (contestant === undefined) throw new Error(`no contestant is called ${name}`);
  for (let version = 0; version < WARM; version += 1) await contestant.append('warm', version, data());
  const begun = performance.now();
  for (let version = 0; version < SINGLE; version += 1) await contestant.append('one', version, data());
  writeSync(1, `single ${(SINGLE / (performance.now() - begun)) * 1_000}\n`);
  const began = performance.now();
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(contestant, `many-${writer}`)));
  writeSync(1, `took ${performance.now() - began}\n`);
  await contestant.close();
}

async function write(contestant: Contestant, stream: string): Promise<void> {
  let version = 0;
  for (let time = 0; time < EACH; time += 1) {
    try {
      await contestant.append(stream, version, data());
      version += 1;
      writeSync(1, 'done 1\n');
    } catch {
      // Whoever uses it would have to try again; here it counts as failed.
    }
  }
}

function score(name: string, folder: string): Score {
  const { stdout } = spawnSync(process.execPath, [import.meta.filename, name, folder], { encoding: 'utf8', timeout: 120_000 });
  const figures = (what: string): readonly number[] =>
    stdout.split('\n').flatMap((line) => (line.startsWith(`${what} `) ? [Number(line.slice(what.length + 1))] : []));
  const [single = Number.NaN] = figures('single');
  const [took = Number.NaN] = figures('took');
  const done = figures('done').length;
  return { single, concurrent: (done / took) * 1_000, failures: WRITERS * EACH - done };
}

/** Ours against each of them. Nothing when they are not installed. A figure is NaN where a peer's process died. */
export async function peersBench() {
  try {
    load.resolve('@rotorsoft/act-sqlite');
  } catch {
    process.stdout.write('Not measured: the stores of others. Install them: npm ci --prefix tests/bench/peers\n');
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'kakeibo-peers-'));
  try {
    const [worker, caller] = [score('worker', folder), score('caller', folder)];
    return (['Act', 'Emmett'] as const).flatMap((peer) => {
      const theirs = score(peer, folder);
      const goal = peer === 'Act' ? 2 : 10;
      const row = (name: string, mine: number, other: number, wanted: number | string) => {
        const ratio = Number((mine / other).toFixed(2));
        return { name, ours: Math.round(mine), bare: Math.round(other), ratio, goal: wanted };
      };
      return [
        row(`single durable append, caller, against the SQLite store of ${peer}`, caller.single, theirs.single, goal),
        row(`single durable append, worker, against the SQLite store of ${peer}`, worker.single, theirs.single, ''),
        row(`${WRITERS} concurrent writers, what comes through, against ${peer}`, worker.concurrent, theirs.concurrent, goal),
        row(`of ${WRITERS * EACH} such appends fail, against ${peer}`, worker.failures, theirs.failures, ''),
      ];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const [name, folder] = process.argv.slice(2);
  if (name !== undefined && folder !== undefined) await run(name, folder);
  else console.table(await peersBench());
}
