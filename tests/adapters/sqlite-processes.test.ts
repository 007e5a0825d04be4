import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { expectSound, logOf, startAppender } from '../faults/history.ts';

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-processes-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['one stream', [['common'], ['common']]],
  ['streams of their own', [['a'], ['b']]],
  [
    'both',
    [
      ['a', 'common'],
      ['b', 'common'],
      ['c', 'common'],
    ],
  ],
])('processes that append to one file at once, to %s, share it', async (_, shares) => {
  const file = join(folder, `${shares.flat().join('-')}.db`);
  const programs = shares.map((streams, at) =>
    startAppender({ file, streams, events: 2, times: 60, writer: at === 1 ? 'caller' : 'worker' }),
  );
  for (const { ended } of programs) expect(await ended).toBe(0);
  const lines = programs.flatMap(({ lines: said }) => said);
  expect(lines.map(({ answer }) => answer)).toEqual(lines.map(() => 'appended'));
  const log = await logOf(file);
  expectSound(log, lines, 2);
  expect(log.length, 'stored is what was acknowledged').toBe(lines.length * 2);
  expect(lines.length).toBe(shares.flat().length * 60);
});
