/** What a disk may hold after the power went: what was synced, and any part of the rest, in any order, torn or not. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { DiskDeed } from './disk-trace.ts';

/** `lost`: only what was synced. `kept`: everything. `mixed`: any part of what was not synced, its writes torn. */
export type Weather = 'lost' | 'kept' | 'mixed';

type Change = { readonly at: number; readonly bytes: Buffer } | { readonly size: number };

interface Inode {
  durable: Buffer;
  /** What was done since the last sync. */
  changes: Change[];
}

/** The smallest part that a disk writes whole. */
const SECTOR = 512;

/** A disk that remembers what of it would outlive a power cut. */
export interface Disk {
  do(deed: DiskDeed): void;
  /** Writes into a folder what a power cut now might leave of the files. */
  crash(into: string, weather: Weather, chance: () => number): void;
}

/** Makes an empty one. With `ignoresSync` it is the disk of nightmares, for seeing that a loss is noticed. */
export function createDisk({ ignoresSync = false } = {}): Disk {
  /** The names as everyone sees them, and as the disk has them. */
  const names = new Map<string, Inode>();
  let durableNames = new Map<string, Inode>();

  const inode = (path: string): Inode => {
    const known = names.get(path) ?? { durable: Buffer.alloc(0), changes: [] };
    names.set(path, known);
    return known;
  };

  const sync = (path: string): void => {
    const file = names.get(path);
    if (ignoresSync) return;
    // A folder has no content: what is synced is its names.
    if (file === undefined) durableNames = new Map(names);
    else {
      file.durable = changed(file.durable, file.changes);
      file.changes = [];
    }
  };

  return {
    do(deed) {
      if (deed.kind === 'made') inode(deed.path);
      else if (deed.kind === 'wrote') inode(deed.path).changes.push(deed);
      else if (deed.kind === 'cut') inode(deed.path).changes.push({ size: deed.size });
      else if (deed.kind === 'removed') names.delete(deed.path);
      else if (deed.kind === 'synced') sync(deed.path);
    },
    crash(into, weather, chance) {
      rmSync(into, { recursive: true, force: true });
      mkdirSync(into, { recursive: true });
      const isKept = (): boolean => weather === 'kept' || (weather === 'mixed' && chance() < 0.5);
      for (const path of new Set([...names.keys(), ...durableNames.keys()])) {
        const file = isKept() ? names.get(path) : durableNames.get(path);
        if (file === undefined) continue;
        const survived = file.changes.filter(isKept).map((change) => (weather === 'mixed' ? torn(change, chance) : change));
        writeFileSync(join(into, basename(path)), changed(file.durable, survived));
      }
    },
  };
}

/** The content after changes, in one copy: a checkpoint is a thousand of them. */
function changed(content: Buffer, changes: readonly Change[]): Buffer {
  const most = Math.max(
    content.length,
    ...changes.map((change) => ('size' in change ? change.size : change.at + change.bytes.length)),
  );
  const result = Buffer.alloc(most);
  content.copy(result);
  let size = content.length;
  for (const change of changes) {
    if ('size' in change) {
      result.fill(0, Math.min(change.size, size));
      size = change.size;
    } else {
      change.bytes.copy(result, change.at);
      size = Math.max(size, change.at + change.bytes.length);
    }
  }
  return result.subarray(0, size);
}

/** One write in four is torn: what stands before a border of a sector, or what stands behind it. */
function torn(change: Change, chance: () => number): Change {
  if ('size' in change || chance() >= 0.25) return change;
  const borders = Math.floor((change.at + change.bytes.length - 1) / SECTOR) - Math.floor(change.at / SECTOR);
  if (borders === 0) return change;
  const border = (Math.floor(change.at / SECTOR) + 1 + Math.floor(chance() * borders)) * SECTOR - change.at;
  if (chance() < 0.5) return { at: change.at, bytes: change.bytes.subarray(0, border) };
  return { at: change.at + border, bytes: change.bytes.subarray(border) };
}
