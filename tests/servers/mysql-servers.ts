/**
 * The servers that the tests of one run have in common: whoever needs one first starts it, and it ends with the run.
 * Each test takes a database of its own.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';

import { createConnection } from 'mysql2/promise';

import type { Engine } from './programs.ts';
import { ADMIN, startServer } from './start.ts';
import type { Started } from './start.ts';

/** A server of a run. */
export interface TestServer extends Started {
  /** Names no database. */
  readonly url: string;
  /** The file of the authority that signed its certificate, which is for `localhost`. */
  readonly ca: string;
  /** Makes an empty database and names it as a URL. `more` goes behind CREATE DATABASE. */
  freshDatabase(more?: string): Promise<string>;
  /** Runs a statement as one who may do everything. */
  execute(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** The process that the tests of a run have in common: theirs are forked from it, or its threads. An orphan is alone. */
const RUN = isMainThread && process.ppid > 1 ? process.ppid : process.pid;

/** How long a test may wait for a server to be there: give it to `beforeAll`. */
export const START_MS = 180_000;

/** Oracle's MySQL. */
export function mysqlServer(): Promise<TestServer> {
  return (mysql ??= sharedServer('mysql'));
}
let mysql: Promise<TestServer> | undefined;

/** MariaDB. */
export function mariadbServer(): Promise<TestServer> {
  return (mariadb ??= sharedServer('mariadb'));
}
let mariadb: Promise<TestServer> | undefined;

async function sharedServer(engine: Engine): Promise<TestServer> {
  const folder = join(tmpdir(), `kakeibo-${engine}-${RUN}`);
  const said = join(folder, 'started.json');
  if (isFirst(folder)) {
    const started = await startServer(engine, { folder, owner: RUN });
    writeFileSync(`${said}.new`, JSON.stringify(started));
    renameSync(`${said}.new`, said);
    return serverOf(started);
  }
  const deadline = performance.now() + START_MS;
  while (!existsSync(said)) {
    if (performance.now() > deadline) throw new Error(`${engine} was to be started by another test, and is not there`);
    await sleep(50);
  }
  return serverOf(JSON.parse(readFileSync(said, 'utf8')) as Started);
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** What tests do with a server that runs. */
export function serverOf(started: Started): TestServer {
  let databases = 0;
  const { user, password } = ADMIN;
  const url = `mysql://${user}:${password}@127.0.0.1:${started.port}/`;
  const execute = async (sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    const connection = await createConnection({ host: '127.0.0.1', port: started.port, user, password });
    try {
      const [rows] = await connection.query(sql);
      return Array.isArray(rows) ? (rows as Readonly<Record<string, unknown>>[]) : [];
    } finally {
      await connection.end();
    }
  };
  return {
    ...started,
    url,
    ca: join(started.folder, 'ca.pem'),
    execute,
    async freshDatabase(more = '') {
      const name = `kakeibo_${process.pid}_${++databases}`;
      await execute(`CREATE DATABASE ${name} ${more}`);
      return `${url}${name}`;
    },
  };
}
