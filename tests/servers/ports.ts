/** Ports for servers that are told theirs before they listen. */
import { createServer } from 'node:net';
import type { Server } from 'node:net';

/**
 * Below those that systems hand out by themselves (32768 and on with Linux, 49152 with others), since one of these may be the
 * near end of somebody's connection by the time the server starts. Each worker of the test runner looks at others.
 */
const [FIRST, LAST, WORKERS] = [10_000, 32_000, 8] as const;

/** Ports that nobody listens on at this moment, no two alike. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const worker = Number(process.env['VITEST_POOL_ID'] ?? 0) % WORKERS;
  const held = new Map<number, Server>();
  while (held.size < count) {
    const port = FIRST + Math.floor((Math.random() * (LAST - FIRST)) / WORKERS) * WORKERS + worker;
    const server = held.has(port) ? undefined : await listenOn(port);
    if (server !== undefined) held.set(port, server);
  }
  await Promise.all([...held.values()].map((server) => new Promise((resolve) => server.close(resolve))));
  return [...held.keys()];
}

/** One of them. */
export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

function listenOn(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
