import { parseJson } from '@kakeibo/core';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { EXIT, Failure } from './failure.ts';
import { readEvents } from './event-stream.ts';

/** What a request carries. */
interface Body {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer> | string;
}

export interface Asked {
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly json?: object;
  readonly file?: Body | FormData;
  readonly headers?: Readonly<Record<string, string>>;
}

const progress = z.object({ done: z.number(), total: z.number() });
/** How far long work is. */
export type Progress = z.output<typeof progress>;

const problem = z.looseObject({ status: z.number(), code: z.string(), detail: z.string() });

/** The service's JSON API, wherever it runs. */
export interface Client {
  /** Asks for JSON, and reads it by a schema. */
  ask<Answer>(method: string, path: string, schema: z.ZodType<Answer>, asked?: Asked): Promise<Answer>;
  /** Long work: tells how far it is, and answers at the end. */
  follow<Answer>(
    path: string,
    schema: z.ZodType<Answer>,
    asked: Asked & { readonly onProgress: (progress: Progress) => void },
  ): Promise<Answer>;
  /** What is not JSON, piece by piece. */
  download(path: string, asked?: Asked): Promise<AsyncIterable<Uint8Array>>;
}

/** A client of the API at an address. A write that gets no answer is sent once more with the same key: it has its effect once. */
export function createClient(url: string): Client {
  const base = `${url.replace(/\/+$/, '')}/api/v1`;

  async function send(method: string, path: string, asked: Asked, headers: Record<string, string>): Promise<Response> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(asked.query ?? {})) if (value !== undefined) query.set(name, value);
    const json: Body | undefined =
      asked.json === undefined ? undefined : { type: 'application/json', bytes: JSON.stringify(asked.json) };
    const sent = asked.file ?? json;
    const body = sent instanceof FormData ? sent : sent?.bytes;
    // Of a form fetch says itself what it is.
    const type = sent instanceof FormData ? undefined : sent?.type;
    const init: RequestInit = {
      method,
      headers: {
        ...headers,
        ...asked.headers,
        ...(type === undefined ? {} : { 'Content-Type': type }),
        ...(method === 'GET' ? {} : { 'Idempotency-Key': headers['Idempotency-Key'] ?? uuid() }),
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body }),
    };
    const address = `${base}${path}${query.size === 0 ? '' : `?${query.toString()}`}`;
    const response = await fetch(address, init).catch(() =>
      fetch(address, init).catch((error: unknown) => unreachable(url, error)),
    );
    if (!response.ok) throw refused(await response.text(), response.status);
    return response;
  }

  return {
    async ask(method, path, schema, asked = {}) {
      const response = await send(method, path, asked, { Accept: 'application/json' });
      return schema.parse(await response.json());
    },
    async follow(path, schema, { onProgress, ...asked }) {
      const response = await send('POST', path, asked, { Accept: 'text/event-stream' });
      if (response.body === null) throw new Failure('The service answered nothing.', EXIT.broken);
      for await (const { event, data } of readEvents(response.body)) {
        if (event === 'progress') onProgress(progress.parse(parseJson(data)));
        if (event === 'problem') throw refused(data, 0);
        if (event === 'result') return schema.parse(parseJson(data));
      }
      throw new Failure('The service stopped in the middle. Ask again: what was done already is not done twice.', EXIT.broken);
    },
    async download(path, asked = {}) {
      const { body } = await send('GET', path, asked, {});
      if (body === null) throw new Failure('The service answered nothing.', EXIT.broken);
      return body;
    },
  };
}

/** As long as the longest operation of the service may take, and a bit. */
const TIMEOUT_MS = 600_000;

function unreachable(url: string, error: unknown): never {
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  throw new Failure(`${url} does not answer: ${reason}`, EXIT.broken);
}

/** The service's refusal as a failure. */
function refused(text: string, status: number): Failure {
  let parsed: unknown;
  try {
    parsed = parseJson(text);
  } catch {
    return new Failure(`This is not Kakeibo’s answer (status ${status}). Is the address right?`, EXIT.broken);
  }
  const found = problem.safeParse(parsed);
  if (!found.success) return new Failure(`The service answered ${status}.`, EXIT.broken);
  const { detail, status: told } = found.data;
  return new Failure(detail, told >= 500 ? EXIT.broken : EXIT.refused, found.data);
}
