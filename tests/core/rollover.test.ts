import { createLedger, createMemoryViewStore, type BucketRef, type LimitDetails, type ViewStore } from '@kakeibo/core';
import { describe, expect, test } from 'vitest';
import { figures, openBook, told } from './limit-book.ts';

describe('a limit with a roll-over', () => {
  test('carries no more than its cap, up or down', async () => {
    const book = await openBook();
    await book.limit({ rollover: 'both', cap: '25', startsOn: '2026-07-01' });
    await book.spend('200', '2026-08-10');
    expect((await book.rows(4, '2026-10-14')).map(({ carried }) => carried)).toEqual(['0.00', '25.00', '-25.00', '25.00']);
  });

  test('without a budget is passed by any spending, and by none is not', async () => {
    const book = await openBook();
    await book.limit({ rollover: 'both', startsOn: '2026-09-01' });
    await book.spend('250', '2026-09-10');
    expect((await book.status('2026-10-14'))?.current).toMatchObject({
      budget: '-50.00',
      left: '-50.00',
      percent: null,
      state: 'within',
    });
    expect(told(await book.wallet.addExpense({ amount: '0.01', category: 'Food' }))).toEqual([
      '+food 2026-10-01 80',
      '+food 2026-10-01 100',
    ]);
  });

  test('tells of every later period that a back-dated entry leaves with less', async () => {
    const book = await openBook();
    await book.limit({ rollover: 'both', thresholds: [100], startsOn: '2026-06-01' });
    for (const month of ['06', '07', '08', '09', '10']) await book.spend('90', `2026-${month}-05`);
    const booked = await book.wallet.addExpense({ amount: '45', category: 'Food', occurredOn: '2026-06-06' });
    expect(told(booked)).toEqual([
      '+food 2026-06-01 100',
      '+food 2026-07-01 100',
      '+food 2026-08-01 100',
      '+food 2026-09-01 100',
    ]);
    const id = 'result' in booked ? booked.result.entryId : '';
    expect(told(await book.wallet.voidEntry(id)).map((text) => text.slice(0, 16))).toEqual([
      '-food 2026-06-01',
      '-food 2026-07-01',
      '-food 2026-08-01',
      '-food 2026-09-01',
    ]);
    const { items } = await book.ledger.alerts({ limit: 1 });
    expect(items.map(({ amount, carried }) => [amount, carried])).toEqual([['100.00', '-15.00']]);
  });

  test('that blocks refuses by its budget, and only what its own period lacks', async () => {
    const book = await openBook();
    await book.limit({ mode: 'block', rollover: 'both', startsOn: '2026-09-01' });
    await book.spend('140', '2026-10-05');
    expect(await book.wallet.addExpense({ amount: '60.01', category: 'Food' })).toMatchObject({
      rejection: { code: 'limit-exceeded', detail: { spent: '200.01', amount: '100.00', carried: '100.00' } },
    });
    // September has room for it; that October is over by it then is September's doing.
    await book.spend('80', '2026-09-05');
    expect((await book.status('2026-10-14'))?.current).toMatchObject({ budget: '120.00', state: 'over' });
    expect(told(await book.wallet.addExpense({ amount: '0.01', category: 'Food' }))).toEqual(['limit-exceeded']);
  });

  test('tells of the period that begins today, when yesterday leaves it with less', async () => {
    const book = await openBook();
    await book.limit({ period: 'day', amount: '10', rollover: 'both', thresholds: [100], startsOn: '2026-10-13' });
    await book.spend('12', '2026-10-14');
    const booked = await book.wallet.addExpense({ amount: '9', category: 'Food', occurredOn: '2026-10-13' });
    expect(told(booked)).toEqual(['+food 2026-10-14 100']);
  });

  test('tells anew of a period to come in which something was told, and only then', async () => {
    const book = await openBook();
    await book.limit({ rollover: 'both', startsOn: '2026-11-01' });
    await book.spend('170', '2026-12-24');
    await book.spend('10', '2027-01-05');
    const booked = await book.wallet.addExpense({ amount: '100', category: 'Food', occurredOn: '2026-11-20' });
    expect(told(booked)).toEqual(['+food 2026-11-01 80', '+food 2026-11-01 100', '+food 2026-12-01 100']);
    const id = 'result' in booked ? booked.result.entryId : '';
    expect(told(await book.wallet.voidEntry(id))).toContain('-food 2026-12-01 100');
  });

  test('that blocks lets spending through that refunds make up for, whatever the budget', async () => {
    const book = await openBook();
    await book.limit({ rollover: 'both', mode: 'block', startsOn: '2026-09-01' });
    await book.wallet.setLimit('wide', { period: 'month', amount: '1000', startsOn: '2026-09-01' });
    await book.limit({ rollover: 'both', mode: 'warn', startsOn: '2026-09-01' });
    await book.spend('250', '2026-09-10');
    await book.limit({ rollover: 'both', mode: 'block', startsOn: '2026-09-01' });
    await book.wallet.addRefund({ amount: '100', category: 'Food' });
    expect(told(await book.wallet.addExpense({ amount: '60', category: 'Food' }))).toEqual([]);
    expect(told(await book.wallet.addExpense({ amount: '40', category: 'Food' }))).toEqual([]);
    expect(told(await book.wallet.addExpense({ amount: '0.01', category: 'Food' }))).toEqual(['limit-exceeded']);
  });

  test.each<[string, Partial<LimitDetails>, readonly string[]]>([
    ['its first day', { firstDay: 5 }, ['100.00', '0.00']],
    ['its scope', { scope: 'Food' }, ['50.00', '0.00']],
    ['its amount only', { amount: '70' }, ['50.00', '100.00']],
  ])('that changes %s carries on or begins anew', async (_, change, wanted) => {
    const book = await openBook();
    await book.limit({ rollover: 'surplus', startsOn: '2026-08-01' });
    await book.spend('50', '2026-08-10');
    await book.spend('50', '2026-09-10');
    await book.limit({ rollover: 'surplus', startsOn: '2026-10-14', ...change });
    const rows = await book.rows(2, '2026-10-14');
    expect(rows.map(({ carried }) => carried)).toEqual(wanted);
  });

  test('that was removed and is set again begins anew', async () => {
    const book = await openBook();
    await book.limit({ rollover: 'surplus', startsOn: '2026-08-01' });
    expect((await book.status('2026-10-14'))?.current.carried).toBe('200.00');
    await book.wallet.removeLimit('food');
    await book.limit({ rollover: 'surplus' });
    expect((await book.status('2026-10-14'))?.current.carried).toBe('0.00');
    expect(figures(await book.rows(2, '2026-10-14'))).toEqual([
      '2026-09-01: 100.00 100.00 0.00 200.00',
      '2026-10-01: 100.00 0.00 0.00 100.00',
    ]);
  });

  test('carries over 1,200 periods at most, then a chain begins anew', async () => {
    const book = await openBook();
    await book.limit({ period: 'day', amount: '1', rollover: 'surplus', startsOn: '2020-01-01' });
    const carried = async (on: string) => (await book.status(on))?.current.carried;
    expect([await carried('2023-04-14'), await carried('2023-04-15'), await carried('2023-04-16')]).toEqual([
      '1199.00',
      '0.00',
      '1.00',
    ]);
  });

  test('does not count among those 1,200 what came before, without a roll-over', async () => {
    const book = await openBook();
    const daily = { period: 'day', amount: '1' };
    await book.limit({ ...daily, startsOn: '2023-01-01' });
    await book.limit({ ...daily, rollover: 'surplus', startsOn: '2026-01-01' });
    const carried = async (on: string) => (await book.status(on))?.current.carried;
    expect([await carried('2026-01-01'), await carried('2026-04-15'), await carried('2026-04-16')]).toEqual([
      '1.00',
      '105.00',
      '106.00',
    ]);
  });

  test('asks for its periods to come when one is booked into, and only one with a roll-over does', async () => {
    const views = createMemoryViewStore();
    const asked: BucketRef[] = [];
    const load: ViewStore['load'] = (stream, names, refs) => {
      asked.push(...refs);
      return views.load(stream, names, refs);
    };
    const book = await openBook('2026-10-14', { views });
    await book.limit({ rollover: 'both' }, 'carrying');
    await book.limit({}, 'plain');
    const clock = { now: () => Date.parse('2026-10-14T12:00Z') };
    const later = createLedger({ store: book.store, views: { ...views, load }, clock, ids: { next: () => 'later' } });
    await later.wallet(book.wallet.id).addExpense({ amount: '10', category: 'Food' });
    expect(asked.flatMap(({ view, bucket }) => (view.startsWith('open-periods') ? bucket : []))).toEqual(['carrying']);
  });
});
