import { addDays, type CivilDate, type GoalStatus, type Wallet } from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everyLookAhead, everyReport } from './every-report.ts';
import { day, done, worldOn, type World } from './schedule-fixtures.ts';

const MONDAYS = 'FREQ=WEEKLY;BYDAY=MO';
const names = ['bike', 'trip', 'roof'] as const;
const START = day('2026-08-20');

/** A name, an amount and how many days pass before it is done. */
const draw = { name: fc.constantFrom(...names), amount: fc.integer({ min: 1, max: 500 }).map(String), days: fc.nat(9) };
type Drawn = { readonly name: string; readonly amount: string };
type Do = (wallet: Wallet, drawn: Drawn & { readonly today: CivilDate }) => Promise<unknown>;

const saving: Readonly<Record<string, Do>> = {
  income: (wallet, { amount }) => wallet.addIncome({ amount }),
  goal: (wallet, { name, amount }) => wallet.setGoal(name, { name, target: amount, by: '2026-12-24' }),
  save: (wallet, { name, amount }) => wallet.saveMoney(name, amount),
  release: (wallet, { name, amount }) => wallet.releaseSavings(name, amount),
  endAndBack: async (wallet, { name }) => {
    const removed = await wallet.removeGoal(name);
    if (removed.kind === 'recorded') await wallet.undoLast();
  },
};

const everything: Readonly<Record<string, Do>> = {
  ...saving,
  removeGoal: (wallet, { name }) => wallet.removeGoal(name),
  expense: (wallet, { amount, today }) => wallet.addExpense({ amount, category: 'Food', occurredOn: addDays(today, 20) }),
  plan: (wallet, { amount, today }) =>
    wallet.planEntry({ kind: 'expense', amount, category: 'Home', occurredOn: addDays(today, 9), expiresOn: addDays(today, 15) }),
  book: async (wallet) => wallet.bookPlan((await wallet.plans()).items[0]?.id ?? 'none'),
  drop: async (wallet) => wallet.dropPlan((await wallet.plans()).items.at(-1)?.id ?? 'none'),
  expire: (wallet) => wallet.expirePlans(),
  schedule: (wallet, { name, amount }) => wallet.setSchedule(name, { kind: 'expense', amount, category: 'Home', rule: MONDAYS }),
  stop: (wallet, { name }) => wallet.stopSchedule(name),
  skip: async (wallet, { name, today }) => {
    const { items } = await wallet.upcoming({ to: addDays(today, 60) });
    return wallet.skipOccurrence(name, items.findLast(({ scheduleId }) => scheduleId === name)?.on ?? today);
  },
  due: (wallet) => wallet.bookDue(),
  count: (wallet, { amount }) => wallet.checkBalance({ counted: amount, category: 'Odd' }),
  rate: (wallet, { amount, today }) => wallet.setRate('USD', { rate: amount, on: addDays(today, -3) }),
};

function stepsOf(deeds: Readonly<Record<string, Do>>) {
  return fc.array(fc.record({ ...draw, do: fc.constantFrom(...Object.keys(deeds)) }), { minLength: 5, maxLength: 25 });
}

const both = async (reads: Parameters<typeof everyReport>[0]) => [await everyReport(reads), await everyLookAhead(reads)];

async function lastRecorded({ store }: World): Promise<string> {
  return (await store.readAll({ after: 0, limit: 10_000 })).at(-1)?.recordedAt ?? '';
}

describe('what was known of goals, plans, schedules, counts, rates and what was to come', () => {
  test('invariant 7: as of an instant is what was given then, whatever is recorded since', async () => {
    await fc.assert(
      fc.asyncProperty(stepsOf(everything), async (steps) => {
        const world = await worldOn(START);
        const given: { readonly at: string; readonly reports: unknown }[] = [];
        let today = START;
        for (const step of steps) {
          today = addDays(today, step.days);
          world.goTo(today);
          await everything[step.do]?.(world.wallet, { ...step, today });
          // What comes next may be recorded at noon too.
          const [clock, last] = [`${today}T11:59:59.999999Z`, await lastRecorded(world)];
          given.push({ at: clock > last ? clock : last, reports: await both(world.wallet) });
        }
        world.goTo('2026-12-31');
        for (const { at, reports } of given) expect(await both(world.another().asOf({ recordedAsOf: at }))).toEqual(reports);
      }),
      { numRuns: 12 },
    );
  });

  test('a look ahead as of an instant to come is that of now', async () => {
    const { wallet } = await worldOn(START);
    done(await wallet.setSchedule('rent', { kind: 'expense', amount: '5', category: 'Home', rule: MONDAYS }));
    const ends = { recordedAsOf: '2200-01-01T00:00:00Z', occurredAsOf: day('9998-12-31') };
    expect(await both(wallet.asOf(ends))).toEqual(await both(wallet));
  });
});

