import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { ROOT } from './sources.ts';

const document = readFileSync(join(ROOT, 'docs/faults.md'), 'utf8');
const rows = [...document.matchAll(/^\| (\d+) \| (.+?) \| (.+) \|$/gm)].map(([, number, fault = '', held = '']) => ({
  number: Number(number),
  fault,
  held,
}));
const NAMED = /`([\w/.-]+\.ts)` “([^”]+)”/g;

test('each of the 80 faults is listed once, in order', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 80 }, (_, at) => at + 1));
});

test('each test that docs/faults.md names is there', () => {
  const named = rows.flatMap(({ number, held }) =>
    [...held.matchAll(NAMED)].map(([, file = '', name = '']) => ({ number, file, name })),
  );
  expect(named.length).toBeGreaterThan(60);
  const missing = named.filter(({ file, name }) => {
    const path = join(ROOT, file);
    return !existsSync(path) || !readFileSync(path, 'utf8').includes(name);
  });
  expect(missing).toEqual([]);
});

test('each fault has a test, another row that holds it, or the reason why none does', () => {
  const bare = rows.filter(
    ({ held }) => [...held.matchAll(NAMED)].length === 0 && !/^Not tested: .{10}|^rows \d|by hand/.test(held),
  );
  expect(bare.map(({ number }) => number)).toEqual([]);
});

test('each program and test that docs/faults.md tells to run is there', () => {
  const told = [...document.matchAll(/(?:vitest run|node) ((?:tests\/[\w/.-]+\.ts ?)+)/g)].flatMap(([, files = '']) =>
    files.trim().split(' '),
  );
  expect(told.length).toBeGreaterThan(5);
  expect(told.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});
