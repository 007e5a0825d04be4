import { openDb2 } from '@kakeibo/adapters/db2';
import type { StoredEvent } from '@kakeibo/core';
import { expect, test } from 'vitest';

import { wholeLog } from '../faults/history.ts';
import { KILL_CYCLES, killCycles, NO_FAULT, tell } from '../faults/kill-cycles.ts';
import { freshLine } from './derby.ts';
import type { Db2Line } from './derby.ts';
import { hasDb2 } from './presence.ts';

const PER_LEDGER = Math.min(25, Math.ceil(KILL_CYCLES / 2));

/** One event at a time, and batches of several streams: each is written in its own way. */
const ORDERS = [
  { streams: ['a'], events: 1 },
  { streams: ['a', 'b', 'c', 'd'], events: 3 },
] as const;

/** The log of a ledger; what the dead left open is waited for by the store itself. */
async function logIn({ options }: Db2Line): Promise<readonly StoredEvent[]> {
  const { events, close } = await openDb2(options);
  const log = await wholeLog(events);
  await close();
  return log;
}

test.runIf(hasDb2())(
  'programs that write to Db2 are killed, again and again, and no acknowledged event is lost',
  async () => {
    const ledgers = await Promise.all(Array.from({ length: Math.ceil(KILL_CYCLES / PER_LEDGER) }, () => freshLine()));
    const count = await killCycles(
      (number) => {
        const ledger = ledgers[number] as Db2Line;
        const { driver: _, ...db2 } = ledger.options;
        return { order: { db2, ...(ORDERS[number % 2] ?? ORDERS[0]) }, log: () => logIn(ledger) };
      },
      { lanes: 2, perGround: PER_LEDGER },
    );
    tell(`Db2, ${KILL_CYCLES} times kill -9 of the client`, count);
    expect(count).toMatchObject(NO_FAULT);
    expect(count.acknowledged).toBeGreaterThan(0);
  },
  1_200_000,
);
