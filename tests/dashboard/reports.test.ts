import { expect, test } from 'vitest';
import {
  calendarStretch,
  chosenIn,
  isReportDay,
  netWorthDays,
  rewritten,
  rowsOf,
  stepStretch,
  stretchInWords,
} from '../../packages/http/dashboard/src/reports/choice.ts';
import { slotsOf, spendingOfNames } from '../../packages/http/dashboard/src/reports/spending.ts';

const TODAY = '2026-11-26';
const chosen = (query: string) => chosenIn(new URLSearchParams(query), TODAY);

test('an address without anything is the spending of this month', () => {
  expect(chosen('')).toMatchObject({ report: 'spending', stretch: 'month', from: '2026-11-01', to: '2026-12-01' });
});

test('each report has a stretch of its own until one is chosen', () => {
  expect(chosen('report=cashflow')).toMatchObject({ stretch: 'year', from: '2026-01-01', to: '2027-01-01' });
  expect(chosen('report=income')).toMatchObject({ stretch: 'quarter', from: '2026-10-01', to: '2027-01-01' });
  expect(chosen('report=cashflow&stretch=month')).toMatchObject({ from: '2026-11-01', to: '2026-12-01' });
});

test('what the address says wrong is left aside', () => {
  expect(chosen('report=constructor&stretch=toString&from=2026-02-30&recordedAsOf=soon')).toEqual({
    report: 'spending',
    stretch: 'month',
    from: '2026-11-01',
    to: '2026-12-01',
    times: { occurredAsOf: undefined, recordedAsOf: undefined },
  });
  expect(chosen('stretch=own&from=2026-05-05&to=2026-05-05')).toMatchObject({ stretch: 'month', from: '2026-05-01' });
});

test('a year that is half typed is no day to ask for', () => {
  expect([isReportDay('0202-11-01'), isReportDay('2026-11-01'), isReportDay('2026-11-31')]).toEqual([false, true, false]);
});

test('a stretch is the month, quarter or year that a day lies in', () => {
  expect(calendarStretch('month', '2028-02-29')).toEqual({ from: '2028-02-01', to: '2028-03-01' });
  expect(calendarStretch('quarter', '2026-12-31')).toEqual({ from: '2026-10-01', to: '2027-01-01' });
  expect(calendarStretch('quarter', '2026-01-01')).toEqual({ from: '2026-01-01', to: '2026-04-01' });
  expect(calendarStretch('year', '2026-07-15')).toEqual({ from: '2026-01-01', to: '2027-01-01' });
});

test.each(['stretch=month', 'stretch=quarter', 'stretch=year', 'stretch=own&from=2026-02-20&to=2026-03-09'])(
  '%s goes one on and one back to where it was',
  (query) => {
    const here = chosen(query);
    const on = stepStretch(here, 1);
    expect(on.from).toBe(here.to);
    expect(stepStretch({ ...here, ...on }, -1)).toEqual({ from: here.from, to: here.to });
  },
);

test('net worth goes up to the latest day of all wallets, and no further than was asked', () => {
  const tomorrow = '2026-11-27';
  expect(netWorthDays(chosen('report=networth'), tomorrow)).toEqual({ from: '2026-01-01', to: '2026-11-28', on: tomorrow });
  expect(netWorthDays(chosen('report=networth&from=2025-03-01'), tomorrow)).toMatchObject({ to: '2026-01-01', on: '2025-12-31' });
  expect(netWorthDays(chosen('report=networth&recordedAsOf=2026-11-02&occurredAsOf=2026-11-03'), tomorrow)).toMatchObject({
    to: '2026-11-03',
    on: '2026-11-02',
  });
  const before = chosen('report=networth&occurredAsOf=2024-05-05');
  expect(netWorthDays(before, tomorrow)).toEqual({ from: '2026-01-01', to: '2026-01-02', on: '2024-05-05' });
});

test('a stretch is named as short as it can be', () => {
  expect(stretchInWords('2026-11-01', '2026-12-01')).toBe('November 2026');
  expect(stretchInWords('2026-10-01', '2027-01-01')).toBe('Q4 2026');
  expect(stretchInWords('2026-11-01', '2027-02-01')).toBe('1 Nov 2026 – 31 Jan 2027');
  expect(stretchInWords('2026-01-01', '2027-01-01')).toBe('2026');
  expect(stretchInWords('2026-11-03', '2026-11-15')).toBe('3–14 Nov 2026');
});

test('a figure leads to its rows, at the same two times', () => {
  const drill = { from: '2026-11-01', to: '2026-12-01', category: 'Food & more' };
  expect(rowsOf(drill, { recordedAsOf: '2026-11-20' })).toBe(
    '/register?from=2026-11-01&to=2026-12-01&category=Food+%26+more&recordedAsOf=2026-11-20',
  );
});

test('a figure of entries without a payee leads to those without one, not to all', () => {
  expect(rowsOf({ from: '2026-11-01', to: '2026-12-01', payee: '' })).toBe(
    '/register?from=2026-11-01&to=2026-12-01&without=payee',
  );
});

test('choosing another report keeps the days and the times', () => {
  const search = new URLSearchParams('report=income&from=2026-10-01&recordedAsOf=2026-10-05');
  expect(rewritten(search, { report: 'budget', stretch: undefined })).toBe(
    '?report=budget&from=2026-10-01&recordedAsOf=2026-10-05',
  );
});

test('the largest have the first colours, and those past the seventh share the last', () => {
  const drill = { from: '2026-11-01', to: '2026-12-01' };
  const rows = Array.from({ length: 10 }, (_, index) => ({ name: `p${index}`, total: `${index + 1}.00`, share: 1, drill }));
  const spending = spendingOfNames({ ...drill, by: 'payee', total: '55.00', rows, rest: { names: 0, total: '0.00' } });
  const slots = slotsOf(spending);
  expect([slots.get('p9'), slots.get('p8'), slots.get('p2'), slots.get('p0')]).toEqual([1, 2, 8, 8]);
});
