import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const MAIN = fileURLToPath(new URL('../../packages/http/dist/main.js', import.meta.url));

/** The service as it is started on a machine. */
export interface Process {
  readonly url: string;
  readonly output: () => string;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<{ readonly code: number | null; readonly ms: number; readonly stderr: string }>;
}

/** A folder that is gone when the test is over. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kakeibo-http-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts the service; its address is empty when it ended before it listened. */
export async function startMain(env: Readonly<Record<string, string>>, runner: readonly string[] = []): Promise<Process> {
  const [command, ...args] = [...runner, process.execPath, MAIN];
  const child: ChildProcess = spawn(command ?? process.execPath, args, {
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [stdout, stderr] = ['', ''];
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<{ code: number | null; ms: number; stderr: string }>((resolve) => {
    const began = performance.now();
    child.once('close', (code) => resolve({ code, ms: performance.now() - began, stderr }));
  });
  const url = await new Promise<string>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      resolve(/listens on (http:\/\/\S+)/.exec(stdout)?.[1] ?? '');
    });
    child.once('exit', () => resolve(''));
  });
  return { url, output: () => stdout + stderr, signal: (name) => void child.kill(name), ended };
}
