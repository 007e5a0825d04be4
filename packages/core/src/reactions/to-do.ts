import type { StoredEvent } from '../ports/event-store.ts';
import type { Hold } from '../ports/lease-store.ts';

/** One thing to be done. Doing it twice, also at once, has its effect once. */
export interface Task {
  /** Names it: the same as long as the same is to be done. */
  readonly key: string;
  /** Does it, in the term in which the runner works, when it works by a lease. */
  run(hold?: Hold): Promise<void>;
}

/**
 * What is to be done, as the log has it. A task leaves the list because what it did is in the log, so there is no checkpoint to
 * keep, and what a crash cut off is on the list when the next program looks.
 */
export interface ToDoList {
  /** Whether there may be more to do after an event. */
  isMoved(event: StoredEvent): boolean;
  /** Everything there is to do now. */
  tasks(): Promise<readonly Task[]>;
  /** How long it takes until there may be more to do without an event, like on a new day; 0 when it is time. */
  waitMs?(): number;
}
