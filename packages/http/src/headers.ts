import type { IncomingMessage } from 'node:http';
import { isCommandId, type Request as LedgerRequest, type Version } from '@kakeibo/core';
import { Problem } from './problem.ts';

/** A header that must come once at the most. Node joins repeated ones with a comma and a blank. */
function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** What goes with a command: its id from `Idempotency-Key`, the version the caller has seen from `If-Match`. */
export function commandOf(request: IncomingMessage): LedgerRequest {
  const commandId = headerOf(request, 'idempotency-key');
  if (commandId !== undefined && !isCommandId(commandId)) {
    throw new Problem(400, 'idempotency-key-invalid', 'An Idempotency-Key has 1 to 128 printable ASCII characters.');
  }
  const expected = expectedOf(headerOf(request, 'if-match'));
  return { ...(commandId === undefined ? {} : { commandId }), ...(expected === undefined ? {} : { expected }) };
}

function expectedOf(header: string | undefined): Version | undefined {
  if (header === undefined || header === '*') return undefined;
  const version = /^"(\d{1,15})"$/.exec(header)?.[1];
  if (version === undefined) {
    throw new Problem(400, 'if-match-invalid', 'If-Match is one ETag as it was answered, like "7".');
  }
  return Number(version);
}

/** The ETag of a version. */
export function etagOf(version: Version): string {
  return `"${version}"`;
}

/** Whether the caller holds this version already (weak comparison, RFC 9110 section 13.1.2). */
export function hasSeen(request: IncomingMessage, version: Version): boolean {
  const header = headerOf(request, 'if-none-match');
  if (header === undefined) return false;
  const tag = etagOf(version);
  return header.split(',').some((held) => held.trim().replace(/^W\//, '') === tag);
}

/** The content type without its parameters, in lower case. */
export function contentTypeOf(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Whether a body comes with the request (RFC 9112 section 6). */
export function hasBody({ headers }: IncomingMessage): boolean {
  return (
    headers['transfer-encoding'] !== undefined || (headers['content-length'] !== undefined && headers['content-length'] !== '0')
  );
}

/** Whether the caller prefers server-sent events. */
export function wantsEvents(request: IncomingMessage): boolean {
  return (request.headers.accept ?? '').includes('text/event-stream');
}
