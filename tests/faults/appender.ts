/** A program that appends for ever, or so many times, and says what was acknowledged: `node appender.ts '{…}'` */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';

import { openDb2 } from '@kakeibo/adapters/db2';
import type { Db2, Db2Options } from '@kakeibo/adapters/db2';
import { openMysql } from '@kakeibo/adapters/mysql';
import type { Mysql, MysqlOptions } from '@kakeibo/adapters/mysql';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import type { Sqlite } from '@kakeibo/adapters/sqlite';
import { StoreError } from '@kakeibo/core';
import type { AppendResult, NewEvent } from '@kakeibo/core';

import { db2Driver } from '../db2/derby.ts';

/** What to do. */
export interface AppenderOrder {
  /** The SQLite file, */
  readonly file?: string;
  readonly writer?: 'worker' | 'caller';
  /** or the database, */
  readonly mysql?: MysqlOptions;
  /** or the one in Db2. */
  readonly db2?: Db2Options;
  readonly streams: readonly string[];
  /** Events in each append. */
  readonly events: number;
  /** Appends to each stream; none: for ever. */
  readonly times?: number;
  /** How many characters each event has beside its marks. */
  readonly padding?: number;
  /** When all is appended it keeps the file open and waits to be killed, so that no log is written into it. */
  readonly stays?: boolean;
  /** Dies by SIGKILL at the first append that is not accepted. */
  readonly dies?: boolean;
}

/** One line for each answer. */
export interface AppenderLine {
  readonly stream: string;
  readonly ids: readonly string[];
  readonly answer: AppendResult['kind'] | StoreError['code'];
  readonly versions: readonly number[];
}

/** How long others may keep the lock before it is told that they do. */
const PATIENT_MS = 60_000;

const order = JSON.parse(process.argv[2] ?? '') as AppenderOrder;

function open({ mysql, db2, file = '', writer = 'worker' }: AppenderOrder): Promise<Sqlite | Mysql | Db2> {
  if (mysql !== undefined) return openMysql({ busyTimeoutMs: PATIENT_MS, ...mysql });
  return db2 === undefined ? openSqlite({ file, writer, busyTimeoutMs: PATIENT_MS }) : openDb2({ ...db2, driver: db2Driver() });
}

const { events: store, close } = await open(order);

/** Written at once and whole, so that a line that is out was acknowledged before the kill. A full pipe is waited for. */
function say(line: AppenderLine): void {
  for (let rest = Buffer.from(`${JSON.stringify(line)}\n`); rest.length > 0;) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

async function appendTo(stream: string): Promise<void> {
  let expected = (await store.read(stream, { after: 0, limit: 10_000 })).length;
  for (let done = 0; done < (order.times ?? Number.POSITIVE_INFINITY);) {
    const batch = randomUUID();
    const events = Array.from({ length: order.events }, (): NewEvent => ({
      id: randomUUID(),
      type: 'Noted',
      data: { batch, padding: 'x'.repeat(order.padding ?? 0) },
      meta: {},
    }));
    const ids = events.map(({ id }) => id);
    try {
      const result = await store.append(stream, events, { expected });
      if (result.kind === 'conflict') expected = result.actual;
      if (result.kind !== 'appended') continue;
      expected += order.events;
      done += 1;
      say({ stream, ids, answer: 'appended', versions: result.events.map(({ version }) => version) });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      say({ stream, ids, answer: error.code, versions: [] });
      if (order.dies === true) process.kill(process.pid, 'SIGKILL');
      done += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

await Promise.all(order.streams.map(appendTo));
if (order.stays === true) await new Promise((resolve) => setTimeout(resolve, 2 ** 31 - 1));
await close().catch((error: unknown) => {
  if (!(error instanceof StoreError)) throw error;
});
