/**
 * A log of a million events in an SQLite file: how fast it grows at its end against its start, and what memory it takes.
 * `node --expose-gc tests/bench/million.ts [events] [random]`
 *
 * The ids begin with their time, as those of the dashboard's and the command line's commands do; `random` ones do not.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import type { NewEvent } from '@kakeibo/core';
import { median, newEvent } from './turns.ts';

const EVENTS = Number(process.argv[2] ?? 1_000_000);
const isRandom = process.argv[3] === 'random';
const STREAMS = 1_000;
const PART = EVENTS / 20;

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-million-'));
const file = join(folder, 'ledger.db');
const { events, close } = await openSqlite({ file });

function nextEvent(): NewEvent {
  return isRandom ? newEvent(randomUUID()) : newEvent();
}

/** A hundred writers, each of which adds to its streams in turn, one event an append. */
async function part(from: number): Promise<number> {
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: 100 }, async (_, writer) => {
      for (let at = from + writer; at < from + PART; at += 100) {
        const { kind } = await events.append(`wallet-${at % STREAMS}`, [nextEvent()], { expected: Math.floor(at / STREAMS) });
        if (kind !== 'appended') throw new Error(kind);
      }
    }),
  );
  return (PART / (performance.now() - begun)) * 1_000;
}

const rates: number[] = [];
const memory: number[] = [];
for (let from = 0; from < EVENTS; from += PART) {
  rates.push(await part(from));
  globalThis.gc?.();
  memory.push(process.memoryUsage().rss / 2 ** 20);
  process.stdout.write(`${from + PART} events: ${Math.round(rates.at(-1) ?? 0)}/s, ${Math.round(memory.at(-1) ?? 0)} MB\n`);
}
const [first, last] = [median(rates.slice(0, 5)), median(rates.slice(-5))];
console.table([
  { what: 'appends a second, the first quarter', figure: Math.round(first) },
  { what: 'appends a second, the last quarter', figure: Math.round(last) },
  { what: 'last against first (goal ≥ 0.8)', figure: Number((last / first).toFixed(2)) },
  { what: 'memory after the first quarter (MB)', figure: Math.round(memory[4] ?? 0) },
  { what: 'memory at the end (MB)', figure: Math.round(memory.at(-1) ?? 0) },
  { what: 'file (MB)', figure: Math.round(statSync(file).size / 2 ** 20) },
]);
await close();
rmSync(folder, { recursive: true });
