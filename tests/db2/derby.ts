/** The test bed as seen by tests: started by the first who needs it, ended with the process. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import { openDb2 } from '@kakeibo/adapters/db2';
import type { Db2, Db2Driver, Db2Options } from '@kakeibo/adapters/db2';

import type { Question } from './bed.ts';
import type { Fault } from './bridge.ts';

interface Bed {
  ask(question: Question): Promise<unknown>;
}

let bed: Promise<Bed> | undefined;
let schemas = 0;

/** IBM's binding, which only this folder has. */
export function db2Driver(): Db2Driver {
  return createRequire(import.meta.url)('ibm_db') as Db2Driver;
}

function startBed(): Promise<Bed> {
  const child: ChildProcess = fork(fileURLToPath(new URL('bed.ts', import.meta.url)), { execArgv: [] });
  const pending = new Map<number, { resolve(value: unknown): void; reject(reason: unknown): void }>();
  let last = 0;
  const expect = (number: number): Promise<unknown> =>
    new Promise((resolve, reject) => {
      pending.set(number, { resolve, reject });
      if (pending.size === 1) {
        child.ref();
        child.channel?.ref();
      }
    });
  child.on('message', ({ number, value, error }: { number: number; value?: unknown; error?: string }) => {
    const waiting = pending.get(number);
    pending.delete(number);
    // Only a question keeps the program alive; an idle server does not.
    if (pending.size === 0) {
      child.unref();
      child.channel?.unref();
    }
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(error));
  });
  child.on('exit', () => {
    for (const { reject } of pending.values()) reject(new Error('the Db2 test bed ended'));
  });
  return expect(0).then(() => ({
    ask(question) {
      const answer = expect((last += 1));
      child.send({ number: last, question });
      return answer;
    },
  }));
}

/** A way to the server that can be broken. */
export interface Db2Line {
  readonly options: Db2Options;
  plan(fault: Fault | undefined): Promise<void>;
  cut(refuse: boolean): Promise<void>;
  password(): Promise<string | undefined>;
  lines(): Promise<number>;
  /** How many commands were hit by what was planned. */
  hits(): Promise<number>;
}

/** Asks the bed for something beside its bridges. */
export async function askBed(question: Question): Promise<unknown> {
  return (await (bed ??= startBed())).ask(question);
}

/** Opens a bridge of its own, and names an empty schema; with a certificate it speaks TLS, to a schema that is there. */
export async function freshLine(tls?: {
  readonly key: string;
  readonly cert: string;
  readonly schema: string;
}): Promise<Db2Line> {
  const { ask } = await (bed ??= startBed());
  const port = (await ask({ ask: 'bridge', ...(tls === undefined ? {} : { certificate: tls }) })) as number;
  schemas += 1;
  const schema = tls?.schema ?? `T${process.pid}_${schemas}`;
  if (tls === undefined) await run({ port }, `CREATE SCHEMA ${schema}`);
  return {
    options: {
      database: 'KAKEIBO',
      host: '127.0.0.1',
      port,
      user: 'app',
      password: 'app',
      schema,
      authentication: 'server',
      driver: db2Driver(),
      readers: 2,
      // Whoever waits here waits for a machine that does other work too.
      acquireTimeoutMs: 60_000,
      busyTimeoutMs: 30_000,
    },
    plan: async (fault) => void (await ask({ ask: 'plan', port, ...(fault === undefined ? {} : { fault }) })),
    cut: async (refuse) => void (await ask({ ask: 'cut', port, refuse })),
    password: async () => (await ask({ ask: 'password', port })) as string | undefined,
    lines: async () => (await ask({ ask: 'lines', port })) as number,
    hits: async () => (await ask({ ask: 'hits', port })) as number,
  };
}

interface Raw {
  openSync(text: string): void;
  querySync(sql: string): unknown;
  closeSync(): void;
}

/** Runs statements past the adapter. The bridge is elsewhere, so that this may stop the event loop. */
export async function run(
  { port, schema }: { readonly port?: number | undefined; readonly schema?: string | undefined },
  ...statements: readonly string[]
): Promise<readonly unknown[]> {
  const database = new (db2Driver().Database as unknown as new () => Raw)();
  database.openSync(`DATABASE=KAKEIBO;HOSTNAME=127.0.0.1;PORT=${port};PROTOCOL=TCPIP;UID=app;PWD=app;AUTHENTICATION=SERVER;`);
  const answers: unknown[] = [];
  for (const sql of [...(schema === undefined ? [] : [`SET SCHEMA ${schema}`]), ...statements]) {
    const answer = database.querySync(sql);
    if (answer instanceof Error) throw answer;
    answers.push(answer);
  }
  database.closeSync();
  return answers;
}

/** An empty ledger in Db2 that can be opened more than once, for tests that ask for any store. */
export async function freshDb2(): Promise<{ open(options?: Partial<Db2Options>): Promise<Db2>; close(): Promise<void> }> {
  const { options } = await freshLine();
  const opened: Db2[] = [];
  return {
    async open(more = {}) {
      const store = await openDb2({ ...options, busyTimeoutMs: 60_000, ...more });
      opened.push(store);
      return store;
    },
    async close() {
      await Promise.all(opened.map((store) => store.close()));
    },
  };
}
