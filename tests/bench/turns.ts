/** What benches of stores have in common: the same work in turns with the bare engine's, and medians. */
import { randomUUIDv7 } from 'node:crypto';
import type { EventStore, NewEvent, StoredEvent } from '@kakeibo/core';

/** A measured figure: operations a second of ours and of the bare engine, or milliseconds where the name says so. */
export interface BenchRow {
  readonly name: string;
  readonly ours: number;
  readonly bare: number;
  readonly ratio: number;
  /** The ratio to reach: at least a number, or `≤ 2` where less is better; empty where there is none. */
  readonly goal: number | string;
}

export type Work = () => Promise<void> | void;

/** An expense. Its id begins with its time, as those of the dashboard's and the command line's commands do, unless another is given. */
export function newEvent(id: string = randomUUIDv7()): NewEvent {
  return {
    id,
    type: 'ExpenseAdded',
    data: {
      entryId: id,
      amount: '12.50',
      currency: 'EUR',
      category: 'Food:Groceries',
      note: 'Wochenmarkt',
      occurredOn: '2026-10-14',
    },
    meta: { commandId: id, digest: `${id}${id}`.replaceAll('-', ''), actor: 'member-1' },
  };
}

export function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function timed(work: Work): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

export interface Comparison {
  readonly name: string;
  readonly goal: number | string;
  readonly rounds: number;
  /** In each round. */
  readonly operations: number;
  /** No round begins after so long, once a few were made. Default 20,000. */
  readonly mostMs?: number;
}

/** So many rounds count, however long they take. */
const FEWEST_ROUNDS = 5;

/**
 * Each in short turns, so that a busy machine slows all of them, in another order in each round. Answers how many milliseconds
 * each took, by round; the first fifth warms up.
 */
export async function inTurns(
  works: readonly Work[],
  { rounds, mostMs = 20_000 }: { readonly rounds: number; readonly mostMs?: number },
): Promise<readonly (readonly number[])[]> {
  const times = works.map((): number[] => []);
  const warming = Math.ceil(rounds * 0.2);
  const begin = performance.now();
  for (let round = 0; round < rounds + warming; round += 1) {
    if (round >= warming + FEWEST_ROUNDS && performance.now() - begin > mostMs) break;
    for (const [at, work] of shuffled([...works.entries()])) {
      const time = await timed(work);
      if (round >= warming) times[at]?.push(time);
    }
  }
  return times;
}

/** Who comes after whom would matter otherwise: some leave work behind. */
export function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => [Math.random(), item] as const)
    .toSorted(([one], [other]) => one - other)
    .map(([, item]) => item);
}

/** Both in turns, and medians. */
export async function compare({ name, goal, rounds, operations, mostMs }: Comparison, ours: Work, bare: Work): Promise<BenchRow> {
  const [mine = Number.NaN, theirs = Number.NaN] = (
    await inTurns([ours, bare], { rounds, ...(mostMs === undefined ? {} : { mostMs }) })
  ).map(median);
  const perSecond = (time: number): number => Math.round((operations / time) * 1000);
  return { name, ours: perSecond(mine), bare: perSecond(theirs), ratio: Number((theirs / mine).toFixed(2)), goal };
}

/** Appends to one stream, one after another. */
export function oneByOne(store: EventStore, stream: string, count: number): Work {
  let expected = 0;
  return async () => {
    for (let at = 0; at < count; at += 1) await store.append(stream, [newEvent()], { expected: expected++ });
  };
}

/** A hundred appenders, each on its own stream, each going on as soon as it has its answer. */
export function hundred(store: EventStore, stream: string, times: number): Work {
  let expected = 0;
  return async () => {
    const from = expected;
    expected += times;
    const appender = async (_: unknown, at: number): Promise<void> => {
      for (let version = from; version < from + times; version += 1)
        await store.append(`${stream}-${at}`, [newEvent()], { expected: version });
    };
    await Promise.all(Array.from({ length: 100 }, appender));
  };
}

export async function replay(store: EventStore): Promise<number> {
  let events: readonly StoredEvent[] = [];
  let after = 0;
  do {
    events = await store.readAll({ after, limit: 1_000 });
    after += events.length;
  } while (events.length > 0);
  return after;
}
