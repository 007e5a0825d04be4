import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EXIT, Failure } from './failure.ts';

/**
 * Writes a file that is there whole or not at all, also after a power cut: under another name first, then on stable storage, then
 * under its own name. What was there before stays until then.
 */
export async function writeWhole(path: string, write: (partial: string) => Promise<void>): Promise<void> {
  const partial = `${path}.${process.pid}.part`;
  try {
    await removeLeftovers(path);
    await write(partial);
    await sync(partial);
    await rename(partial, path);
    await sync(dirname(path));
  } catch (error) {
    await rm(partial, { force: true });
    if (error instanceof Failure) throw error;
    throw new Failure(`${path} was not written: ${error instanceof Error ? error.message : String(error)}`, EXIT.broken);
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Those of processes that are gone, or had our number. */
async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder)) {
    const [, pid] = name.startsWith(`${basename(path)}.`) ? (/\.(\d+)\.part(?:-wal|-shm|-journal)?$/.exec(name) ?? []) : [];
    if (pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid))))
      await rm(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
