import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const CLI = fileURLToPath(new URL('../../packages/http/dist/cli/kakeibo.js', import.meta.url));
const TIMEOUT_MS = 200_000;

/** What a command came to. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs `kakeibo` with some words, as a shell would. */
export function kakeibo(words: readonly string[], input = ''): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...words], { timeout: TIMEOUT_MS, stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    let error = '';
    child.stdout.on('data', (chunk: Buffer) => void (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => void (error += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, error }));
    child.stdin.end(input);
  });
}

/** Starts `kakeibo` and leaves it running, to be killed or told to stop. */
export function startKakeibo(...words: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [out, error] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => void (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (error += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => void child.on('close', (code) => resolve({ code, out, error })));
  return { child, ended };
}

/** A ledger with some thousand entries, all booked by one import. */
export async function fullLedger(rows: number): Promise<Awaited<ReturnType<typeof ledgerFile>>> {
  const ledger = await ledgerFile();
  const path = join(ledger.folder, 'bank.csv');
  const day = (row: number): string =>
    new Date(Date.UTC(2026, 9, 31) - Math.floor(row / 11) * 86_400_000).toISOString().slice(0, 10);
  const lines = Array.from({ length: rows }, (_, row) => `${day(row)},-${1 + (row % 90)}.50,Shop ${row}`);
  await writeFile(path, `Date,Amount,Description\n${lines.join('\n')}\n`);
  const imported = await ledger.run('import', path, '--format', 'csv');
  if (imported.code !== 0) throw new Error(imported.error);
  return ledger;
}

/** A folder that is gone when the test is. */
export async function folderOf(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kakeibo-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A ledger with one wallet, and a way to ask it. */
export async function ledgerFile(): Promise<{
  readonly file: string;
  readonly folder: string;
  run(...words: readonly string[]): Promise<Ended>;
  json(...words: readonly string[]): Promise<Record<string, unknown>>;
}> {
  const folder = await folderOf();
  const file = join(folder, 'books.db');
  const run = (...words: readonly string[]): Promise<Ended> => kakeibo(['--file', file, ...words]);
  const opened = await run('open', 'Household', '--currency', 'EUR');
  if (opened.code !== 0) throw new Error(opened.error);
  return {
    file,
    folder,
    run,
    async json(...words) {
      const { out } = await run('--json', ...words);
      return JSON.parse(out) as Record<string, unknown>;
    },
  };
}
