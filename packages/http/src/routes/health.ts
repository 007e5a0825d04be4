import { writeHead } from '../head.ts';
import { operation, type Operation } from '../operation.ts';
import { read } from '../respond.ts';
import { alive, health, healthQuery } from '../schemas/log.ts';
import type { Health } from '../service.ts';

const TAG = 'Operations';

export const healthOperations: readonly Operation[] = [
  operation({
    method: 'get',
    path: '/healthz',
    tag: TAG,
    summary: 'Answers while the process lives',
    answer: alive,
    handle: () => Promise.resolve(read({ status: 'alive' })),
  }),
  operation({
    method: 'get',
    path: '/readyz',
    tag: TAG,
    summary: 'Reads and writes for real: 200 when both work (`for=reads`: when it can be read), 503 with what does not',
    query: healthQuery,
    answer: health,
    async handle({ query }, service) {
      const found = await service.health();
      const status = statusOf(found);
      const isReady = status === 'ready' || (status === 'read-only' && query.for === 'reads');
      return { status: isReady ? 200 : 503, body: { status, ...found } };
    },
  }),
  operation({
    method: 'get',
    path: '/metrics',
    tag: TAG,
    summary: 'Figures for Prometheus',
    answer: 'text/plain',
    async handle({ response }, { metrics }) {
      const text = await metrics.text();
      writeHead(response, 200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' });
      response.end(text);
      return undefined;
    },
  }),
];

function statusOf({ canRead, canWrite }: Health): 'ready' | 'read-only' | 'not-ready' {
  if (!canRead) return 'not-ready';
  return canWrite ? 'ready' : 'read-only';
}
