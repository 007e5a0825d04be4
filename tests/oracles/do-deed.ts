import type { Wallet } from '@kakeibo/core';
import type { Deed, DeedOf } from './deeds.ts';
import { textsOf, type Household, type Purse } from './household.ts';
import { doTransfer, joinHalves } from './do-transfer.ts';

/** Carries out a deed with what there is. */
export async function doDeed(home: Household, deed: Deed): Promise<void> {
  if (deed.type === 'transfer') return doTransfer(home, deed);
  if (deed.type === 'join') return joinHalves(home, deed);
  const purse = home.purses[deed.wallet % home.purses.length] as Purse;
  const add = async (kind: string, booked: ReturnType<Wallet['addIncome']>): Promise<void> => {
    const result = await home.done(kind, booked);
    if (result !== undefined) purse.entries.push(result.entryId);
  };
  switch (deed.type) {
    case 'book':
    case 'split': {
      const details = deed.type === 'book' ? bookDetails(home, purse, deed) : splitDetails(home, purse, deed);
      return add(deed.type, deed.kind === 'income' ? purse.wallet.addIncome(details) : purse.wallet.addExpense(details));
    }
    case 'refund': {
      const entryId = entryOf(purse, deed.entry);
      const of = deed.of && entryId !== undefined ? { refunds: entryId } : { category: deed.category };
      // Small enough, so that some fit into what they refund.
      const amount = purse.text(deed.of ? (deed.amount % 97n) + 1n : deed.amount);
      return add(
        'refund',
        purse.wallet.addRefund({ amount, occurredOn: home.day(deed.daysBack), ...of, ...textsOf(deed.texts) }),
      );
    }
    case 'plan':
      return doPlan(home, purse, deed);
    case 'import':
      return doImport(home, purse, deed);
    case 'schedule':
    case 'due':
    case 'skip':
    case 'stop':
      return doSchedule(home, purse, deed);
    default:
      return change(home, purse, deed);
  }
}

type Change = DeedOf<'correct' | 'void' | 'restore' | 'bulk' | 'limit' | 'count' | 'undo' | 'rename'>;

async function change(home: Household, purse: Purse, deed: Change): Promise<void> {
  const { wallet, text, entries } = purse;
  if (deed.type === 'rename') await home.done('rename', wallet.rename(deed.name));
  if (deed.type === 'count') {
    const counted = { counted: text(deed.counted), category: deed.category };
    const result = await home.done('count', wallet.checkBalance(counted));
    if (result?.entryId != null) entries.push(result.entryId);
  }
  if (deed.type === 'limit') await setLimit(home, { wallet, text }, deed);
  if (deed.type === 'undo') {
    const { version = 1 } = (await wallet.summary()) ?? {};
    const undoing = {
      last: () => wallet.undoLast(),
      again: () => wallet.redoLast(),
      any: () => wallet.undo(2 + (deed.version % version)),
    };
    await home.done(`undo ${deed.what}`, undoing[deed.what as keyof typeof undoing]());
  }
  if (deed.type === 'bulk') {
    const ids = new Set(deed.entries.flatMap((at) => entryOf(purse, at) ?? []));
    await home.done(
      'bulk',
      wallet.correctEntries([...ids].map((entryId) => ({ entryId, category: deed.category, ...textsOf(deed.texts) }))),
    );
  }
  if (deed.type === 'restore') {
    const entryId = purse.voided[deed.entry % Math.max(1, purse.voided.length)];
    if (entryId !== undefined) await home.done('restore', wallet.restoreEntry(entryId));
  }
  const entryId = 'entry' in deed ? entryOf(purse, deed.entry) : undefined;
  if (entryId === undefined) return;
  if (deed.type === 'void' && (await home.done('void', wallet.voidEntry(entryId))) !== undefined) purse.voided.push(entryId);
  if (deed.type === 'correct') {
    const { amount, daysBack, texts, ...rest } = deed.changes;
    const isHalf = purse.halves.has(entryId);
    const changes = {
      ...(isHalf ? {} : rest),
      ...(isHalf || amount === undefined ? {} : { amount: text(amount) }),
      ...(daysBack === undefined ? {} : { occurredOn: home.day(daysBack) }),
      ...(texts === undefined ? {} : textsOf(texts)),
    };
    await home.done(isHalf ? 'correct a half' : 'correct', wallet.correctEntry(entryId, changes));
  }
}

