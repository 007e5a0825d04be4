import type { ScheduleDetails } from '@kakeibo/core';
import { describe, expect, test } from 'vitest';
import { bookedOf, codeOf, day, done, expectViewsToBeTrue, historyOf, worldOn } from './schedule-fixtures.ts';

const rent: ScheduleDetails = {
  kind: 'expense',
  amount: '800.00',
  category: 'Home:Rent',
  payee: 'Hausverwaltung',
  tags: ['flat'],
  note: 'Warm',
  rule: 'FREQ=MONTHLY;BYMONTHDAY=31',
  startsOn: '2026-01-31',
};
const coffee: ScheduleDetails = { kind: 'expense', amount: '2.00', category: 'Food:Coffee', rule: 'FREQ=DAILY' };

describe('booking what is due', () => {
  test('after a downtime books each occurrence once, with its own day', async () => {
    const { wallet, goTo } = await worldOn('2026-01-15');
    done(await wallet.setSchedule('rent', rent));
    expect(done(await wallet.bookDue()).booked).toBe(0);
    goTo('2026-04-30');
    const first = done(await wallet.bookDue());
    expect(first).toMatchObject({ booked: 4, remaining: false });
    expect(await bookedOf(wallet)).toEqual(['2026-01-31 800.00', '2026-02-28 800.00', '2026-03-31 800.00', '2026-04-30 800.00']);
    const entry = await wallet.entry(first.entryIds[1] ?? '');
    expect(entry).toMatchObject({
      occurredOn: '2026-02-28',
      amount: '800.00',
      category: 'Home:Rent',
      payee: 'Hausverwaltung',
      tags: ['flat'],
      note: 'Warm',
      schedule: { id: 'rent', on: '2026-02-28' },
    });
    expect(done(await wallet.bookDue())).toMatchObject({ booked: 0, entryIds: [] });
    expect((await wallet.summary())?.balance).toBe('-3200.00');
    await expectViewsToBeTrue(wallet);
  });

  test('by two ledgers on one store at once, again and again, books each once', async () => {
    const { wallet, another, goTo } = await worldOn('2026-01-01');
    done(await wallet.setSchedule('coffee', coffee));
    done(await wallet.setSchedule('rent', rent));
    goTo('2027-06-30');
    const wallets = [wallet, another(), another(), another()];
    const outcomes = await Promise.all([...wallets, ...wallets].map((each) => each.bookDue()));
    const booked = outcomes.map((outcome) => done(outcome).booked);
    expect(booked.reduce((sum, count) => sum + count, 0)).toBe(546 + 18);
    const entries = await bookedOf(wallet);
    expect(entries.length).toBe(546 + 18);
    expect(new Set(entries).size).toBe(entries.length);
    const events = await historyOf(wallet);
    const entryIds = events.flatMap(({ event }) => (event.type === 'ExpenseAdded' ? [event.entryId] : []));
    expect(new Set(entryIds).size).toBe(entries.length);
    for (const each of wallets) await expectViewsToBeTrue(each);
  });

  test('that ended between two pages goes on where it ended', async () => {
    const { wallet, another, goTo } = await worldOn('2026-01-01');
    done(await wallet.setSchedule('coffee', coffee));
    goTo('2026-01-31');
    expect(done(await wallet.bookDue({ limit: 7 }))).toMatchObject({ booked: 7, remaining: true });
    expect(done(await another().bookDue({ scheduleId: 'coffee', limit: 10 }))).toMatchObject({ booked: 10, remaining: true });
    expect(done(await another().bookDue())).toMatchObject({ booked: 14, remaining: false });
    expect((await bookedOf(wallet)).map((line) => line.slice(8, 10))).toEqual(
      Array.from({ length: 31 }, (_, index) => String(index + 1).padStart(2, '0')),
    );
  });

  test('of more than 5,000 says that more remain, and each append is bounded', async () => {
    const { wallet } = await worldOn('2026-01-01');
    done(await wallet.setSchedule('coffee', { ...coffee, startsOn: '2010-01-01' }));
    expect(done(await wallet.bookDue())).toMatchObject({ booked: 5_000, remaining: true });
    expect(done(await wallet.bookDue())).toMatchObject({ booked: 845, remaining: false });
    const caughtUp = (await historyOf(wallet)).flatMap(({ event }) => (event.type === 'ScheduleCaughtUp' ? [event.booked] : []));
    expect(Math.max(...caughtUp)).toBe(200);
    expect(caughtUp.reduce((sum, count) => sum + count, 0)).toBe(5_845);
  });

  test('is at most 10,000 occurrences when a schedule is set; rare ones may begin centuries ago', async () => {
    const { wallet } = await worldOn('2026-01-01');
    const set = async (id: string, startsOn: string, rule = coffee.rule) => wallet.setSchedule(id, { ...coffee, rule, startsOn });
    // From this day to the last of 2025 there are 9,999 days; today is the 10,000th.
    done(await set('coffee', '1998-08-17'));
    expect(await set('more', '1998-08-16')).toMatchObject({
      rejection: {
        code: 'too-many-due',
        field: 'startsOn',
        detail: { due: 10_001, most: 10_000 },
        message: 'From 1998-08-16 on about 10,001 occurrences are due already, of at most 10,000. Let the schedule begin later.',
      },
    });
    expect(await set('most', '1400-01-01')).toMatchObject({ rejection: { detail: { due: 228_643 } } });
    done(await set('over', '1400-01-01', 'FREQ=DAILY;UNTIL=14200101'));
    done(await set('monthly', '1400-01-01', 'FREQ=MONTHLY'));
    expect(
      await wallet.setSchedule('monthly', { ...coffee, rule: 'FREQ=DAILY', from: '1500-01-01', startsOn: '1400-01-01' }),
    ).toMatchObject({ rejection: { code: 'too-many-due', field: 'from' } });
  });

  test('is refused by no limit, and tells what is passed', async () => {
    const { wallet, goTo } = await worldOn('2026-01-15');
    done(await wallet.setLimit('home', { scope: 'Home', period: 'month', amount: '500.00', mode: 'block' }));
    done(await wallet.setSchedule('rent', rent));
    goTo('2026-02-01');
    const { booked, crossed } = done(await wallet.bookDue());
    expect(booked).toBe(1);
    expect(crossed.map(({ limitId, threshold, spent }) => [limitId, threshold, spent])).toEqual([
      ['home', 80, '800.00'],
      ['home', 100, '800.00'],
    ]);
  });

  test('of a voided entry does not come again', async () => {
    const { wallet, goTo } = await worldOn('2026-01-15');
    done(await wallet.setSchedule('rent', rent));
    goTo('2026-02-01');
    const [entryId = ''] = done(await wallet.bookDue()).entryIds;
    done(await wallet.voidEntry(entryId));
    expect(done(await wallet.bookDue()).booked).toBe(0);
    expect((await wallet.schedules()).items[0]).toMatchObject({ next: '2026-02-28', through: '2026-01-31', booked: 1 });
    done(await wallet.restoreEntry(entryId));
    expect((await wallet.summary())?.balance).toBe('-800.00');
  });

  test('goes by the day of the wallet', async () => {
    const { ledger, goTo } = await worldOn('2026-01-30');
    const { walletId } = done(await ledger.openWallet({ name: 'Auckland', currency: 'NZD', zone: 'Pacific/Auckland' }));
    const wallet = ledger.wallet(walletId);
    done(await wallet.setSchedule('rent', rent));
    goTo('2026-01-30');
    // It is the 31st there already.
    expect(done(await wallet.bookDue()).booked).toBe(1);
  });
});

