import { performance } from 'node:perf_hooks';
import type { EventStore, ViewStore } from '@kakeibo/core';

interface Stores {
  readonly events: EventStore;
  readonly views: ViewStore;
}

/** How long reads may follow one another before what else waits runs. */
const SHARE_MS = 10;

/**
 * Stores whose reads are answered in this thread, made fair: a long chain of them (a file of rows that are all known, a report over
 * a cold wallet) lets other requests run in between.
 */
export function fairReads({ events, views }: Stores): Stores {
  let turnBegan: number | undefined;

  /** Waits for the next turn of the event loop when this one has taken long. */
  function share(): Promise<void> | undefined {
    if (turnBegan === undefined) {
      turnBegan = performance.now();
      setImmediate(() => (turnBegan = undefined));
      return undefined;
    }
    return performance.now() - turnBegan < SHARE_MS ? undefined : new Promise((resolve) => void setImmediate(resolve));
  }

  const fairly =
    <Args extends readonly unknown[], Result>(read: (...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> => {
      const wait = share();
      return wait === undefined ? read(...args) : wait.then(() => read(...args));
    };
  return {
    events: { ...events, read: fairly(events.read), readAll: fairly(events.readAll), find: fairly(events.find) },
    views: { ...views, load: fairly(views.load), places: fairly(views.places), scan: fairly(views.scan) },
  };
}
