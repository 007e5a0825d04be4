/** Starts a server of its own on a folder of its own. */
import { execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { createConnection } from 'mysql2/promise';

import { freePort } from './ports.ts';
import { programOf } from './programs.ts';
import type { Engine } from './programs.ts';

const run = promisify(execFile);

/** A server that runs. */
export interface Started {
  readonly engine: Engine;
  readonly folder: string;
  readonly port: number;
  readonly pid: number;
}

/** Who may do everything on the servers of the tests. */
export const ADMIN = { user: 'app', password: 'apppw' } as const;

const UP_MS = 120_000;

/** Starts a server and waits until it answers. `options` are its own, after ours. It ends with `owner`, and its folder with it. */
export async function startServer(
  engine: Engine,
  {
    folder,
    owner = process.pid,
    port,
    options = [],
  }: { folder: string; owner?: number; port?: number; options?: readonly string[] },
): Promise<Started> {
  mkdirSync(folder, { recursive: true });
  const at = port ?? (await freePort());
  const program = programOf(engine, { folder, port: at });
  if (!existsSync(join(folder, 'init.sql'))) await prepare(folder, program.initialize);
  const log = openSync(join(folder, 'out.log'), 'a');
  const [command, ...rest] = program.serve;
  const child = spawn(command, [...rest, ...options], { stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} does not start`);
  child.unref();
  watch(owner, pid, folder);
  await answering({ engine, folder, port: at, pid });
  return { engine, folder, port: at, pid };
}

async function prepare(folder: string, [command, ...options]: readonly [string, ...string[]]): Promise<void> {
  await Promise.all([run(command, options), makeCertificates(folder)]);
  writeFileSync(
    join(folder, 'init.sql'),
    `CREATE USER IF NOT EXISTS ${ADMIN.user}@'%' IDENTIFIED BY '${ADMIN.password}';\nGRANT ALL ON *.* TO ${ADMIN.user}@'%' WITH GRANT OPTION;\n`,
  );
}

/** An authority of its own, and a certificate for `localhost`. */
async function makeCertificates(folder: string): Promise<void> {
  const [ca, caKey, cert, key, request, names] = ['ca.pem', 'ca-key.pem', 'cert.pem', 'key.pem', 'request.pem', 'names'].map(
    (name) => join(folder, name),
  ) as [string, string, string, string, string, string];
  writeFileSync(names, 'subjectAltName=DNS:localhost\n');
  const fresh = ['req', '-newkey', 'rsa:2048', '-nodes', '-keyout'];
  await run('openssl', [...fresh, caKey, '-x509', '-days', '2', '-subj', '/CN=Kakeibo tests', '-out', ca]);
  await run('openssl', [...fresh, key, '-subj', '/CN=localhost', '-out', request]);
  const signed = ['x509', '-req', '-in', request, '-CA', ca, '-CAkey', caKey, '-CAcreateserial', '-days', '2', '-extfile', names];
  await run('openssl', [...signed, '-out', cert]);
}

/** Ends the server when its owner is gone, however that ended. */
function watch(owner: number, pid: number, folder: string): void {
  const script =
    'while kill -0 "$1" 2>/dev/null && kill -0 "$2" 2>/dev/null; do sleep 1; done; kill -0 "$1" 2>/dev/null || { kill -9 "$2" 2>/dev/null; sleep 1; rm -rf "$3"; }';
  spawn('sh', ['-c', script, 'watch', String(owner), String(pid), folder], { stdio: 'ignore', detached: true }).unref();
}

async function answering({ folder, port, pid }: Started): Promise<void> {
  const deadline = performance.now() + UP_MS;
  for (;;) {
    try {
      const connection = await createConnection({ host: '127.0.0.1', port, ...ADMIN });
      await connection.end();
      return;
    } catch (error) {
      if (!isAlive(pid) || performance.now() > deadline)
        throw new Error(`the server does not start: ${lastOf(join(folder, 'error.log'))}`, { cause: error });
      await sleep(50);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function lastOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').slice(-2_000) : '';
}
