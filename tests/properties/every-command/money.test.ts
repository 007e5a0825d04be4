import {
  decode,
  formatMinor,
  exponentOf,
  journalOf,
  journalWalletInSteps,
  periodFrom,
  split,
  type JournalSource,
  type JournalWalletSource,
  type Json,
  type LimitStatus,
  type Period,
  type Wallet,
} from '@kakeibo/core';
import { expect } from 'vitest';
import { asOf, expectConserved } from '../../core/conservation.ts';
import { figuresOf, monthKey } from '../../oracles/figures.ts';
import { slowWallet } from '../../oracles/slow-wallet.ts';
import { dayOf } from './choices.ts';
import { testInvariants } from './invariants.ts';
import { openPurse, type Played } from './play.ts';

const minor = (text: string): bigint => BigInt(text.replace('.', ''));
const stretch = (from: string, to: string): Period => periodFrom(from, to) as Period;
const WHOLE = stretch('2026-01-01', '2028-01-01');
const STRETCHES = [WHOLE, stretch('2026-09-01', '2026-10-01'), stretch('2026-08-15', '2026-11-03')];

/** The wallets as the log has them, told by code that knows no projection. */
function slowWallets({ log }: Pick<Played, 'log'>): readonly JournalWalletSource[] {
  const streams = new Set(log.map(({ stream }) => stream));
  return [...streams].map((stream) => slowWallet(log.filter((event) => event.stream === stream)));
}

const isIn = ({ kind }: JournalSource['facts']): boolean => kind === 'income' || kind === 'refund' || kind === 'received';
const live = ({ entries }: JournalWalletSource): readonly JournalSource[] => entries.filter((entry) => entry.void !== true);

function balanceOf(wallet: JournalWalletSource): bigint {
  return live(wallet).reduce((sum, { facts }) => sum + (isIn(facts) ? facts.amount.minor : -facts.amount.minor), 0n);
}

/** What of an entry a limit counts: its parts in the scope, or all of it when it bears the tag. */
function countedBy({ scope, tag }: LimitStatus, { facts }: JournalSource): bigint {
  if (facts.kind !== 'expense' && facts.kind !== 'refund') return 0n;
  const isWithin = (category = ''): boolean => scope === null || category === scope || category.startsWith(`${scope}:`);
  const parts = facts.parts ?? [{ category: facts.category, amount: facts.amount }];
  const sum = parts.reduce((all, part) => (isWithin(part.category) ? all + part.amount.minor : all), 0n);
  if (tag !== null && facts.tags?.includes(tag) !== true) return 0n;
  return facts.kind === 'refund' ? -sum : sum;
}

/** Every amount of money in a JSON value, with the place where it stands. */
function* amountsIn(value: Json, place: string): Generator<readonly [place: string, amount: string]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (name === 'amount' && typeof member === 'string') yield [`${place}.amount`, member];
    else yield* amountsIn(member as Json, `${place}.${name}`);
  }
}

async function forEachWallet({ world }: Played, check: (wallet: Wallet) => Promise<void>): Promise<void> {
  for (const { wallet } of world.purses) await check(wallet);
}

async function expectLimitsKept(played: Played): Promise<void> {
  const [slow, { world }] = [slowWallets(played), played];
  for (const { wallet } of world.purses) {
    const entries = live(slow.find(({ id }) => id === wallet.id) as JournalWalletSource);
    for (const on of [world.day(0), world.day(30), world.day(75)]) {
      for (const limit of (await wallet.limits(on)).items) {
        const { spent, budget, state, from, to } = limit.current;
        const within = entries.filter(({ facts }) => facts.occurredOn >= from && facts.occurredOn < to);
        const sum = within.reduce((all, entry) => all + countedBy(limit, entry), 0n);
        // Where nothing is spent nothing is over, also when a deficit that was carried leaves less than nothing.
        const isOver = sum > 0n && sum > minor(budget);
        expect([wallet.id, limit.id, minor(spent), state === 'over']).toEqual([wallet.id, limit.id, sum, isOver]);
      }
    }
  }
}

