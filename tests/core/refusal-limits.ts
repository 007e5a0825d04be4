import { addDays, type LimitDetails, type WalletCommand, type WalletEvent } from '@kakeibo/core';
import type { Refused } from './refusal-rows.ts';
import { samples } from './sample-events.ts';

const opened = samples.WalletOpened;
const foodLimit = samples.LimitSet;
const { terms } = foodLimit;
const blocking: WalletEvent = { ...foodLimit, terms: { ...terms, mode: 'block' } };
const limits = (count: number): readonly WalletEvent[] =>
  Array.from({ length: count }, (_, index): WalletEvent => ({ ...foodLimit, limitId: `l${index}` }));
const set = (details: Partial<LimitDetails>, limitId = 'food'): WalletCommand => ({
  type: 'SetLimit',
  limitId,
  period: 'month',
  amount: '100',
  ...details,
});
const spend = (amount: string): WalletCommand => ({ type: 'AddExpense', amount, category: 'Food:Cafe', tags: ['work'] });
const { scope: _, ...unscoped } = terms;
const eur = (minor: bigint) => ({ minor, currency: opened.currency });
const lastMonth: Extract<WalletEvent, { type: 'ExpenseAdded' }> = {
  type: 'ExpenseAdded',
  entryId: 'before',
  entry: { kind: 'expense', amount: eur(12_000n), occurredOn: terms.startsOn, category: 'Food' },
};

export const limitRefusals: readonly Refused[] = [
  ...[
    { amount: 'much' },
    { amount: '-1' },
    { cap: 'much' },
    { scope: '::' },
    { tag: 'two words' },
    { tag: '' },
    { startsOn: '2026-02-30' },
    { period: 'custom', from: '2026-02-30', to: '2026-03-01' },
    { period: 'custom', from: '2026-02-20', to: 'soon' },
    { period: 'fortnight' },
    { from: '2026-10-05' },
    { to: '2026-10-05' },
    { from: '2026-10-05', to: '2026-10-06' },
    { period: 'custom' },
    { period: 'custom', from: '2026-10-05' },
    { period: 'custom', to: '2026-10-05' },
    { period: 'custom', from: '2026-10-05', to: '2026-10-05' },
    { period: 'custom', from: '2000-01-01', to: '2100-01-02' },
    { period: 'day', firstDay: 2 },
    { period: 'week', firstDay: 8 },
    { period: 'month', firstDay: 32 },
    { period: 'quarter', firstDay: 32 },
    { period: 'year', firstDay: 32 },
    { period: 'custom', from: '2026-10-05', to: '2026-10-06', firstDay: 2 },
    { scope: 'Food', tag: 'work' },
    { period: 'custom', from: '2026-10-05', to: '2026-10-09', startsOn: '2026-10-04' },
    { period: 'custom', from: '2026-10-05', to: '2026-10-09', startsOn: '2026-10-09' },
    { thresholds: [] },
    { thresholds: [0] },
    { thresholds: [1_001] },
    { thresholds: [80.5] },
    { thresholds: [80, 80] },
    { thresholds: [80, 1_001] },
    { thresholds: [80, 90.5] },
    { thresholds: Array.from({ length: 11 }, (__, index) => index + 1) },
    { mode: 'shout' },
    { rollover: 'all' },
    { cap: '5' },
    { rollover: 'none', cap: '5' },
    { period: 'custom', from: '2026-10-05', to: '2026-10-09', rollover: 'both' },
  ].map((details): Refused => [[opened], set(details)]),
  [[opened], set({}, 'a b')],
  [[opened], set({}, 'a'.repeat(65))],
  [[opened], set({}, 'ä')],
  [[opened], set({}, '')],
  [[opened], set({}, '__proto__')],
  [[opened, foodLimit], set({ scope: 'Food' })],
  [[opened, ...limits(100)], set({})],
  [[opened, ...changes(150)], set({})],
  [[opened, foodLimit], { type: 'RemoveLimit', limitId: 'home' }],
  [[opened, foodLimit, { ...samples.LimitRemoved, on: terms.startsOn }], { type: 'RemoveLimit', limitId: 'food' }],
  [[opened, blocking], spend('100.01')],
  [[opened, { ...foodLimit, terms: { ...unscoped, mode: 'block' } }], spend('123.45')],
  [[opened, { ...foodLimit, terms: { ...unscoped, tag: 'work', mode: 'block' } }], spend('123.45')],
  [
    [
      opened,
      { ...foodLimit, terms: { ...terms, mode: 'block', startsOn: '2026-09-01' as typeof terms.startsOn, rollover: 'both' } },
      { ...lastMonth, entry: { ...lastMonth.entry, occurredOn: '2026-09-05' as typeof terms.startsOn } },
    ],
    spend('90'),
  ],
];

/** As many changes of one limit, a day each. */
function changes(count: number): readonly WalletEvent[] {
  return Array.from({ length: count }, (__, index): WalletEvent => {
    const startsOn = addDays('2026-02-01' as typeof terms.startsOn, index);
    return { ...foodLimit, terms: { ...terms, startsOn, amount: eur(BigInt(100 + (index % 7))) } };
  });
}

export const knownLimitsRefusal: Refused = [[opened, ...removed(1_000)], set({})];

/** As many limits, each set and removed again. */
function removed(count: number): readonly WalletEvent[] {
  return Array.from({ length: count }, (__, index) => `l${index}`).flatMap((limitId): readonly WalletEvent[] => {
    return [
      { ...foodLimit, limitId, terms: { ...terms, startsOn: '2026-08-01' as typeof terms.startsOn } },
      { ...samples.LimitRemoved, limitId, on: '2026-09-10' as typeof terms.startsOn },
    ];
  });
}
