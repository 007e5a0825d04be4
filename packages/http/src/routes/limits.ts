import { operation, type Operation } from '../operation.ts';
import { written } from '../respond.ts';
import { limitChanged, limitList, limitQuery, setLimit } from '../schemas/limits.ts';
import { readsAt } from './as-of.ts';
import { walletOf } from './wallet-of.ts';
import { walletRead } from './wallet-read.ts';

const TAG = 'Limits';
const PATH = '/wallets/{walletId}/limits/{limitId}';

export const limitOperations: readonly Operation[] = [
  walletRead({
    followsDay: true,
    path: '/limits',
    tag: TAG,
    summary: 'Every limit and where it stands on a day (today when left out)',
    query: limitQuery,
    answer: limitList,
    async body({ wallet, summary, query }) {
      const { reads, day } = readsAt(wallet, summary, query);
      const { items, version } = await reads.limits(query.on ?? day);
      return { items, version };
    },
  }),
  operation({
    method: 'put',
    path: PATH,
    tag: TAG,
    summary: 'Sets a limit',
    body: setLimit,
    answer: limitChanged,
    codes: [
      'wallet-unknown',
      'wallet-closed',
      'amount-malformed',
      'amount-too-precise',
      'amount-too-large',
      'amount-not-positive',
      'category-invalid',
      'tags-invalid',
      'date-invalid',
      'date-out-of-range',
      'limit-id-invalid',
      'period-invalid',
      'first-day-invalid',
      'scope-invalid',
      'thresholds-invalid',
      'mode-invalid',
      'rollover-invalid',
      'too-many-limits',
      'too-many-changes',
      'nothing-to-change',
    ],
    async handle(call, service) {
      const limitId = call.params.limitId ?? '';
      const outcome = await walletOf(call, service).setLimit(limitId, call.body, call.command);
      return written(outcome, (effects, at) => ({ limitId, ...at, ...effects }));
    },
  }),
  operation({
    method: 'delete',
    path: PATH,
    tag: TAG,
    summary: 'Removes a limit',
    answer: limitChanged,
    codes: ['wallet-unknown', 'wallet-closed', 'limit-unknown'],
    async handle(call, service) {
      const limitId = call.params.limitId ?? '';
      const outcome = await walletOf(call, service).removeLimit(limitId, call.command);
      return written(outcome, (effects, at) => ({ limitId, ...at, ...effects }));
    },
  }),
];
