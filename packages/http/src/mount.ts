import { Router, type RequestHandler } from 'express';
import type { Operation } from './operation.ts';
import { Problem } from './problem.ts';
import { send, sendError } from './respond.ts';
import type { Service } from './service.ts';
import { traceOf } from './trace.ts';

const HANDLER_TIMEOUT_MS = 30_000;

/** Puts operations on a router; another method on one of their paths is refused with those that there are. */
export function mountOperations(
  operations: readonly Operation[],
  service: Service,
  options: { readonly timeoutMs?: number },
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const paths = byPath(operations);
  // One route a path, since the router looks at one after another; refusals last, since a path may fit another one too.
  for (const [path, ofPath] of paths) {
    const route = router.route(expressPath(path));
    for (const operation of ofPath) route[operation.method](handlerOf(operation, service, options));
  }
  for (const [path, ofPath] of paths) router.all(expressPath(path), refuseMethod(ofPath));
  return router;
}

function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function byPath(operations: readonly Operation[]): ReadonlyMap<string, readonly Operation[]> {
  const found = new Map<string, Operation[]>();
  for (const operation of operations) found.set(operation.path, [...(found.get(operation.path) ?? []), operation]);
  return found;
}

function refuseMethod(operations: readonly Operation[]): RequestHandler {
  const allow = operations.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()])).join(', ');
  return ({ method }) => {
    throw new Problem(405, 'method-not-allowed', `This address does not take ${method}. It takes: ${allow}.`, {
      headers: { Allow: allow },
    });
  };
}

function handlerOf(
  operation: Operation,
  service: Service,
  { timeoutMs = HANDLER_TIMEOUT_MS }: { readonly timeoutMs?: number },
): RequestHandler {
  const { path: route, timeoutMs: limitMs = timeoutMs } = operation;
  return async (request, response) => {
    const trace = traceOf(response);
    if (trace !== undefined) {
      trace.route = route;
      trace.isStream = limitMs === 'none';
    }
    const timer = limitMs === 'none' ? undefined : setTimeout(() => sendError(request, response, timedOut(limitMs)), limitMs);
    try {
      const answer = await operation.run(request, response, service);
      if (answer !== undefined && !response.headersSent) send(request, response, answer);
    } catch (error) {
      sendError(request, response, error);
    } finally {
      clearTimeout(timer);
    }
  };
}

function timedOut(limitMs: number): Problem {
  const detail = `This took longer than ${limitMs / 1_000} seconds. A write may yet happen: send it again with the same Idempotency-Key.`;
  return new Problem(503, 'time-out', detail, { headers: { 'Retry-After': '5' } });
}
