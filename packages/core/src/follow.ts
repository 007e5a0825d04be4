/** The loop behind a subscription, for every store that can read its log by slices. */
import type { EventStore, Position, Slice, StoredEvent, Subscription } from './ports/event-store.ts';

/** A subscription, and the bell that tells it to look for more. */
export interface Follower extends Subscription {
  /** There may be more events now. Ringing once too often costs one read. */
  wake(): void;
}

const SLICE = 256;

/**
 * Hands over a log's events one at a time from a place on, and waits to be woken when there are no more.
 *
 * `close` waits for the event that is being handled, so a handler that wants to stop calls it without awaiting it.
 *
 * @example
 * const follower = followLog({ after: 0, handle, read: (slice) => store.readAll(slice) });
 */
export function followLog(options: {
  readonly after: Position;
  readonly handle: (event: StoredEvent) => Promise<void>;
  readonly read: (slice: Slice) => Promise<readonly StoredEvent[]>;
}): Follower {
  let position = options.after;
  let closed = false;
  let woken = false;
  let ring: (() => void) | undefined;

  const wake = (): void => {
    woken = true;
    ring?.();
    ring = undefined;
  };

  const handOver = async (events: readonly StoredEvent[]): Promise<void> => {
    for (const event of events) {
      if (closed) return;
      await options.handle(event);
      position = event.position;
    }
  };

  const run = async (): Promise<void> => {
    // The store is still answering `subscribe` when this starts: nothing is handed over before it returned.
    await Promise.resolve();
    while (!closed) {
      // Lowered before the read, so that what comes during it is not slept through.
      woken = false;
      const events = await options.read({ after: position, limit: SLICE });
      if (events.length > 0) await handOver(events);
      else if (!woken && !closed) await new Promise<void>((resolve) => (ring = resolve));
    }
  };

  const finished = run();
  return {
    finished,
    wake,
    async close() {
      closed = true;
      wake();
      await finished.catch(() => undefined);
    },
  };
}

/** Where a log ends, found in some steps that double and halve, since positions have no gaps. */
export async function endOfLog(store: Pick<EventStore, 'readAll'>): Promise<Position> {
  const hasAfter = async (place: Position): Promise<boolean> => (await store.readAll({ after: place, limit: 1 })).length > 0;
  let [low, high] = [0, 1];
  while (await hasAfter(high)) [low, high] = [high, high * 2];
  if (!(await hasAfter(0))) return 0;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await hasAfter(middle)) low = middle;
    else high = middle;
  }
  return high;
}
