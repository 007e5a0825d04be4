import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '@kakeibo/core';
import type { Store } from './stores.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

export interface LateStoreOptions {
  readonly open: () => Promise<Store>;
  /** Whether it may be there later. */
  readonly mayPass: (error: unknown) => error is StoreError;
  /** Told each time that it was not there. */
  readonly onAway: (error: StoreError, waitMs: number) => void;
  /** Told when it is there, and refuses: waiting is of no use. */
  readonly onRefused: (error: unknown) => void;
}

/** A store, and when it is there. */
export interface LateStore {
  readonly store: Store;
  /** Fulfilled when it is there; at once for one that was. */
  readonly there: Promise<void>;
}

/**
 * Opens a store; when it is away, answers with one that is `unavailable` until it is there. So a service starts, says that it is
 * not ready, and needs nobody to start it again.
 */
export async function openLate(options: LateStoreOptions): Promise<LateStore> {
  const { open, mayPass, onAway } = options;
  try {
    return { store: await open(), there: Promise.resolve() };
  } catch (error) {
    if (!mayPass(error)) throw error;
    onAway(error, FIRST_WAIT_MS);
    return lateStore(error, options);
  }
}

function lateStore(first: StoreError, { open, mayPass, onAway, onRefused }: LateStoreOptions): LateStore {
  const stop = new AbortController();
  const isThere = Promise.withResolvers<void>();
  let opened: Store | undefined;
  let last = first;

  async function goOn(): Promise<void> {
    for (let waitMs = FIRST_WAIT_MS; !stop.signal.aborted;) {
      await sleep(waitMs, undefined, { signal: stop.signal }).catch(() => undefined);
      if (stop.signal.aborted) return;
      try {
        opened = await open();
        return isThere.resolve();
      } catch (error) {
        if (!mayPass(error)) return onRefused(error);
        last = error;
        waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
        onAway(error, waitMs);
      }
    }
  }
  const going = goOn();

  const there = (): Store => {
    if (opened !== undefined) return opened;
    if (stop.signal.aborted) throw new StoreError('closed', 'the store was closed');
    throw new StoreError('unavailable', `the store is away: ${last.message}`, { cause: last });
  };
  const store: Store = {
    events: {
      append: async (...args) => there().events.append(...args),
      read: async (...args) => there().events.read(...args),
      readAll: async (...args) => there().events.readAll(...args),
      find: async (...args) => there().events.find(...args),
      subscribe: (...args) => there().events.subscribe(...args),
      close: async () => there().events.close(),
    },
    views: {
      load: async (...args) => there().views.load(...args),
      save: async (...args) => there().views.save(...args),
      drop: async (...args) => there().views.drop(...args),
      publish: async (...args) => there().views.publish(...args),
      places: async (...args) => there().views.places(...args),
      scan: async (...args) => there().views.scan(...args),
      close: async () => there().views.close(),
    },
    leases: {
      read: async (...args) => there().leases.read(...args),
      swap: async (...args) => there().leases.swap(...args),
      close: async () => there().leases.close(),
    },
    check: async () => opened?.check() ?? { canRead: false, canWrite: false, reason: `the store is away: ${last.message}` },
    diagnose: async (options) => there().diagnose(options),
    async close() {
      stop.abort();
      await going;
      await opened?.close();
    },
  };
  return { store, there: isThere.promise };
}
