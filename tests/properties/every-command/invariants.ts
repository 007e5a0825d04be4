import fc from 'fast-check';
import { test } from 'vitest';
import { history, type History } from './history.ts';
import { play, type Played } from './play.ts';
import type { StoreKind } from './world.ts';

/** How many histories are played in memory; a tenth as many on SQLite. */
const RUNS = Number(process.env['KAKEIBO_PROPERTY_RUNS'] ?? 20);
const runsOn: Readonly<Record<StoreKind, number>> = { memory: RUNS, sqlite: Math.ceil(RUNS / 10) };
const SEED = Number(process.env['KAKEIBO_PROPERTY_SEED'] ?? process.env['KAKEIBO_SEED'] ?? 20_261_126);

/** Something that holds for every history, whatever was done in it. */
export interface Invariant {
  readonly name: string;
  check(played: Played): Promise<void>;
}

function assertAll(invariants: readonly Invariant[], kind: StoreKind, seed: number): Promise<void> {
  return fc.assert(
    fc.asyncProperty(history, (steps) => withPlayed(steps, kind, invariants)),
    // What fails is made short when it is known whose failure it is.
    { numRuns: runsOn[kind], seed, endOnFailure: invariants.length > 1 },
  );
}

async function withPlayed(steps: History, kind: StoreKind, invariants: readonly Invariant[]): Promise<void> {
  const played = await play(steps, kind);
  try {
    for (const { check } of invariants) await check(played);
  } finally {
    await played.world.close();
  }
}

/**
 * A test for each invariant, over histories that they share: a history is played once and looked at by all of them. When one of
 * them fails, each is judged by itself over the same histories, so that the ones that fail are told apart and shrunk.
 */
export function testInvariants(invariants: readonly Invariant[]): void {
  let together: Promise<boolean> | undefined;
  const allHold = async (): Promise<boolean> => {
    try {
      for (const kind of ['memory', 'sqlite'] as const) await assertAll(invariants, kind, SEED);
      return true;
    } catch {
      return false;
    }
  };
  for (const invariant of invariants) {
    const { name } = invariant;
    test(
      name,
      async () => {
        together ??= allHold();
        if (await together) return;
        for (const kind of ['memory', 'sqlite'] as const) await assertAll([invariant], kind, SEED);
      },
      60_000 + 2_000 * RUNS,
    );
  }
}

/** How an invariant fails in memory, in fast-check's words. */
export async function failureOf(invariant: Invariant, seed: number): Promise<string> {
  try {
    await assertAll([invariant], 'memory', seed);
    return '';
  } catch (error) {
    return String(error);
  }
}
