import { addMonths, type ScheduleDetails } from '@kakeibo/core';
import { describe, expect, test } from 'vitest';
import { workedMs } from '../worked.ts';
import { day, done, worldOn } from './schedule-fixtures.ts';

const rent: ScheduleDetails = {
  kind: 'expense',
  amount: '800.00',
  category: 'Home:Rent',
  rule: 'FREQ=MONTHLY;BYMONTHDAY=1',
  remindDays: 3,
};
const wage: ScheduleDetails = {
  kind: 'income',
  amount: '1500.00',
  rule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
};

describe('a forecast', () => {
  test('goes from the balance of today over what is booked ahead and what comes', async () => {
    const { wallet } = await worldOn('2026-01-15');
    done(await wallet.addIncome({ amount: '1000.00', occurredOn: '2026-01-10' }));
    done(await wallet.addExpense({ amount: '30.00', category: 'Fun', occurredOn: '2026-02-14' }));
    done(await wallet.addExpense({ amount: '5.00', category: 'Fun', occurredOn: '2026-04-01' }));
    done(await wallet.addIncome({ amount: '200.00', occurredOn: '2026-01-15' }));
    done(await wallet.addExpense({ amount: '200.00', category: 'Fun' }));
    done(await wallet.addIncome({ amount: '0.05' }));
    done(await wallet.addExpense({ amount: '0.05', category: 'Fun', occurredOn: '2026-01-16' }));
    done(await wallet.addIncome({ amount: '0.05', occurredOn: '2026-01-17' }));
    done(await wallet.addExpense({ amount: '0.05', category: 'Fun', occurredOn: '2026-01-18' }));
    done(await wallet.setSchedule('rent', rent));
    done(await wallet.setSchedule('wage', wage));
    done(await wallet.skipOccurrence('rent', '2026-03-01'));
    const forecast = await wallet.forecast({ to: day('2026-04-01') });
    expect(forecast.opening).toBe('1000.05');
    expect(forecast.series.map(({ on, change, balance, what, id }) => [on, change, balance, what, id])).toEqual([
      ['2026-01-16', '-0.05', '1000.00', 'booked', null],
      ['2026-01-17', '0.05', '1000.05', 'booked', null],
      ['2026-01-18', '-0.05', '1000.00', 'booked', null],
      ['2026-01-30', '1500.00', '2500.00', 'schedule', 'wage'],
      ['2026-02-01', '-800.00', '1700.00', 'schedule', 'rent'],
      ['2026-02-14', '-30.00', '1670.00', 'booked', null],
      ['2026-02-27', '1500.00', '3170.00', 'schedule', 'wage'],
      ['2026-03-31', '1500.00', '4670.00', 'schedule', 'wage'],
    ]);
    expect(forecast).toMatchObject({ closing: '4670.00', lowest: { on: '2026-01-16', balance: '1000.00' }, complete: true });
    expect(forecast.version).toBe(13);
  });

  test('has its lowest point, and counts today what is overdue', async () => {
    const { wallet, goTo } = await worldOn('2026-01-01');
    done(await wallet.setSchedule('rent', rent));
    done(await wallet.setSchedule('wage', wage));
    goTo('2026-03-15');
    const forecast = await wallet.forecast({ to: day('2026-04-02') });
    expect(forecast.opening).toBe('0.00');
    expect(forecast.series.map(({ on, balance }) => `${on} ${balance}`)).toEqual([
      '2026-03-15 -800.00',
      '2026-03-15 700.00',
      '2026-03-15 -100.00',
      '2026-03-15 1400.00',
      '2026-03-15 600.00',
      '2026-03-31 2100.00',
      '2026-04-01 1300.00',
    ]);
    expect(forecast.lowest).toEqual({ on: '2026-03-15', balance: '-800.00' });
  });

  test('says the same after what is due was booked', async () => {
    const { wallet, goTo } = await worldOn('2026-01-01');
    done(await wallet.setSchedule('rent', rent));
    done(await wallet.setSchedule('wage', wage));
    goTo('2026-03-15');
    const before = await wallet.forecast({ to: day('2028-01-01') });
    done(await wallet.bookDue());
    const after = await wallet.forecast({ to: day('2028-01-01') });
    expect(after.closing).toBe(before.closing);
    expect(after.opening).toBe('600.00');
    const { balance } = await wallet.balance({
      period: { from: day('2026-03-01'), to: day('2026-04-01') },
      by: 'month',
      on: day('2026-03-15'),
    });
    expect(after.opening).toBe(balance);
  });

  test('ends ten years ahead, and after 10,000 steps it says that it is not complete', async () => {
    const { wallet } = await worldOn('2026-01-01');
    done(await wallet.setSchedule('rent', rent));
    const decade = await wallet.forecast({ to: day('9998-01-01') });
    expect(decade.to).toBe(addMonths(day('2026-01-01'), 120));
    expect(decade.series.length).toBe(120);
    for (const id of ['a', 'b', 'c'])
      done(await wallet.setSchedule(id, { kind: 'expense', amount: '1.00', category: 'Food', rule: 'FREQ=DAILY' }));
    const many = await wallet.forecast({ to: day('2036-01-01') });
    expect(many.series.length).toBe(10_000);
    expect(many.complete).toBe(false);
    expect(many.series.map(({ on }) => on)).toEqual(many.series.map(({ on }) => on).toSorted());
  });

  test('of a wallet that is not there, or to a day that is over, is empty', async () => {
    const { wallet, ledger } = await worldOn('2026-01-15');
    expect((await ledger.wallet('nowhere').forecast({ to: day('2027-01-01') })).series).toEqual([]);
    expect(await wallet.forecast({ to: day('2020-01-01') })).toMatchObject({ from: '2026-01-15', to: '2026-01-16', series: [] });
  });
});

