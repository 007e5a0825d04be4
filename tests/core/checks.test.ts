import { type CivilDate, type RejectionCode, type WalletCommand, type WalletEvent } from '@kakeibo/core';
import { givenEvents } from '@kakeibo/core/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeOf, done, expectFoldedViews, openBooks, storeKinds } from './books.ts';
import { samples } from './sample-events.ts';

const opened = samples.WalletOpened;
const eur = (minor: bigint) => ({ minor, currency: opened.currency });
const day = (text: string): CivilDate => text as CivilDate;
const year = { from: day('2026-01-01'), to: day('2027-01-01') };
const earned = (minor: bigint, on: string): WalletEvent => ({
  ...samples.IncomeAdded,
  entryId: on,
  entry: { kind: 'income', amount: eur(minor), occurredOn: day(on), category: 'Salary' },
});
const check = (fields: object): WalletCommand => ({ type: 'CheckBalance', counted: '10', ...fields });

describe('a balance that is counted', () => {
  test('is set against the entries up to the end of its day, not those after it', () =>
    givenEvents(opened, earned(1_000n, '2026-10-01'), earned(500n, '2026-10-10'), earned(7_000n, '2026-10-11'))
      .when(check({ on: '2026-10-10', counted: '14.50' }))
      .then({ type: 'BalanceChecked', on: day('2026-10-10'), counted: eur(1_450n), expected: eur(1_500n) }));

  test('may be nothing or less than nothing', () => {
    givenEvents(opened)
      .when(check({ counted: '-0.05' }))
      .then({ type: 'BalanceChecked', on: day('2026-10-14'), counted: eur(-5n), expected: eur(0n) });
    givenEvents(opened)
      .when(check({ counted: '0' }))
      .then({ type: 'BalanceChecked', on: day('2026-10-14'), counted: eur(0n), expected: eur(0n) });
  });

  test.each([
    ['9.00', 'ExpenseAdded', 'expense', 100n],
    ['11.00', 'IncomeAdded', 'income', 100n],
  ])('with a category books the difference of that day: %s is %s', (counted, type, kind, minor) => {
    const { decision } = givenEvents(opened, earned(1_000n, '2026-10-01')).when(
      check({ counted, on: '2026-10-05', category: 'Cash' }),
    );
    const entryId = decision.kind === 'accepted' && 'entryId' in decision.events[0]! ? decision.events[0].entryId : undefined;
    expect(entryId).toBeDefined();
    expect(decision).toMatchObject({
      events: [
        { type, entryId, entry: { kind, amount: eur(minor), occurredOn: '2026-10-05', category: 'Cash' } },
        { type: 'BalanceChecked', entryId, expected: eur(1_000n) },
      ],
    });
  });

  test('that is right books nothing, whatever the category', () =>
    givenEvents(opened, earned(1_000n, '2026-10-01'))
      .when(check({ category: 'Cash' }))
      .then({ type: 'BalanceChecked', on: day('2026-10-14'), counted: eur(1_000n), expected: eur(1_000n) }));

  const block: WalletEvent = { ...samples.LimitSet, terms: { ...samples.LimitSet.terms, mode: 'block' } };
  const rows: readonly (readonly [RejectionCode, readonly WalletEvent[], WalletCommand])[] = [
    ['wallet-unknown', [], check({})],
    ['wallet-closed', [opened, samples.WalletClosed], check({})],
    ['amount-malformed', [opened], check({ counted: '--5' })],
    ['amount-malformed', [opened], check({ counted: '-' })],
    ['amount-malformed', [opened], check({ counted: '1e3' })],
    ['amount-malformed', [opened], check({ counted: 5 })],
    ['amount-too-precise', [opened], check({ counted: '-1.005' })],
    ['amount-too-large', [opened], check({ counted: `-1${'0'.repeat(30)}` })],
    ['category-missing', [opened], check({ category: '' })],
    ['category-invalid', [opened], check({ category: 'a::b' })],
    ['date-invalid', [opened], check({ on: '2026-09-31' })],
    ['date-out-of-range', [opened], check({ on: '2026-10-15' })],
    ['limit-exceeded', [opened, block], check({ counted: '-100.01', category: 'Food' })],
  ];
  test.each(rows)('is refused: %s', (code, history, command) =>
    givenEvents(...history)
      .when(command)
      .thenRejected(code),
  );
});

