import { decode, exponentOf, formatMinor, type Wallet, type WalletSummary } from '@kakeibo/core';
import { Problem } from '../problem.ts';
import { operation, type Operation } from '../operation.ts';
import { accepted, read, written } from '../respond.ts';
import { changeWallet, openWallet, wallet, walletList } from '../schemas/wallets.ts';
import { summaryOf, walletOf } from './wallet-of.ts';
import { walletRead } from './wallet-read.ts';

const CODES = [
  'wallet-unknown',
  'wallet-closed',
  'wallet-not-closed',
  'name-invalid',
  'currency-unknown',
  'zone-unknown',
  'nothing-to-change',
];

export const walletOperations: readonly Operation[] = [
  operation({
    method: 'post',
    path: '/wallets',
    tag: 'Wallets',
    summary: 'Opens a wallet',
    body: openWallet,
    answer: wallet,
    status: 201,
    codes: CODES,
    async handle({ body, command, request }, { ledger }) {
      const outcome = accepted(await ledger.openWallet(body, command));
      const { walletId } = outcome.result;
      const opened = await asOpened(ledger.wallet(walletId));
      const answer = written(outcome, () => opened, 201);
      return { ...answer, headers: { ...answer.headers, Location: `${request.baseUrl}${request.path}/${walletId}` } };
    },
  }),
  operation({
    method: 'get',
    path: '/wallets',
    tag: 'Wallets',
    summary: 'All wallets, in the order they were opened',
    answer: walletList,
    handle: async (_, { ledger }) => read({ items: await ledger.wallets() }),
  }),
  walletRead({
    followsDay: true,
    path: '',
    tag: 'Wallets',
    summary: 'A wallet as it stands',
    answer: wallet,
    body: ({ summary }) => summary,
  }),
  operation({
    method: 'patch',
    path: '/wallets/{walletId}',
    tag: 'Wallets',
    summary: 'Renames a wallet, or opens a closed one again',
    body: changeWallet,
    answer: wallet,
    codes: CODES,
    async handle(call, service) {
      const changing = walletOf(call, service);
      const { name } = call.body;
      const outcome = accepted(await (name === undefined ? changing.reopen(call.command) : changing.rename(name, call.command)));
      return written(outcome, await summaryMaker(changing));
    },
  }),
  operation({
    method: 'delete',
    path: '/wallets/{walletId}',
    tag: 'Wallets',
    summary: 'Closes a wallet; its history stays',
    answer: wallet,
    codes: CODES,
    async handle(call, service) {
      const closing = walletOf(call, service);
      const outcome = accepted(await closing.close(call.command));
      return written(outcome, await summaryMaker(closing));
    },
  }),
];

/** The wallet as it stands, to be shown as what came of a command. */
async function summaryMaker(changed: Wallet): Promise<() => WalletSummary> {
  const summary = await summaryOf(changed);
  return () => summary;
}

/** The wallet as its first event left it, so that opening answers the same however often and however late it is repeated. */
async function asOpened(opened: Wallet): Promise<WalletSummary> {
  const [stored] = await opened.events({ after: 0, limit: 1 });
  const first = stored === undefined ? undefined : decode(stored);
  if (first?.event.type !== 'WalletOpened') throw new Problem(404, 'wallet-unknown', 'There is no such wallet.');
  const { name, currency, zone, openedOn } = first.event;
  const decimals = exponentOf(currency);
  const nothing = formatMinor(0n, decimals);
  const { version, position } = first;
  return {
    id: opened.id,
    name,
    currency,
    decimals,
    zone,
    status: 'open',
    openedOn,
    today: openedOn,
    balance: nothing,
    setAside: nothing,
    available: nothing,
    planned: { in: nothing, out: nothing },
    entries: 0,
    version,
    position,
  };
}
