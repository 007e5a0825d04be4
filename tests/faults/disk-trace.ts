/** What a program did to the files of one folder, as strace saw it: the raw material of crash images. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** One deed, in the order in which they were done. `said` is what the program had told the world by then. */
export type DiskDeed =
  | { readonly kind: 'made' | 'removed' | 'synced'; readonly path: string }
  | { readonly kind: 'wrote'; readonly path: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'cut'; readonly path: string; readonly size: number }
  | { readonly kind: 'said'; readonly text: string };

/** What stands in front of a command to record it into a file. Every byte is written as `\xNN`. */
export function recording(into: string): readonly string[] {
  const calls = 'openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,rename,pwritev,fallocate,copy_file_range';
  return ['strace', '-f', '-qq', '-y', '-xx', '-s', '200000', '-e', `trace=${calls}`, '-o', into];
}

const text = (escaped: string): string => bytes(escaped).toString('utf8');
const bytes = (escaped: string): Buffer => Buffer.from(escaped.replaceAll('\\x', ''), 'hex');

type Reader = readonly [RegExp, (...found: readonly string[]) => DiskDeed];

const READERS: readonly Reader[] = [
  [
    /^pwrite64\(\d+<(\S*?)>, "(\S*?)", (\d+), (\d+)\) = \3$/,
    (path = '', data = '', _, at) => ({ kind: 'wrote', path: text(path), at: Number(at), bytes: bytes(data) }),
  ],
  [/^f(?:data)?sync\(\d+<(\S*?)>\) += 0$/, (path = '') => ({ kind: 'synced', path: text(path) })],
  [/^ftruncate\(\d+<(\S*?)>, (\d+)\) = 0$/, (path = '', size) => ({ kind: 'cut', path: text(path), size: Number(size) })],
  [/^unlink\("(\S*?)"\) += 0$/, (path = '') => ({ kind: 'removed', path: text(path) })],
  [/^openat\(.*O_CREAT.* = \d+<(\S*?)>$/, (path = '') => ({ kind: 'made', path: text(path) })],
  [/^write\(1<\S*?>, "(\S*?)", \d+\) = \d+$/, (data = '') => ({ kind: 'said', text: text(data) })],
];

/** Reads a recording. Only what concerns the folder is kept, less SQLite's shared memory, which no crash outlives. */
export function readTrace(file: string, folder: string): readonly DiskDeed[] {
  const deeds: DiskDeed[] = [];
  for (const line of readFileSync(file, 'latin1').split('\n')) {
    const call = line.replace(/^\d+ +/, '');
    const deed = deedOf(call);
    if (deed === undefined) {
      if (isMissed(call, folder)) throw new Error(`a call that is not understood: ${call.slice(0, 200)}`);
      continue;
    }
    if (deed.kind === 'said' || isOf(deed.path, folder)) deeds.push(deed);
  }
  return deeds;
}

function deedOf(call: string): DiskDeed | undefined {
  for (const [pattern, make] of READERS) {
    const found = pattern.exec(call);
    if (found !== null) return make(...found.slice(1));
  }
  return undefined;
}

function isOf(path: string, folder: string): boolean {
  return (path === folder || dirname(path) === folder) && !path.endsWith('-shm');
}

/** Whether a line that nobody reads changes a file of the folder after all: the record would be a lie then. */
function isMissed(call: string, folder: string): boolean {
  const hex = [...Buffer.from(folder)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  return call.includes(hex) && !/^openat|= -1 |-shm|\\x2d\\x73\\x68\\x6d/.test(call) && !call.startsWith('unlink');
}
