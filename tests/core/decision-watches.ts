import type { CivilDate, WalletCommand, WalletEvent } from '@kakeibo/core';
import type { Decided } from './decision-rows.ts';
import type { Refused } from './refusal-rows.ts';
import { samples } from './sample-events.ts';

// What was told does not fit what was spent in these histories, so that it shows which periods a command looks at.

const opened = samples.WalletOpened;
const { terms } = samples.LimitSet;
const { scope: _, ...unscoped } = terms;
const eur = (minor: bigint) => ({ minor, currency: opened.currency });
const day = (text: string): CivilDate => text as CivilDate;
const limit = (startsOn: string, more: object = {}, limitId = 'food'): WalletEvent => ({
  ...samples.LimitSet,
  limitId,
  terms: { ...terms, startsOn: day(startsOn), ...more },
});
const bought = (minor: bigint, on: string, more: object = {}): WalletEvent => ({
  type: 'ExpenseAdded',
  entryId: `on ${on}`,
  entry: { kind: 'expense', amount: eur(minor), occurredOn: day(on), category: 'Food', tags: ['work'], ...more },
});
const told = (from: string, to: string, more: object = {}): WalletEvent => ({
  ...samples.LimitReached,
  from: day(from),
  to: day(to),
  ...more,
});
const december = (limitId = 'food') => told('2026-12-01', '2027-01-01', { limitId });
const set = (amount: string, startsOn = '2026-10-14', limitId = 'food'): WalletCommand => ({
  type: 'SetLimit',
  limitId,
  period: 'month',
  amount,
  scope: 'Food',
  startsOn,
});
const spend = (occurredOn: string, more: object = {}): WalletCommand => ({
  type: 'AddExpense',
  amount: '5',
  category: 'Food',
  occurredOn,
  ...more,
});
const both = { rollover: 'both' };
const surplus = { rollover: 'surplus' };
const months = ['2026-12-05', '2026-10-05', '2026-11-05'];
const hundred = Array.from({ length: 100 }, (__, index) => limit('2026-10-01', {}, `l${index}`));
const toFood: WalletCommand = {
  type: 'CorrectEntries',
  changes: months.map((on) => ({ entryId: `on ${on}`, category: 'Food' })),
};

export const watchDecisions: readonly Decided[] = [
  [
    'limits and months come in order',
    [opened, limit('2026-10-01'), limit('2026-10-01', {}, 'a'), ...months.map((on) => bought(8_500n, on, { category: 'Home' }))],
    toFood,
  ],
  [
    'without roll-over no later month is looked at',
    [opened, limit('2026-08-01'), bought(9_000n, '2026-10-05')],
    spend('2026-09-05'),
  ],
  ['with it each is', [opened, limit('2026-08-01', both), bought(29_000n, '2026-10-05')], spend('2026-09-05')],
  [
    'an expense without the tag is not looked at',
    [opened, { ...samples.LimitSet, terms: { ...unscoped, tag: 'work' } }, bought(8_500n, '2026-10-05')],
    spend('2026-10-06', { tags: ['home'] }),
  ],
  [
    'an expense with the tag is',
    [opened, { ...samples.LimitSet, terms: { ...unscoped, tag: 'work' } }, bought(8_500n, '2026-10-05')],
    spend('2026-10-06', { tags: ['work'] }),
  ],
  [
    'a month to come in which something was told is looked at, of each limit',
    [opened, limit('2026-09-01', both), limit('2026-09-01', both, 'other'), december(), december('other')],
    spend('2026-10-05'),
  ],
  [
    'not where a new chain begins before it',
    [opened, limit('2026-09-01', both), limit('2026-12-01', { ...both, scope: 'Home' }), december()],
    spend('2026-10-05'),
  ],
  [
    'nor after the end of the limit',
    [opened, limit('2026-09-01', both), december(), { ...samples.LimitRemoved, on: day('2026-12-14') }],
    spend('2026-10-05'),
  ],
  [
    'nor where it is no period any more',
    [opened, limit('2026-09-01', both), bought(50_000n, '2026-12-08'), told('2026-12-07', '2026-12-14', { period: 'week' })],
    spend('2026-10-05'),
  ],
  [
    'a limit that blocks and is over takes what does not push it',
    [opened, bought(12_000n, '2026-10-05'), limit('2026-10-01', { mode: 'block' })],
    { type: 'CorrectEntry', entryId: 'on 2026-10-05', note: 'A' },
  ],
  [
    'months before the one that a change cuts are not looked at',
    [
      opened,
      limit('2026-06-01'),
      limit('2026-08-01', { amount: eur(9_000n) }),
      told('2026-06-01', '2026-07-01'),
      told('2026-07-01', '2026-08-01'),
    ],
    set('50', '2026-09-01'),
  ],
  [
    'the month that a change follows is',
    [opened, limit('2026-06-01'), told('2026-08-01', '2026-09-01')],
    set('50', '2026-09-01'),
  ],
  [
    'an end of long ago does not stop what is carried since',
    [
      opened,
      limit('2026-06-01', surplus),
      { ...samples.LimitRemoved, on: day('2026-07-05') },
      limit('2026-08-01', surplus),
      limit('2026-10-01', { ...surplus, amount: eur(9_000n) }),
    ],
    { ...spend('2026-10-05'), amount: '250' } as WalletCommand,
  ],
  [
    'terms drop an end that comes later',
    [
      opened,
      limit('2026-08-01'),
      { ...samples.LimitRemoved, on: day('2026-11-14') },
      limit('2026-10-01', { amount: eur(5_000n) }),
    ],
    set('60'),
  ],
  ['one of a hundred limits is changed', [opened, ...hundred], set('60', '2026-10-14', 'l7')],
  [
    'a removed one of them leaves room',
    [opened, ...hundred, { ...samples.LimitRemoved, limitId: 'l7', on: day('2026-10-05') }],
    set('60'),
  ],
  [
    'spending of nothing is not over, whatever is lacking',
    [opened, limit('2026-09-01', { ...both, mode: 'block' }), bought(30_000n, '2026-09-05')],
    spend('2026-10-05', { category: 'Home' }),
  ],
];

/** Of several months it names the first. */
export const blockingRefusals: readonly Refused[] = [
  [[opened, limit('2026-10-01', { mode: 'block' }), ...months.map((on) => bought(10_500n, on, { category: 'Home' }))], toFood],
];
