import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { EventStore } from '@kakeibo/core';

/** The figures that a service gives to Prometheus. */
export interface Metrics {
  readonly contentType: string;
  /** The text that Prometheus reads. */
  text(): Promise<string>;
  observe(request: { readonly method: string; readonly route: string; readonly status: number; readonly seconds: number }): void;
  /** The store, with what is appended counted. */
  counting(store: EventStore): EventStore;
  watchListeners(count: () => number): void;
  watchRunner(isWorking: () => boolean): void;
}

const BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Makes the figures, in a registry of their own. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const labelNames = ['method', 'route', 'status'] as const;
  const durations = new Histogram({
    name: 'kakeibo_http_request_duration_seconds',
    help: 'How long requests took, by route pattern.',
    labelNames,
    buckets: BUCKETS_S,
    registers,
  });
  const appended = new Counter({ name: 'kakeibo_events_appended_total', help: 'Events that this process stored.', registers });
  // Routes, methods and statuses are few; finding a series by its labels anew for each request costs more than measuring it.
  const series = new Map<string, Histogram.Internal<(typeof labelNames)[number]>>();
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    observe({ method, route, status, seconds }) {
      const key = `${method} ${status} ${route}`;
      let one = series.get(key);
      if (one === undefined) {
        one = durations.labels({ method, route, status: String(status) });
        series.set(key, one);
      }
      one.observe(seconds);
    },
    counting: (store) => ({
      ...store,
      async append(stream, events, options) {
        const result = await store.append(stream, events, options);
        if (result.kind === 'appended') appended.inc(result.events.length);
        return result;
      },
    }),
    watchListeners(count) {
      new Gauge({
        name: 'kakeibo_live_listeners',
        help: 'Open lines of server-sent events.',
        registers,
        collect() {
          this.set(count());
        },
      });
    },
    watchRunner(isWorking) {
      new Gauge({
        name: 'kakeibo_runner_working',
        help: 'Whether this process does what the ledger calls for by itself (1), or stands by (0).',
        registers,
        collect() {
          this.set(isWorking() ? 1 : 0);
        },
      });
    },
  };
}
