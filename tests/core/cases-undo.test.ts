import type { Outcome, Wallet } from '@kakeibo/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { figuresOf, openWallet, stepArbitrary, take, type Step } from './undo-walk.ts';

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
