import { operation, type Operation } from '../operation.ts';
import { written } from '../respond.ts';
import { bookPlan, planBooked, planChanged, planEntry, planList, planQuery } from '../schemas/plans.ts';
import { readsAt } from './as-of.ts';
import { walletOf } from './wallet-of.ts';
import { walletRead } from './wallet-read.ts';

const TAG = 'Plans';
const PATH = '/wallets/{walletId}/plans';
const FACT_CODES = [
  'amount-malformed',
  'amount-too-precise',
  'amount-too-large',
  'amount-not-positive',
  'category-missing',
  'category-invalid',
  'category-too-long',
  'category-too-deep',
  'parts-invalid',
  'parts-differ',
  'payee-invalid',
  'payee-too-long',
  'tags-invalid',
  'note-invalid',
  'note-too-long',
  'date-invalid',
  'date-out-of-range',
  'entry-too-large',
];
const ENDED_CODES = ['wallet-unknown', 'wallet-closed', 'plan-unknown', 'plan-resolved'];

export const planOperations: readonly Operation[] = [
  walletRead({
    followsDay: true,
    path: '/plans',
    tag: TAG,
    summary: 'What is expected and not booked, by day, and what it comes to',
    query: planQuery,
    answer: planList,
    body: ({ wallet, summary, query }) => readsAt(wallet, summary, query).reads.plans(),
  }),
  operation({
    method: 'post',
    path: PATH,
    tag: TAG,
    summary: 'Plans an entry; it moves no balance until it is booked',
    body: planEntry,
    answer: planChanged,
    status: 201,
    codes: ['wallet-unknown', 'wallet-closed', ...FACT_CODES, 'too-many-plans'],
    async handle(call, service) {
      const outcome = await walletOf(call, service).planEntry(call.body, call.command);
      return written(outcome, ({ planId }, at) => ({ planId, ...at }), 201);
    },
  }),
  operation({
    method: 'post',
    path: `${PATH}/{planId}/book`,
    tag: TAG,
    summary: 'Books a plan, as planned or with other facts; at most the planned amount, and the rest is planned no longer',
    body: bookPlan,
    answer: planBooked,
    status: 201,
    codes: [...ENDED_CODES, 'plan-expired', ...FACT_CODES, 'plan-exceeded', 'limit-exceeded'],
    async handle(call, service) {
      const outcome = await walletOf(call, service).bookPlan(call.params.planId ?? '', call.body, call.command);
      return written(outcome, (booked, at) => ({ ...booked, ...at }), 201);
    },
  }),
  operation({
    method: 'delete',
    path: `${PATH}/{planId}`,
    tag: TAG,
    summary: 'Drops a plan',
    answer: planChanged,
    codes: ENDED_CODES,
    async handle(call, service) {
      const outcome = await walletOf(call, service).dropPlan(call.params.planId ?? '', call.command);
      return written(outcome, ({ planId }, at) => ({ planId, ...at }));
    },
  }),
];
