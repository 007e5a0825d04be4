import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { must, ROOT } from './commands.ts';

const PAGE = join(ROOT, 'packages/http/dashboard');
const BUILT_PAGE = join(ROOT, 'packages/http/dashboard-dist/index.html');
const SERVICE = join(ROOT, 'packages/http/dist/main.js');

function newestIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((newest, { parentPath, name }) => Math.max(newest, statSync(join(parentPath, name)).mtimeMs), 0);
}

/** Builds what was never built; nothing else, so that the service starts at once. */
export async function buildMissing(): Promise<void> {
  if (existsSync(SERVICE) && existsSync(BUILT_PAGE)) return;
  process.stdout.write('Building Kakeibo for the first time…\n');
  await must('npm run --silent build');
}

/** Builds what is older than its source. `lastWord` is said when that fails. */
export async function buildStale(lastWord: string): Promise<void> {
  await must('tsc -b', lastWord);
  const isFresh = existsSync(BUILT_PAGE) && statSync(BUILT_PAGE).mtimeMs >= newestIn(PAGE);
  if (!isFresh) await must('vite build packages/http/dashboard --logLevel warn', lastWord);
}