describe('a change', () => {
  test('from one occurrence on leaves what is booked and what is missed as it was', async () => {
    const { wallet, goTo } = await worldOn('2026-01-15');
    done(await wallet.setSchedule('rent', rent));
    goTo('2026-02-28');
    done(await wallet.bookDue());
    goTo('2026-04-15');
    done(await wallet.setSchedule('rent', { ...rent, amount: '850.00', from: '2026-04-30' }));
    goTo('2026-05-31');
    done(await wallet.bookDue());
    expect(await bookedOf(wallet)).toEqual([
      '2026-01-31 800.00',
      '2026-02-28 800.00',
      '2026-03-31 800.00',
      '2026-04-30 850.00',
      '2026-05-31 850.00',
    ]);
    const set = (await historyOf(wallet)).findLast(({ event }) => event.type === 'ScheduleSet')?.event;
    expect(set).toMatchObject({ from: '2026-04-30', before: { amount: { minor: 80_000n }, startsOn: '2026-01-31' } });
    expect(codeOf(await wallet.setSchedule('rent', { ...rent, from: '2026-05-31' }))).toBe('occurrence-booked');
  });

  test('keeps the phase of its rule when it says nothing of a start', async () => {
    const { wallet, goTo } = await worldOn('2026-01-02');
    const { startsOn: _, ...wage } = { ...rent, kind: 'income', rule: 'FREQ=WEEKLY;INTERVAL=2', amount: '900.00' };
    done(await wallet.setSchedule('wage', wage));
    goTo('2026-01-20');
    done(await wallet.setSchedule('wage', { ...wage, amount: '950.00' }));
    goTo('2026-02-14');
    done(await wallet.bookDue());
    expect(await bookedOf(wallet)).toEqual(['2026-01-02 900.00', '2026-01-16 900.00', '2026-01-30 950.00', '2026-02-13 950.00']);
  });

  test('that says what there is is none', async () => {
    const { wallet } = await worldOn('2026-01-15');
    done(await wallet.setSchedule('rent', rent));
    expect(codeOf(await wallet.setSchedule('rent', rent))).toBe('nothing-to-change');
    done(await wallet.setSchedule('rent', { ...rent, remindDays: 3 }));
    expect((await wallet.schedules()).items[0]?.terms.map(({ from, remindDays }) => [from, remindDays])).toEqual([
      ['2026-01-31', 3],
    ]);
    done(await wallet.setSchedule('rent', { ...rent, startsOn: '2026-01-20', rule: 'FREQ=MONTHLY' }));
    expect((await wallet.schedules()).items[0]).toMatchObject({ next: '2026-01-20', terms: [{ from: '2026-01-20' }] });
  });

  test('after a stop begins anew, and nothing is booked for the time between', async () => {
    const { wallet, goTo } = await worldOn('2026-01-15');
    done(await wallet.setSchedule('rent', rent));
    done(await wallet.stopSchedule('rent', { on: '2026-03-01' }));
    expect((await wallet.schedules()).items[0]).toMatchObject({ stopsOn: '2026-03-01', next: '2026-01-31' });
    for (const on of ['2026-03-01', '2026-04-01'])
      expect(codeOf(await wallet.stopSchedule('rent', { on }))).toBe('nothing-to-change');
    goTo('2026-05-15');
    done(await wallet.setSchedule('rent', { ...rent, amount: '900.00' }));
    goTo('2026-06-30');
    done(await wallet.bookDue());
    expect(await bookedOf(wallet)).toEqual(['2026-01-31 800.00', '2026-02-28 800.00', '2026-05-31 900.00', '2026-06-30 900.00']);
    done(await wallet.stopSchedule('rent'));
    expect((await wallet.schedules()).items[0]).toMatchObject({ stopsOn: '2026-07-01', next: null, booked: 4 });
    expect(codeOf(await wallet.stopSchedule('rent', { on: '2026-06-30' }))).toBe('occurrence-booked');
    goTo('2027-06-30');
    expect(done(await wallet.bookDue()).booked).toBe(0);
  });

  test('of one day leaves it out, and can be taken back', async () => {
    const { wallet, goTo } = await worldOn('2026-01-15');
    done(await wallet.setSchedule('rent', rent));
    done(await wallet.skipOccurrence('rent', '2026-02-28'));
    done(await wallet.skipOccurrence('rent', '2026-03-31'));
    expect(codeOf(await wallet.skipOccurrence('rent', '2026-03-31'))).toBe('nothing-to-change');
    expect(codeOf(await wallet.skipOccurrence('rent', '2026-03-30'))).toBe('occurrence-unknown');
    done(await wallet.keepOccurrence('rent', '2026-03-31'));
    expect(codeOf(await wallet.keepOccurrence('rent', '2026-03-31'))).toBe('nothing-to-change');
    goTo('2026-04-01');
    done(await wallet.bookDue());
    expect(await bookedOf(wallet)).toEqual(['2026-01-31 800.00', '2026-03-31 800.00']);
    expect((await wallet.schedules()).items[0]?.skipped).toEqual([]);
    done(await wallet.skipOccurrence('rent', '2026-04-30'));
    done(await wallet.skipOccurrence('rent', '2026-05-31'));
    goTo('2026-08-01');
    expect(done(await wallet.bookDue({ limit: 1 })).booked).toBe(1);
    expect((await bookedOf(wallet)).at(-1)).toBe('2026-06-30 800.00');
    expect(codeOf(await wallet.skipOccurrence('rent', '2026-03-31'))).toBe('occurrence-booked');
    expect(codeOf(await wallet.keepOccurrence('rent', '2026-02-28'))).toBe('occurrence-booked');
    await expectViewsToBeTrue(wallet);
  });

  test('waits while the wallet is closed, and is caught up when it is open again', async () => {
    const { wallet, goTo } = await worldOn('2026-01-15');
    done(await wallet.setSchedule('rent', rent));
    done(await wallet.close());
    goTo('2026-02-28');
    expect(codeOf(await wallet.bookDue())).toBe('wallet-closed');
    expect(codeOf(await wallet.bookDue({ scheduleId: 'rent' }))).toBe('wallet-closed');
    expect(codeOf(await wallet.setSchedule('rent', { ...rent, amount: '1.00' }))).toBe('wallet-closed');
    expect((await wallet.upcoming({ to: day('2027-01-01') })).items).toEqual([]);
    expect((await wallet.forecast({ to: day('2027-01-01') })).series).toEqual([]);
    done(await wallet.reopen());
    expect(done(await wallet.bookDue()).booked).toBe(2);
  });
});
