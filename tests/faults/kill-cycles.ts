/** Kills appending programs by SIGKILL, again and again, and counts what became of what they were told. For any store. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { StoredEvent } from '@kakeibo/core';

import type { AppenderLine, AppenderOrder } from './appender.ts';
import { expectSound, startAppender } from './history.ts';

/** How often programs are killed: 200 times in CI, as often as told by hand. */
export const KILL_CYCLES = Number(process.env['KAKEIBO_KILL_CYCLES'] ?? 200);

/** What must be nothing after any fault, and how much it was found among. */
export interface FaultCount {
  /** Events whose append was acknowledged. */
  acknowledged: number;
  /** Events whose append was answered with `outcome-unknown`, or not at all but is there. */
  unanswered: number;
  /** Acknowledged, and not there where it was said to be. */
  lost: number;
  /** There more than once. */
  doubled: number;
  /** Appends of which a part is there. */
  halfWritten: number;
}

export const NO_FAULT = { lost: 0, doubled: 0, halfWritten: 0 } as const;

/** Compares a log with what its writers were told. */
export function countFaults(log: readonly StoredEvent[], lines: readonly AppenderLine[], eventsEach: number): FaultCount {
  const places = new Map<string, number[]>();
  const batches = new Map<unknown, number>();
  for (const { id, version, data } of log) {
    places.set(id, [...(places.get(id) ?? []), version]);
    batches.set(data['batch'], (batches.get(data['batch']) ?? 0) + 1);
  }
  const told = lines.filter(({ answer }) => answer === 'appended');
  const acknowledged = told.flatMap(({ ids, versions }) => ids.map((id, at) => ({ id, version: versions[at] })));
  return {
    acknowledged: acknowledged.length,
    unanswered: log.length - acknowledged.length,
    lost: acknowledged.filter(({ id, version }) => places.get(id)?.[0] !== version).length,
    doubled: [...places.values()].filter(({ length }) => length > 1).length,
    halfWritten: [...batches.values()].filter((count) => count !== eventsEach).length,
  };
}

function sum(one: FaultCount, other: FaultCount): FaultCount {
  return {
    acknowledged: one.acknowledged + other.acknowledged,
    unanswered: one.unanswered + other.unanswered,
    lost: one.lost + other.lost,
    doubled: one.doubled + other.doubled,
    halfWritten: one.halfWritten + other.halfWritten,
  };
}

/** A ledger that programs write to and are killed at. */
export interface KillGround {
  readonly order: AppenderOrder;
  log(): Promise<readonly StoredEvent[]>;
}

/** Kills so many programs, one after another, on one ledger; says what came of it. */
async function killOn(ground: KillGround, cycles: number): Promise<FaultCount> {
  const lines: AppenderLine[] = [];
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const appender = startAppender(ground.order);
    await appender.begun;
    await sleep((cycle * 7) % 41);
    appender.child.kill('SIGKILL');
    const end = await appender.ended;
    if (end !== 'SIGKILL') throw new Error(`the program ended by itself (${String(end)})`);
    lines.push(...appender.lines);
  }
  const log = await ground.log();
  const count = countFaults(log, lines, ground.order.events);
  expectSound(log, lines, ground.order.events);
  return count;
}

/** The same on many ledgers, a few at a time; a ledger is left for a new one before its log is long. */
export async function killCycles(
  makeGround: (number: number) => KillGround,
  { cycles = KILL_CYCLES, lanes = 3, perGround = 25 }: { cycles?: number; lanes?: number; perGround?: number } = {},
): Promise<FaultCount> {
  const grounds = Array.from({ length: Math.ceil(cycles / perGround) }, (_, number) => ({
    number,
    cycles: Math.min(perGround, cycles - number * perGround),
  }));
  let total: FaultCount = { acknowledged: 0, unanswered: 0, ...NO_FAULT };
  const lane = async (): Promise<void> => {
    for (let next = grounds.shift(); next !== undefined; next = grounds.shift())
      total = sum(total, await killOn(makeGround(next.number), next.cycles));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return total;
}

/** A line for whoever runs it by hand. */
export function tell(what: string, figures: object): void {
  console.info(`${what}: ${JSON.stringify(figures)}`);
}
