import type { Request, Response } from 'express';
import type { Request as LedgerRequest } from '@kakeibo/core';
import { z } from 'zod';
import { readJson } from './body.ts';
import { commandOf } from './headers.ts';
import { readQuery } from './query.ts';
import type { Answer } from './respond.ts';
import type { Service } from './service.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** A request that was read. */
export interface Call<Query, Body> {
  readonly request: Request;
  readonly response: Response;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** What goes with a command. */
  readonly command: LedgerRequest;
}

/** What the description of the surface (OpenAPI) says about an operation. */
export interface OperationFacts {
  readonly method: Method;
  /** As OpenAPI writes it: `/wallets/{walletId}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly status?: number;
  /** The answer's JSON, or the media type of what is not JSON. */
  readonly answer: z.ZodType | string;
  /** What a request carries that is not JSON. */
  readonly upload?: readonly string[];
  /** Headers that it reads beside the usual ones, and what they are for. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Codes of refusals that are its own. */
  readonly codes?: readonly string[];
  /** How long it may take; a stream has no end of its own. */
  readonly timeoutMs?: number | 'none';
}

/** One operation of the surface: what describes it, and what it does. */
export interface Operation extends OperationFacts {
  readonly query: z.ZodType;
  readonly body?: z.ZodType;
  /** Reads the request and handles it; undefined when the response is written already. */
  run(request: Request, response: Response, service: Service): Promise<Answer | undefined>;
}

const NO_QUERY = z.strictObject({});
export type NoQuery = typeof NO_QUERY;
const NO_BODY = z.strictObject({}).optional();

interface Spec<Query extends z.ZodType, Body extends z.ZodType> extends OperationFacts {
  readonly query?: Query;
  readonly body?: Body;
  handle(call: Call<z.output<Query>, z.output<Body>>, service: Service): Promise<Answer | undefined>;
}

/** Makes an operation: its parameters are read and checked before it is handled. */
export function operation<Query extends z.ZodType = NoQuery, Body extends z.ZodType = typeof NO_BODY>(
  spec: Spec<Query, Body>,
): Operation {
  const { handle, query, body, ...facts } = spec;
  const querySchema: z.ZodType = query ?? NO_QUERY;
  const bodySchema: z.ZodType = body ?? NO_BODY;
  const isWrite = facts.method !== 'get';
  const hasJson = isWrite && facts.upload === undefined;
  return {
    ...facts,
    query: querySchema,
    ...(body === undefined ? {} : { body }),
    async run(request, response, service) {
      const call = {
        request,
        response,
        params: request.params as Readonly<Record<string, string>>,
        query: readQuery(request.url, querySchema) as z.output<Query>,
        command: isWrite ? commandOf(request) : {},
        body: (hasJson ? await readJson(request, bodySchema) : undefined) as z.output<Body>,
      };
      return handle(call, service);
    },
  };
}
