/** Who must wait for whom: work that shares a key is done one after another, in the order in which it came. */
import { StoreError } from '@kakeibo/core';

/** Gives turns. */
export interface Turns {
  /** Waits for its turn, does the work, and lets the next one go. */
  take<Result>(keys: readonly string[], work: () => Promise<Result>): Promise<Result>;
  /** Resolves when all that was taken is done. */
  drained(): Promise<void>;
}

/** The most that may wait; one more is refused as `busy`, so that memory stays bounded. */
const MOST_WAITING = 10_000;

/**
 * Makes turns for so many at once.
 *
 * @example
 * const turns = createTurns(32);
 * await turns.take(['stream:wallet-1'], () => write());
 */
export function createTurns(atOnce: number): Turns {
  const last = new Map<string, Promise<void>>();
  const waiting: (() => void)[] = [];
  let running = 0;
  let taken = 0;
  let drained: (() => void)[] = [];

  const enter = async (): Promise<void> => {
    if (running < atOnce) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  const tellIfDrained = (): void => {
    if (taken > 0) return;
    for (const resolve of drained) resolve();
    drained = [];
  };

  return {
    async take(keys, work) {
      if (taken >= MOST_WAITING) throw new StoreError('busy', `${MOST_WAITING} appends are waiting already`);
      taken += 1;
      let done = (): void => undefined;
      const mine = new Promise<void>((resolve) => (done = resolve));
      const before = keys.flatMap((key) => last.get(key) ?? []);
      for (const key of keys) last.set(key, mine);
      try {
        await Promise.all(before);
        await enter();
        try {
          return await work();
        } finally {
          leave();
        }
      } finally {
        for (const key of keys) if (last.get(key) === mine) last.delete(key);
        done();
        taken -= 1;
        tellIfDrained();
      }
    },
    drained: () =>
      new Promise((resolve) => {
        drained.push(resolve);
        tellIfDrained();
      }),
  };
}
