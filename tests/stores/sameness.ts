import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everyLookAhead, everyReport } from '../core/every-report.ts';
import { history } from '../properties/every-command/history.ts';
import { play, type Played } from '../properties/every-command/play.ts';
import { casesOn, type StoreKind } from './kinds.ts';

/** All that a history left behind, whatever kept it. */
async function leftBy({ world, log, sent }: Played) {
  const wallets = world.purses.map(({ wallet }) => wallet);
  return {
    log,
    hash: createHash('sha256').update(JSON.stringify(log)).digest('hex'),
    answers: sent.map(({ step, outcome }) => [step.type, outcome]),
    reports: await Promise.all(wallets.map(async (wallet) => [await everyReport(wallet), await everyLookAhead(wallet)])),
  };
}

/** Describes that a store leaves what the reference store leaves (P9). */
export function describeSameness(kind: StoreKind): void {
  describe(`on ${kind}, as in memory`, () => {
    const title = 'the same commands leave the same events, hashes, answers, refusals and reports (P9)';
    test(title, async () => {
      await fc.assert(
        fc.asyncProperty(history, async (steps) => {
          const [reference, other] = [await play(steps, 'memory'), await play(steps, kind)];
          expect(await leftBy(other)).toEqual(await leftBy(reference));
          await reference.world.close();
          await other.world.close();
        }),
        { numRuns: casesOn(kind, 40), endOnFailure: true },
      );
    });
  });
}
