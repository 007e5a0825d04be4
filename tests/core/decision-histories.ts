import type { CivilDate, LimitDetails, WalletCommand, WalletEvent } from '@kakeibo/core';
import type { Decided } from './decision-rows.ts';
import { samples } from './sample-events.ts';

const opened = samples.WalletOpened;
const { terms } = samples.LimitSet;
const { scope: _, ...unscoped } = terms;
const eur = (minor: bigint) => ({ minor, currency: opened.currency });
const day = (text: string): CivilDate => text as CivilDate;

const limit = (startsOn: string, more: object = {}): WalletEvent => ({
  ...samples.LimitSet,
  terms: { ...terms, startsOn: day(startsOn), ...more },
});
const byTag = (startsOn: string, tag: string, more: object = {}): WalletEvent => ({
  ...samples.LimitSet,
  terms: { ...unscoped, startsOn: day(startsOn), tag, ...more },
});
const removed = (on: string): WalletEvent => ({ ...samples.LimitRemoved, on: day(on) });
const bought = (minor: bigint, on: string): WalletEvent => ({
  type: 'ExpenseAdded',
  entryId: `on ${on}`,
  entry: { kind: 'expense', amount: eur(minor), occurredOn: day(on), category: 'Food', tags: ['work'] },
});
const crossing = (from: string, to: string, threshold = 80) =>
  ({ ...samples.LimitReached, from: day(from), to: day(to), threshold }) as const;
const september = crossing('2026-09-01', '2026-10-01');
const cleared: WalletEvent = { ...samples.LimitCleared, from: september.from, to: september.to };
const set = (details: Partial<LimitDetails>): WalletCommand => ({
  type: 'SetLimit',
  limitId: 'food',
  period: 'month',
  amount: '100',
  scope: 'Food',
  ...details,
});
const spend = (amount: string, occurredOn = '2026-10-14'): WalletCommand => ({
  type: 'AddExpense',
  amount,
  category: 'Food',
  tags: ['work'],
  occurredOn,
});
const surplus = { rollover: 'surplus' };
const trip = { period: 'custom', range: { from: day('2026-09-05'), to: day('2026-09-09') } };