describe('what is upcoming', () => {
  test('comes in order, what is overdue first, with its reminders', async () => {
    const { wallet, goTo } = await worldOn('2026-01-30');
    done(await wallet.setSchedule('rent', rent));
    done(await wallet.setSchedule('wage', { ...wage, remindDays: 0 }));
    done(await wallet.skipOccurrence('rent', '2026-03-01'));
    const seen = async () =>
      (await wallet.upcoming({ to: day('2026-03-10') })).items.map(({ on, scheduleId, due, skipped, remind }) =>
        [on, scheduleId, due ? 'due' : '', skipped ? 'skipped' : '', remind ? 'remind' : '']
          .filter((word) => word !== '')
          .join(' '),
      );
    expect(await seen()).toEqual([
      '2026-01-30 wage due remind',
      '2026-02-01 rent remind',
      '2026-02-27 wage',
      '2026-03-01 rent skipped',
    ]);
    goTo('2026-02-02');
    expect(await seen()).toEqual(['2026-01-30 wage due', '2026-02-01 rent due', '2026-02-27 wage', '2026-03-01 rent skipped']);
    done(await wallet.bookDue());
    goTo('2026-02-26');
    expect(await seen()).toEqual(['2026-02-27 wage', '2026-03-01 rent skipped']);
    const [next] = (await wallet.upcoming({ to: day('2026-03-10') })).items;
    expect(next).toMatchObject({
      kind: 'income',
      amount: '1500.00',
      category: null,
      parts: null,
      payee: null,
      tags: [],
      note: null,
    });
  });

  test('of a rule that began long ago, in days without end, is bounded', async () => {
    const { wallet } = await worldOn('2026-01-01');
    done(
      await wallet.setSchedule('old', {
        kind: 'expense',
        amount: '1.00',
        category: 'Food',
        rule: 'FREQ=DAILY',
        startsOn: '1999-01-01',
      }),
    );
    const started = workedMs();
    const { items, complete } = await wallet.upcoming({ to: day('2036-01-01') });
    expect([items.length, complete, items[0]?.on]).toEqual([1_000, false, '1999-01-01']);
    expect((await wallet.forecast({ to: day('2036-01-01') })).complete).toBe(false);
    expect((await wallet.schedules()).items[0]?.next).toBe('1999-01-01');
    expect(workedMs() - started).toBeLessThan(10_000);
  });
});
