/** Small disks that can be filled and write-protected, where this machine lets us mount them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own in memory. */
export interface SmallDisk {
  readonly path: string;
  remount(mode: 'ro' | 'rw'): void;
  unmount(): void;
}

/** Mounts one, or answers why it cannot. */
export function mountSmallDisk(bytes: number): SmallDisk | string {
  const path = mkdtempSync(join(tmpdir(), 'kakeibo-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=755`, 'tmpfs', path], { stdio: 'pipe' });
  } catch (error) {
    rmSync(path, { recursive: true });
    return `mounting is not permitted here (${error instanceof Error ? error.message.split('\n')[0] : 'unknown'})`;
  }
  return {
    path,
    remount: (mode) => void execFileSync('mount', ['-o', `remount,${mode}`, path], { stdio: 'pipe' }),
    unmount() {
      execFileSync('umount', ['-l', path], { stdio: 'pipe' });
      rmSync(path, { recursive: true });
    },
  };
}

/** Says in one line that a test was not run, and why; fails where everything is required to run. */
export function notRun(test: string, reason: string): void {
  if (process.env['KAKEIBO_REQUIRE'] === 'all') throw new Error(`${test} must run here: ${reason}`);
  console.warn(`not run: ${test}: ${reason}`);
}