export const historyDecisions: readonly Decided[] = [
  ['an end drops what was planned', [opened, limit('2026-08-01'), limit('2026-12-01'), removed('2026-09-05')], set({})],
  [
    'an end takes the terms of its own period',
    [opened, limit('2026-08-01'), limit('2026-10-05'), removed('2026-10-14')],
    set({}),
  ],
  [
    'terms drop those planned for later',
    [opened, limit('2026-08-01'), limit('2026-12-01'), limit('2026-11-01')],
    set({ amount: '5' }),
  ],
  [
    'terms on the day of an end leave it',
    [opened, limit('2026-08-01'), removed('2026-10-14'), limit('2026-10-14')],
    set({ amount: '5' }),
  ],
  ['an ended limit that never held is no more', [opened, limit('2026-10-01'), removed('2026-10-14')], set({})],
  ['an end in a gap is of its day', [opened, limit('2026-09-05', trip), removed('2026-10-14')], set({})],
  [
    'what was told of a past month is cleared when that is given more',
    [opened, limit('2026-09-01'), bought(8_500n, '2026-09-05'), september],
    set({ amount: '200', startsOn: '2026-09-01' }),
  ],
  [
    'more is told of a past month of which something was told',
    [opened, limit('2026-09-01'), bought(8_500n, '2026-09-05'), september],
    set({ amount: '85', startsOn: '2026-09-01' }),
  ],
  [
    'nothing is told of a past month of which all was cleared',
    [opened, limit('2026-09-01'), bought(8_500n, '2026-09-05'), september, cleared],
    set({ amount: '85', startsOn: '2026-09-01' }),
  ],
  [
    'one of two that is cleared leaves the other',
    [
      opened,
      limit('2026-09-01'),
      bought(8_500n, '2026-09-05'),
      september,
      crossing('2026-09-01', '2026-10-01', 100),
      { ...cleared, threshold: 100 },
    ],
    set({ amount: '200', startsOn: '2026-09-01' }),
  ],
  [
    'what was told before the change stays',
    [opened, limit('2026-08-01'), bought(8_500n, '2026-08-05'), crossing('2026-08-01', '2026-09-01')],
    set({ amount: '200', startsOn: '2026-09-01' }),
  ],
  [
    'what was told of a month to come is cleared',
    [opened, limit('2026-09-01'), bought(8_500n, '2026-12-05'), crossing('2026-12-01', '2027-01-01')],
    set({ amount: '200' }),
  ],
  [
    'a change of what is carried tells only of today and of months told before',
    [
      opened,
      limit('2026-07-01', surplus),
      bought(9_900n, '2026-08-05'),
      bought(9_900n, '2026-09-05'),
      crossing('2026-08-01', '2026-09-01'),
    ],
    set({ amount: '50', startsOn: '2026-08-01' }),
  ],
  [
    'a month that is no period any more is cleared',
    [opened, limit('2026-09-01'), bought(8_500n, '2026-10-05'), crossing('2026-10-01', '2026-11-01')],
    set({ period: 'week', startsOn: '2026-10-01' }),
  ],
  [
    'a year is not the month that begins with it',
    [opened, limit('2026-01-01'), bought(8_500n, '2026-01-05'), crossing('2026-01-01', '2026-02-01')],
    set({ period: 'year', startsOn: '2026-01-01' }),
  ],
  [
    'a month that is cut short tells of what is left of it',
    [opened, limit('2026-09-01'), bought(8_500n, '2026-10-13'), crossing('2026-10-01', '2026-11-01')],
    set({ period: 'week', startsOn: '2026-10-12' }),
  ],
  [
    'a removed limit clears months to come',
    [opened, limit('2026-08-01'), bought(8_500n, '2026-12-05'), crossing('2026-12-01', '2027-01-01')],
    { type: 'RemoveLimit', limitId: 'food' },
  ],
  [
    'a trip that was told stays when a month follows it',
    [
      opened,
      limit('2026-09-05', trip),
      bought(8_500n, '2026-09-06'),
      { ...crossing('2026-09-05', '2026-09-09'), period: 'custom' },
    ],
    set({}),
  ],
  [
    'a limit without roll-over has its last month carried by terms with one',
    [opened, limit('2026-08-01'), limit('2026-10-01', surplus)],
    spend('160'),
  ],
  [
    'of terms without roll-over only the last month is carried',
    [opened, limit('2026-08-01'), bought(3_000n, '2026-08-05'), limit('2026-10-01', surplus), bought(3_000n, '2026-09-05')],
    spend('160'),
  ],
  [
    'terms that look alike carry on',
    [opened, limit('2026-08-01', surplus), limit('2026-10-01', { ...surplus, amount: eur(5_000n) })],
    spend('230'),
  ],
  [
    'another tag carries nothing over',
    [opened, byTag('2026-08-01', 'home', surplus), byTag('2026-10-01', 'work', surplus)],
    spend('85'),
  ],
  [
    'another category carries nothing over',
    [opened, limit('2026-08-01', { ...surplus, scope: 'Home' }), limit('2026-10-01', surplus)],
    spend('85'),
  ],
  [
    'other periods carry nothing over',
    [opened, limit('2026-08-01', surplus), limit('2026-10-12', { ...surplus, period: 'week' })],
    spend('85'),
  ],
  [
    'another first day carries nothing over',
    [opened, limit('2026-08-01', surplus), limit('2026-10-05', { ...surplus, firstDay: 5 })],
    spend('85'),
  ],
  [
    'a limit that ended carries nothing over',
    [opened, limit('2026-08-01', surplus), removed('2026-09-20'), limit('2026-10-01', surplus)],
    spend('85'),
  ],
  [
    'a late expense moves all months that carry it, up to today',
    [opened, limit('2026-07-01', surplus), bought(29_000n, '2026-09-05'), bought(9_000n, '2026-10-05')],
    spend('120', '2026-07-05'),
  ],
  [
    'and one to come of which something was told',
    [opened, limit('2026-09-01', { rollover: 'both' }), bought(27_000n, '2026-12-05'), crossing('2026-12-01', '2027-01-01')],
    spend('130'),
  ],
  [
    'but not one to come of which nothing was',
    [opened, limit('2026-09-01', { rollover: 'both' }), bought(27_000n, '2026-12-05')],
    spend('130'),
  ],
];
