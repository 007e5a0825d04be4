import { type CivilDate, type RejectionCode, type WalletCommand, type WalletEvent } from '@kakeibo/core';
import { givenEvents } from '@kakeibo/core/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeOf, done, expectFoldedViews, openBooks, storeKinds } from './books.ts';
import { samples } from './sample-events.ts';

const opened = samples.WalletOpened;
const eur = (minor: bigint) => ({ minor, currency: opened.currency });
const day = (text: string): CivilDate => text as CivilDate;
const today = day('2026-10-14');
const salary: WalletEvent = {
  ...samples.IncomeAdded,
  entry: { kind: 'income', amount: eur(10_000n), occurredOn: today, category: 'Salary' },
};
const bike: WalletEvent = {
  type: 'GoalSet',
  goalId: 'bike',
  terms: { name: 'A bike', target: eur(80_000n), since: day('2026-10-01') },
};
const saved: WalletEvent = { type: 'MoneySaved', goalId: 'bike', amount: eur(6_000n), on: today };

describe('a goal', () => {
  test('is set with the day it was set on', () =>
    givenEvents(opened)
      .when({ type: 'SetGoal', goalId: 'bike', name: ' A bike ', target: '800', by: '2027-06-01' })
      .then({
        type: 'GoalSet',
        goalId: 'bike',
        terms: { name: 'A bike', target: eur(80_000n), by: day('2027-06-01'), since: today },
      }));

  test('is changed, keeps the day it was first set, and says what it was before', () =>
    givenEvents(opened, bike)
      .when({ type: 'SetGoal', goalId: 'bike', name: 'A bike', target: '900' })
      .then({
        ...bike,
        terms: { name: 'A bike', target: eur(90_000n), since: day('2026-10-01') },
        before: { name: 'A bike', target: eur(80_000n), since: day('2026-10-01') },
      } as WalletEvent));

  test('may have a day that has passed', () =>
    expect(
      givenEvents(opened).when({ type: 'SetGoal', goalId: 'a', name: 'A', target: '1', by: '2020-01-01' }).decision.kind,
    ).toBe('accepted'));

  test('that is removed releases what is set aside for it, in the same append', () =>
    givenEvents(opened, salary, bike, saved)
      .when({ type: 'RemoveGoal', goalId: 'bike' })
      .then(
        { type: 'SavingsReleased', goalId: 'bike', amount: eur(6_000n), on: today },
        { type: 'GoalRemoved', goalId: 'bike', before: { name: 'A bike', target: eur(80_000n), since: day('2026-10-01') } },
      ));

  test('that has nothing is removed and nothing else', () =>
    givenEvents(opened, bike)
      .when({ type: 'RemoveGoal', goalId: 'bike' })
      .then({ type: 'GoalRemoved', goalId: 'bike', before: { name: 'A bike', target: eur(80_000n), since: day('2026-10-01') } }));

  test('takes exactly what is available', () =>
    givenEvents(opened, salary, bike, saved)
      .when({ type: 'SaveMoney', goalId: 'bike', amount: '40' })
      .then({ type: 'MoneySaved', goalId: 'bike', amount: eur(4_000n), on: today }));

  test('gives back exactly what is saved', () =>
    givenEvents(opened, salary, bike, saved)
      .when({ type: 'ReleaseSavings', goalId: 'bike', amount: '60.00' })
      .then({ type: 'SavingsReleased', goalId: 'bike', amount: eur(6_000n), on: today }));
});

