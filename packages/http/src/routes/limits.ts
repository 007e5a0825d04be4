import type { CivilDate, LimitStretch, Wallet } from '@kakeibo/core';
import { operation, type Operation } from '../operation.ts';
import { Problem, requestInvalid } from '../problem.ts';
import { written } from '../respond.ts';
import { limitChanged, limitHistory, limitHistoryQuery, limitList, limitQuery, setLimit } from '../schemas/limits.ts';
import { readsAt } from './as-of.ts';
import { walletOf } from './wallet-of.ts';
import { walletRead } from './wallet-read.ts';

const TAG = 'Limits';
const PATH = '/wallets/{walletId}/limits/{limitId}';

const USUAL_PERIODS = 12;

interface Asked {
  readonly from?: CivilDate;
  readonly to?: CivilDate;
  readonly last?: number;
}

function limitStretch({ from, to, last = USUAL_PERIODS }: Asked, today: CivilDate): LimitStretch {
  if (from === undefined || to === undefined) return { last, on: today };
  if (from < to) return { from, to };
  throw requestInvalid([{ path: 'to', message: 'It is the first day after the stretch, so it comes after `from`.' }]);
}

/** Whether a limit was ever there: one that only begins later has no period yet, one that was removed has those it had. */
async function isKnown(wallet: Wallet, limitId: string, today: CivilDate): Promise<boolean> {
  const { items } = await wallet.limits(today);
  if (items.some(({ id }) => id === limitId)) return true;
  return (await wallet.limitHistory(limitId, { last: 1, on: today })).rows.length > 0;
}

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
  walletRead({
    followsDay: true,
    path: '/limits/{limitId}/history',
    tag: TAG,
    summary: 'A limit period by period, oldest first (the last twelve with the current one when nothing is said)',
    query: limitHistoryQuery,
    answer: limitHistory,
    codes: ['limit-unknown'],
    async body({ wallet, summary, query, params: { limitId = '' } }) {
      const { reads, day } = readsAt(wallet, summary, query);
      const history = await reads.limitHistory(limitId, limitStretch(query, day));
      if (history.rows.length > 0 || (await isKnown(wallet, limitId, summary.today))) return history;
      throw new Problem(404, 'limit-unknown', 'The wallet has no such limit.');
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
