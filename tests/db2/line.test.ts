import { setTimeout as sleep } from 'node:timers/promises';

import { openDb2 } from '@kakeibo/adapters/db2';
import { describe, expect, test } from 'vitest';

import type { AppenderLine } from '../faults/appender.ts';
import { crossTransfers } from '../faults/crossing.ts';
import { expectSound, wholeLog } from '../faults/history.ts';
import { tell } from '../faults/kill-cycles.ts';
import { tally, write } from '../faults/writing.ts';
import { freshLine } from './derby.ts';
import { hasDb2 } from './presence.ts';

/** How many answers to COMMIT are lost in each test. */
const DROPS = Number(process.env['KAKEIBO_DROPPED_REPLIES'] ?? 15);

/** Every write went through, and the server can be asked: none may be said not to be there. */
const TRUE_WORDS = new Set(['appended', 'outcome-unknown', 'conflict']);

describe.runIf(hasDb2())('a line to Db2 that breaks', () => {
  test.each([
    ['one event', 1, ['a']],
    ['several at once', 2, ['a', 'b', 'c']],
  ] as const)('the answer to COMMIT of %s is lost, again and again, and what is said of it is true', async (_, size, streams) => {
    const line = await freshLine();
    const troubled = await openDb2({ ...line.options, queryTimeoutMs: 10_000 });
    const lose = (every: number): Promise<void> => line.plan({ at: 'commit', how: 'after', every, times: DROPS });
    const lines: AppenderLine[] = [];
    let dropped = 0;
    const goesOn = (): boolean => dropped < DROPS;
    // One in five: what became of it is found out. One in three hits the transaction that finds out, too.
    await lose(5);
    const watching = (async () => {
      for (let isHalf = false; goesOn(); dropped = await line.hits()) {
        if (!isHalf && dropped >= DROPS / 2) {
          isHalf = true;
          await lose(3);
        }
        await sleep(50);
      }
    })();
    await Promise.all(streams.map((stream) => write(troubled.events, { stream, events: size, goesOn }, lines)));
    await watching;
    await troubled.close();
    const quiet = await freshLine();
    const { events, close } = await openDb2({ ...quiet.options, schema: line.options.schema ?? '' });
    expectSound(await wholeLog(events), lines, size);
    await close();
    tell(`Db2: ${dropped} answers to COMMIT lost`, tally(lines));
    expect(lines.filter(({ answer }) => answer === 'appended').length).toBeGreaterThan(DROPS / 4);
    expect(lines.map(({ answer }) => answer).filter((answer) => !TRUE_WORDS.has(answer))).toEqual([]);
  });

  test('transfers of two programs cross while answers to COMMIT are lost, and each arrives once', async () => {
    const [troubled, quiet] = [await freshLine(), await freshLine()];
    const one = await openDb2(troubled.options);
    const other = await openDb2({ ...quiet.options, schema: troubled.options.schema ?? '' });
    await troubled.plan({ at: 'commit', how: 'after', every: 6, times: 1_000 });
    await crossTransfers([one.events, other.events], 12);
    expect(await troubled.hits()).toBeGreaterThan(0);
    await troubled.plan(undefined);
    await one.close();
    await other.close();
  });
});