describe('what had occurred', () => {
  test('invariant 10: of goals it is what was there on that day, when all was recorded on its day', async () => {
    await fc.assert(
      fc.asyncProperty(stepsOf(saving), async (steps) => {
        const { wallet, goTo } = await worldOn('2025-12-01');
        const given = new Map<CivilDate, Awaited<ReturnType<Wallet['goals']>>>();
        let today = day('2025-12-01');
        for (const step of steps) {
          today = addDays(today, step.days);
          goTo(today);
          await saving[step.do]?.(wallet, { ...step, today });
          given.set(today, await wallet.goals(today));
        }
        for (const [on, then] of given) {
          const seen = await wallet.asOf({ occurredAsOf: on }).goals(on);
          expect([seen.balance, seen.setAside, seen.available]).toEqual([then.balance, then.setAside, then.available]);
          const saved = ({ id, saved: sum, since }: GoalStatus) => [id, sum, since];
          expect(seen.items.map(saved)).toEqual(then.items.map(saved));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('of a goal that was removed and came back in another year it is what was set aside by then', async () => {
    const { wallet, goTo } = await worldOn('2024-12-01');
    done(await wallet.addIncome({ amount: '50' }));
    done(await wallet.setGoal('bike', { name: 'A bike', target: '100' }));
    done(await wallet.saveMoney('bike', '10'));
    goTo('2025-05-01');
    done(await wallet.saveMoney('bike', '7'));
    goTo('2026-02-01');
    done(await wallet.removeGoal('bike'));
    goTo('2027-03-01');
    done(await wallet.undoLast());
    const saved = async (on: string) =>
      (await wallet.asOf({ occurredAsOf: day(on) }).goals(day(on))).items.map((goal) => goal.saved);
    const days = ['2024-11-30', '2024-12-31', '2025-05-01', '2027-03-01'];
    expect(await Promise.all(days.map(saved))).toEqual([[], ['10.00'], ['17.00'], ['17.00']]);
  });

  test('a forecast begins there, without what is booked later, and expects nothing twice', async () => {
    const { wallet, goTo } = await worldOn('2026-01-10');
    done(await wallet.addIncome({ amount: '100' }));
    done(
      await wallet.setSchedule('rent', { kind: 'expense', amount: '30', category: 'Home', rule: 'FREQ=MONTHLY;BYMONTHDAY=1' }),
    );
    goTo('2026-02-15');
    done(await wallet.bookDue());
    done(await wallet.addIncome({ amount: '7' }));
    const seen = await wallet.asOf({ occurredAsOf: day('2026-01-20') }).forecast({ to: day('2026-04-02') });
    expect(seen).toMatchObject({ from: '2026-01-20', opening: '100.00', closing: '40.00' });
    expect(seen.series.map(({ on }) => on)).toEqual(['2026-03-01', '2026-04-01']);
    expect((await wallet.asOf({ occurredAsOf: day('2026-01-20') }).upcoming({ to: day('2026-03-02') })).items).toMatchObject([
      { on: '2026-03-01', due: false },
    ]);
  });

  test('counts and rates of later days are not there', async () => {
    const { wallet, goTo } = await worldOn('2026-01-10');
    for (const on of ['2026-01-10', '2026-03-01']) {
      goTo(on);
      done(await wallet.checkBalance({ counted: '5' }));
      done(await wallet.setRate('USD', { rate: '1.1' }));
    }
    const seen = wallet.asOf({ occurredAsOf: day('2026-02-01') });
    const year = { from: day('2026-01-01'), to: day('2027-01-01') };
    expect((await seen.checks(year)).items.map(({ on }) => on)).toEqual(['2026-01-10']);
    expect((await seen.rates()).items.map(({ on }) => on)).toEqual(['2026-01-10']);
    expect((await wallet.rates()).items).toHaveLength(2);
  });
});
