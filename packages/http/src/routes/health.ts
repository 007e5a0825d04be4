import { writeHead } from '../head.ts';
import { operation, type Operation } from '../operation.ts';
import { read } from '../respond.ts';
import { alive, health } from '../schemas/log.ts';

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
    summary: 'Reads and writes for real: 200 when both work, 503 with what does not',
    answer: health,
    async handle(_, service) {
      const found = await service.health();
      const isReady = found.canRead && found.canWrite;
      return { status: isReady ? 200 : 503, body: { status: isReady ? 'ready' : 'not-ready', ...found } };
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
