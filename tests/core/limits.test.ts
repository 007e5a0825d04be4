import { decode, encode, type LimitDetails, type LimitHistory, type WalletEvent } from '@kakeibo/core';
import { describe, expect, test } from 'vitest';
import { day, figures, openBook, told } from './limit-book.ts';

describe('a limit is refused', () => {
  test.each<[string, Partial<LimitDetails>, string]>([
    ['thresholds-invalid', { thresholds: [100, 80] }, 'thresholds'],
    ['thresholds-invalid', { thresholds: [0] }, 'thresholds'],
    ['thresholds-invalid', { thresholds: [1_001] }, 'thresholds'],
    ['thresholds-invalid', { thresholds: [80, 80] }, 'thresholds'],
    ['thresholds-invalid', { thresholds: [50.5] }, 'thresholds'],
    ['thresholds-invalid', { thresholds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] }, 'thresholds'],
    ['scope-invalid', { scope: 'Food', tag: 'work' }, 'tag'],
    ['tags-invalid', { tag: 'two words' }, 'tag'],
    ['tags-invalid', { tag: '' }, 'tag'],
    ['first-day-invalid', { period: 'week', firstDay: 8 }, 'firstDay'],
    ['first-day-invalid', { period: 'month', firstDay: 32 }, 'firstDay'],
    ['first-day-invalid', { period: 'month', firstDay: 0 }, 'firstDay'],
    ['first-day-invalid', { period: 'year', firstDay: 1.5 }, 'firstDay'],
    ['first-day-invalid', { period: 'day', firstDay: 2 }, 'firstDay'],
    ['period-invalid', { period: 'custom' }, 'to'],
    ['period-invalid', { period: 'custom', from: '2026-10-05', to: '2026-10-05' }, 'to'],
    ['period-invalid', { period: 'custom', from: '1400-01-01', to: '9998-01-01' }, 'to'],
    ['period-invalid', { period: 'custom', from: '2026-10-05', to: '2026-10-09', startsOn: '2026-10-09' }, 'startsOn'],
    ['period-invalid', { from: '2026-10-05' }, 'from'],
    ['period-invalid', { to: '2026-10-05' }, 'to'],
    ['date-invalid', { period: 'custom', from: '2026-02-30', to: '2026-03-05' }, 'from'],
    ['rollover-invalid', { rollover: 'all' }, 'rollover'],
    ['rollover-invalid', { cap: '5' }, 'cap'],
    ['rollover-invalid', { period: 'custom', from: '2026-10-05', to: '2026-10-09', rollover: 'both' }, 'rollover'],
    ['amount-not-positive', { rollover: 'both', cap: '-5' }, 'cap'],
    ['amount-malformed', { rollover: 'both', cap: 'much' }, 'cap'],
  ])('with %s for %o', async (code, details, field) => {
    const { wallet } = await openBook();
    const outcome = await wallet.setLimit('food', { period: 'month', amount: '100', ...details });
    expect(outcome).toMatchObject({ kind: 'rejected', rejection: { code, field } });
  });

  test('when it was changed too often, before its changes no longer fit into an event', async () => {
    const book = await openBook();
    let changes = 0;
    const change = () =>
      book.limit({
        amount: `${100 + (changes % 7)}`,
        startsOn: `20${10 + Math.floor(changes / 28)}-01-${String((changes % 28) + 1).padStart(2, '0')}`,
      });
    while ((await change()).length === 0) changes += 1;
    expect([changes >= 70, await change()]).toEqual([true, ['too-many-changes']]);
    expect(told(await book.wallet.removeLimit('food'))).toEqual([]);
    expect(await book.limit({}, 'food-2')).toEqual([]);
  });
});

