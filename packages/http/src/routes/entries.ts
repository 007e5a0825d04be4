import {
  parseTotal,
  type Booked,
  type Outcome,
  type CurrencyCode,
  type RegisterFilter,
  type Wallet,
  type WalletSummary,
} from '@kakeibo/core';
import type { z } from 'zod';
import { readEntryCursor, writeEntryCursor } from '../cursor.ts';
import { operation, type Operation } from '../operation.ts';
import { Problem, requestInvalid } from '../problem.ts';
import { written, type Answer } from '../respond.ts';
import {
  addEntry,
  addRefund,
  booked,
  correctEntries,
  correctEntry,
  entriesCorrected,
  entryDetail,
  entryPage,
  entryQuery,
  recategorise,
  recategorised,
  voidEntry,
} from '../schemas/entries.ts';
import { readsAt } from './as-of.ts';
import { walletOf, walletUnknown } from './wallet-of.ts';
import { walletRead } from './wallet-read.ts';

const BOOKING_CODES = [
  'wallet-unknown',
  'wallet-closed',
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
  'limit-exceeded',
];
const ENTRY_CODES = [
  'entry-unknown',
  'entry-void',
  'entry-not-void',
  'entry-is-transfer',
  'entry-refunded',
  'refund-too-large',
  'nothing-to-change',
];
const BULK_CODES = [...BOOKING_CODES, ...ENTRY_CODES, 'too-many-entries'];
const TAG = 'Entries';

function answerOf(outcome: Outcome<Booked>, status = 200): Answer {
  return written(
    outcome,
    ({ entryId, balance, crossed, cleared }, at) => ({ entryId, ...at, balance, crossed, cleared }),
    status,
  );
}

