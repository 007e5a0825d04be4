import type { StoredEvent } from '@kakeibo/core';
import { expect, test } from 'vitest';

import type { AppenderLine } from './appender.ts';
import { expectSound } from './history.ts';
import { countFaults } from './kill-cycles.ts';

const stored = (id: string, version: number, batch: string): StoredEvent => ({
  id,
  type: 'Noted',
  data: { batch },
  meta: {},
  stream: 'a',
  version,
  position: version,
  recordedAt: `2026-10-14T09:38:00.00000${version}Z`,
});
const told = (ids: readonly string[], versions: readonly number[]): AppenderLine => ({
  stream: 'a',
  ids,
  answer: 'appended',
  versions,
});
const sound = [stored('1', 1, 'x'), stored('2', 2, 'x'), stored('3', 3, 'y'), stored('4', 4, 'y')];
const lines = [told(['1', '2'], [1, 2]), told(['3', '4'], [3, 4])];

test('a sound log has no fault', () => {
  expect(countFaults(sound, lines, 2)).toEqual({ acknowledged: 4, unanswered: 0, lost: 0, doubled: 0, halfWritten: 0 });
  expectSound(sound, lines, 2);
});

test.each([
  ['an event is gone', sound.slice(0, 3), { lost: 1, halfWritten: 1 }],
  ['an event is elsewhere', [...sound.slice(0, 3), stored('4', 5, 'y')], { lost: 1 }],
  ['an event is there twice', [...sound, stored('4', 5, 'z'), stored('5', 6, 'z')], { doubled: 1 }],
  ['an append of which nobody was told is half there', [...sound, stored('5', 5, 'z')], { unanswered: 1, halfWritten: 1 }],
])('when %s it is counted, and the log is not taken for sound', (_, log, faults) => {
  expect(countFaults(log, lines, 2)).toMatchObject(faults);
  expect(() => expectSound(log, lines, 2)).toThrow();
});

test('what was said to be unwritten and is there is a lie', () => {
  const liar: AppenderLine = { stream: 'a', ids: ['3', '4'], answer: 'unavailable', versions: [] };
  expect(() => expectSound(sound, [lines[0] as AppenderLine, liar], 2)).toThrow('nothing was written');
});
