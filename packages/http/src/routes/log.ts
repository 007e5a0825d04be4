import { readPlaceCursor, writePlaceCursor } from '../cursor.ts';
import { operation, type Operation } from '../operation.ts';
import { read } from '../respond.ts';
import { alertPage, eventPage, pageQuery } from '../schemas/log.ts';
import { walletRead } from './wallet-read.ts';

const POSITION = /^\d{1,15}$/;

export const logOperations: readonly Operation[] = [
  walletRead({
    path: '/events',
    tag: 'Events',
    summary: 'What was recorded in a wallet, oldest first',
    query: pageQuery,
    answer: eventPage,
    async body({ wallet, summary: { version }, query: { after, limit } }) {
      const events = await wallet.events({ after: after === undefined ? 0 : readPlaceCursor(after), limit });
      const last = events.at(-1);
      const next = last === undefined || last.version >= version ? null : writePlaceCursor(last.version);
      return { items: events.map(({ stream: _, ...event }) => event), next };
    },
  }),
  operation({
    method: 'get',
    path: '/alerts',
    tag: 'Events',
    summary: 'What was told about limits, over all wallets, newest first',
    query: pageQuery,
    answer: alertPage,
    async handle(call, { ledger }) {
      const { after, limit } = call.query;
      const { items, next } = await ledger.alerts({ limit, ...(after === undefined ? {} : { below: readPlaceCursor(after) }) });
      return read({ items, next: next === null ? null : writePlaceCursor(next) });
    },
  }),
  operation({
    method: 'get',
    path: '/live',
    tag: 'Events',
    summary: 'Server-sent events: `change` when a wallet changed, `alert` when a limit was crossed',
    answer: 'text/event-stream',
    headers: { 'Last-Event-ID': 'The position after which to go on' },
    timeoutMs: 'none',
    async handle({ request, response }, { live }) {
      const after = request.get('last-event-id') ?? '';
      await live.listen(response, POSITION.test(after) ? Number(after) : undefined);
      return undefined;
    },
  }),
];
