import type { Request, Response } from 'express';
import type { Outcome, Version } from '@kakeibo/core';
import { writeHead } from './head.ts';
import { etagOf, hasSeen } from './headers.ts';
import { Problem, problemBody } from './problem.ts';
import { problemOf, rejected } from './statuses.ts';
import { traceOf } from './trace.ts';

/** What a route comes to: applied to the response in one place. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** The body as JSON, when it is ready. */
  readonly text?: string;
  /** The wallet's version, sent as ETag. */
  readonly version?: Version;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A read; with a version it can be answered 304. */
export function read(body: unknown, version?: Version): Answer {
  return version === undefined ? { status: 200, body } : { status: 200, body, version };
}

/** What came of a command, or the problem that it was refused with. */
export function written<Result>(
  outcome: Outcome<Result>,
  body: (result: Result, at: { readonly version: Version; readonly position: number }) => unknown,
  status = 200,
): Answer {
  const { kind, version, position, result } = accepted(outcome);
  const answer = { status, body: body(result, { version, position }), version };
  return kind === 'repeated' ? { ...answer, headers: { 'Idempotency-Replayed': 'true' } } : answer;
}

/** The outcome of a command that was not refused. */
export function accepted<Result>(outcome: Outcome<Result>): Extract<Outcome<Result>, { result: Result }> {
  if (outcome.kind === 'rejected') throw rejected(outcome.rejection);
  if (outcome.kind === 'conflict') {
    const { expected, actual } = outcome;
    const detail = `The wallet is at version ${actual}, not ${expected}. Read it again and decide anew.`;
    throw new Problem(412, 'version-conflict', detail, { figures: { expected, actual }, headers: { ETag: etagOf(actual) } });
  }
  return outcome;
}

/** Sends an answer as JSON. */
export function send(request: Request, response: Response, answer: Answer): void {
  const { status, body, text = JSON.stringify(body), version, headers } = answer;
  if (version !== undefined && request.method === 'GET' && hasSeen(request, version)) {
    writeHead(response, 304, { ETag: etagOf(version), 'Cache-Control': 'no-store' });
    response.end();
    return;
  }
  sendText(response, status, text, {
    'Content-Type': 'application/json; charset=utf-8',
    ...(version === undefined ? {} : { ETag: etagOf(version) }),
    ...headers,
  });
}

/** Sends what went wrong as a problem (RFC 9457), or cuts the line when an answer is under way already. */
export function sendError(request: Request, response: Response, error: unknown): void {
  const problem = problemOf(error);
  const trace = traceOf(response);
  if (trace !== undefined) {
    trace.code = problem.code;
    if (problem.status === 500) trace.error = error;
  }
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const text = JSON.stringify(problemBody(problem, { instance: pathOf(request), requestId: trace?.id ?? '' }));
  sendText(response, problem.status, text, {
    'Content-Type': 'application/problem+json; charset=utf-8',
    ...problem.details.headers,
  });
}

function sendText(response: Response, status: number, text: string, headers: Readonly<Record<string, string>>): void {
  writeHead(response, status, { ...headers, 'Cache-Control': 'no-store', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

/** The path as it was asked for, without its query, which may hold what somebody looked for. */
function pathOf({ originalUrl }: Request): string {
  return originalUrl.split('?', 1)[0] ?? '';
}
