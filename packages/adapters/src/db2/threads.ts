/** Leaves a thread for those who already hold locks: calls of the binding take one of Node's few threads for as long as they wait. */

const THREADS = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4) || 4;

/** How many calls may wait for others at a time: all threads but one. */
export const MOST_WAITING = Math.max(THREADS - 1, 1);

let waiting = 0;
const turns: (() => void)[] = [];

/**
 * Runs a call that may have to wait for other transactions: the first of a transaction, or a read on its own. Those who hold
 * locks call without it, so that they can let go of them.
 */
export async function waitingCall<Result>(call: () => Promise<Result>): Promise<Result> {
  if (waiting >= MOST_WAITING) await new Promise<void>((resolve) => turns.push(resolve));
  else waiting += 1;
  try {
    return await call();
  } finally {
    const next = turns.shift();
    if (next === undefined) waiting -= 1;
    else next();
  }
}
