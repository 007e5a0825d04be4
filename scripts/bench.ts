/** `npm run bench [-- part of a name]`: measures, prints a table, and with all of them measured rewrites docs/performance.md. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statfsSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildStale } from './built.ts';
import { ROOT } from './commands.ts';

/** What a bench gives: a figure of ours beside that of the bare engine. Other fields are left alone. */
interface Row {
  readonly name: string;
  readonly ours: number;
  readonly bare: number;
  readonly ratio: number;
  /** The ratio to reach: at least a number, or `≤ 2` where less is better. */
  readonly goal?: number | string;
}

/** A figure over all rounds. */
interface Figure extends Row {
  readonly lowest: number;
  readonly highest: number;
}

type Bench = () => Promise<readonly Row[]>;

const ROUNDS = Number(process.env['KAKEIBO_BENCH_ROUNDS'] ?? 3);
const FOLDER = join(ROOT, 'tests/bench');

async function benches(part: string): Promise<readonly (readonly [name: string, bench: Bench])[]> {
  const found: [string, Bench][] = [];
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('-bench.ts'))) {
    const module = (await import(pathToFileURL(join(FOLDER, file)).href)) as Readonly<Record<string, unknown>>;
    for (const [name, value] of Object.entries(module)) {
      if (typeof value === 'function' && name.includes(part)) found.push([`${file.replace('.ts', '')}: ${name}`, value as Bench]);
    }
  }
  return found;
}

/** The round in the middle stands for all, the worse one when two are; how far they lie apart is told beside it. */
function figureOf(rounds: readonly Row[]): Figure {
  const byRatio = rounds.toSorted((a, b) => a.ratio - b.ratio);
  const middle = byRatio[Math.floor((byRatio.length - (lessIsBetter(rounds[0]) ? 0 : 1)) / 2)];
  const [lowest, highest] = [byRatio[0], byRatio.at(-1)];
  if (middle === undefined || lowest === undefined || highest === undefined) throw new Error('a bench gave no rows');
  return { ...middle, lowest: lowest.ratio, highest: highest.ratio };
}

async function measure(name: string, bench: Bench): Promise<readonly Figure[]> {
  const byName = new Map<string, Row[]>();
  for (let round = 1; round <= ROUNDS; round += 1) {
    process.stdout.write(`${name}, round ${round} of ${ROUNDS}\n`);
    for (const row of await bench()) byName.set(row.name, [...(byName.get(row.name) ?? []), row]);
  }
  return [...byName.values()].map(figureOf);
}

const plain = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 2 : 0 });

/** Whether a goal is an upper bound. */
function lessIsBetter(row: Row | undefined): boolean {
  return /^[≤<]/.test(String(row?.goal ?? ''));
}

function isReached(row: Row): boolean {
  const { ratio, goal } = row;
  if (goal === undefined || goal === '') return true;
  const bound = Number(String(goal).replace(/^[≤≥<>= ]+/, ''));
  return lessIsBetter(row) ? ratio <= bound : ratio >= bound;
}

function verdictOf(row: Row): string {
  if (row.goal === undefined || row.goal === '') return '';
  const goal = typeof row.goal === 'number' ? `≥ ${plain(row.goal)}` : row.goal;
  return `${goal} ${isReached(row) ? '✓' : 'missed'}`;
}

function tableOf(figures: readonly Figure[]): string {
  const cells = figures.map((figure) => [
    figure.name,
    plain(figure.ours),
    plain(figure.bare),
    figure.ratio.toFixed(2),
    `${figure.lowest.toFixed(2)} to ${figure.highest.toFixed(2)}`,
    verdictOf(figure),
  ]);
  const rows = [
    ['what', 'ours', 'bare', 'ratio', 'ratios of the rounds', 'goal'],
    ['---', '---:', '---:', '---:', '---:', '---'],
    ...cells,
  ];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** What the figures depend on. */
function machineOf(): string {
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const fileSystem = execFileSync('stat', ['-f', '-c', '%T', tmpdir()], { encoding: 'utf8' }).trim();
  return [
    `${cpus().length} × ${processor?.model.trim() ?? 'unknown processor'}, ${memory} GiB`,
    `${platform()} ${release()} (${arch()}), Node ${process.versions.node}, SQLite ${process.versions['sqlite'] ?? 'unknown'}`,
    `files on ${fileSystem} with blocks of ${statfsSync(tmpdir()).bsize} bytes, ${new Date().toISOString().slice(0, 10)}`,
  ]
    .map((line) => `- ${line}`)
    .join('\n');
}

function pageOf(figures: readonly Figure[]): string {
  return `# Performance

Written by \`npm run bench\`; a machine that does other work meanwhile gives other figures, so the ratio counts: ours over the
bare engine, measured in turns in one process, or over the time that the name says. Figures are operations a second unless
the name gives a unit. Each bench ran
${ROUNDS} times; the round with the middle ratio is shown (the worse one when two are in the middle), with
the lowest and highest ratio beside it.

${machineOf()}

${tableOf(figures)}
`;
}

await buildStale('');
const [part = ''] = process.argv.slice(2);
const figures: Figure[] = [];
for (const [name, bench] of await benches(part)) figures.push(...(await measure(name, bench)));
process.stdout.write(`\n${machineOf()}\n\n${tableOf(figures)}\n`);
if (part === '') writeFileSync(join(ROOT, 'docs/performance.md'), pageOf(figures));
const missed = figures.filter((figure) => !isReached(figure));
process.stdout.write(missed.length === 0 ? 'Every goal is reached.\n' : `Missed: ${missed.map(({ name }) => name).join('; ')}\n`);
process.exit(missed.length === 0 ? 0 : 1);
