import { parseJson } from '@kakeibo/core';
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { contentTypeOf, hasBody } from './headers.ts';
import { faultsOf, inWords } from './faults.ts';
import { Problem, requestInvalid } from './problem.ts';

const MAX_JSON_BYTES = 100_000;
const MAX_DEPTH = 32;
const MAX_FAULTS = 100;
/** So much of a body that is too large is still taken and thrown away, so that the sender reads the answer before the line goes. */
const MAX_DRAINED_BYTES = 64_000_000;

/** Reads and checks a JSON body. One that the schema lets be left out may be empty. */
export async function readJson<Schema extends z.ZodType>(request: IncomingMessage, schema: Schema): Promise<z.output<Schema>> {
  return parseWith(schema, await jsonOf(request));
}

/** Reads a value by a schema; what does not fit is a problem that names the faults. */
export function parseWith<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value, { error: inWords });
  if (parsed.success) return parsed.data;
  throw requestInvalid(parsed.error.issues.slice(0, MAX_FAULTS).flatMap(faultsOf).slice(0, MAX_FAULTS));
}

async function jsonOf(request: IncomingMessage & { readonly body?: unknown }): Promise<unknown> {
  // Another application that we are mounted in may have read it.
  if (request.body !== undefined && request.readableEnded) return request.body;
  if (!hasBody(request)) return undefined;
  if (contentTypeOf(request) !== 'application/json') {
    throw new Problem(415, 'content-type-refused', 'Send JSON, with Content-Type: application/json.');
  }
  return jsonIn(await readBytes(request, MAX_JSON_BYTES));
}

/** JSON of bounded depth. */
export function jsonIn(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new Problem(400, 'json-invalid', 'The body is not UTF-8.');
  const text = bytes.toString();
  if (isTooDeep(bytes)) throw new Problem(400, 'json-invalid', `The body is nested more than ${MAX_DEPTH} levels deep.`);
  try {
    return parseJson(text);
  } catch {
    throw new Problem(400, 'json-invalid', 'The body is not JSON.');
  }
}

const [QUOTE, BACKSLASH, OPEN_LIST, OPEN_OBJECT, CLOSE_LIST, CLOSE_OBJECT] = [...Buffer.from('"\\[{]}')];

function isTooDeep(bytes: Buffer): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth -= 1;
  }
  return false;
}

/** The bytes of a body, at most so many. */
export function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (request.headers['content-encoding'] !== undefined && request.headers['content-encoding'] !== 'identity') {
    throw new Problem(415, 'content-type-refused', 'Send the body as it is, without Content-Encoding.');
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (end: () => void): void => {
      request.off('data', take).off('end', finish).off('error', broken).off('close', broken);
      end();
    };
    const tooLarge = (): void =>
      settle(() =>
        reject(new Problem(413, 'body-too-large', `A body may have ${limit} bytes here.`, { headers: { Connection: 'close' } })),
      );
    const broken = (): void => settle(() => reject(new Problem(400, 'request-invalid', 'The body ended before it was whole.')));
    const finish = (): void => (size > limit ? tooLarge() : settle(() => resolve(wholeOf(chunks, size))));
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else if (size > MAX_DRAINED_BYTES) tooLarge();
      else chunks.length = 0;
    };
    request.on('data', take).on('end', finish).on('error', broken).on('close', broken);
  });
}

function wholeOf(chunks: readonly Buffer[], size: number): Buffer {
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, size);
}
