import type { Clock } from '../ports/clock.ts';
import { StoreError, type AppendResult, type EventStore, type JsonObject, type NewEvent, type Position, type Version } from '../ports/event-store.ts';
import { dayAt } from '../calendar.ts';
import { canonical, digest, eventIdOf } from '../ids.ts';
import type { Rejection } from '../outcome.ts';
import { record, type Recorded } from '../projection.ts';
import { decode, encode } from '../wallet/codec.ts';
import type { WalletCommand } from '../wallet/commands.ts';
import { decide } from '../wallet/decide.ts';
import type { WalletEvent } from '../wallet/events.ts';
import { needs } from '../wallet/needs.ts';
import { headOf, overlay, type Overlay, type WalletState } from '../wallet/state.ts';
import { createRepeats, lastOf } from './repeats.ts';
import type { StreamViews } from './stream-views.ts';

/** A command on its way, with the id that makes it take effect once. */
export interface Job {
  readonly command: WalletCommand;
  readonly commandId: string;
  readonly actor?: string;
  readonly expected?: Version;
}

/** What came of a job: the events it caused, now or the first time, and the balance (in minor units) after them. */
export type Handled =
  | {
      readonly kind: 'recorded' | 'repeated';
      readonly events: readonly Recorded<WalletEvent>[];
      readonly version: Version;
      readonly position: Position;
      readonly balance: string;
    }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'conflict'; readonly expected: Version; readonly actual: Version };

interface Pending {
  readonly job: Job;
  readonly digest: string;
  tries: number;
  resolve(handled: Handled): void;
  reject(error: unknown): void;
}

/** What a job comes to before anything is stored. */
type Plan =
  | { readonly pending: Pending; readonly events: readonly WalletEvent[]; readonly at: Version; readonly balance: string }
  | { readonly pending: Pending; readonly answer: Handled };

/** How many commands of one stream are decided together and appended in one go. */
const MAX_BATCH = 128;
/** How often a command is decided anew because another process was faster. */
const MAX_TRIES = 25;
/** How many commands may wait for one stream. */
const MAX_WAITING = 10_000;

/**
 * Handles the commands of one stream in the order they came. Those that arrive while an append is under way are decided
 * together, each on the state the one before it leaves, and appended together: so one durable write serves all that wait.
 */
