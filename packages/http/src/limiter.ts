import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { Problem } from './problem.ts';
import { sendError } from './respond.ts';

const WINDOW_MS = 60_000;

/** Refuses a client that writes more often than anybody types or imports. Reads are not counted. */
export function limitWrites(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: perMinute,
    standardHeaders: false,
    legacyHeaders: false,
    skip: ({ method }) => method === 'GET' || method === 'HEAD',
    handler(request, response) {
      const detail = `At most ${perMinute} writes a minute. Send it again in a while.`;
      sendError(
        request,
        response,
        new Problem(429, 'rate-limited', detail, { headers: { 'Retry-After': String(WINDOW_MS / 1_000) } }),
      );
    },
  });
}