/** No expense that was taken is in a period of a blocking limit that it put over its budget. */
async function expectBlocked({ sent, log }: Played): Promise<void> {
  for (const { step, purse, outcome, after } of sent) {
    if (step.type !== 'AddExpense' || !('result' in outcome)) continue;
    const at = log[after - 1];
    const then = at === undefined ? undefined : purse.wallet.asOf({ recordedAsOf: at.recordedAt });
    const { items = [] } = (await then?.limits(dayOf(step))) ?? {};
    const wallet = slowWallet(log.slice(0, after).filter(({ stream }) => stream === `wallet-${purse.wallet.id}`));
    const entry =
      wallet.entries.find(({ version }) => version <= outcome.version && version > outcome.version - 1) ?? wallet.entries.at(-1);
    for (const limit of items) {
      const { from, to } = limit.current;
      if (limit.mode !== 'block' || entry === undefined || dayOf(step) < from || dayOf(step) >= to) continue;
      if (countedBy(limit, entry) <= 0n) continue;
      expect(minor(limit.current.spent), `${limit.id} at ${after}`).toBeLessThanOrEqual(minor(limit.current.budget));
    }
  }
}

async function expectJournalTotals(played: Played): Promise<void> {
  const books: JournalWalletSource[] = [];
  for (const { wallet } of played.world.purses) {
    const steps = journalWalletInSteps(await wallet.book());
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done !== true) continue;
      books.push(step.value);
      break;
    }
  }
  const months = new Map<string, bigint>();
  for (const { date, postings } of journalOf({ wallets: books }).transactions) {
    for (const { account, amount } of postings) {
      const key = monthKey(account.key, amount.currency, date.slice(0, 7));
      months.set(key, (months.get(key) ?? 0n) + amount.minor);
    }
  }
  const wanted = figuresOf(slowWallets(played), 'clean', (key) => key).months;
  expect(new Map([...months].filter(([, sum]) => sum !== 0n))).toEqual(wanted);
}

