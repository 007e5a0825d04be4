import { assert } from '../assert.ts';
import type { Clock } from '../ports/clock.ts';
import { StoreError, type AppendResult, type EventStore, type StoredEvent } from '../ports/event-store.ts';
import { record } from '../projection.ts';
import { decode } from '../wallet/codec.ts';
import { IMPORT_PAGE_ROWS } from '../wallet/imports.ts';
import { MAX_DUE } from '../wallet/schedules.ts';
import { isWrite, newEventsOf, pendingOf, type Handled, type Job, type Pending, type Plan, type Write } from './job.ts';
import { plan } from './plan.ts';
import { createRepeats, lastOf, type Repeats } from './repeats.ts';
import type { StreamViews } from './stream-views.ts';

/** How many commands of one stream are decided together and appended in one go. */
const MAX_BATCH = 128;
/** How many rows of files may be among them. */
const MAX_ROWS = 600;
/** How often a command is decided anew because another process was faster. */
const MAX_TRIES = 25;
/** How many commands may wait for one stream. */
const MAX_WAITING = 10_000;

/**
 * Handles the commands of one stream in the order they came. Those that arrive while an append is under way are decided
 * together, each on the state the one before it leaves, and appended together: so one durable write serves all that wait.
 */
export class CommandQueue {
  readonly #stream: string;
  readonly #store: EventStore;
  readonly #views: StreamViews;
  readonly #clock: Clock;
  readonly #repeats: Repeats;
  #waiting: Pending[] = [];
  #running = false;
  /** Whether the views are known to be at the end of the stream. */
  #fresh = false;

  constructor(
    stream: string,
    { store, views, clock }: { readonly store: EventStore; readonly views: StreamViews; readonly clock: Clock },
  ) {
    this.#stream = stream;
    this.#store = store;
    this.#views = views;
    this.#clock = clock;
    this.#repeats = createRepeats(stream, store, views);
  }

  /** Answers when the command's events are on stable storage, or when it was refused. */
  handle(job: Job): Promise<Handled> {
    if (this.#waiting.length >= MAX_WAITING) {
      return Promise.reject(new StoreError('busy', `${MAX_WAITING} commands wait for this wallet; try again in a moment`));
    }
    const { pending, handled } = pendingOf(this.#stream, job);
    this.#waiting.push(pending);
    if (!this.#running) void this.#run();
    return handled;
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const again = await this.#attempt(this.#nextBatch());
      this.#waiting = [...again, ...this.#waiting];
    }
    this.#running = false;
  }

  /** The commands that go together: in order, each id once (its repeats find it stored), and not too many rows. */
  #nextBatch(): readonly Pending[] {
    const ids = new Set<string>();
    let rows = 0;
    for (const { job } of this.#waiting) {
      rows += rowsOf(job);
      if (ids.has(job.commandId) || ids.size >= MAX_BATCH || (ids.size > 0 && rows > MAX_ROWS)) break;
      ids.add(job.commandId);
    }
    const batch = this.#waiting.slice(0, ids.size);
    this.#waiting = this.#waiting.slice(ids.size);
    return batch;
  }

  /** Does what can be done of a batch; answers those that must be decided anew. */
  async #attempt(batch: readonly Pending[]): Promise<readonly Pending[]> {
    try {
      const wasFresh = this.#fresh;
      if (!wasFresh) await this.#views.refresh();
      this.#fresh = true;
      const { place } = this.#views;
      const plans = await plan(batch, this.#views, this.#clock.now());
      if (plans === undefined) return batch;
      // A write is checked by the store. A refusal is not, so it must not come from a state that another process has changed.
      if (wasFresh && !plans.every(isWrite) && (await this.#hasMoved(place))) return batch;
      return await this.#settle(plans);
    } catch (error) {
      this.#fresh = false;
      for (const pending of batch) pending.reject(error);
      return [];
    }
  }

  /** Looks for what other processes stored since a place; a read may have brought it in already. */
  async #hasMoved(place: number): Promise<boolean> {
    await this.#views.refresh();
    return this.#views.place !== place;
  }

  /**
   * Appends what was decided in one piece, since each decision stands on those before it: all of it is stored, or none.
   * Answers those that must be decided anew.
   */
  async #settle(plans: readonly Plan[]): Promise<readonly Pending[]> {
    const writes = plans.filter(isWrite);
    const others = plans.filter((planned) => !isWrite(planned));
    const [first] = writes;
    if (first !== undefined) {
      let result: AppendResult;
      try {
        result = await this.#store.append(this.#stream, writes.flatMap(newEventsOf), { expected: first.at });
      } catch (error) {
        this.#fresh = false;
        for (const { pending } of writes) pending.reject(error);
        return others.map(({ pending }) => pending);
      }
      if (result.kind !== 'appended') return this.#decideAnew(plans, result);
      this.#finish(writes, result.events);
    }
    await Promise.all(others.map((planned) => this.#answer(planned)));
    return [];
  }

  /** Hands each command its part of what was appended. */
  #finish(writes: readonly Write[], stored: readonly StoredEvent[]): void {
    let from = 0;
    for (const { pending, events, balance } of writes) {
      const recorded = events.map((event, index) => record(stored[from + index] as StoredEvent, event));
      from += events.length;
      this.#views.absorb(recorded);
      pending.resolve({ kind: 'recorded', ...lastOf(recorded), events: recorded, balance });
    }
    void this.#views.settle(stored.length > MAX_BATCH ? 'later' : 'soon');
  }

  /** Nothing was stored. What was a repeat gets its answer; the rest is decided anew. */
  async #decideAnew(plans: readonly Plan[], result: Exclude<AppendResult, { kind: 'appended' }>): Promise<readonly Pending[]> {
    this.#fresh = false;
    const all = plans.map(({ pending }) => pending);
    if (result.kind === 'repeated') {
      const found = new Map(result.events.map((stored) => [stored.id, stored]));
      const repeated = all.filter((pending) => found.has(pending.eventId(0)));
      await Promise.all(repeated.map((pending) => this.#answerRepeat(pending, found.get(pending.eventId(0)) as StoredEvent)));
      return all.filter((pending) => !repeated.includes(pending));
    }
    assert(result.kind === 'conflict', 'what a command may hold keeps every event under the bound of the stores');
    return all.filter((pending) => {
      pending.tries += 1;
      if (pending.tries < MAX_TRIES) return true;
      pending.reject(new StoreError('busy', `other writers were faster ${MAX_TRIES} times`));
      return false;
    });
  }

  /** Answers a command that stores nothing. It may be the repeat of one that did: then that one's answer comes. */
  async #answer(planned: Plan): Promise<void> {
    const { pending } = planned;
    try {
      const [first] = await this.#store.find(this.#stream, [pending.eventId(0)]);
      if (first !== undefined) await this.#answerRepeat(pending, first);
      else if ('answer' in planned) pending.resolve(planned.answer);
      else
        pending.resolve({
          kind: 'recorded',
          events: [],
          version: planned.at,
          position: this.#views.position,
          balance: planned.balance,
        });
    } catch (error) {
      pending.reject(error);
    }
  }

  async #answerRepeat(pending: Pending, first: StoredEvent): Promise<void> {
    try {
      pending.resolve(await this.#repeats.answer(pending.job, pending.digest, decode(first)));
    } catch (error) {
      pending.reject(error);
    }
  }
}

/** How many entries a command may change. */
function rowsOf({ command: { type } }: Job): number {
  if (type === 'ImportEntries' || type === 'UndoImport') return IMPORT_PAGE_ROWS;
  return type === 'BookDue' ? MAX_DUE : 1;
}
