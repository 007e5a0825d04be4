import { parseRecurrence } from '@kakeibo/core';
import { describe, expect, test } from 'vitest';
import { aheadByDay } from '../../packages/http/dashboard/src/home/ahead-days.ts';
import { about } from '../../packages/http/dashboard/src/money/about.ts';
import {
  byWeek,
  courseOf,
  DAY_CHOICES,
  EVERY,
  ruleOf,
  WEEKDAY_CHOICES,
} from '../../packages/http/dashboard/src/schedules/course.ts';
import { distanceInWords, ruleInWords } from '../../packages/http/dashboard/src/schedules/schedule-words.ts';

describe('what one chooses', () => {
  const courses = EVERY.filter(([every]) => every !== 'own').flatMap(([every]) =>
    (byWeek(every) ? WEEKDAY_CHOICES : DAY_CHOICES).map(([on]) => ({ every, on })),
  );

  test.each(courses)('$every on $on is a rule in its one spelling, and read back the same', ({ every, on }) => {
    const rule = ruleOf({ every, on, rule: '' });
    expect(parseRecurrence(rule)).toMatchObject({ text: rule });
    expect(courseOf(rule)).toEqual({ every, on, rule });
  });

  test.each(['FREQ=DAILY', 'FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=3', 'FREQ=MONTHLY;BYDAY=1MO', 'FREQ=WEEKLY;BYDAY=MO,FR', ''])(
    'what the choices do not say is a rule of one’s own: %s',
    (rule) => {
      expect(courseOf(rule)).toMatchObject({ every: 'own', rule });
      expect(ruleOf(courseOf(rule))).toBe(rule);
    },
  );
});

test.each([
  ['FREQ=MONTHLY;BYMONTHDAY=31', 'every month on the 31st, or its last day'],
  ['FREQ=MONTHLY;BYMONTHDAY=1', 'every month on the 1st'],
  ['FREQ=MONTHLY;BYMONTHDAY=22', 'every month on the 22nd'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', 'every month on the last day'],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'every month on the last working day'],
  ['FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=11', 'every quarter on the 11th'],
  ['FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=3', 'every year on 3 May'],
  ['FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=-1', 'every year on the last day of May'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', 'every two weeks on Friday'],
  ['FREQ=DAILY;INTERVAL=10;COUNT=4', 'every 10 days, 4 times'],
  ['FREQ=YEARLY;UNTIL=20300131', 'every year, until 2030-01-31'],
  ['FREQ=MONTHLY;BYDAY=1MO', 'by the rule FREQ=MONTHLY;BYDAY=1MO'],
])('%s is said as "%s"', (rule, said) => {
  expect(ruleInWords({ rule, startsOn: '2026-05-03', monthEnd: 'last-day', shift: 'none' })).toBe(said);
});

test('a month end that is left out and a weekend are said', () => {
  const course = { rule: 'FREQ=MONTHLY;BYMONTHDAY=30', startsOn: '2026-05-03', monthEnd: 'skip', shift: 'after' } as const;
  expect(ruleInWords(course)).toBe('every month on the 30th, where there is one; on a weekend the working day after');
});

test.each([
  ['2026-10-14', 'today'],
  ['2026-10-15', 'tomorrow'],
  ['2026-10-13', 'yesterday'],
  ['2026-10-31', 'in 17 days'],
  ['2026-10-10', '4 days ago'],
])('%s is %s', (on, said) => {
  expect(distanceInWords('2026-10-14', on)).toBe(said);
});

test.each([
  ['5649.99', '5600'],
  ['5650.00', '5700'],
  ['-5650.00', '-5700'],
  ['-5649.99', '-5600'],
  ['44.99', '40'],
  ['-45.00', '-50'],
  ['-4.99', '0'],
  ['0.00', '0'],
  ['12345', '12300'],
])('a forecast of %s is about %s', (amount, said) => {
  expect(about(amount)).toBe(said);
});

test('the line ahead has a value for each day after today, to the end', () => {
  const step = { change: '0', what: 'schedule', id: 'a' } as const;
  const days = aheadByDay({
    from: '2026-10-14',
    to: '2026-10-18',
    opening: '10.00',
    series: [
      { ...step, on: '2026-10-14', balance: '9.00' },
      { ...step, on: '2026-10-16', balance: '5.00' },
      { ...step, on: '2026-10-16', balance: '4.00' },
    ],
    closing: '4.00',
    lowest: { on: '2026-10-16', balance: '4.00' },
    complete: true,
  });
  expect(days).toEqual([
    { from: '2026-10-15', balance: '9.00' },
    { from: '2026-10-16', balance: '4.00' },
    { from: '2026-10-17', balance: '4.00' },
  ]);
});
