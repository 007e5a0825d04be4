import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const CLI = fileURLToPath(new URL('../../packages/http/dist/cli/kakeibo.js', import.meta.url));
const TIMEOUT_MS = 60_000;

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
