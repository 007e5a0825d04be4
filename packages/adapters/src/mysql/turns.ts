/** One after another, in the order of coming. */
import { StoreError } from '@kakeibo/core';

/** More than this do not wait: one more is refused as `busy`, so that memory stays bounded. */
const MOST_WAITING = 10_000;

/** Makes a turnstile: what is given to it runs when everything before is done. */
export function takeTurns(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let taken = false;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (taken) {
      if (waiting.length >= MOST_WAITING) throw new StoreError('busy', `${MOST_WAITING} writes are waiting already`);
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    taken = true;
    try {
      return await work();
    } finally {
      // Handed on rather than put down, so that nobody who comes later is served earlier.
      const next = waiting.shift();
      if (next === undefined) taken = false;
      else next();
    }
  };
}
