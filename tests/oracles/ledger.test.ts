import { describe, expect, test } from 'vitest';
import { batchesOf, disagreements, hasTools } from './agreement.ts';
import { GOLDEN_SEEDS } from './golden.ts';
import { driven, taken } from './ledger-histories.ts';

describe.runIf(hasTools)(
  'hledger, ledger and beancount agree with the ledger and its reports to the last unit (invariant 31)',
  () => {
    test.each(batchesOf())('on histories $from to $to, voids $voids', async (batch) => {
      expect(await disagreements(driven, batch)).toEqual({});
    });

    test.each(GOLDEN_SEEDS)('on history %i, which once showed a difference', async (seed) => {
      for (const voids of ['clean', 'audit'] as const)
        expect(await disagreements(driven, { from: seed, to: seed, voids })).toEqual({});
    });

    test.runIf(batchesOf().length >= 10)('whose histories reach every command', () => {
      const booked = ['book', 'split', 'refund', 'correct', 'correct a half', 'void', 'restore', 'bulk', 'count', 'plan booked'];
      const moved = ['transfer', 'recalled', 'given back', 'close', 'reopen', 'join', 'import', 'import taken back', 'due'];
      const other = ['schedule', 'skip', 'stop', 'limit month', 'limit custom', 'limit removed', 'plan dropped', 'rename'];
      const undone = ['undo last', 'undo again', 'undo any'];
      const reached = [...booked, ...moved, ...other, ...undone];
      expect(reached.filter((kind) => !taken.has(kind))).toEqual([]);
    });
  },
);