export function createHandler(stream: string, store: EventStore, views: StreamViews, clock: Clock): (job: Job) => Promise<Handled> {
  let waiting: Pending[] = [];
  let running = false;
  const repeats = createRepeats(stream, store, views);
  let fresh = false; // whether the views are known to be at the end of the stream

  async function run(): Promise<void> {
    running = true;
    try {
      while (waiting.length > 0) {
        const batch = waiting.slice(0, MAX_BATCH);
        waiting = waiting.slice(batch.length);
        const again = await attempt(batch);
        waiting = [...again, ...waiting];
      }
    } finally {
      running = false;
    }
  }

  /** Does what can be done of a batch; answers those that must be decided anew. */
  async function attempt(batch: readonly Pending[]): Promise<readonly Pending[]> {
    try {
      if (!fresh) await views.refresh();
      fresh = true;
      const plans = await plan(batch);
      if (plans === undefined) return batch;
      return await settleAll(plans);
    } catch (error) {
      fresh = false;
      for (const pending of batch) pending.reject(error);
      return [];
    }
  }

  /** Decides each command on top of those before it. Undefined when the stream moved meanwhile. */
  async function plan(batch: readonly Pending[]): Promise<readonly Plan[] | undefined> {
    const start = views.place;
    const now = clock.now();
    const above = overlay(views.views);
    let version = start;
    const plans: Plan[] = [];
    for (const pending of batch) {
      const { command, commandId, expected } = pending.job;
      const state: WalletState = { version, views: above };
      await loadFor(command, state, now);
      if (expected !== undefined && expected !== version) {
        plans.push({ pending, answer: { kind: 'conflict', expected, actual: version } });
        continue;
      }
      const decision = decide({ command, now, eventId: (index) => eventIdOf(stream, commandId, index) }, state);
      if (decision.kind === 'rejected') {
        plans.push({ pending, answer: decision });
        continue;
      }
      foldAll(above, decision.events, version);
      plans.push({ pending, events: decision.events, at: version, balance: headOf({ version, views: above }).balance });
      version += decision.events.length;
    }
    return views.place === start ? plans : undefined;
  }

  async function loadFor(command: WalletCommand, state: WalletState, now: number): Promise<void> {
    for (;;) {
      const missing = needs(command, state, (zone) => dayAt(now, zone)).filter(({ projection, bucket }) => !state.views.has(projection, bucket));
      if (missing.length === 0) return;
      await views.load(missing);
    }
  }

  /** Appends what was decided, all at once and in order, and answers each. */
  async function settleAll(plans: readonly Plan[]): Promise<readonly Pending[]> {
    const results = await Promise.all(plans.map(appendOf));
    const again: Pending[] = [];
    let broken = false; // from the first append that did not succeed on, what was decided after it does not hold
    for (const [index, planned] of plans.entries()) {
      const { pending } = planned;
      const result = results[index];
      if (broken) again.push(pending);
      else if (result === undefined) await answer(planned);
      else if (result instanceof Error) {
        broken = true;
        fresh = false;
        pending.reject(result);
      } else if (result.kind === 'appended' && 'events' in planned) {
        const events = result.events.map((stored, place) => record(stored, planned.events[place] as WalletEvent));
        views.absorb(events);
        pending.resolve({ kind: 'recorded', ...lastOf(events), events, balance: planned.balance });
      } else {
        broken = true;
        fresh = false;
        if (result.kind === 'repeated') pending.resolve(await repeats.answer(pending.job, pending.digest, result.events.map(decode)));
        else if (result.kind === 'too-large') pending.reject(new StoreError('unavailable', `an event takes ${result.bytes} bytes, more than a store takes`));
        else if (pending.job.expected !== undefined) pending.resolve({ kind: 'conflict', expected: pending.job.expected, actual: result.kind === 'conflict' ? result.actual : 0 });
        else if ((pending.tries += 1) >= MAX_TRIES) pending.reject(new StoreError('busy', `other writers were faster ${MAX_TRIES} times`));
        else again.push(pending);
      }
    }
    if (views.place > 0) void views.settle();
    return again;
  }

  function appendOf(planned: Plan): Promise<AppendResult | Error | undefined> {
    if (!('events' in planned) || planned.events.length === 0) return Promise.resolve(undefined);
    const { job, digest: content } = planned.pending;
    const events = planned.events.map((event, index): NewEvent => {
      const { type, data } = encode(event);
      return { id: eventIdOf(stream, job.commandId, index), type, data, meta: metaOf(job, index === 0 ? content : undefined) };
    });
    return store.append(stream, events, { expected: planned.at }).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  }

  /** Answers a command that stores nothing. It may be the repeat of one that did: then that one's answer comes. */
  async function answer(planned: Plan): Promise<void> {
    const { pending } = planned;
    try {
      const first = await store.find(stream, [eventIdOf(stream, pending.job.commandId, 0)]);
      if (first.length > 0) pending.resolve(await repeats.answer(pending.job, pending.digest, first.map(decode)));
      else if ('answer' in planned) pending.resolve(planned.answer);
      else pending.resolve({ kind: 'recorded', events: [], version: planned.at, position: 0, balance: planned.balance });
    } catch (error) {
      pending.reject(error);
    }
  }

  return (job) =>
    new Promise((resolve, refuse) => {
      if (waiting.length >= MAX_WAITING) {
        refuse(new StoreError('busy', `${MAX_WAITING} commands wait for this wallet; try again in a moment`));
        return;
      }
      waiting.push({ job, digest: digestOf(job.command), tries: 0, resolve, reject: refuse });
      if (!running) void run();
    });
}

function foldAll(above: Overlay, events: readonly WalletEvent[], at: Version): void {
  for (const [index, event] of events.entries()) {
    above.fold({ id: '', stream: '', version: at + index + 1, position: 0, recordedAt: '', meta: {}, event });
  }
}

function metaOf({ commandId, actor }: Job, content: string | undefined): JsonObject {
  return { commandId, ...(content === undefined ? {} : { digest: content }), ...(actor === undefined ? {} : { actor }) };
}

/** What a command says, in one spelling: equal content gives equal digests. */
function digestOf(command: WalletCommand): string {
  return digest(canonical(command as unknown as JsonObject));
}
