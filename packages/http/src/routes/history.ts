import type { Outcome, Undone } from '@kakeibo/core';
import { operation, type Operation } from '../operation.ts';
import { written, type Answer } from '../respond.ts';
import { history, historyQuery, undo, undone } from '../schemas/history.ts';
import { walletOf } from './wallet-of.ts';
import { walletRead } from './wallet-read.ts';

const TAG = 'History';
const UNDO_CODES = [
  'wallet-unknown',
  'wallet-closed',
  'change-unknown',
  'change-undone',
  'change-final',
  'changed-since',
  'entry-void',
  'transfer-returned',
  'import-unknown',
  'too-many-limits',
  'too-many-plans',
  'too-many-goals',
  'refund-too-large',
  'savings-exceeded',
  'limit-exceeded',
];

function answerOf(outcome: Outcome<Undone>): Answer {
  return written(outcome, (result, at) => ({ ...result, ...at }));
}

export const historyOperations: readonly Operation[] = [
  walletRead({
    path: '/history',
    tag: TAG,
    summary: 'What was done, newest first, and whether it can be undone',
    query: historyQuery,
    answer: history,
    body: ({ wallet, query: { below, limit } }) => wallet.changes({ limit, ...(below === undefined ? {} : { below }) }),
  }),
  operation({
    method: 'post',
    path: '/wallets/{walletId}/undo',
    tag: TAG,
    summary: 'Undoes the last thing done, or the change of a version, by events that compensate it',
    body: undo,
    answer: undone,
    codes: UNDO_CODES,
    async handle(call, service) {
      const wallet = walletOf(call, service);
      const version = call.body?.version;
      return answerOf(version === undefined ? await wallet.undoLast(call.command) : await wallet.undo(version, call.command));
    },
  }),
  operation({
    method: 'post',
    path: '/wallets/{walletId}/redo',
    tag: TAG,
    summary: 'Lets count again what was undone last',
    answer: undone,
    codes: UNDO_CODES,
    async handle(call, service) {
      return answerOf(await walletOf(call, service).redoLast(call.command));
    },
  }),
];
