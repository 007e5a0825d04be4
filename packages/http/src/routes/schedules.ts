import { addMonths, type CivilDate, type Outcome, type ScheduleChanged } from '@kakeibo/core';
import { operation, type Operation } from '../operation.ts';
import { accepted, written, type Answer } from '../respond.ts';
import {
  aheadQuery,
  bookDue,
  dueBooked,
  forecastReport,
  occurrence,
  scheduleChanged,
  scheduleList,
  scheduleQuery,
  setSchedule,
  stopQuery,
  upcomingList,
} from '../schemas/schedules.ts';
import { readsAt } from './as-of.ts';
import { summaryOf, walletOf } from './wallet-of.ts';
import { walletRead } from './wallet-read.ts';

const TAG = 'Schedules';
const PATH = '/wallets/{walletId}/schedules/{scheduleId}';
const UPCOMING_MONTHS = 1;
const FORECAST_MONTHS = 3;
const KNOWN_CODES = ['wallet-unknown', 'wallet-closed', 'schedule-unknown'];
const DAY_CODES = ['date-invalid', 'date-out-of-range'];
const TERMS_CODES = [
  'transfer-to-itself',
  'kind-invalid',
  'amount-malformed',
  'amount-too-precise',
  'amount-too-large',
  'amount-not-positive',
  'amounts-differ',
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
];
const COURSE_CODES = [
  'schedule-id-invalid',
  'rule-malformed',
  'rule-unsupported',
  'month-end-invalid',
  'shift-invalid',
  'remind-days-invalid',
  'rule-never-happens',
  'too-many-due',
  'occurrence-booked',
  'schedule-too-large',
  'too-many-schedules',
  'nothing-to-change',
];

function answerOf(outcome: Outcome<ScheduleChanged>): Answer {
  return written(outcome, ({ scheduleId }, at) => ({ scheduleId, ...at }));
}

/** Where a look ahead ends when no day is given. */
function ahead(to: CivilDate | undefined, today: CivilDate, months: number): { readonly to: CivilDate } {
  return { to: to ?? addMonths(today, months) };
}

const reads: readonly Operation[] = [
  walletRead({
    path: '/schedules',
    tag: TAG,
    summary: 'What is booked again and again: the terms of each schedule and its next day',
    query: scheduleQuery,
    answer: scheduleList,
    body: ({ wallet, summary, query }) => readsAt(wallet, summary, query).reads.schedules(),
  }),
  walletRead({
    followsDay: true,
    path: '/upcoming',
    tag: TAG,
    summary: 'What schedules book before a day, what is overdue first (a month ahead when no day is given)',
    query: aheadQuery,
    answer: upcomingList,
    body({ wallet, summary, query }) {
      const { reads, day } = readsAt(wallet, summary, query);
      return reads.upcoming(ahead(query.to, day, UPCOMING_MONTHS));
    },
  }),
  walletRead({
    acrossWallets: true,
    path: '/reports/forecast',
    tag: TAG,
    summary: 'How the balance is expected to move before a day, and where it is lowest (three months ahead when no day is given)',
    query: aheadQuery,
    answer: forecastReport,
    body({ wallet, summary, query }) {
      const { reads, day } = readsAt(wallet, summary, query);
      return reads.forecast(ahead(query.to, day, FORECAST_MONTHS));
    },
  }),
];

const occurrenceWrites = (['skip', 'keep'] as const).map((verb) =>
  operation({
    method: 'post',
    path: `${PATH}/${verb}`,
    tag: TAG,
    summary: verb === 'skip' ? 'Leaves one occurrence out' : 'Takes a skip back',
    body: occurrence,
    answer: scheduleChanged,
    codes: [...KNOWN_CODES, ...DAY_CODES, 'occurrence-unknown', 'occurrence-booked', 'schedule-too-large', 'nothing-to-change'],
    async handle(call, service) {
      const wallet = walletOf(call, service);
      const { scheduleId = '' } = call.params;
      return answerOf(await wallet[`${verb}Occurrence`](scheduleId, call.body.on, call.command));
    },
  }),
);

export const scheduleOperations: readonly Operation[] = [
  ...reads,
  // Before the path of one schedule, which would take `due` for its id.
  operation({
    method: 'post',
    path: '/wallets/{walletId}/schedules/due',
    tag: TAG,
    summary: 'Books what is due by now, each occurrence once and with its own day',
    body: bookDue,
    answer: dueBooked,
    codes: KNOWN_CODES,
    async handle(call, service) {
      const wallet = walletOf(call, service);
      const { expected } = call.command;
      const { version: actual } = await summaryOf(wallet);
      if (expected !== undefined && expected !== actual) accepted({ kind: 'conflict', expected, actual });
      return written(await wallet.bookDue(call.body), (booked, at) => ({ ...booked, ...at }));
    },
  }),
  operation({
    method: 'put',
    path: PATH,
    tag: TAG,
    summary: 'Sets a schedule, or changes it from one occurrence on; what is booked stays',
    body: setSchedule,
    answer: scheduleChanged,
    codes: ['wallet-unknown', 'wallet-closed', ...TERMS_CODES, ...DAY_CODES, 'entry-too-large', ...COURSE_CODES],
    async handle(call, service) {
      return answerOf(await walletOf(call, service).setSchedule(call.params.scheduleId ?? '', call.body, call.command));
    },
  }),
  operation({
    method: 'delete',
    path: PATH,
    tag: TAG,
    summary: 'Stops a schedule from a day on (from today when left out, or behind what is booked)',
    query: stopQuery,
    answer: scheduleChanged,
    codes: [...KNOWN_CODES, 'occurrence-booked', 'nothing-to-change'],
    async handle(call, service) {
      return answerOf(await walletOf(call, service).stopSchedule(call.params.scheduleId ?? '', call.query, call.command));
    },
  }),
  ...occurrenceWrites,
];
