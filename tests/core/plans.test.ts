import { type CivilDate, type RejectionCode, type WalletCommand, type WalletEvent } from '@kakeibo/core';
import { givenEvents } from '@kakeibo/core/testing';
import { describe, expect, test } from 'vitest';
import { done, openBooks } from './books.ts';
import { samples } from './sample-events.ts';

const opened = samples.WalletOpened;
const eur = (minor: bigint) => ({ minor, currency: opened.currency });
const day = (text: string): CivilDate => text as CivilDate;
const rent: WalletEvent = {
  type: 'EntryPlanned',
  planId: 'rent',
  entry: { kind: 'expense', amount: eur(80_000n), occurredOn: day('2026-11-01'), category: 'Home:Rent', payee: 'Landlord' },
  expiresOn: day('2026-12-01'),
};
const booked: WalletEvent = {
  type: 'PlanResolved',
  planId: 'rent',
  how: 'booked',
  planned: eur(80_000n),
  booked: eur(80_000n),
  entryId: 'e',
};
const firstId = (command: WalletCommand, ...history: readonly WalletEvent[]): string => {
  const { decision } = givenEvents(...history).when(command);
  const event = decision.kind === 'accepted' ? decision.events[0] : undefined;
  if (event === undefined) throw new Error(JSON.stringify(decision));
  return event.type === 'EntryPlanned' ? event.planId : 'entryId' in event ? (event.entryId ?? '') : '';
};

describe('a plan', () => {
  test('is kept as it will be booked', () => {
    const command: WalletCommand = {
      type: 'PlanEntry',
      kind: 'expense',
      amount: '800',
      category: 'Home',
      expiresOn: '2026-10-15',
    };
    givenEvents(opened)
      .when(command)
      .then({
        type: 'EntryPlanned',
        planId: firstId(command, opened),
        entry: { kind: 'expense', amount: eur(80_000n), occurredOn: day('2026-10-14'), category: 'Home' },
        expiresOn: day('2026-10-15'),
      });
  });

  test('without a category takes the one that its payee had last', () => {
    const before: WalletEvent = { ...samples.ExpenseAdded, entry: { ...samples.ExpenseAdded.entry, payee: 'REWE' } };
    const { decision } = givenEvents(opened, before).when({ type: 'PlanEntry', kind: 'expense', amount: '5', payee: 'rewe' });
    expect(decision).toMatchObject({ events: [{ entry: { category: 'Food:Groceries', payee: 'rewe' } }] });
  });

  test('is booked as planned, and names the entry that it became', () => {
    const command: WalletCommand = { type: 'BookPlan', planId: 'rent' };
    const entryId = firstId(command, opened, rent);
    const entry = { ...(rent as typeof samples.EntryPlanned).entry, kind: 'expense', plan: 'rent' } as const;
    givenEvents(opened, rent)
      .when(command)
      .then({ type: 'ExpenseAdded', entryId, entry }, { ...booked, entryId } as WalletEvent);
  });

  test('is booked with other facts, and the rest of it is let go', () => {
    const { decision } = givenEvents(opened, rent).when({
      type: 'BookPlan',
      planId: 'rent',
      amount: '790.50',
      occurredOn: '2026-10-30',
      note: 'Less heating',
    });
    expect(decision).toMatchObject({
      events: [
        { type: 'ExpenseAdded', entry: { amount: eur(79_050n), occurredOn: '2026-10-30', category: 'Home:Rent', plan: 'rent' } },
        { type: 'PlanResolved', planned: eur(80_000n), booked: eur(79_050n) },
      ],
    });
  });

  test('tells the limits that its booking crosses, as any expense', () => {
    const plan: WalletEvent = {
      ...rent,
      entry: { ...rent.entry, kind: 'expense', category: 'Food', occurredOn: day('2026-10-14') },
    } as WalletEvent;
    const types = (history: readonly WalletEvent[]): readonly string[] => {
      const { decision } = givenEvents(...history).when({ type: 'BookPlan', planId: 'rent', amount: '80' });
      return decision.kind === 'accepted' ? decision.events.map(({ type }) => type) : [];
    };
    expect(types([opened, samples.LimitSet, plan])).toEqual(['ExpenseAdded', 'PlanResolved', 'LimitReached']);
  });

  test('is dropped with nothing booked', () =>
    givenEvents(opened, rent)
      .when({ type: 'DropPlan', planId: 'rent' })
      .then({ type: 'PlanResolved', planId: 'rent', how: 'dropped', planned: eur(80_000n), booked: eur(0n) }));

  test('expires on its day and not before', () => {
    const expire = (now: string): readonly string[] => {
      const { decision } = givenEvents(opened, rent, { ...rent, planId: 'open' } as WalletEvent).when(
        { type: 'ExpirePlans' },
        { now: Date.parse(`${now}T12:00:00Z`) },
      );
      return decision.kind === 'accepted' ? decision.events.map((event) => ('how' in event ? event.how : '')) : ['refused'];
    };
    expect(expire('2026-11-30')).toEqual([]);
    expect(expire('2026-12-01')).toEqual(['expired', 'expired']);
  });

  test('can be dropped after it has expired, not booked', () => {
    const now = Date.parse('2026-12-01T12:00:00Z');
    givenEvents(opened, rent).when({ type: 'BookPlan', planId: 'rent' }, { now }).thenRejected('plan-expired');
    expect(givenEvents(opened, rent).when({ type: 'DropPlan', planId: 'rent' }, { now }).decision.kind).toBe('accepted');
  });
});

