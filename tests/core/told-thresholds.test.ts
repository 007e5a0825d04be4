import { decode, project, walletProjections } from '@kakeibo/core';
import { expect, test } from 'vitest';
import { openBook, type LimitBook } from './limit-book.ts';

/** The buckets of a view of a book. */
async function bucketsOf({ wallet }: LimitBook, name: string): Promise<unknown> {
  const projection = walletProjections.find((each) => each.name === name);
  if (projection === undefined) throw new Error(`there is a view ${name}`);
  return Object.fromEntries(project(projection, (await wallet.events({ after: 0, limit: 1_000 })).map(decode)));
}

test('which thresholds were told is kept by limit, year, period and threshold, until they are cleared', async () => {
  const book = await openBook();
  await book.limit({ startsOn: '2026-09-01' });
  await book.limit({ startsOn: '2026-09-01', amount: '50', thresholds: [10] }, 'small');
  await book.spend('85', '2026-10-05');
  const id = await book.spend('20', '2026-10-06');
  const october = { on: '2026-10-14', to: '2026-11-01' };
  const small = { 'month/2026-10-01': { 10: { ...october, version: 6 } } };
  expect(await bucketsOf(book, 'raised')).toEqual({
    'food/2026': { 'month/2026-10-01': { 80: { ...october, version: 5 }, 100: { ...october, version: 8 } } },
    'small/2026': small,
  });
  expect(await bucketsOf(book, 'open-periods')).toEqual({
    food: { 'month/2026-10-01': 2 },
    small: { 'month/2026-10-01': 1 },
  });
  await book.wallet.voidEntry(id);
  expect(await bucketsOf(book, 'raised')).toEqual({
    'food/2026': { 'month/2026-10-01': { 80: { ...october, version: 5 } } },
    'small/2026': small,
  });
  expect(await bucketsOf(book, 'open-periods')).toEqual({
    food: { 'month/2026-10-01': 1 },
    small: { 'month/2026-10-01': 1 },
  });
  await book.limit({ startsOn: '2026-09-01', amount: '1000' });
  expect(await bucketsOf(book, 'raised')).toEqual({ 'food/2026': {}, 'small/2026': small });
  expect(await bucketsOf(book, 'open-periods')).toEqual({ food: {}, small: { 'month/2026-10-01': 1 } });
});