testInvariants([
  {
    name: 'invariant 1: for each currency, wallets and spending less income are what conversions took and made, at every moment',
    async check({ world, log }) {
      await expectConserved(world.store);
      await expectConserved(asOf(world.store, Math.ceil(log.length / 2)));
    },
  },
  {
    name: 'invariant 2: a balance is what came in less what went out, in every wallet',
    async check(played) {
      const balances = new Map(slowWallets(played).map((wallet) => [wallet.id, balanceOf(wallet)]));
      const told = (await played.world.ledger.wallets()).map(({ id, balance }) => [id, minor(balance)] as const);
      expect(new Map(told)).toEqual(balances);
    },
  },
  {
    name: 'invariant 3: every stored amount is above zero, but for what was counted, carried or let go; what is set aside and planned is not below',
    async check({ world, log }) {
      const below =
        /^(BalanceChecked\.(counted|expected)|PlanResolved\.booked|Limit(Reached|Cleared)\.(spent|carried|amount)|Limit\w+\.(terms|before)\b.*|Schedule\w+\..*)/;
      for (const { type, data } of log) {
        for (const [place, amount] of amountsIn(data, type)) {
          if (!below.test(place)) expect(`${place} ${amount}`).toMatch(/ (?=.*[1-9])\d+(\.\d+)?$/);
        }
      }
      for (const { wallet } of world.purses) {
        const [{ in: planned, out }, { setAside }] = [await wallet.plans(), await wallet.goals(world.day(0))];
        for (const sum of [planned, out, setAside]) expect(sum).not.toContain('-');
      }
    },
  },
  {
    name: 'invariant 14: what is planned is the sum of the open plans, one by one',
    check: ({ world, log }) =>
      forEachWallet({ world } as Played, async (wallet) => {
        const open = new Map<string, readonly [kind: string, minor: bigint]>();
        for (const stored of log.filter(({ stream }) => stream === `wallet-${wallet.id}`)) {
          const { event } = decode(stored);
          if (event.type === 'EntryPlanned') open.set(event.planId, [event.entry.kind, event.entry.amount.minor]);
          if (event.type === 'PlanResolved') open.delete(event.planId);
        }
        const sum = (kind: string): bigint =>
          [...open.values()].reduce((all, [of, amount]) => (of === kind ? all + amount : all), 0n);
        const plans = await wallet.plans();
        expect([minor(plans.in), minor(plans.out), plans.items.length]).toEqual([sum('income'), sum('expense'), open.size]);
      }),
  },
  {
    name: 'invariant 16: a period is exceeded when more is spent than its budget, and no expense that was taken put one over that blocks',
    async check(played) {
      await expectLimitsKept(played);
      await expectBlocked(played);
    },
  },
  {
    name: 'invariant 17: a category is its own with its children, a stretch its days, and a year its months',
    check: (played) =>
      forEachWallet(played, async (wallet) => {
        for (const period of STRETCHES) {
          const { rows, total } = await wallet.spending(period);
          for (const row of rows) {
            const below = rows.filter(
              ({ depth, category }) => depth === row.depth + 1 && category.startsWith(`${row.category}:`),
            );
            expect(minor(row.total)).toBe(below.reduce((sum, each) => sum + minor(each.total), minor(row.own)));
          }
          const sums = (await wallet.spendingByMonth(period)).months.map((month) => minor(month.total));
          expect(sums.reduce((sum, each) => sum + each, 0n)).toBe(minor(total));
        }
        const [, month = WHOLE] = STRETCHES;
        let days = 0n;
        for (const day of split(month, 'day', 40)) days += minor((await wallet.spending(day)).total);
        expect(days).toBe(minor((await wallet.spending(month)).total));
      }),
  },
  {
    name: 'invariant 26: a statement runs from the balance before to the balance after, line by line',
    check: (played) =>
      forEachWallet(played, async (wallet) => {
        for (const period of STRETCHES) {
          const { opening, closing, lines } = await wallet.statement({ period, limit: 500 });
          const series = (await wallet.balance({ period, by: 'month', on: period.from })).series;
          let running = minor(opening);
          for (const { kind, amount, balance } of lines) {
            running += kind === 'expense' || kind === 'sent' ? -minor(amount) : minor(amount);
            expect(minor(balance ?? '')).toBe(running);
          }
          expect([running, closing]).toEqual([minor(closing), series.at(-1)?.balance]);
        }
      }),
  },
  {
    name: 'invariant 27: income less expenses is what a wallet grew by, transfers and their conversions apart',
    check: (played) =>
      forEachWallet(played, async (wallet) => {
        for (const period of STRETCHES) {
          const { net, received, sent } = await wallet.cashflow(period);
          const { opening, closing } = await wallet.statement({ period, limit: 1 });
          expect(minor(net) + minor(received) - minor(sent)).toBe(minor(closing) - minor(opening));
          expect((await wallet.incomeStatement(period)).net).toBe(net);
        }
      }),
  },
  {
    name: 'invariant 31: the exported journal comes to the totals per account, currency and month (that hledger, ledger and beancount read the same is tested in tests/oracles)',
    check: expectJournalTotals,
  },
  {
    name: 'invariant 18: another category or day moves spending between cells, and all of it stays the same',
    async check(played) {
      const { wallet, currency } = await openPurse(played);
      const all = async () => {
        const { net, expenses, income } = await wallet.incomeStatement(WHOLE);
        return [net, expenses.total, income.total];
      };
      await wallet.addExpense({ amount: formatMinor(7n, exponentOf(currency)), category: 'Moved', occurredOn: '2026-09-30' });
      const { items } = await wallet.entries({ kind: 'expense' }, { limit: 5 });
      for (const { id } of items) {
        const before = await all();
        await wallet.correctEntry(id, { category: 'Elsewhere', occurredOn: '2026-10-01' });
        expect(await all()).toEqual(before);
      }
    },
  },
]);