export const entryOperations: readonly Operation[] = [
  operation({
    method: 'post',
    path: '/wallets/{walletId}/expenses',
    tag: TAG,
    summary: 'Books an expense',
    body: addEntry,
    answer: booked,
    status: 201,
    codes: BOOKING_CODES,
    async handle(call, service) {
      return answerOf(await walletOf(call, service).addExpense(call.body, call.command), 201);
    },
  }),
  operation({
    method: 'post',
    path: '/wallets/{walletId}/income',
    tag: TAG,
    summary: 'Books an income',
    body: addEntry,
    answer: booked,
    status: 201,
    codes: BOOKING_CODES,
    async handle(call, service) {
      return answerOf(await walletOf(call, service).addIncome(call.body, call.command), 201);
    },
  }),
  operation({
    method: 'post',
    path: '/wallets/{walletId}/refunds',
    tag: TAG,
    summary: 'Books money that came back: it lowers what was spent, and is no income',
    body: addRefund,
    answer: booked,
    status: 201,
    codes: [...BOOKING_CODES, 'entry-unknown', 'entry-void', 'kind-invalid', 'refund-too-large'],
    async handle(call, service) {
      return answerOf(await walletOf(call, service).addRefund(call.body, call.command), 201);
    },
  }),
  operation({
    method: 'post',
    path: '/wallets/{walletId}/entries/bulk',
    tag: TAG,
    summary: 'Corrects up to 1,000 entries at once, all or none; one undoing takes it back',
    body: correctEntries,
    answer: entriesCorrected,
    codes: BULK_CODES,
    async handle(call, service) {
      const outcome = await walletOf(call, service).correctEntries(call.body.changes, call.command);
      return written(outcome, (effects, at) => ({ ...at, ...effects }));
    },
  }),
  operation({
    method: 'post',
    path: '/wallets/{walletId}/entries/recategorise',
    tag: TAG,
    summary: 'Gives all entries that pass a filter the same category, payee, tags or note; a dry run only names them',
    body: recategorise,
    answer: recategorised,
    codes: BULK_CODES,
    async handle(call, service) {
      const wallet = walletOf(call, service);
      const { filter, ...rest } = call.body;
      const wanted = filterOf(filter, await summaryOf(wallet));
      const outcome = await wallet.recategorise({ ...rest, filter: wanted }, call.command);
      return written(outcome, (result, at) => ({ ...result, ...at }));
    },
  }),
  walletRead({
    path: '/entries',
    tag: TAG,
    summary: 'The register, newest first, a page at a time',
    query: entryQuery,
    answer: entryPage,
    async body({ wallet, summary, query }) {
      const { totals, after, limit, occurredAsOf, recordedAsOf, ...wanted } = query;
      const { reads } = readsAt(wallet, summary, { occurredAsOf, recordedAsOf });
      const filter = filterOf(wanted, summary);
      const page = await reads.entries(filter, { limit, ...(after === undefined ? {} : { after: readEntryCursor(after) }) });
      const next = page.next === null ? null : writeEntryCursor(page.next);
      return { ...page, next, ...(totals === true ? { totals: await reads.totals(filter) } : {}) };
    },
  }),
  walletRead({
    path: '/entries/{entryId}',
    tag: TAG,
    summary: 'An entry with everything that happened to it',
    answer: entryDetail,
    codes: ['entry-unknown'],
    async body({ wallet, params }) {
      const entry = await wallet.entry(params.entryId ?? '');
      if (entry === undefined) throw new Problem(404, 'entry-unknown', 'The wallet has no such entry.');
      return entry;
    },
  }),
  operation({
    method: 'patch',
    path: '/wallets/{walletId}/entries/{entryId}',
    tag: TAG,
    summary: 'Corrects an entry; null takes its category or note away',
    body: correctEntry,
    answer: booked,
    codes: [...BOOKING_CODES, ...ENTRY_CODES, 'entry-is-refund', 'kind-invalid'],
    async handle(call, service) {
      return answerOf(await walletOf(call, service).correctEntry(call.params.entryId ?? '', call.body, call.command));
    },
  }),
  operation({
    method: 'delete',
    path: '/wallets/{walletId}/entries/{entryId}',
    tag: TAG,
    summary: 'Voids an entry: it no longer counts, and can be restored',
    body: voidEntry,
    answer: booked,
    codes: ['wallet-unknown', 'wallet-closed', ...ENTRY_CODES],
    async handle(call, service) {
      return answerOf(await walletOf(call, service).voidEntry(call.params.entryId ?? '', call.body, call.command));
    },
  }),
  operation({
    method: 'post',
    path: '/wallets/{walletId}/entries/{entryId}/restore',
    tag: TAG,
    summary: 'Lets a void entry count again',
    answer: booked,
    codes: ['wallet-unknown', 'wallet-closed', ...ENTRY_CODES, 'limit-exceeded'],
    async handle(call, service) {
      return answerOf(await walletOf(call, service).restoreEntry(call.params.entryId ?? '', call.command));
    },
  }),
];

type Wanted = Omit<z.output<typeof entryQuery>, 'totals' | 'after' | 'limit'>;

async function summaryOf(wallet: Wallet): Promise<WalletSummary> {
  const summary = await wallet.summary();
  if (summary === undefined) throw walletUnknown();
  return summary;
}

function filterOf({ import: importId, min, max, ...filter }: Wanted, { currency }: WalletSummary): RegisterFilter {
  const bounds = { ...boundOf('min', min, currency), ...boundOf('max', max, currency) };
  return { ...filter, ...bounds, ...(importId === undefined ? {} : { importId }) };
}

/** An amount that bounds the register, in minor units. */
function boundOf(path: 'min' | 'max', text: string | undefined, currency: CurrencyCode): Pick<RegisterFilter, 'min' | 'max'> {
  if (text === undefined) return {};
  const sum = parseTotal(text, currency);
  if (typeof sum === 'object') return { [path]: sum.minor };
  throw requestInvalid([{ path, message: 'It is a plain decimal with no more decimals than the currency has.' }]);
}
