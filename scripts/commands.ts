import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The tools of the repository come first, however a script was started. */
const PATH = [join(ROOT, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter);

/** What a command came to. */
export interface Ran {
  readonly code: number;
  readonly output: string;
  readonly seconds: number;
}

/** Runs a command line in the repository and collects what it says. */
export function run(commandLine: string): Promise<Ran> {
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(commandLine, {
      cwd: ROOT,
      env: { ...process.env, PATH },
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output, seconds: (performance.now() - begin) / 1000 }));
  });
}

/** Runs a command line that must succeed; ends the program with what it said when it does not. */
export async function must(commandLine: string, lastWord = ''): Promise<void> {
  const { code, output } = await run(commandLine);
  if (code === 0) return;
  process.stdout.write(`${commandLine} failed:\n${output}\n${lastWord}`);
  process.exit(1);
}
