/**
 * The SQLite store beside those of Emmett and Act, in turns in one run: `node tests/bench/peers-bench.ts`.
 * They are installed on their own: `npm ci --prefix tests/bench/peers`.
 */
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Done, Order, Ready } from './peers.ts';
import { inTurns, median, shuffled, type BenchRow, type Work } from './turns.ts';

const PROGRAM = fileURLToPath(new URL('peers.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const load = createRequire(new URL('./peers/package.json', import.meta.url));

/** The others, and how many times as fast ours is to be. */
const OTHERS = { Act: 2, Emmett: 10 } as const;
const NAMES = ['caller', 'worker', 'Act', 'Emmett'] as const;
type Name = (typeof NAMES)[number];

/** How many appends make a turn: as many as take some 20 ms, so that it counts little that each begins with cold caches. */
const COUNTS: Readonly<Record<Name, number>> = { caller: 100, worker: 100, Act: 100, Emmett: 15 };

/** So many fill the write-ahead log once: from then on it is written over, as it is for the rest of a store's life. */
const WARM: Readonly<Record<Name, number>> = { caller: 400, worker: 400, Act: 400, Emmett: 20 };

/** A turn of many writers is cut short after so long. */
const MOST_MS = 4_000;

/** A file system in memory. */
const MEMORY = '/dev/shm';

/** An answer that takes longer does not come. */
const DEAD_MS = 60_000;

/** A store in a process of its own, since one that fails may take its process along. */
interface Runner {
  readonly settings: string;
  obey(order: Order): Promise<Done>;
  stop(): void;
}

async function start(name: Name, parent: string): Promise<Runner> {
  const folder = mkdtempSync(join(parent, `${name}-`));
  // What they log of their failures is nobody's concern here.
  // Act reads the package.json of where it runs, and wants a version in it.
  const child = fork(PROGRAM, [name, folder], { cwd: ROOT, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
  const answer = <Answer>(): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(() => reject(new Error(`${name} does not answer`))), DEAD_MS);
      const settle = (how: () => void): void => {
        clearTimeout(timer);
        child.off('message', heard).off('exit', gone);
        how();
      };
      const heard = (message: unknown): void => settle(() => resolve(message as Answer));
      const gone = (code: number | null): void => settle(() => reject(new Error(`${name} ended (${code ?? 'killed'})`)));
      child.on('message', heard).on('exit', gone);
    });
  /** What a store that is there no more does. */
  const nothing = (error: unknown): Done => {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    child.kill('SIGKILL');
    return { ms: Number.NaN, done: 0 };
  };
  const { settings } = await answer<Ready>().catch(() => ({ settings: 'does not start' }));
  return {
    settings,
    async obey(order) {
      if (!child.connected) return { ms: Number.NaN, done: 0 };
      child.send(order);
      return answer<Done>().catch(nothing);
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

/** Starts all of them, and stops them afterwards. */
async function withAll<Result>(
  parent: string,
  work: (runners: Readonly<Record<Name, Runner>>) => Promise<Result>,
): Promise<Result> {
  const runners: [Name, Runner][] = [];
  try {
    for (const name of NAMES) runners.push([name, await start(name, parent)]);
    return await work(Object.fromEntries(runners) as Record<Name, Runner>);
  } finally {
    for (const [, runner] of runners) runner.stop();
  }
}

type Figures = Readonly<Record<Name, number>>;

const figures = (of: (name: Name) => number): Figures =>
  Object.fromEntries(NAMES.map((name) => [name, of(name)])) as Record<Name, number>;

/** Appends a second, one after another. */
async function singles(runners: Readonly<Record<Name, Runner>>): Promise<Figures> {
  for (const name of NAMES) await runners[name].obey({ kind: 'single', count: WARM[name] });
  const times: Record<Name, number[]> = { caller: [], worker: [], Act: [], Emmett: [] };
  let lost = 0;
  const turns = NAMES.map((name): Work => async () => {
    const { ms, done } = await runners[name].obey({ kind: 'single', count: COUNTS[name] });
    times[name].push(ms);
    lost += COUNTS[name] - done;
  });
  await inTurns(turns, { rounds: 60 });
  if (lost > 0) process.stdout.write(`Of the single appends, ${lost} failed.\n`);
  return figures((name) => (COUNTS[name] / median(times[name])) * 1_000);
}

type ManyOrder = Extract<Order, { mostMs: number }>;

/** What came of many writers: appends a second that come through, and how many do not. */
interface Many {
  readonly rate: Figures;
  readonly failed: Figures;
}

/** Ours needs no queue in front: it has one. */
function orderFor(name: Name, order: ManyOrder): ManyOrder {
  return name in OTHERS ? order : { ...order, kind: 'together' };
}

async function many(runners: Readonly<Record<Name, Runner>>, order: ManyOrder, turns: number): Promise<Many> {
  const all = order.writers * order.each;
  const came: Record<Name, Done[]> = { caller: [], worker: [], Act: [], Emmett: [] };
  for (let turn = 0; turn < turns; turn += 1) {
    for (const name of shuffled(NAMES)) {
      // Whoever took too long once has said what there is to say, and may still be at it.
      if ((came[name].at(-1)?.ms ?? 0) < order.mostMs) came[name].push(await runners[name].obey(orderFor(name, order)));
    }
  }
  return {
    rate: figures((name) => median(came[name].map(({ done, ms }) => (done / ms) * 1_000))),
    failed: figures((name) => all - median(came[name].map(({ done }) => done))),
  };
}

const row = (name: string, ours: number, bare: number, goal: number | string): BenchRow => ({
  name,
  ours: Math.round(ours),
  bare: Math.round(bare),
  ratio: Number((ours / bare).toFixed(2)),
  goal,
});

function singleRows(rates: Figures, settings: (name: Name) => string, isOnDisk: boolean): readonly BenchRow[] {
  const what = isOnDisk ? 'single append' : 'single append in memory';
  return Object.entries(OTHERS).flatMap(([name, goal]) => {
    const peer = name as keyof typeof OTHERS;
    const against = `ours (${settings('caller')}) against ${peer} (${settings(peer)})`;
    return [
      row(`${what}, caller, ${against}`, rates.caller, rates[peer], isOnDisk ? goal : ''),
      row(`${what}, worker, ${against}`, rates.worker, rates[peer], ''),
    ];
  });
}

function failureRows(title: string, { failed }: Many, all: number): readonly BenchRow[] {
  return Object.keys(OTHERS).map((name) => ({
    name: `${title}: how many of ${all} appends fail (or wait for ${MOST_MS / 1_000} s), against ${name}; the ratio is our share`,
    ours: Math.max(failed.worker, failed.caller),
    bare: failed[name as Name],
    ratio: Math.max(failed.worker, failed.caller) / all,
    goal: '≤ 0',
  }));
}

function queuedRows({ rate }: Many): readonly BenchRow[] {
  return Object.entries(OTHERS).map(([name, goal]) =>
    row(`100 writers at once, worker, against ${name} behind a queue, where none fails`, rate.worker, rate[name as Name], goal),
  );
}

/** The single appends in memory, where a flush costs nothing: what the programs themselves take. */
async function withoutDisk(): Promise<readonly BenchRow[]> {
  if (!existsSync(MEMORY)) return [];
  const folder = mkdtempSync(join(MEMORY, 'kakeibo-peers-'));
  try {
    return await withAll(folder, async (runners) => singleRows(await singles(runners), (name) => runners[name].settings, false));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ours against each of them. Nothing when they are not installed. */
export async function peersBench(): Promise<readonly BenchRow[]> {
  try {
    load.resolve('@rotorsoft/act-sqlite');
  } catch {
    process.stdout.write('Not measured: the stores of others. Install them: npm ci --prefix tests/bench/peers\n');
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'kakeibo-peers-'));
  try {
    const rows = await withAll(folder, async (runners) => [
      ...singleRows(await singles(runners), (name) => runners[name].settings, true),
      ...queuedRows(await many(runners, { kind: 'queued', writers: 100, each: 2, mostMs: MOST_MS }, 5)),
    ]);
    rows.push(...(await withoutDisk()));
    for (const [writers, each] of [
      [100, 5],
      [500, 1],
    ] as const) {
      const order = { kind: 'together', writers, each, mostMs: MOST_MS } as const;
      const came = await withAll(folder, (runners) => many(runners, order, 3));
      rows.push(...failureRows(`${writers} writers at once`, came, writers * each));
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  console.table(await peersBench());
  process.exit();
}
