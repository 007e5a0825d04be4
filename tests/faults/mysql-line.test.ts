import { setTimeout as sleep } from 'node:timers/promises';

import { openMysql } from '@kakeibo/adapters/mysql';
import type { MysqlOptions } from '@kakeibo/adapters/mysql';
import { describe, expect, onTestFinished, test } from 'vitest';

import { mariadbServer, mysqlServer } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import type { AppenderLine } from './appender.ts';
import { expectSound, wholeLog } from './history.ts';
import { tell } from './kill-cycles.ts';
import { startProxy } from './proxy.ts';
import type { Fate, Proxy } from './proxy.ts';
import { notRun } from './sqlite-mounts.ts';
import { batchOf, tally, write } from './writing.ts';

/** How many answers to a COMMIT are lost in each test. */
const DROPS = Number(process.env['KAKEIBO_DROPPED_REPLIES'] ?? 100);

const HONEST = new Set(['appended', 'unavailable', 'outcome-unknown', 'busy', 'conflict']);

/** Numbers that are the same in every run (mulberry32 would do; a simple one is enough). */
function chances(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

interface Line {
  readonly proxy: Proxy;
  /** The database by way of the proxy, and straight. */
  readonly through: MysqlOptions;
  readonly straight: MysqlOptions;
}

for (const [engine, server] of [
  ['mysql', mysqlServer],
  ['mariadb', mariadbServer],
] as const) {
  const onLine = async (name: string, check: (line: Line) => Promise<void>): Promise<void> => {
    if (!isInstalled(engine)) return notRun(name, `there is no ${engine} here`);
    const { port, freshDatabase } = await server();
    const url = await freshDatabase();
    const proxy = await startProxy(port);
    onTestFinished(() => proxy.close());
    const through = new URL(url);
    through.port = String(proxy.port);
    await check({ proxy, straight: { url }, through: { url: through.href, queryTimeoutMs: 2_000, busyTimeoutMs: 2_000 } });
  };

  /** Several writers at once over a line that harms packets once it is open, then the log as it is without a proxy. */
  const writeAll = async (
    { through, straight, proxy }: Line,
    {
      fate,
      goesOn,
      streams = ['a', 'b', 'c'],
      count = 2,
    }: {
      readonly fate: Proxy['fate'];
      readonly goesOn: () => boolean;
      readonly streams?: readonly string[];
      readonly count?: number;
    },
  ): Promise<readonly AppenderLine[]> => {
    const lines: AppenderLine[] = [];
    const { events: troubled, close: closeTroubled } = await openMysql(through);
    proxy.fate = fate;
    await Promise.all(streams.map((stream) => write(troubled, { stream, events: count, goesOn }, lines)));
    proxy.fate = () => undefined;
    await closeTroubled();
    const { events, close } = await openMysql(straight);
    expectSound(await wholeLog(events), lines, count);
    await close();
    return lines;
  };

  describe(`a line to ${engine} that breaks`, () => {
    test.each([
      ['of many at once', ['a', 'b', 'c'], 2],
      ['of one after another', ['a'], 1],
    ] as const)('the answer to COMMIT is lost, %s, again and again, and what is said of it is true', (_, streams, count) =>
      onLine('lost answers', async (line) => {
        const { proxy } = line;
        let commits = 0;
        const lines = await writeAll(line, {
          streams,
          count,
          // Every third: the one with which the store finds out what became of it goes through, or not.
          fate: ({ sql }) => (sql === 'COMMIT' && (commits += 1) % 3 === 0 ? 'drop-reply' : undefined),
          goesOn: () => (proxy.met.get('drop-reply') ?? 0) < DROPS / 2,
        });
        const dropped = proxy.met.get('drop-reply') ?? 0;
        tell(`${engine}: ${dropped} answers to COMMIT lost`, tally(lines));
        expect(dropped).toBeGreaterThanOrEqual(DROPS / 2);
        expect([...new Set(lines.map(({ answer }) => answer))].filter((answer) => !HONEST.has(answer))).toEqual([]);
        // The write went through each time, and the server can be asked: nearly all are resolved.
        expect(lines.filter(({ answer }) => answer === 'unavailable')).toEqual([]);
      }),
    );

    test('requests and answers are lost, cut, reset and late at any moment', () =>
      onLine('a bad line', async (line) => {
        const { proxy } = line;
        const chance = chances(20_261_126);
        const fates: readonly Fate[] = ['drop-request', 'drop-reply', 'cut', 'cut-reply', 'reset', 'delay-reply'];
        proxy.delayMs = 30;
        let harmed = 0;
        const isOver = (): boolean => harmed >= DROPS * 2;
        const lines = await writeAll(line, {
          fate: ({ sql }) => {
            // While a connection is made most goes well, or none would ever be.
            if (isOver() || chance() >= (sql.startsWith('SET') || sql.startsWith('SHOW') ? 0.02 : 0.12)) return undefined;
            harmed += 1;
            return fates[Math.floor(chance() * fates.length)];
          },
          goesOn: () => !isOver(),
        });
        tell(`${engine}: ${harmed} packets harmed`, { ...Object.fromEntries(proxy.met), ...tally(lines) });
        expect([...new Set(lines.map(({ answer }) => answer))].filter((answer) => !HONEST.has(answer))).toEqual([]);
        expect(lines.filter(({ answer }) => answer === 'appended').length).toBeGreaterThan(20);
      }));

    test('an answer to COMMIT that comes too late is not waited for, and nothing is written twice', () =>
      onLine('late answers', async ({ proxy, through }) => {
        const { events, close } = await openMysql({ ...through, queryTimeoutMs: 1_500 });
        proxy.delayMs = 4_500;
        for (let round = 0; round < 2; round += 1) {
          let met = false;
          proxy.fate = ({ sql }) => {
            if (met || sql !== 'COMMIT') return undefined;
            met = true;
            return 'delay-reply';
          };
          const result = await events.append('a', batchOf(2), { expected: round * 2 });
          expect(result, 'found out by asking').toMatchObject({ kind: 'appended' });
          expect(met).toBe(true);
        }
        expect((await wholeLog(events)).map(({ version }) => version)).toEqual([1, 2, 3, 4]);
        await close();
      }));

    test('a line that is dead without a word is given up after the time-out, and the store goes on', () =>
      onLine('a half-open line', async ({ proxy, through, straight }) => {
        const { events, close } = await openMysql({ ...through, queryTimeoutMs: 1_500 });
        const lines: AppenderLine[] = [];
        await write(events, { stream: 'a', events: 2, goesOn: (done) => done < 2 }, lines);
        // A prepared statement, with which the transaction begins, has no text on its way.
        for (const at of ['', 'COMMIT'] as const) {
          const expected = (await events.read('a', { after: 0, limit: 100 })).length;
          let met = false;
          proxy.fate = ({ sql }) => {
            if (met || sql !== at) return undefined;
            met = true;
            return 'half-open';
          };
          const batch = batchOf(2);
          const result = await events.append('a', batch, { expected }).catch((error: unknown) => error);
          const stored = await events.find(
            'a',
            batch.map(({ id }) => id),
          );
          expect(met).toBe(true);
          if (stored.length > 0) expect(result).toMatchObject({ kind: 'appended' });
          else expect(result).toMatchObject({ code: 'unavailable' });
          expect((await events.append('a', batch, { expected })).kind, 'the same again').toMatch(/^(appended|repeated)$/);
        }
        proxy.fate = () => undefined;
        // Held while it rests, as a firewall does that forgets a connection.
        proxy.freeze();
        await expect(events.append('b', batchOf(1), { expected: 0 })).rejects.toMatchObject({ name: 'StoreError' });
        proxy.thaw();
        await sleep(10);
        expect((await events.append('c', batchOf(1), { expected: 0 })).kind).toBe('appended');
        await close();
        const { events: quiet, close: closeQuiet } = await openMysql(straight);
        expect((await wholeLog(quiet)).filter(({ stream }) => stream === 'b').length).toBe(0);
        await closeQuiet();
      }));

    test('a line that dies in the midst of a transaction leaves no lock behind', () =>
      onLine('a lock of a dead line', async ({ proxy, through, straight }) => {
        const { events, close } = await openMysql({ ...through, queryTimeoutMs: 1_500, busyTimeoutMs: 3_000 });
        expect((await events.append('a', batchOf(1), { expected: 0 })).kind).toBe('appended');
        let met = false;
        // The head of the log is held by then; the statement is prepared for the first time, so that it can be read on its way.
        proxy.fate = ({ sql }) => {
          if (met || !sql.startsWith('INSERT INTO events')) return undefined;
          met = true;
          return 'half-open';
        };
        const batch = batchOf(3);
        await expect(events.append('a', batch, { expected: 1 })).rejects.toMatchObject({ code: 'unavailable' });
        expect(met).toBe(true);
        expect((await events.append('a', batch, { expected: 1 })).kind, 'the same again').toBe('appended');
        const other = await openMysql({ ...straight, busyTimeoutMs: 1_000 });
        expect((await other.events.append('b', batchOf(1), { expected: 0 })).kind, 'another program').toBe('appended');
        await other.close();
        await close();
      }));

    test('lines that all died while they rested, unnoticed, cost no read', () =>
      onLine('dead lines that rest', async ({ proxy, through }) => {
        const { views, close } = await openMysql({ ...through, readers: 3 });
        const read = async (): Promise<number> => (await views.load('a', ['flows@1'], [])).buckets.length;
        await Promise.all([read(), read(), read()]);
        // As a firewall answers that has forgotten them: each is found out when it is used.
        let isNew = false;
        proxy.fate = ({ sql }) => {
          if (sql.startsWith('SHOW VARIABLES')) isNew = true;
          return !isNew && sql === 'START TRANSACTION READ ONLY' ? 'reset' : undefined;
        };
        expect(await read()).toBe(0);
        expect(proxy.met.get('reset')).toBe(1);
        await close();
      }));
  });

  test(`who writes to ${engine} keeps the turn until the commit, and who takes it waits for that`, () =>
    onLine('whose turn it is', async ({ proxy, through, straight }) => {
      const [first, second] = [await openMysql({ ...through, queryTimeoutMs: 20_000 }), await openMysql(straight)];
      await first.events.append('s', batchOf(1), { expected: 0 });
      let [own, others] = [1, 0];
      for (const count of [1, 2]) {
        proxy.delayMs = 500;
        let met = false;
        const reached = Promise.withResolvers<void>();
        // It is on its way to the server for so long.
        proxy.fate = ({ sql }) => {
          if (met || sql !== 'COMMIT') return undefined;
          met = true;
          reached.resolve();
          return 'delay-request';
        };
        const writing = first.events.append('s', batchOf(count), { expected: own });
        await reached.promise;
        const late = await second.events.append('t', batchOf(1), { expected: others });
        const [one, next] = [await writing, late].map((result) =>
          result.kind === 'appended' ? result.events.at(-1)?.position : 0,
        );
        expect(next).toBe((one ?? 0) + 1);
        [own, others] = [own + count, others + 1];
        // The turn is the other's, which is found out, also when the place would be taken already.
        proxy.fate = () => undefined;
        expect((await first.events.append('s', batchOf(1), { expected: own })).kind).toBe('appended');
        own += 1;
        expect((await first.events.append('s', batchOf(1), { expected: own - 1 })).kind).toBe('conflict');
      }
      expect((await wholeLog(second.events)).map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      await Promise.all([first.close(), second.close()]);
    }));
}
