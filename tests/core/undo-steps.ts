import type { EntryChanges, Outcome, Wallet } from '@kakeibo/core';
import fc from 'fast-check';

/** A step of a walk; `at` picks an entry or a change among those there are. */
export type Step =
  | { readonly do: 'income' | 'expense'; readonly amount: number; readonly category: string; readonly day: number }
  | { readonly do: 'split'; readonly amount: number; readonly day: number }
  | {
      readonly do: 'refund' | 'correct' | 'void' | 'restore';
      readonly at: number;
      readonly amount: number;
      readonly category: string;
    }
  | { readonly do: 'bulk'; readonly category: string }
  | { readonly do: 'rename'; readonly name: string }
  | { readonly do: 'close' | 'reopen' | 'undo last' | 'redo last' }
  | { readonly do: 'limit'; readonly id: string; readonly amount: number; readonly mode: string; readonly period: string }
  | { readonly do: 'no limit'; readonly id: string }
  | { readonly do: 'goal'; readonly id: string; readonly amount: number; readonly name: string }
  | { readonly do: 'save' | 'release'; readonly id: string; readonly amount: number }
  | { readonly do: 'no goal'; readonly id: string }
  | { readonly do: 'plan'; readonly amount: number; readonly category: string }
  | { readonly do: 'drop plan'; readonly at: number }
  | { readonly do: 'rate'; readonly amount: number; readonly day: number }
  | { readonly do: 'no rate'; readonly day: number }
  | { readonly do: 'check'; readonly amount: number }
  | { readonly do: 'schedule'; readonly id: string; readonly amount: number; readonly day: number }
  | { readonly do: 'no schedule'; readonly id: string }
  | { readonly do: 'undo'; readonly at: number };

const amount = fc.integer({ min: 1, max: 9_000 });
const small = fc.integer({ min: 1, max: 500 });
const category = fc.constantFrom('Food', 'Food:Cafe', 'Rent');
const day = fc.integer({ min: 1, max: 28 });
const at = fc.nat(1_000);
const id = fc.constantFrom('food', 'all');

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('income' as const, 'expense' as const), amount, category, day }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('split' as const), amount, day }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('refund' as const, 'correct' as const, 'void' as const, 'restore' as const),
      at,
      amount,
      category,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('bulk' as const), category }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rename' as const), name: fc.constantFrom('A', 'B') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('close' as const, 'reopen' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('limit' as const),
      id,
      amount,
      mode: fc.constantFrom('warn', 'block'),
      period: fc.constantFrom('month', 'week', 'year'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('no limit' as const), id }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('goal' as const), id, amount, name: fc.constantFrom('Bike', 'Boat') }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('save' as const, 'release' as const), id, amount: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('no goal' as const, 'no schedule' as const), id }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('plan' as const), amount, category }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('drop plan' as const), at }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rate' as const), amount, day }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('no rate' as const), day }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('check' as const), amount }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('schedule' as const), id, amount, day }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('undo last' as const, 'redo last' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('undo' as const), at }) },
);

const text = (minor: number): string => (minor / 100).toFixed(2);
const dayOf = (of: number): string => `2026-10-${String(of).padStart(2, '0')}`;

/** Takes a step. */
export async function take(wallet: Wallet, taken: Step): Promise<Outcome<unknown>> {
  const { items } = await wallet.entries({ void: 'include' }, { limit: 200 });
  const pick = (of: number): string => items[of % Math.max(1, items.length)]?.id ?? 'nobody';
  switch (taken.do) {
    case 'income':
    case 'expense': {
      const details = { amount: text(taken.amount), category: taken.category, occurredOn: dayOf(taken.day), payee: 'Mill' };
      return taken.do === 'income' ? wallet.addIncome(details) : wallet.addExpense(details);
    }
    case 'split': {
      const parts = [
        { category: 'Food', share: 2 },
        { category: 'Rent', share: 1 },
      ];
      return wallet.addExpense({ amount: text(taken.amount), occurredOn: dayOf(taken.day), parts });
    }
    case 'refund':
      return wallet.addRefund({ amount: text(taken.amount), refunds: pick(taken.at) });
    case 'correct': {
      const changes: EntryChanges =
        taken.at % 2 === 0
          ? { category: taken.category }
          : { amount: text(taken.amount), occurredOn: dayOf((taken.at % 28) + 1) };
      return wallet.correctEntry(pick(taken.at), changes);
    }
    case 'void':
      return wallet.voidEntry(pick(taken.at));
    case 'restore':
      return wallet.restoreEntry(pick(taken.at));
    case 'bulk': {
      const changes = items
        .filter((line) => !line.void && line.parts === null)
        .map(({ id: entryId }) => ({ entryId, category: taken.category }));
      return wallet.correctEntries(changes);
    }
    case 'rename':
      return wallet.rename(taken.name);
    case 'close':
      return wallet.close();
    case 'reopen':
      return wallet.reopen();
    case 'undo last':
      return wallet.undoLast();
    case 'redo last':
      return wallet.redoLast();
    case 'limit': {
      const { amount: most, mode, period } = taken;
      return wallet.setLimit(taken.id, { amount: text(most), mode, period, ...(taken.id === 'food' ? { scope: 'Food' } : {}) });
    }
    case 'no limit':
      return wallet.removeLimit(taken.id);
    case 'goal':
      return wallet.setGoal(taken.id, { name: taken.name, target: text(taken.amount) });
    case 'save':
      return wallet.saveMoney(taken.id, text(taken.amount));
    case 'release':
      return wallet.releaseSavings(taken.id, text(taken.amount));
    case 'no goal':
      return wallet.removeGoal(taken.id);
    case 'plan':
      return wallet.planEntry({ kind: 'expense', amount: text(taken.amount), category: taken.category });
    case 'drop plan': {
      const { items: plans } = await wallet.plans();
      return wallet.dropPlan(plans[taken.at % Math.max(1, plans.length)]?.id ?? 'none');
    }
    case 'rate':
      return wallet.setRate('USD', { rate: text(taken.amount), on: dayOf(taken.day) });
    case 'no rate':
      return wallet.removeRate('USD', { on: dayOf(taken.day) });
    case 'check':
      return wallet.checkBalance({ counted: text(taken.amount), category: 'Lost' });
    case 'schedule':
      return wallet.setSchedule(taken.id, {
        kind: 'expense',
        amount: text(taken.amount),
        category: 'Rent',
        rule: `FREQ=MONTHLY;BYMONTHDAY=${taken.day}`,
        startsOn: '2026-11-01',
      });
    case 'no schedule':
      return wallet.stopSchedule(taken.id);
    case 'undo': {
      const { items: changes } = await wallet.changes({ limit: 100 });
      return wallet.undo(changes[taken.at % changes.length]?.version ?? 1);
    }
  }
}
