import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readBankFile, sniffFormat } from '@kakeibo/adapters/bank-file';
import { csvExport, inSlices, readCsv } from '@kakeibo/adapters/csv';
import { ofxHead, ofxRows, ofxTail } from '@kakeibo/adapters/ofx-out';
import { printStatement } from '@kakeibo/adapters/pdf';
import { xlsxWriter } from '@kakeibo/adapters/xlsx-out';
import { createLedger, createRunner } from '@kakeibo/core';
import type { Express } from 'express';
import { v7 as uuid } from 'uuid';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { fairReads } from './fair-reads.ts';
import { createLive } from './live.ts';
import { createLogger, logTask } from './logging.ts';
import { createMetrics } from './metrics.ts';
import { noteWeakSettings } from './store-warnings.ts';
import type { Store } from './stores.ts';

const DASHBOARD = fileURLToPath(new URL('../dashboard-dist', import.meta.url));

/** The service, plugged together and not listening yet. */
export interface Plugged {
  readonly app: Express;
  /** Begins to do what the ledger calls for by itself, like the other half of a transfer, and notes what the store's settings leave weak. */
  begin(): void;
  /** Ends what the service does by itself; called while the requests under way are still answered. */
  quiet(): Promise<void>;
  /** Closes the store, when nothing asks any more. */
  close(): Promise<void>;
}

/** The composition root: settings and an open store to formats, ledger and application. The store is closed with it. */
export function plug(config: Config, opened: Store): Plugged {
  const logger = createLogger(config.logLevel);
  const metrics = createMetrics();
  const { events, views } = fairReads(opened);
  const store = metrics.counting(events);
  const ledger = createLedger({ store, views, clock: Date, ids: { next: () => uuid() } });
  const live = createLive({ ledger, store });
  const runner = createRunner({
    store,
    lists: [ledger.openTransfers, ledger.dueWork],
    timer: { sleep: (ms) => sleep(ms, undefined, { ref: false }) },
    onError: (error, key) => logTask(logger, key, error),
    lease: {
      store: opened.leases,
      holder: `${hostname().slice(0, 64)} ${process.pid} ${randomUUID()}`,
      stopwatch: { elapsedMs: () => performance.now() },
    },
  });
  metrics.watchRunner(() => runner.isWorking());
  const app = createApp({
    ledger,
    store,
    live,
    logger,
    metrics,
    formats: { csv: { read: readCsv, write: csvExport, inSlices }, bank: { sniff: sniffFormat, read: readBankFile } },
    exportFormats: { ofx: { head: ofxHead, rows: ofxRows, tail: ofxTail }, xlsx: xlsxWriter, pdf: printStatement },
    health: () => opened.check(),
    writesPerMinute: config.writesPerMinute,
    ...(existsSync(DASHBOARD) ? { dashboard: DASHBOARD } : {}),
  });
  return {
    app,
    begin() {
      runner.start();
      void noteWeakSettings(opened, logger);
    },
    async quiet() {
      await Promise.all([live.close(), runner.close()]);
    },
    async close() {
      await opened.close();
      await new Promise<void>((resolve) => logger.flush(() => resolve()));
    },
  };
}
