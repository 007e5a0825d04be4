import { addDays, dayAt, periodOf, type PeriodKind } from '@kakeibo/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gridStep } from '../../packages/http/dashboard/src/limits/grid-step.ts';
import { periodHolding } from '../../packages/http/dashboard/src/limits/limit-period.ts';
import { readTerms, readThresholds, termsOf } from '../../packages/http/dashboard/src/limits/limit-terms.ts';
import { periodInWords, rhythmInWords } from '../../packages/http/dashboard/src/limits/period-words.ts';

const EUR = { decimals: 2 };
const typed = { ...termsOf(undefined, '2026-10-14'), scope: 'Food', amount: '50' };

test('the period of the preview is the one that the ledger would use, for every kind and first day', () => {
  const kinds = ['day', 'week', 'month', 'quarter', 'year'] as const satisfies readonly PeriodKind[];
  const start = dayAt(Date.UTC(1990, 0, 1), 'UTC');
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.integer({ min: 1, max: 31 }), fc.nat(40_000), (period, day, days) => {
      const firstDay = period === 'day' ? 1 : period === 'week' ? ((day - 1) % 7) + 1 : day;
      const on = addDays(start, days);
      expect(periodHolding({ period, firstDay }, on)).toEqual(periodOf({ kind: period, firstDay }, on));
    }),
  );
});

test('what is typed becomes the terms that are sent', () => {
  expect(readTerms(typed, EUR)).toMatchObject({
    scope: 'Food',
    tag: null,
    period: 'month',
    firstDay: 1,
    amount: '50.00',
    thresholds: [80, 100],
    rollover: 'none',
    cap: null,
    startsOn: '2026-10-14',
  });
  expect(readTerms({ ...typed, what: 'tag', tag: ' #holiday', rollover: 'both', cap: '20' }, EUR)).toMatchObject({
    scope: null,
    tag: 'holiday',
    rollover: 'both',
    cap: '20.00',
  });
  expect(readTerms({ ...typed, what: 'wallet', period: 'custom', from: '2026-10-01', until: '2026-10-31' }, EUR)).toMatchObject({
    scope: null,
    tag: null,
    from: '2026-10-01',
    to: '2026-11-01',
  });
  expect(readTerms({ ...typed, amount: '0' }, EUR)).toMatchObject({ amount: '0' });
});

test.each([
  ['scope', { scope: ' ' }],
  ['tag', { what: 'tag', tag: '#' }],
  ['amount', { amount: 'much' }],
  ['firstDay', { firstDay: '32' }],
  ['startsOn', { startsOn: '2026-02-30' }],
  ['until', { period: 'custom', until: '2026-10-01' }],
  ['cap', { rollover: 'both', cap: '-1' }],
  ['thresholds', { thresholds: '' }],
] as const)('the field %s says what it needs', (field, part) => {
  expect(readTerms({ ...typed, ...part }, EUR)).toMatchObject({ field });
});

test('thresholds are read in any order, once each', () => {
  expect(readThresholds('100 %, 50, 100; 80')).toEqual([50, 80, 100]);
  expect(readThresholds('80.5')).toBeUndefined();
  expect(readThresholds('1 2 3 4 5 6 7 8 9 10 11')).toBeUndefined();
});

test('periods and what they carry are said in words', () => {
  expect(periodInWords('month', '2026-10-25', '2026-11-25')).toBe('25 Oct – 24 Nov');
  expect(periodInWords('quarter', '2026-10-01', '2027-01-01')).toBe('Q4 2026');
  expect(rhythmInWords({ period: 'month', firstDay: 23 })).toBe('each month from the 23rd');
  expect(rhythmInWords({ period: 'week', firstDay: 7 })).toBe('each week from Sunday');
});

test('the grid of the bars has few lines at round figures', () => {
  expect([gridStep(62), gridStep(1), gridStep(0), gridStep(9_999)]).toEqual([20, 0.25, 1, 2_500]);
});