describe('a limit', () => {
  test.each(['quarter', 'year'])(
    'of a month that becomes one of a %s tells of that, though both begin on one day',
    async (period) => {
      const book = await openBook('2026-01-14');
      await book.limit({ startsOn: '2026-01-01', thresholds: [100] });
      expect(told(await book.wallet.addExpense({ amount: '120', category: 'Food' }))).toEqual(['+food 2026-01-01 100']);
      expect(await book.limit({ period, startsOn: '2026-01-01', thresholds: [100] })).toEqual([
        '+food 2026-01-01 100',
        '-food 2026-01-01 100',
      ]);
      expect(told(await book.wallet.addExpense({ amount: '1', category: 'Food' }))).toEqual([]);
    },
  );

  test('by tag counts what bears the tag, whatever its category, and once', async () => {
    const book = await openBook();
    await book.limit({ tag: 'work' }, 'work');
    await book.spend('40', '2026-10-02', { tags: ['work', 'trip'], category: 'Home' });
    const id = await book.spend('45', '2026-10-03', { tags: ['work'] });
    await book.spend('50', '2026-10-03', { tags: ['trip'] });
    expect((await book.status('2026-10-14', 'work'))?.current).toMatchObject({ spent: '85.00', state: 'near' });
    expect(told(await book.wallet.correctEntry(id, { tags: ['trip'] }))).toEqual(['-work 2026-10-01 80']);
  });

  test('of a custom range counts that range, and is over when it is', async () => {
    const book = await openBook('2026-11-20');
    await book.limit({ period: 'custom', from: '2026-11-10', to: '2026-11-15' }, 'trip');
    await book.spend('60', '2026-11-14');
    await book.spend('60', '2026-11-15');
    expect(await book.status('2026-11-20', 'trip')).toMatchObject({
      startsOn: '2026-11-10',
      current: { from: '2026-11-10', to: '2026-11-15', spent: '60.00', daysLeft: 0, leftPerDay: '0.00' },
    });
    expect((await book.status('2026-11-13', 'trip'))?.current).toMatchObject({ daysLeft: 2, leftPerDay: '20.00' });
  });

  test('that was over before lets a correction through that lowers it', async () => {
    const book = await openBook();
    const id = await book.spend('150', '2026-10-02');
    await book.limit({ mode: 'block' });
    expect(told(await book.wallet.correctEntry(id, { amount: '140' }))).toEqual([]);
    expect(told(await book.wallet.correctEntry(id, { amount: '141' }))).toEqual(['limit-exceeded']);
  });

  test('set twice for the same day has changed once', async () => {
    const book = await openBook();
    await book.limit({ amount: '50' });
    await book.limit({ amount: '70' });
    expect((await book.rows(1, '2026-10-14'))[0]?.changes).toEqual([{ startsOn: '2026-10-14', amount: '70.00' }]);
  });

  test('that looked elsewhere before shows the changes of what it looks at', async () => {
    const book = await openBook();
    await book.limit({ startsOn: '2026-10-01', amount: '50' });
    await book.limit({ startsOn: '2026-10-05', scope: 'Food' });
    expect((await book.rows(1, '2026-10-14'))[0]?.changes).toEqual([{ startsOn: '2026-10-05', amount: '100.00' }]);
  });

  test('that other terms cut short tells anew of what is left of its last period', async () => {
    const book = await openBook('2026-10-20');
    await book.limit({ thresholds: [50], startsOn: '2026-09-01' });
    await book.spend('60', '2026-10-14');
    await book.spend('10', '2026-10-02');
    const changed = await book.limit({ period: 'week', amount: '1000', startsOn: '2026-10-12' });
    expect(changed).toEqual(['-food 2026-10-01 50']);
  });

  test('that is cut short by other periods has its days in one of them each', async () => {
    const book = await openBook();
    await book.limit({ startsOn: '2026-09-01' });
    await book.limit({ period: 'week', amount: '30', startsOn: '2026-10-14' });
    await book.spend('10', '2026-10-11');
    await book.spend('20', '2026-10-12');
    expect((await book.rows(2, '2026-10-14')).map(({ from, to, spent }) => [from, to, spent])).toEqual([
      ['2026-10-01', '2026-10-12', '10.00'],
      ['2026-10-12', '2026-10-19', '20.00'],
    ]);
  });
});

