import { dayAt, type Outcome, type TransferBooked } from '@kakeibo/core';
import { readPlaceCursor, writePlaceCursor } from '../cursor.ts';
import { operation, type Operation } from '../operation.ts';
import { read, written, type Answer } from '../respond.ts';
import {
  joinTransfer,
  proposalList,
  proposalQuery,
  sendTransfer,
  takeBack,
  transferBooked,
  transferPage,
  transferQuery,
  transitList,
  transitQuery,
} from '../schemas/transfers.ts';
import { timesAsked } from './as-of.ts';
import { balanceStretch, stretchOf } from './stretch.ts';
import { summaryOf, walletOf } from './wallet-of.ts';

/** Where a day begins first: what any wallet booked today lies before its end. */
const EARLIEST_ZONE = 'Etc/GMT-14';
const TAG = 'Transfers';
/** How many open transfers are told at once. */
const MAX_OPEN = 1_000;
const OF_WALLET = '/wallets/{walletId}/transfers';
const SEND_CODES = [
  'wallet-unknown',
  'wallet-closed',
  'transfer-to-itself',
  'amount-malformed',
  'amount-too-precise',
  'amount-too-large',
  'amount-not-positive',
  'amounts-differ',
  'category-missing',
  'category-invalid',
  'payee-invalid',
  'tags-invalid',
  'note-invalid',
  'note-too-long',
  'date-invalid',
  'date-out-of-range',
  'limit-exceeded',
];
const JOIN_CODES = [
  'wallet-unknown',
  'wallet-closed',
  'entry-unknown',
  'entry-void',
  'entry-is-transfer',
  'entry-refunded',
  'transfer-to-itself',
  'kind-invalid',
  'amounts-differ',
];

function answerOf(outcome: Outcome<TransferBooked>, status = 200): Answer {
  return written(
    outcome,
    ({ transferId, entryId, balance, crossed, cleared }, at) => ({ transferId, entryId, ...at, balance, crossed, cleared }),
    status,
  );
}

export const transferOperations: readonly Operation[] = [
  operation({
    method: 'post',
    path: OF_WALLET,
    tag: TAG,
    summary: 'Sends money to another wallet; it is in transit until it arrives or comes back',
    body: sendTransfer,
    answer: transferBooked,
    status: 201,
    codes: SEND_CODES,
    async handle(call, service) {
      return answerOf(await walletOf(call, service).sendTransfer(call.body, call.command), 201);
    },
  }),
  operation({
    method: 'get',
    path: OF_WALLET,
    tag: TAG,
    summary: 'The transfers of a wallet: what is in transit first, then the newest first',
    query: transferQuery,
    answer: transferPage,
    codes: ['wallet-unknown'],
    async handle(call, service) {
      const wallet = walletOf(call, service);
      await summaryOf(wallet);
      const { after, limit } = call.query;
      const page = await wallet.transfers({ limit, ...(after === undefined ? {} : { below: readPlaceCursor(after) }) });
      return read({ items: page.items, next: page.next === null ? null : writePlaceCursor(page.next) });
    },
  }),
  operation({
    method: 'delete',
    path: `${OF_WALLET}/{transferId}`,
    tag: TAG,
    summary: 'Takes a transfer back: the sender asks for it, the receiver gives it back',
    body: takeBack,
    answer: transferBooked,
    codes: ['wallet-unknown', 'wallet-closed', 'transfer-unknown', 'transfer-returned', 'note-invalid', 'note-too-long'],
    async handle(call, service) {
      const { transferId = '' } = call.params;
      return answerOf(await walletOf(call, service).takeBackTransfer(transferId, call.body, call.command));
    },
  }),
  operation({
    method: 'get',
    path: '/transfers',
    tag: TAG,
    summary: 'The transfers of all wallets that are not settled, oldest first',
    query: transitQuery,
    answer: transitList,
    async handle({ query }, { ledger }) {
      const open = await ledger.inTransit(timesAsked(query, 'UTC'));
      return read({ items: open.slice(0, MAX_OPEN), count: open.length });
    },
  }),
  operation({
    method: 'get',
    path: '/transfers/proposals',
    tag: TAG,
    summary: 'Expenses and incomes that look like transfers (of the last ninety days when no days are given)',
    query: proposalQuery,
    answer: proposalList,
    async handle({ query }, { ledger, clock }) {
      const period = stretchOf(query, balanceStretch(dayAt(clock.now(), EARLIEST_ZONE)), 'day');
      return read({ ...period, items: await ledger.transferProposals(period) });
    },
  }),
  operation({
    method: 'post',
    path: '/transfers/join',
    tag: TAG,
    summary: 'Makes an expense in one wallet and an income in another one transfer',
    body: joinTransfer,
    answer: transferBooked,
    codes: JOIN_CODES,
    async handle({ body, command }, { ledger }) {
      return answerOf(await ledger.joinTransfer(body, command));
    },
  }),
];
