/** One request, one answer: what came back is a value, a problem the service named, or a line that went dead. */

export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

interface ProblemBody {
  readonly title?: string;
  readonly status?: number;
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly FieldFault[];
}

/** The service answered, and said no. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldFault[];
  readonly retryAfterMs: number | undefined;

  constructor(status: number, body: ProblemBody, retryAfterMs?: number) {
    super(body.detail ?? body.title ?? `The service answered ${status}.`);
    this.name = 'Problem';
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.errors = body.errors ?? [];
    this.retryAfterMs = retryAfterMs;
  }
}

/** Nobody answered: the request may or may not have arrived. */
export class LineDown extends Error {
  constructor(cause: unknown) {
    super('The service cannot be reached.', { cause });
    this.name = 'LineDown';
  }
}

export interface Write {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly key: string;
}

const BASE = '/api/v1';

/** A query string of what is set; nothing for what is not. */
export function query(parts: Readonly<Record<string, string | number | null | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

export async function open(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(BASE + path, { ...init, cache: 'no-store' });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new LineDown(cause);
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function problemOf(response: Response): Promise<Problem | LineDown> {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterMs = Number.isFinite(seconds) ? seconds * 1000 : undefined;
  try {
    const body: ProblemBody = await response.json();
    return new Problem(response.status, body, retryAfterMs);
  } catch {
    // A gateway between us and the service has answered for it.
    if (response.status === 502 || response.status === 504) return new LineDown(response.status);
    return new Problem(response.status, {}, retryAfterMs);
  }
}

async function json<T>(response: Response): Promise<T> {
  try {
    const value: T = await response.json();
    return value;
  } catch (cause) {
    throw new LineDown(cause);
  }
}

export async function read<T>(path: string): Promise<T> {
  return json<T>(await open(path, { headers: { accept: 'application/json' } }));
}

/** One attempt at a write; whether to try again is decided by `state/writes.ts`. */
export async function send<T>(write: Write): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json', 'idempotency-key': write.key };
  if (write.body !== undefined) headers['content-type'] = 'application/json';
  const body = write.body === undefined ? null : JSON.stringify(write.body);
  return json<T>(await open(write.path, { method: write.method, headers, body }));
}
