import { endOfLog } from '../follow.ts';
import type { EventStore, Position, StoredEvent, Subscription } from '../ports/event-store.ts';
import type { Hold } from '../ports/lease-store.ts';
import type { Resource } from '../ports/resource.ts';
import type { Timer } from '../ports/timer.ts';
import type { ToDoList } from '../reactions/to-do.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import type { LeaseOptions } from './lease-keeper.ts';
import { delayOf, mayPass, Work } from './work.ts';

export interface RunnerOptions {
  readonly store: EventStore;
  /** What it works off. */
  readonly lists: readonly ToDoList[];
  readonly timer: Timer;
  /** Told of what failed: a store that could not do its work is asked again, anything else is left until the next start. */
  readonly onError?: (error: unknown, key: string) => void;
  /** How many tasks run at once; 8 when left out. */
  readonly concurrency?: number;
  /** With a lease it works while it holds that, and stands by otherwise. */
  readonly lease?: LeaseOptions;
}

/** Does what the log calls for. Any number of runners may be on one store: of those that share a lease one works. */
export interface Runner extends Resource {
  /** Begins to follow the log, and works off what was left. */
  start(): void;
  /** Looks whether there is something to do: for what no event tells of, like a new day. */
  wake(): void;
  /** Whether it may work now: with a lease only while it holds that. */
  isWorking(): boolean;
  /** Settles when nothing is to be done, and nothing waits to be tried again. Who stands by has nothing to do. */
  settled(): Promise<void>;
}

/** How long it sleeps at the most before it looks at the clock again, since a machine sleeps too, and at the least. */
const LONGEST_SLEEP_MS = 60_000;
const SHORTEST_SLEEP_MS = 100;

/**
 * Makes a runner.
 *
 * @example
 * const runner = createRunner({ store, lists: [ledger.openTransfers], timer: { sleep: (ms) => new Promise((done) => setTimeout(done, ms)) } });
 * runner.start();
 * await runner.settled();
 * await runner.close();
 */
export function createRunner(options: RunnerOptions): Runner {
  const { store, lists, timer, onError = () => undefined, concurrency = 8, lease } = options;
  const keeper =
    lease &&
    new LeaseKeeper({
      ...lease,
      timer,
      onError: (error) => onError(error, 'lease'),
      onHeld: (isNew) => (isNew ? work.begin() : work.resume()),
    });
  const permit = (): { readonly hold?: Hold } | undefined => {
    const hold = keeper?.hold();
    return hold === undefined ? undefined : { hold };
  };
  const work = new Work({ lists, timer, onError, concurrency, ...(keeper === undefined ? {} : { permit }) });
  let subscription: Subscription | undefined;
  let position: Position | undefined;
  let tries = 0;

  const handle = async (event: StoredEvent): Promise<void> => {
    position = event.position;
    tries = 0;
    if (lists.some((list) => list.isMoved(event))) work.wake();
  };

  /** Follows the log; when the store breaks, it comes back after a while and looks at everything anew. */
  async function follow(): Promise<void> {
    while (!work.closed) {
      try {
        position ??= await endOfLog(store);
        if (work.closed) return;
        subscription = store.subscribe({ after: position, handle });
        work.wake();
        await subscription.finished;
        return;
      } catch (error) {
        onError(error, 'subscription');
        if (!mayPass(error)) return;
        tries += 1;
        await timer.sleep(delayOf(tries));
      }
    }
  }

  /** Looks again when it is time to. */
  async function keepTime(): Promise<void> {
    const timed = lists.flatMap((list) => (list.waitMs === undefined ? [] : [() => list.waitMs?.() ?? 0]));
    while (!work.closed && timed.length > 0) {
      const waits = timed.map((wait) => wait());
      if (waits.includes(0)) work.wake();
      await timer.sleep(Math.max(SHORTEST_SLEEP_MS, Math.min(LONGEST_SLEEP_MS, ...waits)));
    }
  }

  let following: Promise<void> | undefined;
  return {
    start() {
      if (following !== undefined) return;
      following = follow();
      void keepTime();
      void keeper?.run();
    },
    isWorking: () => !work.closed && (keeper === undefined || keeper.hold() !== undefined),
    wake: () => work.wake(),
    settled: () => work.settled(),
    async close() {
      const done = work.close();
      await subscription?.close();
      await done;
      await keeper?.close();
    },
  };
}
