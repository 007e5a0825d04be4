import fc from 'fast-check';
import { expect, test } from 'vitest';
import { history, type CommandType } from './history.ts';
import { failureOf } from './invariants.ts';
import { play } from './play.ts';
import { MADE } from './sendings.ts';

/** What only reactions give: they ask whether it is called for before, so a ledger is never asked in vain. */
const OF_REACTIONS: Readonly<Record<string, readonly string[]>> = {
  ReceiveTransfer: ['TransferReceived', 'TransferRefused'],
  ReturnTransfer: ['TransferReturned'],
};

test('the histories reach every command, taken and refused', async () => {
  const [taken, refused] = [new Set<string>(), new Set<string>()];
  const events = new Set<string>();
  for (const steps of fc.sample(history, { seed: 1, numRuns: 120 })) {
    const { world, sent, log } = await play(steps, 'memory');
    await world.close();
    for (const { type } of log) events.add(type);
    for (const { step, outcome } of sent) ('result' in outcome ? taken : refused).add(step.type);
  }
  const missing = (found: ReadonlySet<string>): readonly CommandType[] => MADE.filter((type) => !found.has(type));
  expect({ taken: missing(taken), refused: missing(refused) }).toEqual({ taken: [], refused: [] });
  for (const types of Object.values(OF_REACTIONS)) expect(types.filter((type) => !events.has(type))).toEqual([]);
});

test('a canary: what does not hold fails, with its seed, its path and the shortest history', async () => {
  const check = async ({ sent }: Awaited<ReturnType<typeof play>>): Promise<void> => {
    expect(sent.some(({ step, outcome }) => step.type === 'AddExpense' && 'result' in outcome)).toBe(false);
  };
  const failure = await failureOf({ name: 'nobody ever spends anything', check }, 7);
  expect(failure).toMatch(/seed: 7, path: "\d/);
  expect(failure.match(/"type":/g)?.length).toBeLessThanOrEqual(3);
});
