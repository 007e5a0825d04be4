import type { Outcome, Period, RejectionCode, Wallet } from '@kakeibo/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { figuresOf, openWallet, stepArbitrary, take, TODAY, type Step } from './undo-walk.ts';

const RUNS = Number(process.env['KAKEIBO_UNDO_RUNS'] ?? 60);

function done<Result>(outcome: Outcome<Result>): Result {
  if (!('result' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

const changed = (before: number, outcome: Outcome<unknown>): boolean => 'result' in outcome && outcome.version > before;
const versionOf = async (wallet: Wallet): Promise<number> => (await wallet.summary())?.version ?? 0;

test('invariant 15: any change and then its undoing give the figures of before, and its redoing those of after', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepArbitrary, { minLength: 4, maxLength: 14 }), async (steps) => {
      const wallet = await openWallet();
      for (const step of steps) {
        const before = await figuresOf(wallet);
        const seen = await versionOf(wallet);
        const outcome = await take(wallet, step);
        if (!changed(seen, outcome)) continue;
        const after = await figuresOf(wallet);
        const undone = await wallet.undo(seen + 1);
        // What was taken away is put back like any entry: a limit set since may be in the way.
        if (undone.kind === 'rejected' && undone.rejection.code === 'limit-exceeded') continue;
        done(undone);
        expect(await figuresOf(wallet)).toBe(before);
        const twice = await wallet.undo(seen + 1);
        const isClosed = (await wallet.summary())?.status === 'closed';
        expect(twice).toMatchObject({
          rejection: { code: isClosed && step.type === 'reopen' ? 'wallet-closed' : 'change-undone' },
        });
        const redone = await wallet.redoLast();
        if (redone.kind === 'rejected' && redone.rejection.code === 'limit-exceeded') continue;
        done(redone);
        expect(await figuresOf(wallet)).toBe(after);
      }
    }),
    { numRuns: RUNS },
  );
});

type Move = Step | 'undo' | 'redo';
const move: fc.Arbitrary<Move> = fc.oneof(
  { arbitrary: stepArbitrary, weight: 5 },
  { arbitrary: fc.constant('undo' as const), weight: 3 },
  { arbitrary: fc.constant('redo' as const), weight: 2 },
);

/** What a model that keeps a picture of every moment remembers of a change. */
interface Pictures {
  readonly before: string;
  readonly after: string;
}

test('walks of commands, undoings and redoings show what a model shows that keeps a picture of every moment', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 10, maxLength: 30 }), async (moves) => {
      const wallet = await openWallet();
      let [made, taken]: [Pictures[], Pictures[]] = [[], []];
      let now = await figuresOf(wallet);
      for (const next of moves) {
        const seen = await versionOf(wallet);
        if (next === 'redo' && taken.length === 0) continue;
        const outcome = await (next === 'undo' ? wallet.undoLast() : next === 'redo' ? wallet.redoLast() : take(wallet, next));
        if (next === 'undo' && made.length === 0) {
          // What is left is the opening, which stays.
          expect(outcome).toMatchObject({ kind: 'rejected' });
        } else if (changed(seen, outcome)) {
          const after = await figuresOf(wallet);
          if (next === 'undo') {
            const pictures = made.pop() as Pictures;
            expect(after).toBe(pictures.before);
            taken.push(pictures);
          } else if (next === 'redo') {
            const pictures = taken.pop() as Pictures;
            expect(after).toBe(pictures.after);
            made.push(pictures);
          } else {
            made.push({ before: now, after });
            taken = [];
          }
          now = after;
        } else {
          expect(await figuresOf(wallet)).toBe(now);
          // What was taken away is put back like any entry: a limit may be in the way.
          if (next === 'undo' || next === 'redo') expect(outcome).toMatchObject({ rejection: { code: 'limit-exceeded' } });
        }
      }
    }),
    { numRuns: RUNS },
  );
});

const refused = (code: RejectionCode, detail?: object) => ({
  kind: 'rejected',
  rejection: { code, ...(detail === undefined ? {} : { detail }) },
});
test('case 42: voiding twice and undoing twice are refused, and undoing a void restores the figures by a third event', async () => {
  const wallet = await openWallet();
  const { entryId } = done(await wallet.addExpense({ amount: '12.50', category: 'Food' }));
  const before = await figuresOf(wallet);
  done(await wallet.voidEntry(entryId));
  expect(await wallet.voidEntry(entryId)).toMatchObject(refused('entry-void'));
  expect(done(await wallet.undo(3))).toMatchObject({ undone: 3, redone: null, entries: 1 });
  expect(await wallet.undo(3)).toMatchObject(refused('change-undone', { by: 5 }));
  expect(await figuresOf(wallet)).toBe(before);
  const types = (await wallet.events({ after: 1, limit: 10 })).map(({ type }) => type);
  expect(types).toEqual(['ExpenseAdded', 'EntryVoided', 'EntryRestored', 'ChangeUndone']);
});

