import type { Wallet } from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeOf, done, expectFoldedViews, openBooks, storeKinds, type Books } from './books.ts';

type Step =
  | { readonly do: 'plan'; readonly kind: 'income' | 'expense'; readonly minor: number; readonly expires: number | null }
  | { readonly do: 'book' | 'drop'; readonly pick: number; readonly minor: number | null }
  | { readonly do: 'expire' | 'tomorrow' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('plan' as const),
      kind: fc.constantFrom('income' as const, 'expense' as const),
      minor: fc.integer({ min: 1, max: 900 }),
      expires: fc.option(fc.integer({ min: 1, max: 5 })),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('book' as const, 'book' as const, 'drop' as const),
      pick: fc.nat(9),
      minor: fc.option(fc.integer({ min: 1, max: 1_200 })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('expire' as const, 'tomorrow' as const) }) },
);

const cents = (minor: number): string =>
  `${minor < 0 ? '-' : ''}${Math.floor(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`;
const dated = (date: number): string => `2026-10-${String(date).padStart(2, '0')}`;

interface Kept {
  readonly id: string;
  readonly kind: 'income' | 'expense';
  readonly minor: number;
  readonly expires: number | null;
  ended: boolean;
}

/** The slow, obvious list of plans beside the real one. */
class PlanModel {
  readonly plans: Kept[] = [];
  balance = 0;
  #today = 1;
  readonly #books: Books;
  readonly #wallet: Wallet;

  constructor(books: Books, wallet: Wallet) {
    this.#books = books;
    this.#wallet = wallet;
  }

  async take(each: Step): Promise<void> {
    switch (each.do) {
      case 'tomorrow':
        this.#today = Math.min(this.#today + 1, 25);
        return this.#books.on(dated(this.#today));
      case 'plan':
        return this.#plan(each);
      case 'expire':
        return this.#expire();
      default:
        return this.#end(each);
    }
  }

  sum(kind: string): string {
    const open = this.plans.filter((plan) => !plan.ended && plan.kind === kind);
    return cents(open.reduce((total, { minor }) => total + minor, 0));
  }

  async #plan({ kind, minor, expires: days }: Extract<Step, { do: 'plan' }>): Promise<void> {
    const expires = days === null ? null : this.#today + days;
    const { planId: id } = done(
      await this.#wallet.planEntry({
        kind,
        amount: cents(minor),
        category: 'X',
        ...(expires === null ? {} : { expiresOn: dated(expires) }),
      }),
    );
    this.plans.push({ id, kind, minor, expires, ended: false });
  }

  async #expire(): Promise<void> {
    const due = this.plans.filter((plan) => !plan.ended && this.#isExpired(plan));
    const { planIds } = done(await this.#wallet.expirePlans());
    expect([...planIds].sort()).toEqual(due.map(({ id }) => id).sort());
    for (const plan of due) plan.ended = true;
  }

  async #end({ do: how, pick, minor }: Extract<Step, { do: 'book' | 'drop' }>): Promise<void> {
    const plan = this.plans[pick];
    const wanted = this.#refusalOf(plan, how === 'book', minor ?? 0);
    const id = plan?.id ?? 'nobody';
    if (how === 'drop') {
      expect(codeOf(await this.#wallet.dropPlan(id))).toBe(wanted);
    } else {
      const outcome = await this.#wallet.bookPlan(id, minor === null ? {} : { amount: cents(minor) });
      expect(codeOf(outcome)).toBe(wanted);
      if (wanted === 'ok' && plan !== undefined) {
        const booked = minor ?? plan.minor;
        this.balance += plan.kind === 'income' ? booked : -booked;
        expect(done(outcome)).toMatchObject({
          planned: cents(plan.minor),
          booked: cents(booked),
          released: cents(plan.minor - booked),
          balance: cents(this.balance),
        });
      }
    }
    if (wanted === 'ok' && plan !== undefined) plan.ended = true;
  }

  #refusalOf(plan: Kept | undefined, isBooking: boolean, minor: number): string {
    if (plan === undefined) return 'plan-unknown';
    if (plan.ended) return 'plan-resolved';
    if (!isBooking) return 'ok';
    if (this.#isExpired(plan)) return 'plan-expired';
    return minor > plan.minor ? 'plan-exceeded' : 'ok';
  }

  #isExpired({ expires }: Kept): boolean {
    return expires !== null && expires <= this.#today;
  }
}

describe.each(storeKinds)('plans over random histories (%s)', (kind) => {
  const numRuns = kind === 'memory' ? 60 : 10;
  const history = fc.array(step, { maxLength: 40 });

  async function withModel(steps: readonly Step[], look: (model: PlanModel, wallet: Wallet) => Promise<void>): Promise<void> {
    const books = await openBooks(kind, dated(1));
    const wallet = await books.open('EUR');
    const model = new PlanModel(books, wallet);
    for (const each of steps) await model.take(each);
    await look(model, wallet);
    await books.close();
  }

  test('invariant 13: a plan is booked, dropped or expired once, with at most what was planned, and the rest is released', () =>
    fc.assert(
      fc.asyncProperty(history, (steps) => withModel(steps, (_, wallet) => expectFoldedViews(wallet))),
      { numRuns },
    ));

  test('invariant 14: the planned totals are the sums of the open plans, and no plan moves the balance', () =>
    fc.assert(
      fc.asyncProperty(history, (steps) =>
        withModel(steps, async (model, wallet) => {
          const planned = { in: model.sum('income'), out: model.sum('expense') };
          const list = await wallet.plans();
          expect(list).toMatchObject(planned);
          const open = model.plans.filter(({ ended }) => !ended).map(({ id }) => id);
          expect(list.items.map(({ id }) => id).sort()).toEqual(open.sort());
          expect(await wallet.summary()).toMatchObject({ planned, balance: cents(model.balance) });
        }),
      ),
      { numRuns },
    ));
});
