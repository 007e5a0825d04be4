/** Starts appending programs, and compares what they were told with what the file holds. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { openSqlite } from '@kakeibo/adapters/sqlite';
import type { EventStore, StoredEvent } from '@kakeibo/core';
import { expect } from 'vitest';

import type { AppenderLine, AppenderOrder } from './appender.ts';

const APPENDER = fileURLToPath(new URL('./appender.ts', import.meta.url));

/** A program that runs, and what it said so far. */
export interface Appender {
  readonly child: ChildProcess;
  readonly lines: readonly AppenderLine[];
  /** Resolves with the first line. */
  readonly begun: Promise<void>;
  /** Kills it by SIGKILL when it has said so much. */
  killedAfter(lines: number): Promise<void>;
  /** Resolves with its signal or exit code. */
  readonly ended: Promise<string | number | null>;
}

/** Starts one; `before` is put in front of the command, for a tracer. */
export function startAppender(order: AppenderOrder, before: readonly string[] = []): Appender {
  const [command, ...rest] = [...before, process.execPath, APPENDER, JSON.stringify(order)];
  const isTraced = before.length > 0;
  // What is traced writes the ledger's files and no others: Node.js keeps compiled code at its end.
  const env = isTraced ? { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' } : process.env;
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', isTraced ? 'ignore' : 'inherit'], env });
  const lines: AppenderLine[] = [];
  const reader = createInterface({ input: child.stdout });
  const begun = new Promise<void>((resolve) => {
    reader.on('line', (line) => {
      lines.push(JSON.parse(line) as AppenderLine);
      resolve();
    });
    reader.on('close', resolve);
  });
  const closed = new Promise<void>((resolve) => void reader.on('close', resolve));
  const exited = new Promise<string | number | null>((resolve) => {
    child.on('exit', (code, signal) => resolve(signal ?? code));
  });
  const ended = exited.then((end) => closed.then(() => end));
  const killedAfter = async (count: number): Promise<void> => {
    while (lines.length < count && child.exitCode === null) await sleep(1);
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
  };
  return { child, lines, begun, killedAfter, ended };
}

/** The whole log of a file. */
export async function logOf(file: string, writer: 'worker' | 'caller' = 'worker'): Promise<readonly StoredEvent[]> {
  const { events, close } = await openSqlite({ file, writer });
  const log = await wholeLog(events);
  await close();
  return log;
}

/** The whole log of a store. */
export async function wholeLog(events: EventStore): Promise<readonly StoredEvent[]> {
  const log: StoredEvent[] = [];
  for (let slice = await events.readAll({ after: 0, limit: 10_000 }); slice.length > 0;) {
    log.push(...slice);
    slice = await events.readAll({ after: log.length, limit: 10_000 });
  }
  return log;
}

/** Every claim that a log must stand up to, whatever happened to the programs that wrote it. */
export function expectSound(log: readonly StoredEvent[], lines: readonly AppenderLine[], eventsEach: number): void {
  expect(log.map(({ position }) => position)).toEqual(log.map((_, at) => at + 1));
  const byId = new Map(log.map((event) => [event.id, event]));
  expect(byId.size).toBe(log.length);
  const versions = new Map<string, number>();
  for (const { stream, version } of log) {
    expect(version).toBe((versions.get(stream) ?? 0) + 1);
    versions.set(stream, version);
  }
  const batches = new Map<unknown, number>();
  for (const { data } of log) batches.set(data['batch'], (batches.get(data['batch']) ?? 0) + 1);
  expect(
    [...batches.values()].filter((count) => count !== eventsEach),
    'half an append',
  ).toEqual([]);
  for (const { answer, ids, versions: told } of lines) {
    const stored = ids.map((id) => byId.get(id)?.version);
    if (answer === 'appended') expect(stored, 'acknowledged and kept').toEqual(told);
    else if (answer !== 'outcome-unknown') expect(stored, `${answer}: nothing was written`).toEqual(ids.map(() => undefined));
  }
}
