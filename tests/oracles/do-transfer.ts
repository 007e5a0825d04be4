import type { DeedOf } from './deeds.ts';
import { textsOf, type Household, type Purse } from './household.ts';

/** Sends money, and lets become of it what is said; what waits arrives with the next one that does not, or never. */
export async function doTransfer(home: Household, deed: DeedOf<'transfer'>): Promise<void> {
  const [from, to] = halves(home, deed);
  if (from === undefined || to === undefined) return;
  const { amount, other, daysBack, texts, fee, fate } = deed;
  const sent = await home.done(
    'transfer',
    from.wallet.sendTransfer({
      to: to.wallet.id,
      amount: from.text(amount),
      toAmount: to.text(from.currency === to.currency ? amount : other),
      occurredOn: home.day(daysBack),
      ...textsOf(texts),
      ...(fee === undefined ? {} : { fee: { amount: from.text(fee), category: 'Bank:Fees' } }),
    }),
  );
  if (sent === undefined) return;
  from.entries.push(sent.entryId);
  from.halves.add(sent.entryId);
  if (fate === 'refused') {
    await home.done('close', to.wallet.close());
    await home.settle();
    await home.done('reopen', to.wallet.reopen());
  }
  if (fate === 'recalled') await home.done('recalled', from.wallet.takeBackTransfer(sent.transferId));
  if (fate !== 'waits') await home.settle();
  if (fate === 'given back') {
    await home.done('given back', to.wallet.takeBackTransfer(sent.transferId));
    await home.settle();
  }
}

/** Books an expense here and an income there, and says that they are one transfer. */
export async function joinHalves(home: Household, deed: DeedOf<'join'>): Promise<void> {
  const [from, to] = halves(home, deed);
  if (from === undefined || to === undefined) return;
  const { amount, other, daysBack, texts } = deed;
  const common = { category: 'To be joined', ...textsOf(texts) };
  const given = { ...common, amount: from.text(amount), occurredOn: home.day(daysBack) };
  const got = {
    ...common,
    amount: to.text(from.currency === to.currency ? amount : other),
    occurredOn: home.day(daysBack - (daysBack % 2)),
  };
  const spent = await home.done('join: expense', from.wallet.addExpense(given));
  const came = await home.done('join: income', to.wallet.addIncome(got));
  if (spent === undefined || came === undefined) return;
  from.entries.push(spent.entryId);
  to.entries.push(came.entryId);
  const ends = {
    from: { walletId: from.wallet.id, entryId: spent.entryId },
    to: { walletId: to.wallet.id, entryId: came.entryId },
  };
  if ((await home.done('join', home.ledger.joinTransfer(ends))) !== undefined) {
    from.halves.add(spent.entryId);
    to.halves.add(came.entryId);
  }
  await home.settle();
}

function halves(
  { purses }: Household,
  { from, to }: { readonly from: number; readonly to: number },
): readonly (Purse | undefined)[] {
  const first = from % purses.length;
  return [purses[first], purses[(first + 1 + (to % Math.max(1, purses.length - 1))) % purses.length]];
}