test('case 43: a void counts on the day of its entry, and what is to count today is a refund', async () => {
  const wallet = await openWallet();
  const days = async () => {
    const { items } = await wallet.entries({ void: 'include' }, { limit: 9 });
    const spent = async (from: '2026-08-01' | '2026-11-01', to: '2026-09-01' | '2026-12-01') =>
      (await wallet.spending({ from, to } as Period)).total;
    return {
      lines: items.length,
      august: await spent('2026-08-01', '2026-09-01'),
      november: await spent('2026-11-01', '2026-12-01'),
    };
  };
  const { entryId } = done(await wallet.addExpense({ amount: '30', category: 'Home', occurredOn: '2026-08-14' }));
  expect(await days()).toEqual({ lines: 1, august: '30.00', november: '0.00' });
  done(await wallet.undoLast());
  expect(await days()).toEqual({ lines: 1, august: '0.00', november: '0.00' });
  done(await wallet.redoLast());
  done(await wallet.addRefund({ amount: '30', refunds: entryId }));
  expect(await days()).toEqual({ lines: 2, august: '30.00', november: '-30.00' });
});

test('an undoing is undone, and that again, as often as one likes', async () => {
  const wallet = await openWallet();
  done(await wallet.addExpense({ amount: '5', category: 'Food' }));
  const counts = await figuresOf(wallet);
  const first = await wallet.undo(2);
  const gone = await figuresOf(wallet);
  let last = first;
  for (let turn = 0; turn < 4; turn += 1) {
    if (!('result' in last)) throw new Error('it is undone');
    // Of all undoings of one change the last is in force; those before it are over.
    last = await wallet.undo(last.version);
    expect(await figuresOf(wallet)).toBe(turn % 2 === 0 ? counts : gone);
  }
  expect(await wallet.undo(3)).toMatchObject(refused('change-undone'));
  expect(done(await wallet.undo(4).then(() => wallet.redoLast()))).toMatchObject({ redone: 2 });
});

test('what moved on since is refused with what has to be undone first', async () => {
  const wallet = await openWallet();
  const { entryId } = done(await wallet.addExpense({ amount: '5', category: 'Food' }));
  done(await wallet.correctEntry(entryId, { amount: '6' }));
  expect(await wallet.undo(2)).toMatchObject(refused('changed-since', { entryId, undoFirst: 3 }));
  done(await wallet.undo(3));
  done(await wallet.addRefund({ amount: '1', refunds: entryId }));
  expect(await wallet.undo(2)).toMatchObject(refused('changed-since', { entryId }));
  done(await wallet.undoLast());
  done(await wallet.setLimit('food', { scope: 'Food', period: 'month', amount: '10' }));
  done(await wallet.setLimit('food', { scope: 'Food', period: 'month', amount: '20' }));
  const { items } = await wallet.changes({ limit: 2 });
  expect(items.map(({ undoable }) => undoable)).toMatchObject([true, { code: 'changed-since' }]);
  done(await wallet.undo(2));
  expect(await wallet.summary()).toMatchObject({ balance: '0.00', entries: 0 });
});

test('a change that would put a blocking limit over is not redone', async () => {
  const wallet = await openWallet();
  done(await wallet.addExpense({ amount: '50', category: 'Food' }));
  done(await wallet.undoLast());
  done(await wallet.setLimit('food', { scope: 'Food', period: 'month', amount: '10', mode: 'block' }));
  expect(await wallet.redoLast()).toMatchObject(refused('limit-exceeded'));
});

test('what can never be undone says why', async () => {
  const wallet = await openWallet();
  expect(await wallet.undo(1)).toMatchObject(refused('change-final'));
  for (const version of [0, 99, -1, 1.5, Number.NaN]) expect(await wallet.undo(version)).toMatchObject(refused('change-unknown'));
  done(await wallet.checkBalance({ counted: '0' }));
  expect(await wallet.undoLast()).toMatchObject(refused('change-final'));
  const plan = done(await wallet.planEntry({ kind: 'expense', amount: '5', category: 'Food' }));
  done(await wallet.bookPlan(plan.planId));
  done(await wallet.undoLast());
  expect((await wallet.plans()).items).toEqual([]);
  expect(await wallet.summary()).toMatchObject({ balance: '0.00' });
});

test('a closed wallet takes the undoing of its closing, and no other', async () => {
  const wallet = await openWallet();
  done(await wallet.addExpense({ amount: '5', category: 'Food' }));
  done(await wallet.close());
  expect(await wallet.undo(2)).toMatchObject(refused('wallet-closed'));
  done(await wallet.undoLast());
  expect(await wallet.summary()).toMatchObject({ status: 'open' });
});

test('a schedule whose stop was undone is undone itself, and comes back', async () => {
  const wallet = await openWallet();
  const coming = async () => (await wallet.upcoming({ to: '2027-03-01' as typeof TODAY })).items.length;
  const rent = { kind: 'expense', amount: '5', category: 'Home', rule: 'FREQ=MONTHLY;BYMONTHDAY=31', startsOn: '2026-11-30' };
  done(await wallet.setSchedule('rent', rent));
  const all = await coming();
  done(await wallet.stopSchedule('rent', { on: '2026-12-15' }));
  done(await wallet.undoLast());
  expect(await coming()).toBe(all);
  done(await wallet.undoLast());
  expect(await coming()).toBe(0);
  done(await wallet.redoLast());
  expect(await coming()).toBe(all);
});
