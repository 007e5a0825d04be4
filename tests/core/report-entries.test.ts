import { formatMinor, periodFrom, type CivilDate, type Period } from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deeds, openBooks, type Deed } from './random-books.ts';

const runs = { numRuns: 40 };
const minor = (text: string): bigint => BigInt(text.replace('.', ''));
const shown = (sum: bigint): string => formatMinor(sum, 2);
const stretch = (from: string, to: string): Period => periodFrom(from, to) as Period;
const OCTOBER = stretch('2026-10-01', '2026-11-01');

async function booksOf(list: readonly Deed[]) {
  const books = await openBooks();
  for (const deed of list) await books.take(deed);
  return books;
}

function spend(amount: string, occurredOn: string, more: object = {}): Deed {
  return { pick: 0, do: 'expense', details: { amount, category: 'Food', occurredOn, ...more } };
}

describe('single entries', () => {
  test('the largest come first, of as many as were asked for', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, fc.integer({ min: 1, max: 6 }), async (list, limit) => {
        const { wallet } = await booksOf(list);
        const { items } = await wallet.entries({ ...OCTOBER, kind: 'expense' }, { limit: 200 });
        const sorted = items.toSorted((a, b) => Number(minor(b.amount) - minor(a.amount))).map((line) => line.amount);
        const { entries } = await wallet.largest({ period: OCTOBER, limit });
        expect(entries.map((line) => line.amount)).toEqual(sorted.slice(0, limit));
      }),
      runs,
    );
  });

  test('an expense far above what its payee had is told with the usual amount, one of few earlier ones is not', async () => {
    const months = ['2026-02-05', '2026-03-05', '2026-04-05', '2026-05-05', '2026-06-05'];
    const { wallet, take } = await booksOf([
      ...months.map((on, index) => spend(`${50 + index}.00`, on, { payee: 'Power' })),
      ...months.slice(1).map((on) => spend('1.00', on, { payee: 'Kiosk', category: 'Fun' })),
      spend('110.00', '2026-10-05', { payee: 'Power' }),
      spend('500.00', '2026-10-06', { payee: 'Kiosk', category: 'Fun' }),
    ]);
    const unusual = async () => (await wallet.unusual({ period: OCTOBER, limit: 10 })).items;
    expect(await unusual()).toMatchObject([
      { entry: { amount: '110.00' }, payee: 'Power', category: 'Food', usual: '52.00', times: 2, earlier: 5 },
    ]);
    await take(spend('1.00', '2026-07-05', { category: 'Fun' }));
    expect((await unusual()).map(({ payee, category: name, usual, times }) => [payee, name, usual, times])).toEqual([
      [null, 'Fun', '1.00', 500],
      ['Power', 'Food', '52.00', 2],
    ]);
    await take(spend('103.99', '2026-10-07', { payee: 'Power' }));
    expect(await unusual()).toHaveLength(2);
  });

  test('the usual is the median of the twelve months before, however they lie', async () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 3, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(amounts, fc.integer({ min: 1, max: 4_000 }), async (before, now) => {
        const { wallet } = await booksOf([
          spend('99999.00', '2025-09-30'),
          ...before.map((each, index) => spend(shown(BigInt(each)), `2026-0${1 + (index % 9)}-1${index % 10}`)),
          spend(shown(BigInt(now)), '2026-10-05'),
        ]);
        const median = (list: readonly number[]): number => {
          const sorted = list.toSorted((a, b) => a - b);
          return Math.floor(((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2);
        };
        const usual = median(before);
        const deviation = median(before.map((each) => Math.abs(each - usual)));
        const isUnusual = before.length >= 5 && now >= 2 * usual && now > usual + 5 * deviation;
        const { items } = await wallet.unusual({ period: OCTOBER, limit: 10 });
        expect(items.map((item) => [item.usual, item.earlier, item.times])).toEqual(
          isUnusual ? [[shown(BigInt(usual)), before.length, Math.floor(now / usual)]] : [],
        );
      }),
      runs,
    );
  });

  test('single entries are looked for in at most four hundred days', async () => {
    const { wallet } = await booksOf([]);
    expect(() => wallet.largest({ period: stretch('2025-01-01', '2026-02-06'), limit: 1 })).toThrow('at most 400 days');
    expect((await wallet.unusual({ period: stretch('2025-01-01', '2026-02-05'), limit: 1 })).items).toEqual([]);
    expect(await wallet.statement({ period: stretch('1400-01-01', '9998-12-31'), limit: 1 })).toMatchObject({
      closing: '0.00',
      next: null,
      drill: { from: '1400-01-01' as CivilDate },
    });
  });
});
