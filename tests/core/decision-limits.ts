import type { CivilDate, LimitDetails, WalletCommand, WalletEvent } from '@kakeibo/core';
import type { Decided } from './decision-rows.ts';
import { samples } from './sample-events.ts';

const opened = samples.WalletOpened;
const bought = samples.ExpenseAdded;
const { entryId } = bought;
const eur = (minor: bigint) => ({ minor, currency: opened.currency });
const day = (text: string): CivilDate => text as CivilDate;
const foodLimit = samples.LimitSet;
const { terms } = foodLimit;
const small: WalletEvent = { ...foodLimit, terms: { ...terms, amount: eur(1_500n) } };
const block: WalletEvent = { ...foodLimit, terms: { ...terms, amount: eur(1_500n), mode: 'block' } };
const tagged = { ...terms, scope: undefined, tag: 'work' };
const { scope: _, ...byTag } = tagged;
const refunded: Extract<WalletEvent, { type: 'ExpenseRefunded' }> = {
  type: 'ExpenseRefunded',
  entryId: 'refund',
  entry: { kind: 'refund', amount: eur(400n), occurredOn: bought.entry.occurredOn, category: 'Food', refunds: entryId },
};
const reached: WalletEvent = { ...samples.LimitReached, spent: eur(1_250n), amount: eur(1_500n) };

const set = (details: Partial<LimitDetails>, limitId = 'food'): WalletCommand => ({
  type: 'SetLimit',
  limitId,
  period: 'month',
  amount: '100',
  ...details,
});
const spend = (amount: string, more: object = {}): WalletCommand => ({ type: 'AddExpense', amount, category: 'Food', ...more });
const from = (startsOn: string, more: object = {}): WalletEvent => ({
  ...foodLimit,
  terms: { ...terms, startsOn: day(startsOn), ...more },
});

export const limitDecisions: readonly Decided[] = [
  ['a limit warns at 80 and 100 % from today on unless told', [opened], set({})],
  ['the longest id', [opened], set({}, `A-z.0_9${'x'.repeat(57)}`)],
  ['a limit of a category', [opened], set({ scope: ' Food : Cafe ', tag: null, cap: null })],
  ['a limit of a tag', [opened], set({ tag: '#work', scope: null })],
  ['a first day that is 1 is not said', [opened], set({ firstDay: 1 })],
  ['the last first day of a week', [opened], set({ period: 'week', firstDay: 7 })],
  ['the last first day of a month', [opened], set({ firstDay: 31 })],
  ['a quarter', [opened], set({ period: 'quarter', firstDay: 31, startsOn: '2026-11-05' })],
  ['a year', [opened], set({ period: 'year', firstDay: 31 })],
  ['a day', [opened], set({ period: 'day', firstDay: 1 })],
  ['a custom period that holds today starts today', [opened], set({ period: 'custom', from: '2026-10-14', to: '2026-10-20' })],
  [
    'a custom period that has passed starts with itself',
    [opened],
    set({ period: 'custom', from: '2026-10-05', to: '2026-10-14' }),
  ],
  ['a custom period to come starts with itself', [opened], set({ period: 'custom', from: '2026-10-15', to: '2026-10-16' })],
  [
    'a custom period starts on its first day',
    [opened],
    set({ period: 'custom', from: '2026-10-05', to: '2026-10-09', startsOn: '2026-10-05' }),
  ],
  [
    'a custom period starts on its last day',
    [opened],
    set({ period: 'custom', from: '2026-10-05', to: '2026-10-09', startsOn: '2026-10-08' }),
  ],
  ['the longest custom period', [opened], set({ period: 'custom', from: '2000-01-01', to: '2100-01-01', firstDay: 1 })],
  ['the fewest and highest thresholds', [opened], set({ thresholds: [1_000] })],
  ['ten thresholds from the lowest', [opened], set({ thresholds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] })],
  ['a limit that blocks', [opened], set({ mode: 'block', amount: '0' })],
  ['what is left is carried', [opened], set({ rollover: 'surplus' })],
  ['both are carried up to a cap', [opened], set({ rollover: 'both', cap: '0' })],
  ['a custom period carries none', [opened], set({ period: 'custom', from: '2026-10-05', to: '2026-10-09', rollover: 'none' })],
  ['a change keeps what was before', [opened, foodLimit], set({ scope: 'Food', amount: '120' })],
  ['what differs in its start alone is the same, but not in its id', [opened, foodLimit], set({ scope: 'Food' }, 'other')],
  ['a limit is removed', [opened, foodLimit], { type: 'RemoveLimit', limitId: 'food' }],
  [
    'a limit that ended is set again',
    [opened, from('2026-08-01'), { ...samples.LimitRemoved, on: day('2026-09-05') }],
    set({ scope: 'Food' }),
  ],
];

