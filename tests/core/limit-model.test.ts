import {
  createLedger,
  createMemoryEventStore,
  createMemoryViewStore,
  decode,
  formatMinor,
  periodFrom,
  project,
  walletProjections,
  type CivilDate,
  type Outcome,
  type Period,
  type Wallet,
} from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LimitModel, type ModelStanding, type Told } from './limit-model.ts';
import type { LimitEntry } from './limit-model-settings.ts';
import { limitStep, type LimitStep, type StepFacts } from './limit-steps.ts';

const eur = (minor: bigint): string => formatMinor(minor, 2);
const stretch = periodFrom('2026-01-05', '2027-02-10') as Period;

async function walk(steps: readonly LimitStep[]): Promise<void> {
  let now = Date.UTC(2026, 9, 14, 9);
  let ids = 0;
  const clock = { now: () => now };
  const [store, views] = [createMemoryEventStore({ clock }), createMemoryViewStore()];
  const ledger = createLedger({ store, views, clock, ids: { next: () => `id-${(ids += 1)}` } });
  const opened = await ledger.openWallet({ name: 'Household', currency: 'EUR' });
  if (!('result' in opened)) throw new Error('the wallet opens');
  const wallet = ledger.wallet(opened.result.walletId);
  const model = new LimitModel();
  for (const step of steps) {
    now += step.daysLater * 86_400_000;
    model.today = new Date(now).toISOString().slice(0, 10);
    await take(step, wallet, model);
    await checkStatus(wallet, model);
  }
  await checkHistory(wallet, model);
  await checkHistory(createLedger({ store, clock, ids: { next: () => 'x' } }).wallet(wallet.id), model);
  const history = (await wallet.events({ after: 0, limit: 10_000 })).map(decode);
  for (const projection of walletProjections) {
    for (const [bucket, view] of project(projection, history)) expect(await wallet.view(projection, bucket)).toEqual(view);
  }
}

interface Crossed {
  readonly limitId: string;
  readonly period: string;
  readonly from: string;
  readonly threshold: number;
}

function compare(outcome: Outcome<{ crossed: readonly Crossed[]; cleared: readonly Crossed[] }>, told: Told): void {
  const spell = ({ limitId, period, from, threshold }: Crossed): string => `${limitId} ${period} ${from} ${threshold}`;
  const seen =
    'result' in outcome
      ? { kind: 'recorded', crossed: outcome.result.crossed.map(spell).sort(), cleared: outcome.result.cleared.map(spell).sort() }
      : { kind: outcome.kind, code: outcome.kind === 'rejected' ? outcome.rejection.code : '' };
  expect(seen).toEqual(told);
}

async function take(step: LimitStep, wallet: Wallet, model: LimitModel): Promise<void> {
  const entry = model.entries[step.pick % Math.max(1, model.entries.length)];
  switch (step.do) {
    case 'limit':
      return compare(await wallet.setLimit(step.limitId, step.details), model.set(step.limitId, step.details));
    case 'unlimit':
      return compare(await wallet.removeLimit(step.limitId), model.remove(step.limitId));
    case 'book':
      return book(step, wallet, model);
    case 'correct': {
      if (entry === undefined || entry.void) return;
      const next: LimitEntry = { ...entry, ...toModel(step.facts) };
      if (JSON.stringify(spellEntry(next)) === JSON.stringify(spellEntry(entry))) return;
      const outcome = await wallet.correctEntry(entry.id, toDetails(step.facts));
      return compare(
        outcome,
        model.change([{ ...entry }, next], true, () => replace(model, next)),
      );
    }
    case 'void':
    case 'restore': {
      if (entry === undefined || entry.void === (step.do === 'void')) return;
      const outcome = step.do === 'void' ? await wallet.voidEntry(entry.id) : await wallet.restoreEntry(entry.id);
      const next = { ...entry, void: step.do === 'void' };
      return compare(
        outcome,
        model.change([entry], step.do === 'restore', () => replace(model, next)),
      );
    }
  }
}

const spellEntry = ({ minor, ...entry }: LimitEntry) => ({ ...entry, minor: String(minor) });

function replace(model: LimitModel, next: LimitEntry): void {
  model.entries = model.entries.map((entry) => (entry.id === next.id ? next : entry));
}

function toModel({ amount, ...facts }: Partial<StepFacts>): Partial<LimitEntry> {
  return { ...facts, ...(amount === undefined ? {} : { minor: BigInt(amount) * 100n }) };
}

