import { periodFrom, type CurrencyCode, type EntryLine, type EntryRef, type Period, type WalletTransfer } from '@kakeibo/core';
import { CATEGORIES, choose, dayOf, detailsOf, isRefusal, linesOf, refundedBy } from './choices.ts';
import type { CommandType } from './history.ts';
import { closedOf, entryOf, NO_WALLET, NOBODY, transferOf, type Maker, type Making } from './making.ts';
import type { Purse } from './world.ts';

const WHOLE = periodFrom('2026-01-01', '2028-01-01') as Period;

const openWallet: Maker = ({ world, step }) => {
  const currency = isRefusal(step) ? 'XXZ' : (choose(['EUR', 'JPY', 'KWD', 'EUR'], step.at) as string);
  const zone = choose(['Europe/Berlin', 'America/New_York', 'Asia/Tokyo'], step.wallet) as string;
  return async (request) => {
    const outcome = await world.ledger.openWallet({ name: `Wallet ${step.minor}`, currency, zone }, request);
    if ('result' in outcome) world.add(outcome.result.walletId, currency as CurrencyCode);
    return outcome;
  };
};

const sendTransfer: Maker = ({ world, purse, step }) => {
  const target = choose(world.purses, step.at) as Purse;
  const amount = purse.text(step.minor);
  const details = {
    to: isRefusal(step) ? purse.wallet.id : target.wallet.id,
    amount,
    ...(target.currency === purse.currency ? {} : { toAmount: target.text(step.minor + 1) }),
    occurredOn: dayOf(step),
    ...(step.twist % 3 === 0 ? { fee: { amount: purse.text(1), category: 'Bank' } } : {}),
  };
  return (request) => purse.wallet.sendTransfer(details, request);
};

const joinTransfer: Maker = async ({ world, purse, step }) => {
  const pairs = isRefusal(step) ? [] : await world.ledger.transferProposals(WHOLE);
  const other = world.purses.find(({ currency }) => currency !== purse.currency) ?? purse;
  const plain = async ({ wallet }: Purse, kind: EntryLine['kind']): Promise<EntryRef> => {
    const lines = (await linesOf(wallet, 'exclude')).filter((line) => line.kind === kind);
    return { walletId: wallet.id, entryId: isRefusal(step) ? NOBODY : (choose(lines, step.at)?.id ?? NOBODY) };
  };
  // Between currencies any two amounts are one transfer, when a person says so.
  const { from, to } = choose(pairs, step.at) ?? { from: await plain(purse, 'expense'), to: await plain(other, 'income') };
  return (request) => world.ledger.joinTransfer({ from, to }, request);
};

const takeBack = (direction: WalletTransfer['direction']): Maker => {
  return async (making) => {
    const transferId = await transferOf(making, direction);
    return (request) => making.purse.wallet.takeBackTransfer(transferId, {}, request);
  };
};

const planOf = async ({ purse, step }: Making): Promise<string> =>
  isRefusal(step) ? NOBODY : (choose((await purse.wallet.plans()).items, step.at)?.id ?? NOBODY);

const bulk: Maker = async ({ purse, step }) => {
  const lines = (await linesOf(purse.wallet, 'exclude')).slice(0, 3);
  const ids = isRefusal(step) ? [...lines.map(({ id }) => id), NOBODY] : lines.map(({ id }) => id);
  const changes = ids.map((entryId) => ({ entryId, payee: `Shop ${step.at % 3}`, tags: ['bulk'] }));
  return (request) => purse.wallet.correctEntries(changes, request);
};

const correct: Maker = async (making) => {
  const { purse, step } = making;
  const entryId = await entryOf(making);
  const changes = choose(
    [
      { amount: purse.text(step.minor) },
      { category: choose(CATEGORIES, step.minor) as string },
      { occurredOn: dayOf(step) },
      { payee: 'Mill', note: `${step.minor}`, tags: ['trip'] },
      { kind: choose(['income', 'expense'] as const, step.minor) ?? 'income' },
    ],
    step.at,
  );
  return (request) => purse.wallet.correctEntry(entryId, changes ?? {}, request);
};

const refund: Maker = async (making) => {
  const { purse, step } = making;
  const lines: readonly EntryLine[] = await linesOf(purse.wallet, 'exclude');
  const refunds = choose(
    lines.filter(({ kind }) => kind === 'expense'),
    step.at,
  );
  const details = refundedBy(purse, step, refunds);
  return (request) => purse.wallet.addRefund(details, request);
};

/** The commands of entries, transfers, plans and counted balances. */
export const entrySendings = {
  OpenWallet: openWallet,
  RenameWallet: ({ purse: { wallet }, step }) => {
    const name = isRefusal(step) ? '' : `Name ${step.at % 5}`;
    return (request) => wallet.rename(name, request);
  },
  CloseWallet: async (making) => {
    const wallet = isRefusal(making.step) ? await closedOf(making) : making.purse.wallet;
    return (request) => wallet.close(request);
  },
  ReopenWallet: async (making) => {
    const wallet = isRefusal(making.step) ? making.purse.wallet : await closedOf(making);
    return (request) => wallet.reopen(request);
  },
  AddIncome: ({ purse, step }) => {
    // More than what is spent, so that there is something to save.
    const details = detailsOf(purse, { ...step, minor: step.minor * 20 });
    return (request) => purse.wallet.addIncome(details, request);
  },
  AddExpense: ({ purse, step }) => {
    const details = detailsOf(purse, step);
    return (request) => purse.wallet.addExpense(details, request);
  },
  AddRefund: refund,
  CorrectEntry: correct,
  CorrectEntries: bulk,
  VoidEntry: async (making) => {
    const entryId = await entryOf(making);
    return (request) => making.purse.wallet.voidEntry(entryId, { reason: 'Not so' }, request);
  },
  RestoreEntry: async (making) => {
    const entryId = await entryOf(making, 'only');
    return (request) => making.purse.wallet.restoreEntry(entryId, request);
  },
  PlanEntry: ({ world, purse, step }) => {
    const expires = step.at % 2 === 0 ? {} : { expiresOn: world.day(step.day + 10) };
    const details = { ...detailsOf(purse, step), kind: choose(['income', 'expense'] as const, step.at) ?? 'income', ...expires };
    return (request) => purse.wallet.planEntry(details, request);
  },
  BookPlan: async (making) => {
    const planId = await planOf(making);
    const changes = making.step.at % 3 === 0 ? { amount: making.purse.text(making.step.minor) } : {};
    return (request) => making.purse.wallet.bookPlan(planId, changes, request);
  },
  DropPlan: async (making) => {
    const planId = await planOf(making);
    return (request) => making.purse.wallet.dropPlan(planId, request);
  },
  ExpirePlans: ({ world, purse, step }) => {
    const wallet = isRefusal(step) ? world.ledger.wallet(NO_WALLET) : purse.wallet;
    return (request) => wallet.expirePlans(request);
  },
  CheckBalance: ({ purse, step }) => {
    const counted = isRefusal(step) ? 'much' : purse.text(step.minor);
    const details = { counted, ...(step.at % 2 === 0 ? { category: 'Lost' } : {}) };
    return (request) => purse.wallet.checkBalance(details, request);
  },
  SendTransfer: sendTransfer,
  JoinTransfer: joinTransfer,
  RecallTransfer: takeBack('out'),
  GiveBackTransfer: takeBack('in'),
} satisfies Partial<Record<CommandType, Maker>>;