describe('a command about a goal is refused', () => {
  const set = (fields: object): WalletCommand => ({ type: 'SetGoal', goalId: 'a', name: 'A', target: '1', ...fields });
  const fifty = Array.from({ length: 50 }, (_, index): WalletEvent => ({ ...bike, goalId: `g${index}` }));
  const rows: readonly (readonly [RejectionCode, readonly WalletEvent[], WalletCommand])[] = [
    ['wallet-unknown', [], set({})],
    ['wallet-closed', [opened, samples.WalletClosed], set({})],
    ['name-invalid', [opened], set({ name: '' })],
    ['amount-not-positive', [opened], set({ target: '0' })],
    ['amount-not-positive', [opened], set({ target: '-1' })],
    ['amount-malformed', [opened], set({ target: '1e3' })],
    ['amount-too-precise', [opened], set({ target: '1.001' })],
    ['date-invalid', [opened], set({ by: '2027-02-29' })],
    ['date-out-of-range', [opened], set({ by: '10000-01-01' })],
    ['goal-id-invalid', [opened], set({ goalId: 'a b' })],
    ['goal-id-invalid', [opened], set({ goalId: '__proto__' })],
    ['too-many-goals', [opened, ...fifty], set({})],
    ['nothing-to-change', [opened, bike], { type: 'SetGoal', goalId: 'bike', name: 'A bike', target: '800.00' }],
    ['goal-unknown', [opened], { type: 'RemoveGoal', goalId: 'constructor' }],
    ['goal-unknown', [opened], { type: 'SaveMoney', goalId: '__proto__', amount: '0' }],
    ['goal-unknown', [opened], { type: 'ReleaseSavings', goalId: 'a', amount: '1' }],
    ['amount-not-positive', [opened, bike], { type: 'SaveMoney', goalId: 'bike', amount: '0' }],
    ['savings-exceeded', [opened, salary, bike, saved], { type: 'SaveMoney', goalId: 'bike', amount: '40.01' }],
    ['savings-exceeded', [opened, bike], { type: 'SaveMoney', goalId: 'bike', amount: '0.01' }],
    ['release-exceeded', [opened, salary, bike, saved], { type: 'ReleaseSavings', goalId: 'bike', amount: '60.01' }],
  ];
  test.each(rows)('%s', (code, history, command) =>
    givenEvents(...history)
      .when(command)
      .thenRejected(code),
  );

  test('though a changed one fits where a new one does not', () =>
    expect(givenEvents(opened, ...fifty).when(set({ goalId: 'g7' })).decision.kind).toBe('accepted'));
});

describe('where a goal stands', () => {
  /** A goal of 100.00 from 1 October to 31 December: 91 days. */
  const standing = async (amount: string, on: string, by: string | null = '2026-12-31') => {
    const books = await openBooks('memory', '2026-10-01');
    const wallet = await books.open('EUR');
    done(await wallet.addIncome({ amount: '500' }));
    done(await wallet.setGoal('bike', { name: 'Bike', target: '100', ...(by === null ? {} : { by }) }));
    if (amount !== '0') done(await wallet.saveMoney('bike', amount));
    return (await wallet.goals(day(on))).items[0];
  };

  test('percent is rounded down, and 100 means reached', async () => {
    expect(await standing('99.99', '2026-10-02')).toMatchObject({ percent: 99, left: '0.01' });
    expect(await standing('100.00', '2026-10-02')).toMatchObject({
      percent: 100,
      state: 'reached',
      left: '0.00',
      perWeek: '0.00',
    });
    expect(await standing('250.00', '2026-10-02')).toMatchObject({ percent: 250, state: 'reached', left: '0.00' });
  });

  test.each([
    ['2026-10-01', '0.00', 'on-track'],
    ['2026-10-02', '1.09', 'behind'],
    ['2026-12-30', '98.90', 'behind'],
    ['2026-12-31', '100.00', 'behind'],
    ['2027-01-01', '100.00', 'overdue'],
  ])('a straight line leads to its day: on %s it expects %s', async (on, expected, state) => {
    expect(await standing('0', on)).toMatchObject({ expected, state });
  });

  test('to the cent: what the line expects is enough', async () => {
    expect(await standing('1.09', '2026-10-02')).toMatchObject({ state: 'on-track' });
    expect(await standing('1.08', '2026-10-02')).toMatchObject({ state: 'behind' });
  });

  test.each([
    ['2026-12-31', 1, '100.00'],
    ['2026-12-30', 1, '100.00'],
    ['2026-12-24', 1, '100.00'],
    ['2026-12-23', 2, '50.00'],
    ['2026-12-10', 3, '33.34'],
    ['2026-12-09', 4, '25.00'],
  ])('on %s there are %i weeks left: %s in each', async (on, weeksLeft, perWeek) => {
    expect(await standing('0', on)).toMatchObject({ weeksLeft, perWeek });
  });

  test('without a day it is open, and no week is asked for anything', async () => {
    expect(await standing('1', '2030-01-01', null)).toMatchObject({
      state: 'open',
      by: null,
      expected: null,
      weeksLeft: null,
      perWeek: null,
    });
  });

  test('with a day that passed before it was set it is overdue', async () => {
    expect(await standing('0', '2026-10-01', '2026-09-01')).toMatchObject({
      state: 'overdue',
      expected: '100.00',
      perWeek: null,
    });
  });
});