describe('a command about a plan is refused', () => {
  const plan = (fields: object): WalletCommand => ({ type: 'PlanEntry', kind: 'expense', amount: '1', category: 'A', ...fields });
  const book = (fields: object): WalletCommand => ({ type: 'BookPlan', planId: 'rent', ...fields });
  const thousand = Array.from({ length: 1_000 }, (_, index): WalletEvent => ({ ...rent, planId: `p${index}` }) as WalletEvent);
  const homeLimit: WalletEvent = {
    ...samples.LimitSet,
    terms: { ...samples.LimitSet.terms, scope: 'Home', mode: 'block' },
  };
  const rows: readonly (readonly [RejectionCode, readonly WalletEvent[], WalletCommand])[] = [
    ['wallet-closed', [opened, samples.WalletClosed], plan({})],
    ['kind-invalid', [opened], plan({ kind: 'sent' })],
    ['amount-not-positive', [opened], plan({ amount: '0' })],
    ['category-missing', [opened], plan({ category: ' ' })],
    [
      'parts-differ',
      [opened, rent],
      book({
        parts: [
          { category: 'A', amount: '1' },
          { category: 'B', amount: '2' },
        ],
        amount: '4',
      }),
    ],
    ['date-invalid', [opened], plan({ expiresOn: 'soon' })],
    ['date-out-of-range', [opened], plan({ expiresOn: '2026-10-14' })],
    ['too-many-plans', [opened, ...thousand], plan({})],
    ['plan-unknown', [opened], book({ planId: '__proto__' })],
    ['plan-unknown', [opened], { type: 'DropPlan', planId: 'rent' }],
    ['plan-resolved', [opened, rent, booked], book({})],
    ['plan-resolved', [opened, rent, booked], { type: 'DropPlan', planId: 'rent' }],
    ['amount-malformed', [opened, rent], book({ amount: '1e2' })],
    ['plan-exceeded', [opened, rent], book({ amount: '800.01' })],
    ['limit-exceeded', [opened, rent, homeLimit], book({ amount: '100.01' })],
  ];
  test.each(rows)('%s', (code, history, command) =>
    givenEvents(...history)
      .when(command)
      .thenRejected(code),
  );
});

test('a plan is in the forecast on its day until it ends, one that is overdue today, and one that has expired is not', async () => {
  const books = await openBooks('memory', '2026-10-01');
  const wallet = await books.open('EUR');
  done(await wallet.addIncome({ amount: '100' }));
  const plan = (kind: 'income' | 'expense', amount: string, occurredOn: string, expiresOn?: string) =>
    wallet.planEntry({ kind, amount, category: 'X', occurredOn, ...(expiresOn === undefined ? {} : { expiresOn }) });
  const { planId: rent } = done(await plan('expense', '30', '2026-11-01'));
  done(await plan('income', '5', '2026-10-02'));
  done(await plan('expense', '1', '2026-10-20', '2026-10-14'));
  done(await plan('expense', '2', '2026-12-01'));
  books.on('2026-10-14');
  const steps = async (): Promise<readonly string[]> =>
    (await wallet.forecast({ to: day('2026-12-01') })).series.map(
      ({ on, change, balance, what }) => `${on} ${change} ${balance} ${what}`,
    );
  expect(await steps()).toEqual(['2026-10-14 5.00 105.00 planned', '2026-11-01 -30.00 75.00 planned']);
  done(await wallet.bookPlan(rent, { amount: '29' }));
  expect(await steps()).toEqual(['2026-10-14 5.00 105.00 planned', '2026-11-01 -29.00 76.00 booked']);
});