function toDetails({ amount, on, ...facts }: Partial<StepFacts>) {
  return {
    ...facts,
    ...(amount === undefined ? {} : { amount: String(amount) }),
    ...(on === undefined ? {} : { occurredOn: on }),
  };
}

async function book({ kind, facts }: LimitStep & { do: 'book' }, wallet: Wallet, model: LimitModel): Promise<void> {
  const details = { ...toDetails(facts), amount: String(facts.amount) };
  const outcome = kind === 'expense' ? await wallet.addExpense(details) : await wallet.addRefund(details);
  const id = 'result' in outcome ? outcome.result.entryId : '';
  const made: LimitEntry = { ...facts, minor: BigInt(facts.amount) * 100n, id, kind, void: false };
  compare(
    outcome,
    model.change([made], kind === 'expense', () => void model.entries.push(made)),
  );
}

const standing = ({ spent, carried, budget }: ModelStanding) => ({
  spent: eur(spent),
  carried: eur(carried),
  budget: eur(budget),
  left: eur(budget - spent),
  percent: budget > 0n ? percent(spent, budget) : null,
});

/** Rounded down. */
function percent(spent: bigint, budget: bigint): number {
  let whole = 0;
  while (BigInt(whole + 1) * budget <= spent * 100n) whole += 1;
  while (BigInt(whole) * budget > spent * 100n) whole -= 1;
  return whole;
}

async function checkStatus(wallet: Wallet, model: LimitModel): Promise<void> {
  const { items } = await wallet.limits(model.today as CivilDate);
  expect(items.map(({ id }) => id)).toEqual([...model.limits.keys()].filter((id) => model.current(id) !== undefined).sort());
  for (const { id, amount, current } of items) {
    const period = model.period(id, model.today) ?? model.period(id, model.current(id)?.since ?? '');
    if (period === undefined) throw new Error('a limit has a period');
    const wanted = model.standing(id, period);
    expect(current).toMatchObject({ from: period.from, to: period.to, ...standing(wanted) });
    expect([amount, current.state === 'over']).toEqual([
      eur(period.setting.amount),
      wanted.spent > 0n && wanted.spent > wanted.budget,
    ]);
  }
}

async function checkHistory(wallet: Wallet, model: LimitModel): Promise<void> {
  for (const limitId of model.limits.keys()) {
    const rows = model.history(limitId, stretch).map((row) => ({
      from: row.from,
      to: row.to,
      planned: eur(row.setting.amount),
      ...standing(row),
      changes: row.changes.map(({ startsOn, amount }) => ({ startsOn, amount: eur(amount) })),
      told: row.told,
    }));
    const seen = async (options: Parameters<Wallet['limitHistory']>[1]) =>
      (await wallet.limitHistory(limitId, options)).rows.map(({ state: _, told, ...row }) => ({
        ...row,
        told: told.map(({ threshold }) => threshold),
      }));
    expect(await seen(stretch)).toEqual(rows.slice(-400));
    const last = rows.filter(({ from }) => from <= model.today).slice(-5);
    if (model.today < stretch.to && last.length === 5)
      expect(await seen({ last: 5, on: model.today as CivilDate })).toEqual(last);
  }
}

const runs = Number(process.env['KAKEIBO_MODEL_RUNS'] ?? 60);

describe('limits', () => {
  test('do what limits do that look at every entry each time', { timeout: 1_200_000 }, async () => {
    await fc.assert(fc.asyncProperty(fc.array(limitStep, { maxLength: 30 }), walk), { numRuns: runs });
  });

  test('the check can fail: an entry that never was is found', async () => {
    const clock = { now: () => Date.UTC(2026, 9, 14) };
    const ledger = createLedger({ store: createMemoryEventStore({ clock }), clock, ids: { next: () => 'a' } });
    const opened = await ledger.openWallet({ name: 'Household', currency: 'EUR' }, { commandId: 'open' });
    if (!('result' in opened)) throw new Error('the wallet opens');
    const wallet = ledger.wallet(opened.result.walletId);
    const model = new LimitModel();
    const details = { period: 'month', amount: '100' };
    compare(await wallet.setLimit('a', details), model.set('a', details));
    model.entries.push({ id: '', kind: 'expense', minor: 1n, category: 'Food', tags: [], on: model.today, void: false });
    await expect(checkStatus(wallet, model)).rejects.toThrow();
  });
});
