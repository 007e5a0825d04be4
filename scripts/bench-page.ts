/** What a bench found, as tables in Markdown, and the page that has them. */
import { execFileSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { arch, cpus, platform, release, tmpdir, totalmem } from 'node:os';

/** What a bench gives: a figure of ours beside that of the bare engine. Other fields are left alone. */
export interface Row {
  readonly name: string;
  readonly ours: number;
  readonly bare: number;
  readonly ratio: number;
  /** The ratio to reach: at least a number, or `≤ 2` where less is better. */
  readonly goal?: number | string;
}

/** A figure over all rounds. */
export interface Figure extends Row {
  readonly lowest: number;
  readonly highest: number;
  readonly rounds: number;
}

/** What one bench file found. */
export interface Part {
  /** The file's name, without `-bench.ts`. */
  readonly file: string;
  readonly figures: readonly Figure[];
}

const TITLES: Readonly<Record<string, string>> = {
  store: 'SQLite, against bare `node:sqlite`',
  peers: 'SQLite, against the stores of others',
  mysql: 'MySQL and MariaDB, against bare `mysql2`',
  db2: 'Db2, against bare `ibm_db`',
  http: 'The service, against a bare Express that answers the same bytes',
  wallet: 'Wallets with many entries',
  report: 'Reports and rebuild',
  import: 'Bank files',
  names: 'Many names and corrections',
};

/** The round in the middle stands for all, the worse one when two are; how far they lie apart is told beside it. */
export function figureOf(rounds: readonly Row[]): Figure {
  const byRatio = rounds.toSorted((a, b) => a.ratio - b.ratio);
  const middle = byRatio[Math.floor((byRatio.length - (lessIsBetter(rounds[0]) ? 0 : 1)) / 2)];
  const [lowest, highest] = [byRatio[0], byRatio.at(-1)];
  if (middle === undefined || lowest === undefined || highest === undefined) throw new Error('a bench gave no rows');
  return { ...middle, lowest: lowest.ratio, highest: highest.ratio, rounds: rounds.length };
}

const plain = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 2 : 0 });

/** Whether a goal is an upper bound. */
function lessIsBetter(row: Row | undefined): boolean {
  return /^[≤<]/.test(String(row?.goal ?? ''));
}

export function isReached(row: Row): boolean {
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

const HEAD = [
  ['what', 'ours', 'bare', 'ratio', 'ratios of the rounds', 'goal'],
  ['---', '---:', '---:', '---:', '---:', '---'],
];

function spreadOf({ rounds, lowest, highest }: Figure): string {
  return rounds === 1 ? 'one round' : `${rounds}: ${lowest.toFixed(2)} to ${highest.toFixed(2)}`;
}

function tableOf(figures: readonly Figure[]): string {
  const cells = figures.map((figure) => [
    figure.name,
    plain(figure.ours),
    plain(figure.bare),
    figure.ratio.toFixed(2),
    spreadOf(figure),
    verdictOf(figure),
  ]);
  return [...HEAD, ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n');
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

/** All of it, as it stands on the page. `missing` are lines on what was not measured. */
export function figuresOf(parts: readonly Part[], missing: readonly string[]): string {
  const order = Object.keys(TITLES);
  const tables = parts
    .filter(({ figures }) => figures.length > 0)
    .toSorted((one, other) => order.indexOf(one.file) - order.indexOf(other.file))
    .map(({ file, figures }) => `## ${TITLES[file] ?? file}\n\n${tableOf(figures)}`);
  const notes = missing.length === 0 ? [] : [missing.map((line) => `- ${line}`).join('\n')];
  return [machineOf(), ...notes, ...tables].join('\n\n');
}

const FROM = '<!-- Figures: from here to the end `npm run bench` writes. -->';

/** The page with other figures. What somebody wrote above them stays. */
export function pageWith(page: string, figures: string): string {
  const at = page.indexOf(FROM);
  if (at < 0) throw new Error(`the page has no line ${FROM}`);
  return `${page.slice(0, at)}${FROM}\n\n${figures}\n`;
}