test('a limit that is put back is what it was, with what was before the change in each event', async () => {
  const book = await openBook();
  await book.limit({ startsOn: '2026-08-01', rollover: 'both', cap: '20' });
  await book.limit({ amount: '150', rollover: 'both', cap: '20' });
  await book.wallet.removeLimit('food');
  const events = (await book.wallet.events({ after: 0, limit: 100 })).map((stored) => decode(stored).event);
  const before = events.flatMap((event): readonly LimitHistory[] =>
    event.type === 'LimitSet' || event.type === 'LimitRemoved' ? [event.before ?? []] : [],
  );
  expect(before.map((history) => history.length)).toEqual([0, 1, 2]);
  const restored: WalletEvent = { type: 'LimitRestored', limitId: 'food', terms: before[2] ?? [], before: [] };
  const stream = (await book.wallet.events({ after: 0, limit: 1 }))[0]?.stream ?? '';
  await book.store.append(stream, [{ id: '0b7a2f0e-8a53-8d5e-9b1c-3f6c2a1d4e5f', ...encode(restored), meta: {} }], {
    expected: events.length,
  });
  expect(figures(await book.rows(3, '2026-10-14'))).toEqual([
    '2026-08-01: 100.00 0.00 0.00 100.00',
    '2026-09-01: 100.00 20.00 0.00 120.00',
    '2026-10-01: 150.00 20.00 0.00 170.00',
  ]);
  expect((await book.status('2026-10-14'))?.startsOn).toBe(day('2026-10-14'));
});

test('the periods of a limit are told over the days that it did not rule, ranges and ends', async () => {
  const book = await openBook('2026-02-12');
  await book.limit({ startsOn: '2026-01-01' });
  await book.wallet.removeLimit('food');
  await book.limit({ period: 'custom', from: '2026-04-10', to: '2026-04-20' });
  await book.limit({ period: 'custom', from: '2026-06-10', to: '2026-06-20' });
  await book.limit({ startsOn: '2026-08-01' });
  const rows = [
    ['2026-01-01', '2026-02-01'],
    ['2026-04-10', '2026-04-20'],
    ['2026-06-10', '2026-06-20'],
    ['2026-08-01', '2026-09-01'],
    ['2026-09-01', '2026-10-01'],
  ];
  const seen = async (last: number, on: string) => (await book.rows(last, on)).map(({ from, to }) => [from, to]);
  expect(await seen(9, '2026-09-14')).toEqual(rows);
  expect(await seen(2, '2026-08-14')).toEqual(rows.slice(2, 4));
  expect(await seen(9, '2026-07-31')).toEqual(rows.slice(0, 3));
  expect(await seen(1, '2026-04-20')).toEqual(rows.slice(1, 2));
  expect(await seen(9, '2026-04-09')).toEqual(rows.slice(0, 1));
  expect(await seen(9, '2025-12-31')).toEqual([]);
});

test.each([
  ['begins', '2026-02-09', '2026-02-20'],
  ['ends', '2026-02-10', '2026-02-25'],
])('what was set for a range that %s on another day is no change of this one', async (_, from, to) => {
  const book = await openBook('2026-02-11');
  await book.limit({ period: 'custom', from: '2026-02-10', to: '2026-02-20' });
  book.goTo('2026-02-12');
  await book.limit({ period: 'custom', from, to, amount: '70' });
  book.goTo('2026-02-13');
  await book.limit({ period: 'custom', from, to, amount: '80' });
  expect((await book.rows(1, '2026-02-14'))[0]?.changes).toEqual([
    { startsOn: '2026-02-12', amount: '70.00' },
    { startsOn: '2026-02-13', amount: '80.00' },
  ]);
});

test.each([
  ['begins no more, and rules no day before either', '2026-11-01', ['2026-08-01 2026-09-01', '2026-09-01 2026-10-01']],
  ['stays when its day has come', '2026-10-14', ['2026-01-01 2026-10-01']],
])('what was planned for a limit that is removed %s', async (_, startsOn, wanted) => {
  const book = await openBook();
  await book.limit({ startsOn: '2026-08-01' });
  await book.limit({ period: 'year', startsOn });
  await book.limit({ period: 'quarter', startsOn: '2026-12-01' });
  await book.wallet.removeLimit('food');
  expect((await book.rows(9, '2026-12-31')).map(({ from, to }) => `${from} ${to}`)).toEqual(wanted);
});
