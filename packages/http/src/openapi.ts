import { z } from 'zod';
import { createDocument, type ZodOpenApiObject, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';
import { problem } from './schemas/basics.ts';

/** The document of the surface, as it is sent. */
export type OpenApiDocument = ReturnType<typeof createDocument>;

let made: OpenApiDocument | undefined;

/** The OpenAPI document of every operation there is, from the schemas that check the requests. */
export function openApiDocument(): OpenApiDocument {
  made ??= createDocument(description(), {
    // The bounds of a safe integer say nothing about the figure.
    override({ jsonSchema }) {
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return made;
}

function description(): ZodOpenApiObject {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Kakeibo',
      version: '1',
      description:
        'A personal-finance ledger. Amounts are decimal strings, days are civil dates, every write takes an Idempotency-Key, and the version of a wallet is its ETag.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: pathsOf(),
  };
}

function pathsOf(): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    const { path, method } = operation;
    paths[path] = { ...paths[path], [method]: operationObject(operation) };
  }
  return paths;
}

const PROBLEM = { 'application/problem+json': { schema: problem } };
const FORM = 'multipart/form-data';
const file = z.string().meta({ format: 'binary' });
const form = z.object({ settings: z.string().optional().meta({ description: 'JSON', example: '{"skipRows":[3]}' }), file });
const WRITE_HEADERS = z.object({
  'Idempotency-Key': z.string().optional().meta({
    description: 'The id of the command, 1 to 128 printable ASCII characters: sent again it answers what it answered first',
  }),
  'If-Match': z.string().optional().meta({ description: 'The ETag that the caller has seen', example: '"7"' }),
});
const READ_HEADERS = z.object({
  'If-None-Match': z.string().optional().meta({ description: 'The ETag that the caller holds', example: '"7"' }),
});

function operationObject(operation: Operation): ZodOpenApiOperationObject {
  const { method, path, tag, summary, status = 200, answer, upload, codes = [], query, body } = operation;
  const content = typeof answer === 'string' ? { [answer]: { schema: z.string() } } : { 'application/json': { schema: answer } };
  return {
    tags: [tag],
    summary,
    operationId: operationIdOf(method, path),
    requestParams: {
      ...(path.includes('{') ? { path: pathParameters(path) } : {}),
      ...(query instanceof z.ZodObject && Object.keys(query.shape).length > 0 ? { query } : {}),
      header: headersOf(operation),
    },
    ...(upload !== undefined
      ? {
          requestBody: {
            required: true,
            content: Object.fromEntries(upload.map((type) => [type, { schema: type === FORM ? form : file }])),
          },
        }
      : body === undefined
        ? {}
        : { requestBody: { required: !body.safeParse(undefined).success, content: { 'application/json': { schema: body } } } }),
    responses: {
      [status]: { description: summary, content },
      default: {
        description:
          codes.length === 0 ? 'A problem' : `A problem: ${codes.join(', ')}, or one of those that any request may have`,
        content: PROBLEM,
      },
    },
  };
}

const NO_HEADERS = z.object({});

function headersOf({ method, path, answer, headers = {} }: Operation): z.ZodObject {
  const own = z.object(
    Object.fromEntries(Object.entries(headers).map(([name, description]) => [name, z.string().optional().meta({ description })])),
  );
  const usual =
    method !== 'get' ? WRITE_HEADERS : path.includes('{walletId}') && typeof answer !== 'string' ? READ_HEADERS : NO_HEADERS;
  return usual.extend(own.shape);
}

function pathParameters(path: string): z.ZodObject {
  return z.object(Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, z.string()])));
}

/** `post` and `/api/v1/wallets/{walletId}/expenses` make `postWalletsByWalletIdExpenses`. */
function operationIdOf(method: string, path: string): string {
  const words = path
    .replace('/api/v1', '')
    .split('/')
    .filter((part) => part !== '');
  return method + words.map((part) => (part.startsWith('{') ? `By${capital(part.slice(1, -1))}` : capital(part))).join('');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
