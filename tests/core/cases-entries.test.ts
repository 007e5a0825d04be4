import type { Outcome, Period, RejectionCode } from '@kakeibo/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openWallet, TODAY } from './undo-walk.ts';

function done<Result>(outcome: Outcome<Result>): Result {
  if (!('result' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

const refused = (code: RejectionCode, detail?: object) => ({
  kind: 'rejected',
  rejection: { code, ...(detail === undefined ? {} : { detail }) },
});
const month = (from: string, to: string) => ({ from, to }) as Period;
const NOVEMBER = month('2026-11-01', '2026-12-01');
const DECEMBER = month('2026-12-01', '2027-01-01');

test('case 19: a refund lowers its category, ends what a limit told, and is no income', async () => {
  const wallet = await openWallet();
  done(await wallet.setLimit('home', { scope: 'Home', period: 'month', amount: '100' }));
  const { entryId, crossed } = done(await wallet.addExpense({ amount: '120', category: 'Home:Lamp', occurredOn: '2026-11-03' }));
  expect(crossed.map(({ threshold }) => threshold)).toEqual([80, 100]);
  const back = done(await wallet.addRefund({ amount: '50', refunds: entryId, occurredOn: '2026-11-20' }));
  expect(back.cleared.map(({ threshold }) => threshold)).toEqual([100, 80]);
  expect(back.balance).toBe('-70.00');
  expect((await wallet.limits(TODAY)).items).toMatchObject([{ current: { spent: '70.00' } }]);
  expect(await wallet.cashflow(NOVEMBER)).toMatchObject({ months: [{ in: '0.00', out: '70.00' }] });
  expect(await wallet.spending(NOVEMBER)).toMatchObject({
    total: '70.00',
    rows: [{ category: 'Home' }, { category: 'Home:Lamp', own: '70.00' }],
  });
});

test('case 20: a refund in a later month counts there, below zero if it must', async () => {
  const wallet = await openWallet();
  done(await wallet.setLimit('home', { scope: 'Home', period: 'month', amount: '100' }));
  const { entryId } = done(await wallet.addExpense({ amount: '80', category: 'Home', occurredOn: '2026-11-03' }));
  done(await wallet.addExpense({ amount: '7', category: 'Food', occurredOn: '2026-12-03' }));
  done(await wallet.addRefund({ amount: '30', refunds: entryId, occurredOn: '2026-12-02' }));
  expect(await wallet.spending(NOVEMBER)).toMatchObject({ total: '80.00' });
  expect(await wallet.spending(DECEMBER)).toMatchObject({
    total: '-23.00',
    rows: [
      { category: 'Food', total: '7.00' },
      { category: 'Home', total: '-30.00', share: 0 },
    ],
  });
  expect((await wallet.limits('2026-12-05' as typeof TODAY)).items).toMatchObject([
    { current: { spent: '-30.00', left: '130.00' } },
  ]);
});

test('case 34: a hundred in three is 34, 33 and 33, and every split adds up, ties to the first', async () => {
  const wallet = await openWallet();
  const split = async (amount: string, ...shares: readonly number[]) => {
    const parts = shares.map((share, index) => ({ category: `C${index}`, share }));
    const { entryId } = done(await wallet.addExpense({ amount, parts }));
    return (await wallet.entry(entryId))?.parts?.map((part) => part.amount);
  };
  expect(await split('1', 1, 1, 1)).toEqual(['0.34', '0.33', '0.33']);
  expect(await split('0.05', 1, 2, 2)).toEqual(['0.01', '0.02', '0.02']);
  expect(await wallet.addExpense({ amount: '0.05', parts: [1, 2, 7].map((share) => ({ category: 'C', share })) })).toMatchObject({
    result: { entryId: expect.any(String) },
  });
  expect(await wallet.addExpense({ amount: '0.02', parts: [1, 1, 1].map((share) => ({ category: 'C', share })) })).toMatchObject(
    refused('parts-invalid'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 100, max: 99_999 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 9 }),
      async (cents, shares) => {
        const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
        const parts = (await split(amount, ...shares)) ?? [];
        expect(parts.reduce((sum, part) => sum + Number(part.replace('.', '')), 0)).toBe(cents);
      },
    ),
    { numRuns: 40 },
  );
});

test('case 35: parts that do not come to the amount are refused, to the last cent', async () => {
  const wallet = await openWallet();
  const parts = (...amounts: readonly string[]) => amounts.map((amount, index) => ({ category: `C${index}`, amount }));
  const differs = refused('parts-differ', { parts: '10.01', amount: '10.00' });
  expect(await wallet.addExpense({ amount: '10', parts: parts('5', '5.01') })).toMatchObject(differs);
  const { entryId } = done(await wallet.addExpense({ amount: '10', parts: parts('5', '5') }));
  expect(await wallet.correctEntry(entryId, { amount: '11' })).toMatchObject(refused('parts-differ'));
  done(await wallet.correctEntry(entryId, { amount: '11', parts: parts('5', '6') }));
  expect(
    await wallet.addExpense({
      amount: '10',
      parts: [
        { category: 'A', amount: '5' },
        { category: 'B', share: 1 },
      ],
    }),
  ).toMatchObject(refused('parts-invalid'));
  expect(await wallet.addExpense({ amount: '10', parts: parts('10') })).toMatchObject(refused('parts-invalid'));
  expect(await wallet.addExpense({ amount: '10', category: 'A', parts: parts('5', '5') })).toMatchObject(
    refused('parts-invalid'),
  );
});

test('a split as long as it may be is corrected, and a longer one is refused', async () => {
  const wallet = await openWallet();
  const parts = (length: number) =>
    Array.from({ length: 50 }, (_, index) => ({ category: `C${index}`, share: 1, note: '😀'.repeat(length) }));
  const tags = Array.from({ length: 10 }, (_, index) => '😀'.repeat(39) + index);
  const long = { amount: '50', note: '😀'.repeat(500), payee: '😀'.repeat(100), tags };
  expect(await wallet.addExpense({ ...long, parts: parts(100) })).toMatchObject(refused('entry-too-large'));
  const { entryId } = done(await wallet.addExpense({ ...long, parts: parts(0) }));
  expect(await wallet.correctEntry(entryId, { note: '😁'.repeat(500) })).toMatchObject({ kind: 'recorded' });
});

test('case 37: all refunds of an expense stay within it, whatever is corrected, voided or restored', async () => {
  const wallet = await openWallet();
  expect(await wallet.addExpense({ amount: '-5', category: 'Food' })).toMatchObject(refused('amount-not-positive'));
  expect(await wallet.addIncome({ amount: '-5' })).toMatchObject(refused('amount-not-positive'));
  const bought = done(await wallet.addExpense({ amount: '10', category: 'Food' })).entryId;
  const first = done(await wallet.addRefund({ amount: '6', refunds: bought })).entryId;
  expect(await wallet.addRefund({ amount: '4.01', refunds: bought })).toMatchObject(
    refused('refund-too-large', { left: '4.00' }),
  );
  expect(await wallet.correctEntry(first, { amount: '10.01' })).toMatchObject(refused('refund-too-large'));
  expect(await wallet.correctEntry(bought, { amount: '5.99' })).toMatchObject(refused('refund-too-large'));
  expect(await wallet.correctEntry(bought, { kind: 'income' })).toMatchObject(refused('entry-refunded'));
  expect(await wallet.voidEntry(bought)).toMatchObject(refused('entry-refunded'));
  done(await wallet.voidEntry(first));
  done(await wallet.addRefund({ amount: '5', refunds: bought }));
  expect(await wallet.restoreEntry(first)).toMatchObject(refused('refund-too-large'));
  expect(await wallet.addRefund({ amount: '1', refunds: first })).toMatchObject(refused('entry-void'));
  done(await wallet.addRefund({ amount: '3', category: 'Food' }));
  // What a bulk change says of a refund is looked at beside its expense.
  const second = (await wallet.entries({ kind: 'refund' }, { limit: 9 })).items.map(({ id }) => ({ entryId: id, note: 'back' }));
  done(await wallet.correctEntries(second));
});

const cents = (most: number) => fc.integer({ min: 1, max: most });

test('refunds that come to the whole of a split leave nothing in its categories, whatever they were and whichever were void', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ name: fc.constantFrom('A', 'B', 'C', 'D', 'E'), minor: cents(400) }), { minLength: 2, maxLength: 6 }),
      fc.array(fc.record({ minor: cents(300), isOldestVoided: fc.boolean() }), { maxLength: 8 }),
      async (shares, pieces) => {
        const text = (minor: number): string => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
        const wallet = await openWallet();
        let left = shares.reduce((sum, { minor }) => sum + minor, 0);
        const parts = shares.map(({ name, minor }) => ({ category: name, amount: text(minor) }));
        const { entryId } = done(await wallet.addExpense({ amount: text(left), parts }));
        const refunds: { readonly id: string; readonly minor: number }[] = [];
        for (const { minor, isOldestVoided } of pieces) {
          const oldest = isOldestVoided ? refunds.pop() : undefined;
          if (oldest !== undefined) {
            done(await wallet.voidEntry(oldest.id));
            left += oldest.minor;
          }
          if (minor >= left) break;
          refunds.unshift({ id: done(await wallet.addRefund({ amount: text(minor), refunds: entryId })).entryId, minor });
          left -= minor;
        }
        done(await wallet.addRefund({ amount: text(left), refunds: entryId }));
        const { rows, total } = await wallet.spending(NOVEMBER);
        expect(total).toBe('0.00');
        expect(rows.filter(({ own }) => Number(own) !== 0)).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

test('what comes back of a split goes round a category of which more came back than there was', async () => {
  const wallet = await openWallet();
  const parts = ['Food', 'Home', 'Toys'].map((category) => ({ category, amount: '1.00' }));
  const { entryId } = done(await wallet.addExpense({ amount: '3.00', parts }));
  done(await wallet.addRefund({ amount: '1.50', refunds: entryId, category: 'Food' }));
  done(await wallet.addRefund({ amount: '1.50', refunds: entryId }));
  const [last] = (await wallet.entries({ kind: 'refund' }, { limit: 1 })).items;
  expect(last?.parts).toMatchObject([
    { category: 'Home', amount: '0.75' },
    { category: 'Toys', amount: '0.75' },
  ]);
});

test('a cent that comes back of a split after another one is that of the next category', async () => {
  const wallet = await openWallet();
  const parts = ['Food', 'Home'].map((category) => ({ category, amount: '0.01' }));
  const { entryId } = done(await wallet.addExpense({ amount: '0.02', parts }));
  for (const _ of parts) done(await wallet.addRefund({ amount: '0.01', refunds: entryId }));
  const { items } = await wallet.entries({ kind: 'refund' }, { limit: 9 });
  expect(items.map(({ category }) => category)).toEqual(['Home', 'Food']);
});
