import { endOfLog } from '../follow.ts';
import { StoreError, type EventStore, type Position, type StoredEvent } from '../ports/event-store.ts';
import { createLogComparer, type LogComparer, type LogDifference } from './compare-logs.ts';
import { contentOf, type LogDigest } from './log-digest.ts';

/** How far a copy is: `compare` goes through what the target has, `copy` adds what it lacks, `verify` reads that back. */
export interface CopyProgress {
  readonly stage: 'compare' | 'copy' | 'verify';
  readonly done: number;
  /** Null where positions are no counts. */
  readonly total: number | null;
}

export interface CopyOptions {
  readonly onProgress?: (progress: CopyProgress) => void;
  /**
   * How many appends may be under way at once: more than one where the target gives positions in the order in which it is asked,
   * as SQL stores do.
   */
  readonly inFlight?: number;
  /** Goes on with what the source is given until this settles. Without it a copy ends when it has caught up. */
  readonly until?: Promise<void>;
}

/**
 * What came of a copy.
 *
 * - `copied`: the target holds what the source held. `present` of the events were there before; `redated` have another record time
 *   and `moved` another position, where the target does not take those of others. `from` and `to` are read back from both.
 * - `refused`: the target holds something that the source does not. Nothing of it was changed.
 */
export type Copied =
  | {
      readonly kind: 'copied';
      readonly events: number;
      readonly present: number;
      readonly redated: number;
      readonly moved: number;
      readonly from: LogDigest;
      readonly to: LogDigest;
    }
  | ({ readonly kind: 'refused'; readonly code: 'copy-target-differs' } & LogDifference);

const PAGE = 500;

/**
 * Copies the events of a store into another one, in the order of the log, with their ids, versions and record times, while the
 * source may be written. Killed in the midst of it, it goes on when it is called again. At last all is read back and compared.
 *
 * @example
 * const target = createMemoryEventStore({ clock: { now: () => 0 } });
 * (await copyLog(store, target)).kind; // 'copied'
 */
export async function copyLog(from: EventStore, to: EventStore, options: CopyOptions = {}): Promise<Copied> {
  const { onProgress = () => undefined, inFlight = 1, until } = options;
  const comparer = createLogComparer(from, to);
  const total = await countOf(from);
  const before = await comparer.advance((done) => onProgress({ stage: 'compare', done, total }));
  if (before.difference !== undefined) return refused(before.difference);

  const target = createTarget(to, inFlight);
  let [position, done] = [before.position, before.events];
  const copyOn = async (): Promise<LogDifference | undefined> => {
    for (;;) {
      const page = await from.readAll({ after: position, limit: PAGE });
      const difference = await target.take(page);
      if (difference !== undefined) return difference;
      position = page.at(-1)?.position ?? position;
      done += page.length;
      onProgress({ stage: 'copy', done, total: total === null ? null : Math.max(total, done) });
      if (page.length < PAGE) return undefined;
    }
  };
  const difference =
    (await copyOn()) ?? (until === undefined ? undefined : await follow(from, { until, copyOn, place: () => position }));
  if (difference !== undefined) return refused(difference);
  const found = await verified(comparer, before.events, (each) => onProgress({ stage: 'verify', done: each, total: done }));
  if (found.kind === 'copied' && found.events < done)
    throw new StoreError('unavailable', `the target took ${done} events and shows ${found.events}: look at its own log`);
  return found;
}

/** How many events a log has, when its positions are their numbers. */
async function countOf(store: EventStore): Promise<number | null> {
  const [first] = await store.readAll({ after: 0, limit: 1 });
  if (first === undefined) return 0;
  return first.position === 1 ? endOfLog(store) : null;
}

/** Copies on whenever the source moved. */
async function follow(
  from: EventStore,
  {
    until,
    copyOn,
    place,
  }: {
    readonly until: Promise<void>;
    readonly copyOn: () => Promise<LogDifference | undefined>;
    readonly place: () => Position;
  },
): Promise<LogDifference | undefined> {
  let difference: LogDifference | undefined;
  const differs = Promise.withResolvers<void>();
  const subscription = from.subscribe({
    after: place(),
    handle: async (event) => {
      if (event.position <= place()) return;
      difference ??= await copyOn();
      if (difference !== undefined) differs.resolve();
    },
  });
  await Promise.race([until, differs.promise, subscription.finished]);
  await subscription.close();
  return difference ?? copyOn();
}

interface Target {
  /** Adds events that come next. Answers with what stands in their place when somebody else wrote. */
  take(events: readonly StoredEvent[]): Promise<LogDifference | undefined>;
}

function createTarget(store: EventStore, inFlight: number): Target {
  const append = async (run: readonly StoredEvent[]): Promise<LogDifference | undefined> => {
    const [first] = run;
    if (first === undefined) return undefined;
    const { stream, version } = first;
    const fresh = run.map(({ id, type, data, meta, recordedAt }) => ({ id, type, data, meta, recordedAt }));
    const result = await store.append(stream, fresh, { expected: version - 1 });
    if (result.kind === 'appended') return undefined;
    if (result.kind === 'too-large')
      throw new StoreError('incompatible', `the store does not take an event of ${result.bytes} bytes`);
    // An append whose answer was lost, done again by the store itself, comes back as a repeat of all of it.
    if (result.kind === 'repeated' && result.events.map(contentOf).join() === run.map(contentOf).join()) return undefined;
    return { stream, version, message: `somebody writes to the target: ${stream} went another way at version ${version}` };
  };
  return {
    async take(events) {
      const runs = runsOf(events);
      for (let at = 0; at < runs.length; at += inFlight) {
        const found = await Promise.all(runs.slice(at, at + inFlight).map(append));
        const difference = found.find((each) => each !== undefined);
        if (difference !== undefined) return difference;
      }
      return undefined;
    },
  };
}

/** Events of one stream that follow one another go together: an append for each would cost a write to the disk for each. */
function runsOf(events: readonly StoredEvent[]): readonly (readonly StoredEvent[])[] {
  const runs: StoredEvent[][] = [];
  for (const event of events) {
    const open = runs.at(-1);
    if (open?.[0]?.stream === event.stream) open.push(event);
    else runs.push([event]);
  }
  return runs;
}

async function verified(comparer: LogComparer, present: number, onProgress: (done: number) => void): Promise<Copied> {
  const { events, redated, moved, difference } = await comparer.advance(onProgress);
  if (difference !== undefined) return refused(difference);
  return { kind: 'copied', events, present, redated, moved, ...comparer.digests() };
}

function refused(difference: LogDifference): Copied {
  return { kind: 'refused', code: 'copy-target-differs', ...difference };
}
