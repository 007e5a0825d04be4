import { addDays, type ScheduleDetails } from '@kakeibo/core';
import { describe, expect, test } from 'vitest';
import { workedMs } from '../worked.ts';
import { codeOf, day, done, historyOf, worldOn } from './schedule-fixtures.ts';

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

describe('what is refused', () => {
  const bad: readonly (readonly [string, Partial<Record<keyof ScheduleDetails, unknown>>, string])[] = [
    ['a transfer', { kind: 'sent' }, 'kind-invalid'],
    ['no amount', { amount: '0' }, 'amount-not-positive'],
    ['a float', { amount: 12.5 }, 'command-malformed'],
    ['a blank category', { category: ' ' }, 'category-missing'],
    [
      'parts that do not add up',
      {
        category: undefined,
        parts: [
          { category: 'A', amount: '1' },
          { category: 'B', amount: '2' },
        ],
      },
      'parts-differ',
    ],
    ['a day that is none', { from: '2026-02-30' }, 'date-invalid'],
    ['a start that is none', { startsOn: 'soon' }, 'date-invalid'],
    ['a start before any calendar', { startsOn: '0001-01-01' }, 'date-out-of-range'],
    ['a rule that is none', { rule: 'monthly' }, 'rule-malformed'],
    ['a rule of no type', { rule: 12 }, 'command-malformed'],
    ['a rule of a megabyte', { rule: 'x'.repeat(1_000_000) }, 'rule-malformed'],
    ['every hour', { rule: 'FREQ=HOURLY' }, 'rule-unsupported'],
    ['30 February', { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', monthEnd: 'skip' }, 'rule-never-happens'],
    ['a rule that is over', { rule: 'FREQ=DAILY;UNTIL=20251231' }, 'rule-never-happens'],
    ['a daily one of centuries ago', { rule: 'FREQ=DAILY', startsOn: '1400-01-01' }, 'too-many-due'],
    ['an unknown month end', { monthEnd: 'clamp' }, 'month-end-invalid'],
    ['an unknown shift', { shift: 'up' }, 'shift-invalid'],
    ['a reminder in the past', { remindDays: -1 }, 'remind-days-invalid'],
    ['a reminder of years', { remindDays: 1_000 }, 'remind-days-invalid'],
    ['half a day', { remindDays: 0.5 }, 'remind-days-invalid'],
    [
      'a book',
      {
        category: undefined,
        parts: Array.from({ length: 40 }, (_, index) => ({ category: `C${index}`, share: 1, note: 'é'.repeat(400) })),
      },
      'entry-too-large',
    ],
    [
      'a leaflet',
      {
        category: undefined,
        parts: Array.from({ length: 8 }, (_, index) => ({ category: `C${index}`, share: 1, note: 'é'.repeat(420) })),
      },
      'schedule-too-large',
    ],
  ];
  test.each(bad)('%s', async (_, change, code) => {
    const { wallet } = await worldOn('2026-01-15');
    const details = Object.fromEntries(Object.entries({ ...rent, ...change }).filter(([, value]) => value !== undefined));
    expect(codeOf(await wallet.setSchedule('rent', details as unknown as ScheduleDetails))).toBe(code);
    expect((await historyOf(wallet)).length).toBe(1);
  });

  test('unknown schedules and ids that are none', async () => {
    const { wallet, ledger } = await worldOn('2026-01-15');
    for (const id of ['', 'a b', '__proto__', 'x'.repeat(65), 'ä'])
      expect(codeOf(await wallet.setSchedule(id, rent))).toBe('schedule-id-invalid');
    expect(codeOf(await wallet.stopSchedule('rent'))).toBe('schedule-unknown');
    expect(codeOf(await wallet.skipOccurrence('rent', '2026-01-31'))).toBe('schedule-unknown');
    expect(codeOf(await wallet.keepOccurrence('rent', '2026-01-31'))).toBe('schedule-unknown');
    expect(codeOf(await wallet.bookDue({ scheduleId: 'rent' }))).toBe('schedule-unknown');
    expect(codeOf(await ledger.wallet('nowhere').bookDue())).toBe('wallet-unknown');
    done(await wallet.setSchedule('rent', rent));
    expect(codeOf(await wallet.skipOccurrence('rent', '31.1.'))).toBe('date-invalid');
  });

  test('more than 200 schedules, 50 changes to come and 366 skips', async () => {
    const { wallet } = await worldOn('2026-01-15');
    for (let index = 0; index < 200; index += 1) done(await wallet.setSchedule(`s-${index}`, coffee));
    expect(codeOf(await wallet.setSchedule('s-200', coffee))).toBe('too-many-schedules');
    done(await wallet.stopSchedule('s-7'));
    done(await wallet.setSchedule('s-200', coffee));
    for (let index = 1; index < 50; index += 1)
      done(await wallet.setSchedule('s-0', { ...coffee, amount: `${index}.00`, from: addDays(day('2026-02-01'), index) }));
    expect(codeOf(await wallet.setSchedule('s-0', { ...coffee, amount: '99.00', from: '2027-01-01' }))).toBe(
      'schedule-too-large',
    );
    for (let index = 0; index < 366; index += 1) done(await wallet.skipOccurrence('s-1', addDays(day('2026-02-01'), index)));
    expect(codeOf(await wallet.skipOccurrence('s-1', '2028-01-01'))).toBe('schedule-too-large');
    const started = workedMs();
    expect((await wallet.forecast({ to: day('2036-01-01') })).complete).toBe(false);
    expect(workedMs() - started).toBeLessThan(10_000);
  });
});
