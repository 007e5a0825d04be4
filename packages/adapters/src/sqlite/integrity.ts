/** SQLite's own check of a whole file, in a process of its own: nothing else can end it half way, and it stops no event loop. */
import { fork } from 'node:child_process';

import { StoreError } from '@kakeibo/core';

/** The program lies beside this file, as source or built. */
const PROGRAM = new URL(import.meta.url.endsWith('.ts') ? './integrity-process.ts' : './integrity-process.js', import.meta.url);

const SECOND_MS = 1_000;

/** What the program says: what is wrong, or why it could not look. */
export type IntegrityAnswer =
  | { readonly kind: 'looked'; readonly faults: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string };

/** What came of it; `late` when it took longer than it may. */
export type Integrity = IntegrityAnswer | { readonly kind: 'late' };

/** What is looked at, and for how long. */
export interface IntegrityParts {
  readonly file: string;
  /** `frozen` for a file that nobody writes to, like a backup. */
  readonly access: 'read' | 'frozen';
  readonly timeoutMs: number;
  readonly onWait?: (seconds: number) => void;
}

/**
 * Looks at every page, at the order of every row, and whether each index has what its table has. Nothing is changed.
 *
 * @example
 * const found = await checkIntegrity({ file: 'ledger.db', access: 'read', timeoutMs: 600_000 });
 */
export function checkIntegrity({ file, access, timeoutMs, onWait }: IntegrityParts): Promise<Integrity> {
  // Whatever flags this program was started with: the other one is a file.
  const child = fork(PROGRAM, [file, access], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const began = performance.now();
  const ticking = setInterval(() => onWait?.(Math.round((performance.now() - began) / SECOND_MS)), SECOND_MS);
  const answered = new Promise<Integrity>((resolve) => {
    const late = setTimeout(() => resolve({ kind: 'late' }), timeoutMs);
    const done = (answer: Integrity): void => {
      clearTimeout(late);
      resolve(answer);
    };
    child.once('message', (answer) => done(answer as IntegrityAnswer));
    child.once('error', (error) => done({ kind: 'failed', message: error.message }));
    child.once('exit', (code, signal) => done({ kind: 'failed', message: `the check ended early (${code ?? signal})` }));
  });
  return answered.finally(() => {
    clearInterval(ticking);
    child.kill('SIGKILL');
  });
}

/** Throws a `StoreError` when a copy is not whole. */
export async function assertIntegrity(parts: IntegrityParts): Promise<void> {
  const found = await checkIntegrity(parts);
  if (found.kind === 'looked' && found.faults.length === 0) return;
  const why = found.kind === 'late' ? 'the check took too long' : found.kind === 'failed' ? found.message : found.faults[0];
  throw new StoreError('unavailable', `the copy is damaged or cannot be read, and so may be the ledger: ${why}`);
}