export const crossingDecisions: readonly Decided[] = [
  ['an expense tells with its own id', [opened, small], spend('12')],
  ['a limit of a tag tells', [opened, { ...foodLimit, terms: byTag }], spend('80', { tags: ['work'] })],
  ['a limit of a tag is silent about others', [opened, { ...foodLimit, terms: byTag }], spend('80', { tags: ['home'] })],
  ['a limit of a tag is silent about none', [opened, { ...foodLimit, terms: byTag }], spend('80')],
  [
    'a limit of all tells of any',
    [opened, { ...foodLimit, terms: { ...terms, scope: undefined } } as unknown as WalletEvent],
    spend('80', { category: 'Home' }),
  ],
  [
    'a split counts by its parts',
    [opened, small],
    spend('20', {
      category: undefined,
      parts: [
        { category: 'Food', amount: '12' },
        { category: 'Home', amount: '8' },
      ],
    }),
  ],
  ['a correction tells with its entry', [opened, small, bought], { type: 'CorrectEntry', entryId, amount: '15' }],
  [
    'corrections tell',
    [opened, small, { ...bought, entry: { ...bought.entry, category: 'Home' } }],
    { type: 'CorrectEntries', changes: [{ entryId, category: 'Food' }] },
  ],
  ['corrections clear', [opened, small, bought, reached], { type: 'CorrectEntries', changes: [{ entryId, category: 'Home' }] }],
  ['a void clears, without an entry', [opened, small, bought, reached], { type: 'VoidEntry', entryId }],
  [
    'a void tells what was not told',
    [opened, small, bought, { ...bought, entryId: 'two' }],
    { type: 'VoidEntry', entryId: 'two' },
  ],
  ['a refund clears', [opened, small, bought, reached], { type: 'AddRefund', refunds: entryId, amount: '1' }],
  ['a refund tells what was not told', [opened, small, bought], { type: 'AddRefund', refunds: entryId, amount: '0.01' }],
  ['a restored entry tells', [opened, small, bought, samples.EntryVoided], { type: 'RestoreEntry', entryId }],
  ['income tells nothing', [opened, small], { type: 'AddIncome', amount: '100', category: 'Food' }],
  ['a limit that blocks refuses a correction', [opened, block, bought], { type: 'CorrectEntry', entryId, amount: '15.01' }],
  [
    'a limit that blocks refuses corrections',
    [opened, block, bought, { ...bought, entryId: 'two', entry: { ...bought.entry, category: 'Home' } }],
    { type: 'CorrectEntries', changes: [{ entryId: 'two', category: 'Food' }] },
  ],
  [
    'a limit that blocks refuses a restored entry',
    [opened, block, bought, samples.EntryVoided, { ...bought, entryId: 'two' }],
    { type: 'RestoreEntry', entryId },
  ],
  [
    'a limit that blocks takes the void of a refund',
    [opened, block, { ...bought, entry: { ...bought.entry, amount: eur(1_800n) } }, refunded],
    { type: 'VoidEntry', entryId: 'refund' },
  ],
  ['a limit that warns lets it through', [opened, small, bought], { type: 'CorrectEntry', entryId, amount: '15.01' }],
  [
    'limits tell in the order of their names',
    [opened, { ...small, limitId: 'b' }, { ...small, limitId: 'a' }, { ...small, limitId: 'c' }] as readonly WalletEvent[],
    spend('15'),
  ],
  [
    'thresholds are cleared from the highest',
    [opened, small, { ...bought, entry: { ...bought.entry, amount: eur(1_500n) } }, reached, { ...reached, threshold: 100 }],
    { type: 'VoidEntry', entryId },
  ],
  ['a limit that is set tells of today’s period', [opened, bought], set({ amount: '15' })],
  [
    'a limit that is set is silent about a period before',
    [opened, { ...bought, entry: { ...bought.entry, occurredOn: day('2026-09-05') } }],
    set({ amount: '10', startsOn: '2026-09-01' }),
  ],
  ['a limit that is raised clears', [opened, small, bought, reached], set({ scope: 'Food' })],
  ['a limit that is lowered tells more', [opened, small, bought, reached], set({ scope: 'Food', amount: '12' })],
  [
    'a limit that is removed clears what it told of its last period',
    [opened, small, bought, reached],
    { type: 'RemoveLimit', limitId: 'food' },
  ],
  ['what is carried is said', [opened, from('2026-09-01', { rollover: 'surplus' })], spend('160')],
  [
    'what is lacking is carried to the month that holds today',
    [opened, from('2026-09-01', { rollover: 'both' }), { ...bought, entry: { ...bought.entry, amount: eur(6_000n) } }],
    spend('130', { occurredOn: '2026-09-30' }),
  ],
  [
    'where only a surplus is carried, a lack is not',
    [opened, from('2026-09-01', { rollover: 'surplus' }), { ...bought, entry: { ...bought.entry, amount: eur(6_000n) } }],
    spend('130', { occurredOn: '2026-09-30' }),
  ],
];
