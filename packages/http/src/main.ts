#!/usr/bin/env node
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { csvExport, inSlices, readCsv } from '@kakeibo/adapters/csv';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import { createLedger, StoreError } from '@kakeibo/core';
import { createApp } from './app.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { fairReads } from './fair-reads.ts';
import { createLive } from './live.ts';
import { createLogger } from './logging.ts';
import { createMetrics } from './metrics.ts';
import { serve } from './serve.ts';

const DASHBOARD = fileURLToPath(new URL('../dashboard-dist', import.meta.url));
const BAD_SETTINGS = 2;
const CANNOT_START = 1;
const MAX_STOP_MS = 10_000;

/** Plugs everything together and serves until it is told to stop. */
async function start(config: Config): Promise<void> {
  const sqlite = await openSqlite({ file: config.store.file });
  const logger = createLogger(config.logLevel);
  const metrics = createMetrics();
  const { events, views } = fairReads(sqlite);
  const store = metrics.counting(events);
  const ledger = createLedger({ store, views, clock: Date, ids: { next: randomUUID } });
  const live = createLive({ ledger, store });
  const app = createApp({
    ledger,
    store,
    live,
    logger,
    metrics,
    formats: { csv: { read: readCsv, write: csvExport, inSlices } },
    health: () => sqlite.check(),
    writesPerMinute: config.writesPerMinute,
    ...(existsSync(DASHBOARD) ? { dashboard: DASHBOARD } : {}),
  });
  const serving = await serve(app, config).catch(async (error: unknown) => {
    await sqlite.close();
    throw error;
  });
  console.log(`Kakeibo listens on ${serving.url} and keeps its ledger in ${config.store.file}`);
  onStop(async () => {
    const drained = serving.drain();
    await live.close();
    await drained;
    await sqlite.close();
    await new Promise<void>((resolve) => logger.flush(() => resolve()));
  });
}

/** Stops in order at the first signal, at once at the second. */
function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(CANNOT_START);
    stopping = true;
    setTimeout(() => process.exit(CANNOT_START), MAX_STOP_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error, CANNOT_START),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

function fail(error: unknown, exitCode: number): never {
  console.error(`kakeibo: ${reasonOf(error)}`);
  process.exit(exitCode);
}

/** One line for a person who starts a service. */
function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof StoreError) return `the ledger cannot be opened: ${error.message}`;
  if (!(error instanceof Error)) return String(error);
  const { code, address, port } = error as NodeJS.ErrnoException & { readonly address?: string; readonly port?: number };
  if (code === 'EADDRINUSE') return `port ${port} on ${address} is taken: stop what listens there, or set PORT`;
  if (code === 'EACCES') return `port ${port} on ${address} may not be used: set PORT to one from 1024 on`;
  return error.message;
}

try {
  await start(readConfig(process.env));
} catch (error) {
  fail(error, error instanceof ConfigError ? BAD_SETTINGS : CANNOT_START);
}
