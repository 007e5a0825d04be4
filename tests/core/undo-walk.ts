import {
  createLedger,
  createMemoryEventStore,
  periodFrom,
  type CivilDate,
  type Outcome,
  type Period,
  type Wallet,
} from '@kakeibo/core';
import fc from 'fast-check';

export const TODAY = '2026-11-23' as CivilDate;
const WHOLE = periodFrom('2026-08-01', '2027-02-01') as Period;

/** A wallet on a store in memory, on a fixed day. */
export async function openWallet(): Promise<Wallet> {
  let ids = 0;
  const clock = { now: () => Date.UTC(2026, 10, 23, 9) };
  const store = createMemoryEventStore({ clock });
  const ledger = createLedger({ store, clock, ids: { next: () => `undo-${(ids += 1)}` } });
  const opened = await ledger.openWallet({ name: 'Household', currency: 'EUR' });
  if (!('result' in opened)) throw new Error('the wallet opens');
  return ledger.wallet(opened.result.walletId);
}

/** Everything a wallet shows that undoing has to give back: what is only history (versions, times, marks of change) is left out. */
export async function figuresOf(wallet: Wallet): Promise<string> {
  const summary = await wallet.summary();
  const balance = await wallet.balance({ period: WHOLE, by: 'day', on: TODAY });
  const cashflow = await wallet.cashflow(WHOLE);
  const limits = await wallet.limits(TODAY);
  const goals = await wallet.goals(TODAY);
  const { items } = await wallet.entries({}, { limit: 500 });
  const lines = items.map(({ recordedAt: _, version: __, corrected: ___, voidReason: ____, ...line }) => line);
  const values = {
    name: summary?.name,
    status: summary?.status,
    balance: { ...balance, version: 0, position: 0 },
    cashflow: { ...cashflow, version: 0, position: 0 },
    spending: { ...(await wallet.spending(WHOLE)), version: 0, position: 0 },
    limits: limits.items,
    goals: { ...goals, version: 0, position: 0 },
    plans: (await wallet.plans()).items,
    rates: (await wallet.rates()).items,
    schedules: [(await wallet.upcoming({ to: WHOLE.to })).items, (await wallet.forecast({ to: WHOLE.to })).series],
    lines,
  };
  return JSON.stringify(values, null, 1);
}

/** One thing to do; what it is done to is chosen among what is there. */
export interface Step {
  readonly type: (typeof TYPES)[number];
  readonly at: number;
  readonly cents: number;
  readonly day: number;
}

const TYPES = [
  'expense',
  'split',
  'income',
  'refund',
  'correct',
  'bulk',
  'void',
  'restore',
  'limit',
  'unlimit',
  'rename',
  'close',
  'reopen',
  'goal',
  'ungoal',
  'save',
  'release',
  'rate',
  'unrate',
  'plan',
  'drop',
  'schedule',
  'stop',
  'skip',
  'keep',
] as const;

/** What most of the others need. */
const OFTEN = ['expense', 'split', 'income', 'refund', 'correct', 'void', 'restore', 'limit', 'bulk'] as const;

export const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  type: fc.oneof({ arbitrary: fc.constantFrom(...OFTEN), weight: 3 }, { arbitrary: fc.constantFrom(...TYPES), weight: 2 }),
  at: fc.nat(30),
  cents: fc.integer({ min: 2, max: 9_999 }),
  day: fc.nat(100),
});

const CATEGORIES = ['Food', 'Food:Cafe', 'Home', 'Fun'] as const;
const pick = <Item>(items: readonly Item[], at: number): Item => items[at % items.length] as Item;
const decimal = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

function dayOf(offset: number): string {
  return new Date(Date.UTC(2026, 7, 20 + offset)).toISOString().slice(0, 10);
}

/** Does one step. */
export async function take(wallet: Wallet, step: Step): Promise<Outcome<unknown>> {
  const { at, cents, day } = step;
  const amount = decimal(cents);
  const category = pick(CATEGORIES, at);
  const occurredOn = dayOf(day);
  const other = pick(CATEGORIES, at + 1);
  const id = pick(['a', 'b'], at);
  const lines = async (kind: 'exclude' | 'only') => (await wallet.entries({ void: kind }, { limit: 500 })).items;
  const entry = async (kind: 'exclude' | 'only' = 'exclude') => {
    const items = await lines(kind);
    return items[at % Math.max(1, items.length)]?.id ?? 'none';
  };
  const does: Record<Step['type'], () => Promise<Outcome<unknown>>> = {
    expense: () => wallet.addExpense({ amount, category, occurredOn, payee: 'Baker', tags: ['work'] }),
    split: () =>
      wallet.addExpense({
        amount,
        parts: [
          { category, share: 2 },
          { category: other, share: 1 },
        ],
        occurredOn,
      }),
    income: () => wallet.addIncome({ amount, category: 'Salary', occurredOn }),
    refund: async () => wallet.addRefund({ amount: decimal(2 + (cents % 300)), refunds: await entry(), occurredOn }),
    correct: async () =>
      wallet.correctEntry(
        await entry(),
        at % 3 === 0 ? { amount } : at % 3 === 1 ? { category: other, occurredOn } : { tags: ['x'] },
      ),
    bulk: async () =>
      wallet.correctEntries(
        (await lines('exclude')).slice(0, 4).map((line) => ({ entryId: line.id, payee: `Shop ${at % 4}`, note: amount })),
      ),
    void: async () => wallet.voidEntry(await entry()),
    restore: async () => wallet.restoreEntry(await entry('only')),
    limit: () =>
      wallet.setLimit(id, {
        ...(at % 3 === 0 ? {} : at % 3 === 1 ? { scope: category } : { tag: 'work' }),
        period: pick(['month', 'week', 'year'], at),
        amount: decimal(cents * 3),
        mode: pick(['warn', 'warn', 'block'], day),
        startsOn: occurredOn,
        ...(day % 2 === 0 ? {} : { rollover: 'both' }),
      }),
    unlimit: () => wallet.removeLimit(id),
    rename: () => wallet.rename(`Household ${at}`),
    close: () => wallet.close(),
    reopen: () => wallet.reopen(),
    goal: () => wallet.setGoal(id, { name: `Bike ${at}`, target: amount }),
    ungoal: () => wallet.removeGoal(id),
    save: () => wallet.saveMoney(id, decimal(1 + (cents % 500))),
    release: () => wallet.releaseSavings(id, decimal(1 + (cents % 300))),
    rate: () => wallet.setRate('USD', { rate: `1.${cents}`, on: dayOf(day % 3) }),
    unrate: () => wallet.removeRate('USD', { on: dayOf(day % 3) }),
    plan: () => wallet.planEntry({ kind: 'expense', amount, category, occurredOn: '2026-12-24' }),
    drop: async () => {
      const plans = (await wallet.plans()).items;
      return wallet.dropPlan(plans[at % Math.max(1, plans.length)]?.id ?? 'none');
    },
    schedule: () =>
      wallet.setSchedule(`s${at}`, {
        kind: 'expense',
        amount,
        category,
        rule: 'FREQ=MONTHLY;BYMONTHDAY=31',
        startsOn: '2026-11-30',
      }),
    stop: () => wallet.stopSchedule(`s${at}`, { on: '2026-12-15' }),
    skip: () => wallet.skipOccurrence(`s${at}`, '2026-12-31'),
    keep: () => wallet.keepOccurrence(`s${at}`, '2026-12-31'),
  };
  return does[step.type]();
}
