import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const TESTS = new URL('..', import.meta.url).pathname;

/** The texts of all tests. */
const texts = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && !file.endsWith('promises.test.ts'))
  .map((file) => readFileSync(join(TESTS, file), 'utf8'))
  .join('\n');

/** The numbers that tests bear in their names. */
function numbered(word: RegExp): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (const [, list = ''] of texts.matchAll(word)) for (const number of list.match(/\d+/g) ?? []) numbers.add(Number(number));
  return numbers;
}

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, index) => index + 1);

test('each of the 50 edge cases has a test that bears its number', () => {
  const named = numbered(/\bcases? ((?:\d+(?:, | and )?)+)/gi);
  expect(upTo(50).filter((number) => !named.has(number))).toEqual([]);
});

test('each of the 34 invariants has a property that bears its number', () => {
  const named = numbered(/\binvariants? ((?:\d+(?:, | and )?)+)/gi);
  expect(upTo(34).filter((number) => !named.has(number))).toEqual([]);
});