test('a check shows what its day comes to now, and can be booked later by counting again', async () => {
  const books = await openBooks();
  const wallet = await books.open('EUR');
  done(await wallet.addIncome({ amount: '100' }));
  expect(done(await wallet.checkBalance({ counted: '95' }))).toMatchObject({
    expected: '100.00',
    difference: '-5.00',
    entryId: null,
    balance: '100.00',
  });
  books.on('2026-10-20');
  done(await wallet.addExpense({ amount: '2', category: 'Food', occurredOn: '2026-10-13' }));
  const { items } = await wallet.checks(year);
  expect(items).toMatchObject([{ on: '2026-10-14', expected: '100.00', expectedNow: '98.00', differenceNow: '-3.00' }]);
  const again = done(await wallet.checkBalance({ counted: '95', on: '2026-10-14', category: 'Cash' }));
  expect(again).toMatchObject({ expected: '98.00', difference: '-3.00', balance: '95.00' });
  expect(await wallet.entry(again.entryId ?? '')).toMatchObject({ kind: 'expense', amount: '3.00', occurredOn: '2026-10-14' });
  const list = await wallet.checks(year);
  expect(list.items.map(({ differenceNow, entryId }) => [differenceNow, entryId])).toEqual([
    ['0.00', again.entryId],
    ['0.00', null],
  ]);
  expect((await wallet.checks({ from: day('2026-10-15'), to: day('2026-11-01') })).items).toEqual([]);
});

const dates = ['2025-12-31', '2026-01-01', '2026-09-30', '2026-10-01', '2026-10-13', '2026-10-14'];
const step = fc.record({
  do: fc.constantFrom('income' as const, 'expense' as const, 'check' as const),
  on: fc.constantFrom(...dates),
  minor: fc.integer({ min: 1, max: 500 }),
  sign: fc.constantFrom(-1, 1),
  isBooked: fc.boolean(),
});
const cents = (minor: number): string =>
  `${minor < 0 ? '-' : ''}${Math.floor(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`;

test.each(storeKinds)('a check is the counted less the sum of all entries to its day, and books just that (%s)', async (kind) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const books = await openBooks(kind);
      const wallet = await books.open('EUR');
      const entries: { on: string; minor: number }[] = [];
      const counts: { on: string; counted: number }[] = [];
      const upTo = (on: string): number => entries.reduce((sum, entry) => sum + (entry.on <= on ? entry.minor : 0), 0);
      for (const { do: what, on, minor, sign, isBooked } of steps) {
        if (what === 'check') {
          const [counted, expected] = [sign * minor, upTo(on)];
          const outcome = await wallet.checkBalance({ counted: cents(counted), on, ...(isBooked ? { category: 'Cash' } : {}) });
          if (isBooked) entries.push({ on, minor: counted - expected });
          expect(done(outcome)).toMatchObject({ expected: cents(expected), difference: cents(counted - expected) });
          counts.push({ on, counted });
        } else {
          const details = { amount: cents(minor), category: 'X', occurredOn: on };
          expect(codeOf(await (what === 'income' ? wallet.addIncome(details) : wallet.addExpense(details)))).toBe('ok');
          entries.push({ on, minor: what === 'income' ? minor : -minor });
        }
      }
      const { items } = await wallet.checks({ from: day('2025-01-01'), to: day('2027-01-01') });
      const wanted = counts
        .map((each, index) => ({ ...each, index }))
        .sort((a, b) => (a.on === b.on ? b.index - a.index : a.on < b.on ? 1 : -1));
      expect(items.map(({ on, counted, expectedNow, differenceNow }) => [on, counted, expectedNow, differenceNow])).toEqual(
        wanted.map(({ on, counted }) => [on, cents(counted), cents(upTo(on)), cents(counted - upTo(on))]),
      );
      await expectFoldedViews(wallet);
      await books.close();
    }),
    { numRuns: kind === 'memory' ? 60 : 10 },
  );
});