function entryOf({ entries }: Pick<Purse, 'entries'>, at: number): string | undefined {
  return entries[at % Math.max(1, entries.length)];
}

function bookDetails(home: Household, { text }: Purse, { amount, category, daysBack, texts }: DeedOf<'book'>) {
  return { amount: text(amount), category, occurredOn: home.day(daysBack), ...textsOf(texts) };
}

function splitDetails(home: Household, { text }: Purse, { parts, byShares, daysBack, texts }: DeedOf<'split'>) {
  return {
    amount: text(parts.reduce((sum, part) => sum + part.minor, 0n)),
    parts: parts.map(({ category, minor, share, note }) => ({
      category,
      ...(byShares ? { share } : { amount: text(minor) }),
      ...(note === undefined ? {} : { note }),
    })),
    occurredOn: home.day(daysBack),
    ...textsOf(texts),
  };
}

async function setLimit(home: Household, { wallet, text }: Pick<Purse, 'wallet' | 'text'>, deed: DeedOf<'limit'>): Promise<void> {
  const { id, period, firstDay, amount, daysBack, scope, tag, rollover, removed } = deed;
  if (removed) return void (await home.done('limit removed', wallet.removeLimit(`limit-${id}`)));
  const from = home.day(daysBack);
  const details = {
    period,
    amount: text(amount),
    rollover: period === 'custom' ? 'none' : rollover,
    ...(period === 'custom' ? { from, to: home.day(daysBack - 30) } : { startsOn: from }),
    ...(firstDay === undefined || period === 'custom' || period === 'day'
      ? {}
      : { firstDay: period === 'week' ? 1 + (firstDay % 7) : firstDay }),
    ...(tag === undefined ? (scope === undefined ? {} : { scope }) : { tag }),
  };
  await home.done(`limit ${period}`, wallet.setLimit(`limit-${id}`, details));
}

async function doPlan(
  home: Household,
  { wallet, text, entries }: Purse,
  { amount, category, texts, booked }: DeedOf<'plan'>,
): Promise<void> {
  const planned = await home.done(
    'plan',
    wallet.planEntry({ kind: 'expense', amount: text(amount), category, ...textsOf(texts) }),
  );
  if (planned === undefined) return;
  if (!booked) return void (await home.done('plan dropped', wallet.dropPlan(planned.planId)));
  const result = await home.done('plan booked', wallet.bookPlan(planned.planId, { amount: text((amount + 1n) / 2n) }));
  if (result !== undefined) entries.push(result.entryId);
}

/** Files of few names, days and sums, so that their rows come again. */
async function doImport(home: Household, { wallet, text }: Purse, { name, rows, takenBack }: DeedOf<'import'>): Promise<void> {
  const read = rows.map(({ kind, amount, day, texts }) => ({
    kind,
    amount: text(amount),
    category: 'Unsorted',
    occurredOn: `2025-06-${String(1 + day).padStart(2, '0')}`,
    fingerprint: `${kind} ${amount}`,
    ...textsOf(texts),
  }));
  const imported = await home.done('import', wallet.importEntries({ name: `bank-${name}.csv`, rows: read }));
  if (takenBack && imported !== undefined) await home.done('import taken back', wallet.undoImport(imported.importId));
}

async function doSchedule(
  home: Household,
  { wallet, text }: Purse,
  deed: DeedOf<'schedule' | 'due' | 'skip' | 'stop'>,
): Promise<void> {
  const id = `schedule-${deed.id}`;
  if (deed.type === 'due') await home.done('due', wallet.bookDue());
  if (deed.type === 'stop') await home.done('stop', wallet.stopSchedule(id));
  if (deed.type === 'skip') {
    const next = (await wallet.schedules()).items.find(({ scheduleId }) => scheduleId === id)?.next ?? null;
    if (next !== null) await home.done('skip', wallet.skipOccurrence(id, next));
  }
  if (deed.type === 'schedule') {
    const { rule, kind, amount, daysBack, category, texts } = deed;
    const details = { rule, kind, amount: text(amount), category, startsOn: home.day(daysBack), ...textsOf(texts) };
    await home.done('schedule', wallet.setSchedule(id, details));
    await home.done('due', wallet.bookDue());
  }
}
