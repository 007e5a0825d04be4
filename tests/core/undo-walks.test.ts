import {
  createLedger,
  createMemoryEventStore,
  parseDate,
  periodFrom,
  type CivilDate,
  type Outcome,
  type Period,
  type Wallet,
} from '@kakeibo/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { step, take } from './undo-steps.ts';

const now = Date.UTC(2026, 9, 14, 9, 38);
const today = parseDate('2026-10-14') as CivilDate;
const nextYear = parseDate('2027-01-01') as CivilDate;
const year = periodFrom('2026-01-01', '2027-01-01') as Period;

async function open(): Promise<Wallet> {
  let ids = 0;
  const clock = { now: () => now };
  const ledger = createLedger({ store: createMemoryEventStore({ clock }), clock, ids: { next: () => `walk-${(ids += 1)}` } });
  const opened = await ledger.openWallet({ name: 'Household', currency: 'EUR' });
  if (!('result' in opened)) throw new Error('the wallet opens');
  const wallet = ledger.wallet(opened.result.walletId);
  await wallet.addIncome({ amount: '60' });
  for (const goal of ['food', 'all']) await wallet.setGoal(goal, { name: 'Bike', target: '50' });
  return wallet;
}

/** Why a change may not be undone although nothing came after it: a block that is over, savings that are spent, a count that booked nothing. */
const inTheWay = /^(limit-exceeded|savings-exceeded|change-final)$/;
const codeOf = (outcome: Outcome<unknown>): string => ('rejection' in outcome ? outcome.rejection.code : outcome.kind);
const isDone = (outcome: Outcome<unknown>): boolean => 'result' in outcome;

/** Every figure of a wallet. */
async function figures(wallet: Wallet): Promise<unknown> {
  const { name, balance, status } = (await wallet.summary()) ?? {};
  const { version: _, position: __, ...cashflow } = await wallet.cashflow(year);
  const { version: ___, position: ____, ...spending } = await wallet.spending(year);
  const { items: limits } = await wallet.limits(today);
  const { items } = await wallet.entries({}, { limit: 200 });
  const lines = items.map(({ corrected: _____, recordedAt: ________, ...line }) => line);
  const { items: goals, setAside, available } = await wallet.goals(today);
  const { version: ______, position: _______, ...plans } = await wallet.plans();
  const { items: rates } = await wallet.rates({ quote: 'USD' });
  const { items: coming } = await wallet.upcoming({ to: nextYear });
  return { name, balance, status, cashflow, spending, limits, lines, goals, setAside, available, plans, rates, coming };
}

test('invariant 15: undoing and redoing the last thing walks over the figures there were', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }), async (steps) => {
      const wallet = await open();
      // The naive model: what the figures were after each thing done, and where one stands among them.
      let known = [await figures(wallet)];
      let place = 0;
      for (const taken of steps.filter((each) => each.do !== 'undo')) {
        if (taken.do === 'redo last' && place === known.length - 1) continue;
        if (taken.do === 'undo last' && place === 0) continue;
        const outcome = await take(wallet, taken);
        if (!isDone(outcome)) {
          if (taken.do === 'undo last') expect(codeOf(outcome)).toMatch(inTheWay);
          if (taken.do === 'redo last') expect(codeOf(outcome)).toMatch(inTheWay);
        } else if (taken.do === 'undo last') place -= 1;
        else if (taken.do === 'redo last') place += 1;
        else {
          known = [...known.slice(0, place + 1), await figures(wallet)];
          place += 1;
        }
        expect(await figures(wallet)).toEqual(known[place]);
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 60) },
  );
});

test('what is undone out of order comes back to the last unit, or is refused and changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 30, size: 'max' }), async (steps) => {
      const wallet = await open();
      for (const taken of steps) {
        const before = await figures(wallet);
        const { version = 0 } = (await wallet.summary()) ?? {};
        const lines = (await wallet.changes({ limit: 200 })).items;
        const outcome = await take(wallet, taken);
        if (!('result' in outcome)) {
          expect(await figures(wallet)).toEqual(before);
          expect((await wallet.summary())?.version).toBe(version);
          continue;
        }
        if (outcome.version === version) continue;
        // The newest change can be taken back, and what was told of the others beforehand still holds.
        const back = await wallet.undo(outcome.version);
        if (!('result' in back)) {
          expect(codeOf(back)).toMatch(inTheWay);
          continue;
        }
        expect(await figures(wallet)).toEqual(before);
        const after = (await wallet.changes({ limit: 200 })).items;
        const told = new Map(after.map((line) => [line.version, line]));
        // Undoings of one change take each other's place; every other change counts, or does not, as it did.
        for (const line of lines.filter(({ what }) => what.type !== 'ChangeUndone'))
          expect([line.version, told.get(line.version)?.undone]).toEqual([line.version, line.undone]);
        const twice = await wallet.undo(outcome.version);
        expect(codeOf(twice)).toMatch(/^(change-undone|wallet-closed)$/);
        const again = await wallet.undo(back.version);
        if (!('result' in again)) expect(codeOf(again)).toMatch(/^(limit-exceeded|savings-exceeded|wallet-closed)$/);
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 40) },
  );
});
