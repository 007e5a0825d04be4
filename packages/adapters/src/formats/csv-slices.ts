import { setImmediate } from 'node:timers/promises';

/** A slice of work that shares its thread takes no longer than this, warm or cold. */
const SLICE_MS = 5;

/** Lets what waits for this thread run first. */
export async function breathe(): Promise<void> {
  await setImmediate();
}

/**
 * Runs work that is cut into small steps (a generator of the core) without holding the thread: after a few milliseconds what
 * else waits runs first.
 *
 * @example
 * const statement = await inSlices(readStatementInSteps(rows, { currency }));
 */
export async function inSlices<Result>(steps: Generator<unknown, Result>): Promise<Result> {
  let since = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - since < SLICE_MS) continue;
    await breathe();
    since = performance.now();
  }
}
