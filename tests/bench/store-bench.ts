/** The SQLite store against bare node:sqlite: how much of the engine's speed is left. `node tests/bench/store-bench.ts` */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DatabaseSync } from 'node:sqlite';

import { openSqlite } from '@kakeibo/adapters/sqlite';
import type { NewEvent } from '@kakeibo/core';
import { compare, hundred, median, newEvent, oneByOne, replay, type BenchRow } from './turns.ts';

const INSERT =
  'INSERT INTO events (position, stream, version, id, type, data, meta, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';

/** As the store has it, which makes fewer checkpoints while many write at once. */
const checkpointAfter = (mebibytes: number): string => `PRAGMA wal_autocheckpoint = ${mebibytes * 512}`;

/** The engine by hand: the same tables and settings, nothing around them. */
function openBare(file: string): {
  insert(stream: string, version: number, event: NewEvent): void;
  exec(sql: string): void;
  readAll(): number;
  close(): void;
} {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA synchronous = FULL; ${checkpointAfter(2)}`);
  const statement = database.prepare(INSERT);
  const select = database.prepare('SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?');
  let position = 0;
  return {
    insert(stream, version, { id, type, data, meta }) {
      statement.run(++position, stream, version, id, type, JSON.stringify(data), JSON.stringify(meta), Date.now() * 1000);
    },
    exec: (sql) => database.exec(sql),
    readAll() {
      let after = 0;
      for (;;) {
        const rows = select.all(after, 1_000);
        for (const row of rows) row['parsed'] = [JSON.parse(String(row['data'])), JSON.parse(String(row['meta']))] as never;
        if (rows.length === 0) return after;
        after += rows.length;
      }
    },
    close: () => database.close(),
  };
}

async function benchWriter(folder: string, writer: 'worker' | 'caller'): Promise<readonly BenchRow[]> {
  const [ours, theirs] = [join(folder, `${writer}.db`), join(folder, `${writer}-bare.db`)];
  await (await openSqlite({ file: theirs })).close();
  const { events, close } = await openSqlite({ file: ours, writer });
  const bare = openBare(theirs);
  let version = 0;
  const insert = (stream: string): void => bare.insert(stream, ++version, newEvent());
  const single = { name: `single durable append, ${writer}`, goal: writer === 'worker' ? 0.6 : 0.8, rounds: 300, operations: 5 };
  const concurrent = { name: `100 concurrent appenders, ${writer}`, goal: 0.6, rounds: 40, operations: 300 };
  const one = await compare(single, oneByOne(events, 'one', 5), () => {
    for (let at = 0; at < 5; at += 1) insert('one');
  });
  bare.exec(checkpointAfter(48));
  const rows = [
    one,
    await compare(concurrent, hundred(events, 'many', 3), () => {
      for (let batch = 0; batch < 3; batch += 1) {
        bare.exec('BEGIN IMMEDIATE');
        for (let at = 0; at < 100; at += 1) insert(`many-${at}`);
        bare.exec('COMMIT');
      }
    }),
  ];
  bare.close();
  await close();
  return rows;
}

async function benchReplay(folder: string): Promise<BenchRow> {
  const file = join(folder, 'replay.db');
  const { events, close } = await openSqlite({ file });
  for (let expected = 0; expected < 50_000; expected += 1_000)
    await events.append(
      'log',
      Array.from({ length: 1_000 }, () => newEvent()),
      { expected },
    );
  const bare = openBare(file);
  const row = await compare(
    { name: 'replay of 50,000 events', goal: 0.6, rounds: 8, operations: 50_000 },
    async () => void (await replay(events)),
    () => void bare.readAll(),
  );
  bare.close();
  await close();
  return row;
}

/**
 * The longest pause of the caller's event loop, in milliseconds: the median of several runs, since a busy machine also stops
 * a program that does nothing. `ratio` is the bound over the pause.
 */
async function benchPause(folder: string): Promise<BenchRow> {
  const { events, close } = await openSqlite({ file: join(folder, 'pause.db') });
  await hundred(events, 'warm', 10)();
  const pauses: number[] = [];
  for (let run = 0; run < 9; run += 1) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await hundred(events, `many-${run}`, 30)();
    delay.disable();
    pauses.push(delay.max / 1e6);
  }
  await close();
  const longest = median(pauses);
  return {
    name: 'longest event-loop pause with 100 appenders, worker (ms)',
    ours: Number(longest.toFixed(1)),
    bare: 50,
    ratio: Number((50 / longest).toFixed(2)),
    goal: 1,
  };
}

/** Measures everything, on a fresh folder that is removed afterwards. */
export async function storeBench(parent = tmpdir()): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(parent, 'kakeibo-bench-'));
  try {
    return [
      ...(await benchWriter(folder, 'caller')),
      ...(await benchWriter(folder, 'worker')),
      await benchReplay(folder),
      await benchPause(folder),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const rows = await storeBench();
  console.table(rows);
}
