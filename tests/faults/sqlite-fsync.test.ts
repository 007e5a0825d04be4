import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { expectSound, logOf, startAppender } from './history.ts';
import type { AppenderOrder } from './appender.ts';
import { notRun } from './sqlite-mounts.ts';
import { mayTrace } from './tracing.ts';

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-fsync-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

/** Runs appends on a disk that fails as told, then looks at the file on a healthy one. */
async function onFailingDisk(fault: string, order: Pick<AppenderOrder, 'dies' | 'writer'>): Promise<readonly string[]> {
  const file = join(folder, `${++files}.db`);
  // The ledger is made on a healthy disk, so that the fault meets an append.
  expect(await startAppender({ file, streams: ['a'], events: 2, times: 1 }).ended).toBe(0);
  const appender = startAppender({ file, streams: ['a', 'b'], events: 2, times: 6, ...order }, [
    'strace',
    '-f',
    '-qq',
    '-o',
    '/dev/null',
    '-e',
    `inject=${fault}`,
  ]);
  await appender.ended;
  const log = await logOf(file);
  expectSound(log, appender.lines, 2);
  return appender.lines.map(({ answer }) => answer);
}

const FAULTS: readonly (readonly [
  name: string,
  fault: (at: number) => string,
  writer: 'worker' | 'caller',
  places: readonly number[],
])[] = [
  ['an fsync that fails once', (at) => `fsync:error=EIO:when=${at}`, 'caller', [1, 2, 3, 4, 6]],
  ['an fsync that fails once, in the thread', (at) => `fsync:error=EIO:when=${at}`, 'worker', [1, 3, 5]],
  ['a write that fails once', (at) => `pwrite64:error=EIO:when=${at}`, 'caller', [2, 3, 9, 14, 20, 27]],
];

const HONEST = new Set(['appended', 'unavailable', 'outcome-unknown']);

for (const [name, fault, writer, places] of FAULTS) {
  test(`${name} never turns an answer into a lie`, async () => {
    if (!mayTrace) return notRun(name, 'strace cannot trace here');
    const answers: string[] = [];
    for (const at of places) answers.push(...(await onFailingDisk(fault(at), { writer })));
    expect(answers.filter((answer) => answer === 'appended').length, 'it goes on afterwards').toBeGreaterThan(places.length * 4);
    expect(answers.filter((answer) => answer !== 'appended').length, 'the fault was met').toBeGreaterThan(0);
    expect(answers.filter((answer) => !HONEST.has(answer))).toEqual([]);
  });
}

test('what was said to be unwritten stays unwritten when the program dies right after', async () => {
  if (!mayTrace) return notRun('death after a failed fsync', 'strace cannot trace here');
  const answers: string[] = [];
  for (const at of [1, 2, 3, 5])
    answers.push(...(await onFailingDisk(`fsync:error=EIO:when=${at}`, { writer: 'caller', dies: true })));
  expect(answers).toContain('unavailable');
});

test('a disk on which every fsync fails leaves the outcome unknown, and says so', async () => {
  if (!mayTrace) return notRun('fsync that fails for ever', 'strace cannot trace here');
  const answers = await onFailingDisk('fsync:error=EIO:when=2+', { writer: 'caller' });
  expect(answers).toContain('outcome-unknown');
  expect(answers.indexOf('appended', answers.indexOf('outcome-unknown')), 'nothing is acknowledged from then on').toBe(-1);
});