test('a goal tells its history over the years, newest first, and a wallet what is free', async () => {
  const books = await openBooks('memory', '2025-12-31');
  const wallet = await books.open('EUR');
  done(await wallet.addIncome({ amount: '100' }));
  done(await wallet.setGoal('bike', { name: 'Bike', target: '90' }));
  done(await wallet.saveMoney('bike', '60'));
  books.on('2026-01-01');
  done(await wallet.releaseSavings('bike', '10'));
  done(await wallet.addExpense({ amount: '70', category: 'Food' }));
  const goal = await wallet.goal('bike', day('2026-01-01'));
  expect(goal?.history.map(({ type, amount, on }) => [type, amount, on])).toEqual([
    ['SavingsReleased', '10.00', '2026-01-01'],
    ['MoneySaved', '60.00', '2025-12-31'],
    ['GoalSet', undefined, undefined],
  ]);
  // An expense may eat into what is set aside: that is shown, not refused.
  expect(await wallet.goals(day('2026-01-01'))).toMatchObject({ balance: '30.00', setAside: '50.00', available: '-20.00' });
  expect(await wallet.summary()).toMatchObject({ setAside: '50.00', available: '-20.00' });
  expect(codeOf(await wallet.saveMoney('bike', '0.01'))).toBe('savings-exceeded');
  expect(await wallet.goal('nobody', day('2026-01-01'))).toBeUndefined();
});

const step = fc.oneof(
  fc.record({ do: fc.constantFrom('income' as const, 'expense' as const), minor: fc.integer({ min: 1, max: 5_000 }) }),
  fc.record({
    do: fc.constantFrom('save' as const, 'save' as const, 'release' as const),
    goal: fc.constantFrom('a', 'b', 'c'),
    minor: fc.integer({ min: 1, max: 3_000 }),
  }),
  fc.record({
    do: fc.constantFrom('set' as const, 'set' as const, 'remove' as const),
    goal: fc.constantFrom('a', 'b'),
    minor: fc.integer({ min: 1, max: 4 }),
  }),
);
const text = (minor: number): string => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
const signed = (minor: number): string => (minor < 0 ? `-${text(-minor)}` : text(minor));

test.each(storeKinds)('saved = Σ saved − Σ released, available = balance − Σ set aside (%s)', async (kind) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const books = await openBooks(kind);
      const wallet = await books.open('EUR');
      let balance = 0;
      const goals = new Map<string, { target: number; saved: number }>();
      const aside = (): number => [...goals.values()].reduce((sum, goal) => sum + goal.saved, 0);
      for (const each of steps) {
        const goal = 'goal' in each ? goals.get(each.goal) : undefined;
        switch (each.do) {
          case 'income':
          case 'expense': {
            const details = { amount: text(each.minor), category: 'X' };
            done(await (each.do === 'income' ? wallet.addIncome(details) : wallet.addExpense(details)));
            balance += each.do === 'income' ? each.minor : -each.minor;
            break;
          }
          case 'save': {
            const wanted = goal === undefined ? 'goal-unknown' : each.minor > balance - aside() ? 'savings-exceeded' : 'ok';
            expect(codeOf(await wallet.saveMoney(each.goal, text(each.minor)))).toBe(wanted);
            if (wanted === 'ok' && goal !== undefined) goal.saved += each.minor;
            break;
          }
          case 'release': {
            const wanted = goal === undefined ? 'goal-unknown' : each.minor > goal.saved ? 'release-exceeded' : 'ok';
            expect(codeOf(await wallet.releaseSavings(each.goal, text(each.minor)))).toBe(wanted);
            if (wanted === 'ok' && goal !== undefined) goal.saved -= each.minor;
            break;
          }
          case 'set': {
            const wanted = goal?.target === each.minor ? 'nothing-to-change' : 'ok';
            expect(codeOf(await wallet.setGoal(each.goal, { name: 'Goal', target: text(each.minor) }))).toBe(wanted);
            goals.set(each.goal, { target: each.minor, saved: goal?.saved ?? 0 });
            break;
          }
          case 'remove':
            expect(codeOf(await wallet.removeGoal(each.goal))).toBe(goal === undefined ? 'goal-unknown' : 'ok');
            goals.delete(each.goal);
        }
      }
      const { items, ...sums } = await wallet.goals(today);
      expect(items.map(({ id, saved: kept, percent }) => [id, kept, percent])).toEqual(
        [...goals]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([id, goal]) => [id, text(goal.saved), Math.floor((goal.saved * 100) / goal.target)]),
      );
      expect(sums).toMatchObject({ balance: signed(balance), setAside: text(aside()), available: signed(balance - aside()) });
      await expectFoldedViews(wallet);
      await books.close();
    }),
    { numRuns: kind === 'memory' ? 60 : 10 },
  );
});
