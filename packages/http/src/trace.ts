import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';

/** What is noted about a request while it is handled, for the log and the figures. */
export interface Trace {
  readonly id: string;
  readonly startedAt: number;
  /** The route's pattern: never the address itself, which names wallets and what is looked for. */
  route: string;
  /** Whether the answer goes on for as long as somebody takes it, so that it is not slow. */
  isStream: boolean;
  /** The code of the problem that was answered. */
  code?: string;
  /** What broke, when nobody foresaw it. */
  error?: unknown;
}

const TRACE = Symbol('trace');

type Traced = ServerResponse & { [TRACE]?: Trace };

/** Starts to take notes about a request. */
export function startTrace(response: ServerResponse): Trace {
  const trace: Trace = { id: randomUUID(), startedAt: performance.now(), route: 'unknown', isStream: false };
  (response as Traced)[TRACE] = trace;
  return trace;
}

export function traceOf(response: ServerResponse): Trace | undefined {
  return (response as Traced)[TRACE];
}
