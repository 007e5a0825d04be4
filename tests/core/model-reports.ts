import { formatMinor, periodFrom, type CivilDate, type Period, type Wallet } from '@kakeibo/core';
import { expect } from 'vitest';
import type { WalletModel } from './wallet-model.ts';

const eur = (minor: bigint): string => formatMinor(minor, 2);
const stretches = [
  periodFrom('2026-10-01', '2026-11-01'),
  periodFrom('2025-12-15', '2026-10-14'),
  periodFrom('2026-09-29', '2026-10-02'),
] as readonly Period[];

/** Compares every report with what looking at all entries gives. */
export async function checkReports(wallet: Wallet, model: WalletModel): Promise<void> {
  expect(await wallet.summary()).toMatchObject({
    balance: eur(model.balance()),
    entries: model.counting().length,
    status: model.closed ? 'closed' : 'open',
    today: model.today,
  });
  for (const period of stretches) {
    await checkSpending(wallet, model, period);
    await checkFlows(wallet, model, period);
  }
  await checkLimits(wallet, model);
  await checkRegister(wallet, model);
}

function inside(model: WalletModel, { from, to }: Period) {
  return model.counting().filter(({ on }) => on >= from && on < to);
}

async function checkSpending(wallet: Wallet, model: WalletModel, period: Period): Promise<void> {
  const report = await wallet.spending(period);
  const expenses = inside(model, period).filter(({ kind }) => kind === 'expense');
  const categories = new Set(
    expenses.flatMap(({ category }) => (category ?? '').split(':').map((_, index, parts) => parts.slice(0, index + 1).join(':'))),
  );
  expect(new Set(report.rows.map(({ category }) => category))).toEqual(categories);
  for (const { category, own, total } of report.rows) {
    const exact = expenses.filter((entry) => entry.category === category).reduce((sum, { minor }) => sum + minor, 0n);
    expect([category, own, total]).toEqual([category, eur(exact), eur(model.spent(period.from, period.to, category))]);
  }
  expect(report.total).toBe(eur(model.spent(period.from, period.to, null)));
  const shares = report.rows.filter(({ depth }) => depth === 0).reduce((sum, { share }) => sum + share, 0);
  expect(shares).toBe(expenses.length === 0 ? 0 : 100);
}

async function checkFlows(wallet: Wallet, model: WalletModel, period: Period): Promise<void> {
  const sum = (kind: string, from: string, to: string): bigint =>
    model
      .counting()
      .filter((entry) => entry.kind === kind && entry.on >= from && entry.on < to)
      .reduce((total, { minor }) => total + minor, 0n);
  const report = await wallet.cashflow(period);
  for (const { from, to, in: income, out } of [report, ...report.months]) {
    expect([from, income, out]).toEqual([from, eur(sum('income', from, to)), eur(sum('expense', from, to))]);
  }
  const balance = await wallet.balance({ period, by: 'month', on: period.from });
  const upTo = (to: string): bigint => sum('income', '0000', to) - sum('expense', '0000', to);
  expect(balance.opening).toBe(eur(upTo(period.from)));
  expect(balance.series.map((step) => step.balance)).toEqual(balance.series.map(({ to }) => eur(upTo(to))));
  const byMonth = await wallet.spendingByMonth(period);
  expect(byMonth.months.map(({ total }) => total)).toEqual(byMonth.months.map(({ from, to }) => eur(sum('expense', from, to))));
}

async function checkLimits(wallet: Wallet, model: WalletModel): Promise<void> {
  const { items } = await wallet.limits(model.today as CivilDate);
  const wanted = [...model.limits.keys()].filter((id) => model.current(id) !== undefined).sort();
  expect(items.map(({ id }) => id)).toEqual(wanted);
  for (const { id, amount, current } of items) {
    const period = model.period(id, model.today) ?? model.period(id, model.current(id)?.since ?? '');
    if (period === undefined) throw new Error('a limit has a period');
    const { terms } = period;
    const spent = model.spent(period.from, period.to, terms.scope);
    expect({ amount, from: current.from, spent: current.spent, left: current.left, over: current.state === 'over' }).toEqual({
      amount: eur(terms.amount),
      from: period.from,
      spent: eur(spent),
      left: eur(terms.amount - spent),
      over: spent > terms.amount,
    });
  }
}

async function checkRegister(wallet: Wallet, model: WalletModel): Promise<void> {
  const seen = [];
  for (let after: { occurredOn: CivilDate; version: number } | undefined; ;) {
    const page = await wallet.entries({ void: 'include' }, { limit: 7, ...(after === undefined ? {} : { after }) });
    seen.push(...page.items);
    if (page.next === null) break;
    after = page.next;
  }
  const spell = (
    id: string,
    kind: string,
    amount: string,
    category: string | null,
    note: string | null,
    on: string,
    isVoid: boolean,
  ): string => JSON.stringify([id, kind, amount, category, note, on, isVoid]);
  expect(
    seen.map((line) => spell(line.id, line.kind, line.amount, line.category, line.note, line.occurredOn, line.void)).sort(),
  ).toEqual(
    model.entries
      .map((entry) => spell(entry.id, entry.kind, eur(entry.minor), entry.category, entry.note, entry.on, entry.void))
      .sort(),
  );
  const days = seen.map(({ occurredOn }) => occurredOn);
  expect(days).toEqual(days.toSorted().toReversed());
  let balance = 0n;
  for (const { kind, amount, balance: shown, void: isVoid } of seen.toReversed()) {
    if (isVoid) expect(shown).toBeNull();
    else {
      balance += (kind === 'income' ? 1n : -1n) * BigInt(amount.replace('.', ''));
      expect(shown).toBe(eur(balance));
    }
  }
}
