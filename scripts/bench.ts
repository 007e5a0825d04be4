/**
 * `npm run bench [-- part of a name]`: measures, prints tables, and with all of them measured puts them into docs/performance.md.
 * Each bench runs in a process of its own, for a bounded time. `KAKEIBO_BENCH_MINUTES` (10) bounds the whole;
 * `KAKEIBO_BENCH_ROUNDS` (3) is how often each bench runs if there is time.
 */
import { fork } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { figureOf, figuresOf, isReached, pageWith, type Part, type Row } from './bench-page.ts';
import { buildStale } from './built.ts';
import { ROOT } from './commands.ts';

type Bench = () => Promise<readonly Row[]>;

/** An exported function of a file. */
interface Named {
  readonly file: string;
  readonly name: string;
}

/** What came of one run of a bench. */
interface Ran {
  readonly rows: readonly Row[];
  /** What it says of parts that it could not measure. */
  readonly missing: readonly string[];
}

const FOLDER = join(ROOT, 'tests/bench');
const PAGE = join(ROOT, 'docs/performance.md');
const ROUNDS = Number(process.env['KAKEIBO_BENCH_ROUNDS'] ?? 3);
const BUDGET_MS = Number(process.env['KAKEIBO_BENCH_MINUTES'] ?? 10) * 60_000;

/** A bench that takes longer is ended. */
const MOST_MS = 180_000;

/** What the last one may need to end, and the page to be written. */
const RESERVE_MS = 10_000;

const NOT_MEASURED = 'Not measured: ';

const fileOf = (file: string): string => join(FOLDER, `${file}-bench.ts`);

async function benchOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(pathToFileURL(fileOf(file)).href)) as Readonly<Record<string, unknown>>;
}

async function benches(part: string): Promise<readonly Named[]> {
  const found: Named[] = [];
  for (const entry of readdirSync(FOLDER).filter((name) => name.endsWith('-bench.ts'))) {
    const file = entry.replace('-bench.ts', '');
    for (const [name, value] of Object.entries(await benchOf(file))) {
      if (typeof value === 'function' && `${file}-bench: ${name}`.toLowerCase().includes(part.toLowerCase()))
        found.push({ file, name });
    }
  }
  return found;
}

/** Runs a bench in a process of its own, which is ended with all that it started when it takes too long. */
function run({ file, name }: Named, mostMs: number): Promise<Ran> {
  const child = fork(import.meta.filename, ['--only', file, name], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const stop = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  const missing: string[] = [];
  let rows: readonly Row[] | undefined;
  let late = false;
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      late = true;
      stop();
    }, mostMs);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      process.stdout.write(text);
      missing.push(...text.split('\n').filter((line) => line.startsWith(NOT_MEASURED)));
    });
    child.on('message', (message) => (rows = message as readonly Row[]));
    process.once('exit', stop);
    child.on('exit', () => {
      clearTimeout(timer);
      stop();
      process.off('exit', stop);
      if (rows === undefined) {
        const why = late ? `did not end within ${Math.round(mostMs / 1_000)} s` : 'failed';
        missing.push(`${NOT_MEASURED}${file}-bench ${why}.`);
        process.stdout.write(`${missing.at(-1)}\n`);
      }
      resolve({ rows: rows ?? [], missing });
    });
  });
}

/** All of them one after another, and again as long as there is time, so that the rounds of each lie far apart. */
async function measure(
  named: readonly Named[],
): Promise<{ readonly parts: readonly Part[]; readonly missing: readonly string[] }> {
  const begin = performance.now();
  const left = (): number => BUDGET_MS - RESERVE_MS - (performance.now() - begin);
  const missing = new Set<string>();
  const found = new Map<Named, { tookMs: number; readonly rows: Map<string, Row[]> }>(
    named.map((bench) => [bench, { tookMs: 0, rows: new Map() }]),
  );
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const [bench, { tookMs, rows }] of found) {
      // Once is a must; again only if it will end in time.
      if (round > 1 && (rows.size === 0 || tookMs * 1.1 > left())) continue;
      const at = performance.now();
      process.stdout.write(`${Math.round((at - begin) / 1_000)} s: ${bench.file}-bench ${bench.name}, round ${round}\n`);
      const ran = await run(bench, Math.max(1_000, Math.min(MOST_MS, left())));
      found.set(bench, { tookMs: performance.now() - at, rows });
      for (const line of ran.missing) missing.add(line);
      for (const row of ran.rows) rows.set(row.name, [...(rows.get(row.name) ?? []), row]);
    }
  }
  const parts = [...found].map(([{ file }, { rows }]) => ({ file, figures: [...rows.values()].map(figureOf) }));
  return { parts, missing: [...missing] };
}

async function main(part: string): Promise<void> {
  await buildStale('');
  const { parts, missing } = await measure(await benches(part));
  const figures = figuresOf(parts, missing);
  process.stdout.write(`\n${figures}\n\n`);
  if (part === '') writeFileSync(PAGE, pageWith(readFileSync(PAGE, 'utf8'), figures));
  const missed = parts.flatMap((found) => found.figures.filter((figure) => !isReached(figure)));
  const word =
    missed.length === 0 ? 'Every goal that was measured is reached.' : `Missed: ${missed.map(({ name }) => name).join('; ')}`;
  process.stdout.write([...missing, word, ''].join('\n'));
  // A machine may lack a server; but what is there has to come to an end.
  const isBroken = parts.some(({ file }) => missing.some((line) => line.startsWith(`${NOT_MEASURED}${file}-bench`)));
  process.exit(missed.length === 0 && !isBroken ? 0 : 1);
}

async function only(file: string, name: string): Promise<void> {
  const rows = await ((await benchOf(file))[name] as Bench)();
  process.send?.(rows, () => process.exit());
}

const [first = '', file = '', name = ''] = process.argv.slice(2);
await (first === '--only' ? only(file, name) : main(first));
