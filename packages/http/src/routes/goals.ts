import type { GoalChanged, Outcome } from '@kakeibo/core';
import { operation, type Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { written, type Answer } from '../respond.ts';
import { goalAmount, goalChanged, goalDetail, goalList, goalQuery, setGoal } from '../schemas/goals.ts';
import { readsAt } from './as-of.ts';
import { walletOf } from './wallet-of.ts';
import { walletRead } from './wallet-read.ts';

const TAG = 'Goals';
const PATH = '/wallets/{walletId}/goals/{goalId}';
const AMOUNT_CODES = ['amount-malformed', 'amount-too-precise', 'amount-too-large', 'amount-not-positive'];

function answerOf(outcome: Outcome<GoalChanged>): Answer {
  return written(outcome, ({ goalId }, at) => ({ goalId, ...at }));
}

export const goalOperations: readonly Operation[] = [
  walletRead({
    followsDay: true,
    path: '/goals',
    tag: TAG,
    summary: 'Every goal and where it stands on a day (today when left out), and what is available beside them',
    query: goalQuery,
    answer: goalList,
    body({ wallet, summary, query }) {
      const { reads, day } = readsAt(wallet, summary, query);
      return reads.goals(query.on ?? day);
    },
  }),
  walletRead({
    followsDay: true,
    path: '/goals/{goalId}',
    tag: TAG,
    summary: 'A goal with everything that happened to it',
    query: goalQuery,
    answer: goalDetail,
    codes: ['goal-unknown'],
    async body({ wallet, summary, query, params }) {
      const { reads, day } = readsAt(wallet, summary, query);
      const goal = await reads.goal(params.goalId ?? '', query.on ?? day);
      if (goal === undefined) throw new Problem(404, 'goal-unknown', 'The wallet has no such goal.');
      return goal;
    },
  }),
  operation({
    method: 'put',
    path: PATH,
    tag: TAG,
    summary: 'Sets a goal, or changes it; what is set aside stays',
    body: setGoal,
    answer: goalChanged,
    codes: [
      'wallet-unknown',
      'wallet-closed',
      'name-invalid',
      ...AMOUNT_CODES,
      'date-invalid',
      'date-out-of-range',
      'goal-id-invalid',
      'too-many-goals',
      'nothing-to-change',
    ],
    async handle(call, service) {
      return answerOf(await walletOf(call, service).setGoal(call.params.goalId ?? '', call.body, call.command));
    },
  }),
  operation({
    method: 'delete',
    path: PATH,
    tag: TAG,
    summary: 'Removes a goal; what was set aside for it is available again',
    answer: goalChanged,
    codes: ['wallet-unknown', 'wallet-closed', 'goal-unknown'],
    async handle(call, service) {
      return answerOf(await walletOf(call, service).removeGoal(call.params.goalId ?? '', call.command));
    },
  }),
  operation({
    method: 'post',
    path: `${PATH}/save`,
    tag: TAG,
    summary: 'Sets money aside for a goal: at most what is available',
    body: goalAmount,
    answer: goalChanged,
    codes: ['wallet-unknown', 'wallet-closed', 'goal-unknown', ...AMOUNT_CODES, 'savings-exceeded'],
    async handle(call, service) {
      return answerOf(await walletOf(call, service).saveMoney(call.params.goalId ?? '', call.body.amount, call.command));
    },
  }),
  operation({
    method: 'post',
    path: `${PATH}/release`,
    tag: TAG,
    summary: 'Makes money available again: at most what is set aside for the goal',
    body: goalAmount,
    answer: goalChanged,
    codes: ['wallet-unknown', 'wallet-closed', 'goal-unknown', ...AMOUNT_CODES, 'release-exceeded'],
    async handle(call, service) {
      return answerOf(await walletOf(call, service).releaseSavings(call.params.goalId ?? '', call.body.amount, call.command));
    },
  }),
];
