import { parsePriceLines, type Outcome, type PriceLine, type RateChanged } from '@kakeibo/core';
import { isUtf8 } from 'node:buffer';
import type { Request } from 'express';
import { readBytes } from '../body.ts';
import { contentTypeOf } from '../headers.ts';
import { operation, type Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { read, written, type Answer } from '../respond.ts';
import {
  checkBalance,
  checked,
  checkList,
  checkQuery,
  netWorthQuery,
  netWorthReport,
  rateChanged,
  rateList,
  rateQuery,
  ratesSet,
  removeRateQuery,
  setRate,
} from '../schemas/figures.ts';
import { dayAsked, dayOfAll, readsAt, timesAsked } from './as-of.ts';
import { cashflowStretch, stretchOf } from './stretch.ts';
import { rejected } from '../statuses.ts';
import { walletOf } from './wallet-of.ts';
import { walletRead } from './wallet-read.ts';

const CHECKS = 'Counted balances';
const RATES = 'Rates';
const MAX_PRICE_BYTES = 2_000_000;
const TIMEOUT_MS = 120_000;

function rateAnswer(outcome: Outcome<RateChanged>): Answer {
  return written(outcome, ({ quote }, at) => ({ quote, ...at }));
}

export const figureOperations: readonly Operation[] = [
  walletRead({
    followsDay: true,
    path: '/checks',
    tag: CHECKS,
    summary:
      'What was counted, newest first, against what the entries come to now (the last twelve months when no days are given)',
    query: checkQuery,
    answer: checkList,
    body({ wallet, summary, query }) {
      const { reads, day } = readsAt(wallet, summary, query);
      return reads.checks(stretchOf(query, cashflowStretch(day), 'month'));
    },
  }),
  operation({
    method: 'post',
    path: '/wallets/{walletId}/checks',
    tag: CHECKS,
    summary: 'Tells what was counted at the end of a day (today when left out); with a category the difference is booked',
    body: checkBalance,
    answer: checked,
    status: 201,
    codes: [
      'wallet-unknown',
      'wallet-closed',
      'amount-malformed',
      'amount-too-precise',
      'amount-too-large',
      'category-missing',
      'category-invalid',
      'category-too-long',
      'category-too-deep',
      'date-invalid',
      'date-out-of-range',
      'limit-exceeded',
    ],
    async handle(call, service) {
      const outcome = await walletOf(call, service).checkBalance(call.body, call.command);
      return written(outcome, (counted, at) => ({ ...counted, ...at }), 201);
    },
  }),
  walletRead({
    path: '/rates',
    tag: RATES,
    summary: 'What one unit of the currency of the wallet was worth, by currency, the newest day first',
    query: rateQuery,
    answer: rateList,
    body: ({ wallet, summary, query }) => readsAt(wallet, summary, query).reads.rates(query),
  }),
  operation({
    method: 'put',
    path: '/wallets/{walletId}/rates/{quote}',
    tag: RATES,
    summary: 'Says what one unit of the currency of the wallet was worth in another on a day (today when left out)',
    body: setRate,
    answer: rateChanged,
    codes: [
      'wallet-unknown',
      'wallet-closed',
      'currency-unknown',
      'date-invalid',
      'date-out-of-range',
      'rate-invalid',
      'nothing-to-change',
    ],
    async handle(call, service) {
      return rateAnswer(await walletOf(call, service).setRate(call.params.quote ?? '', call.body, call.command));
    },
  }),
  operation({
    method: 'delete',
    path: '/wallets/{walletId}/rates/{quote}',
    tag: RATES,
    summary: 'Removes the rate of a day (today when left out)',
    query: removeRateQuery,
    answer: rateChanged,
    codes: ['wallet-unknown', 'wallet-closed', 'currency-unknown', 'rate-unknown'],
    async handle(call, service) {
      return rateAnswer(await walletOf(call, service).removeRate(call.params.quote ?? '', call.query, call.command));
    },
  }),
  operation({
    method: 'post',
    path: '/rates',
    tag: RATES,
    summary: 'Rates as price lines of hledger or ledger: each goes to the open wallets of its currency, once',
    answer: ratesSet,
    upload: ['text/plain'],
    codes: ['rate-invalid'],
    timeoutMs: TIMEOUT_MS,
    async handle({ request, command }, { ledger }) {
      const outcome = await ledger.setRates(await priceLinesOf(request), command);
      if ('code' in outcome) throw rejected(outcome);
      const { refused, ...set } = outcome;
      return read({
        ...set,
        refused: refused.map(({ line, walletId, rejection: { code, message } }) => ({ line, walletId, code, message })),
      });
    },
  }),
  operation({
    method: 'get',
    path: '/reports/networth',
    tag: 'Reports',
    summary:
      'What all wallets come to in one currency, by the rates that were said (the last twelve months when no days are given)',
    query: netWorthQuery,
    answer: netWorthReport,
    async handle({ query: { currency, by, on, ...wanted } }, { ledger, clock }) {
      const asOf = timesAsked(wanted, 'UTC');
      const wallets = await ledger.wallets();
      const day = dayAsked(wanted, dayOfAll(wallets, clock.now()), (instant) => dayOfAll(wallets, instant));
      const period = stretchOf(wanted, cashflowStretch(day), by);
      return read(await ledger.netWorth({ currency, by, period, on: on ?? day, asOf }));
    },
  }),
];

/** The price lines of a body: all of them can be read, or none is taken. */
async function priceLinesOf(request: Request): Promise<readonly PriceLine[]> {
  if (contentTypeOf(request) !== 'text/plain') {
    throw new Problem(415, 'content-type-refused', 'Send the lines, with Content-Type: text/plain.');
  }
  const bytes = await readBytes(request, MAX_PRICE_BYTES);
  if (!isUtf8(bytes)) throw new Problem(422, 'rate-invalid', 'The text is not UTF-8.');
  const { lines, faults } = parsePriceLines(bytes.toString());
  const [first] = faults;
  if (first === undefined) return lines;
  throw new Problem(422, 'rate-invalid', `Line ${first.line}: ${first.message}`, {
    errors: faults.map(({ line, message }) => ({ path: `line ${line}`, message })),
    figures: { line: first.line },
  });
}
