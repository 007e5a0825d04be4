import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './blocks.ts';

/** The last column of each table: the tests that hold the rule of a row, in back quotes. */
const held = readFileSync(join(ROOT, 'docs/ledger-rules.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/held by|---/.test(line))
  .map((line) => ({ line, names: [...(line.split('|').at(-2) ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name) }));

const tests = readdirSync(join(ROOT, 'tests'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('docs'))
  .map((file) => readFileSync(join(ROOT, 'tests', file), 'utf8'))
  .join('\n');

/** Whether a test bears a name, or the number of a case in it. */
function isThere(name: string): boolean {
  if (/^case \d+$/.test(name))
    return new RegExp(`(test|it|describe)[^\\n]*['"\`][^'"\`\\n]*\\b${name}\\b|^\\s*'${name}:`, 'm').test(tests);
  return tests.includes(`'${name}'`);
}

describe('the rules where ledgers differ', () => {
  test('each names a test that holds it', () => {
    expect(held.length).toBeGreaterThan(40);
    expect(held.filter(({ names }) => names.length === 0)).toEqual([]);
  });

  test('the tests that are named are there', () => {
    expect([...new Set(held.flatMap(({ names }) => names))].filter((name) => !isThere(name))).toEqual([]);
  });

  test('one that is not there is noticed', () => {
    expect(['case 99', 'is refused by every limit'].filter(isThere)).toEqual([]);
  });
});
