import { performance } from 'node:perf_hooks';
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { Clock, EventStore, Ledger } from '@kakeibo/core';
import type { Logger } from 'pino';
import { serveDashboard } from './dashboard.ts';
import { docsRoutes } from './docs-page.ts';
import type { ExportFormats } from './export-formats.ts';
import type { Formats } from './formats.ts';
import { guardHost, guardOrigin } from './guards.ts';
import { limitWrites } from './limiter.ts';
import { createLive, type Live } from './live.ts';
import { logRequest } from './logging.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { mountOperations } from './mount.ts';
import { operations } from './operations.ts';
import { Problem } from './problem.ts';
import { sendError } from './respond.ts';
import type { Health, Service } from './service.ts';
import { startTrace, type Trace } from './trace.ts';
import { createWalletReads } from './wallet-reads.ts';

export interface AppOptions {
  readonly ledger: Ledger;
  /** The store under the ledger: what is told live and exported is read from it. */
  readonly store: EventStore;
  /** File formats for import and export; without them imports are refused. */
  readonly formats?: Formats;
  /** What OFX, workbooks and PDF are written with; without it those exports are not there. */
  readonly exportFormats?: ExportFormats;
  /** Asks the store to read and write. A read only when left out. */
  readonly health?: () => Promise<Health>;
  /** The folder of the built dashboard. */
  readonly dashboard?: string;
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly metrics?: Metrics;
  /** The feed behind `/live`; give your own to be able to close it. */
  readonly live?: Live;
  /**
   * Refuses hosts but this machine and writes from other sites (default). Only an application that has its own rules, and
   * authenticates, turns it off.
   */
  readonly guard?: boolean;
  /** How many writes a client may send in a minute; 12,000 when left out. */
  readonly writesPerMinute?: number | 'unlimited';
  /** How long a request may be handled before it is answered 503. */
  readonly handlerTimeoutMs?: number;
}

const WRITES_PER_MINUTE = 12_000;

/**
 * Makes the service as an Express application: to listen on its own, or to be mounted in another.
 *
 * @example
 * const store = createMemoryEventStore({ clock: Date });
 * const ledger = createLedger({ store, clock: Date, ids: { next: () => crypto.randomUUID() } });
 * express().use('/money', createApp({ ledger, store })).listen(3000);
 */
export function createApp(options: AppOptions): Express {
  const { ledger, store, clock = Date, metrics = createMetrics() } = options;
  const live = options.live ?? createLive({ ledger, store });
  metrics.watchListeners(() => live.listeners);
  const health = options.health ?? (() => readingOnly(store));
  const { formats, exportFormats } = options;
  const service: Service = { ledger, store, clock, metrics, live, health, reads: createWalletReads(), formats, exportFormats };
  const limits = options.handlerTimeoutMs === undefined ? {} : { timeoutMs: options.handlerTimeoutMs };

  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', false);
  app.set('case sensitive routing', true);
  app.use(begin(options, metrics));
  const perMinute = options.writesPerMinute ?? WRITES_PER_MINUTE;
  if (perMinute !== 'unlimited') app.use(limitWrites(perMinute));
  app.use(mountOperations(operations, service, limits));
  app.use(docsRoutes());
  if (options.dashboard !== undefined) app.use(serveDashboard(options.dashboard));
  app.use(() => {
    throw new Problem(404, 'not-found', 'There is nothing at this address. /docs lists what there is.');
  });
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => sendError(request, response, error));
  return app;
}

/** The first step of every request: notes for the log and the figures, and the guards. */
function begin({ guard = true, logger }: AppOptions, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const trace = startTrace(response);
    response.once('close', () => finish(request, response, trace, { logger, metrics }));
    if (guard) {
      guardHost(request);
      guardOrigin(request);
    }
    next();
  };
}

function finish(
  { method }: Request,
  response: Response,
  trace: Trace,
  to: { readonly logger: Logger | undefined; readonly metrics: Metrics },
): void {
  const { id, route, isStream, startedAt, code, error } = trace;
  const ms = performance.now() - startedAt;
  const status = response.headersSent ? response.statusCode : 499;
  to.metrics.observe({ method, route, status, seconds: ms / 1_000 });
  if (to.logger === undefined) return;
  const line = {
    requestId: id,
    method,
    route,
    status,
    ms: Math.round(ms * 10) / 10,
    ...(isStream && { isStream }),
    ...(code === undefined ? {} : { code }),
  };
  logRequest(to.logger, line, error);
}

async function readingOnly(store: EventStore): Promise<Health> {
  const canRead = await store.readAll({ after: 0, limit: 1 }).then(
    () => true,
    () => false,
  );
  return canRead ? { canRead, canWrite: true } : { canRead, canWrite: false, reason: 'the store does not answer' };
}
