import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import * as core from '@kakeibo/core';
import * as testing from '@kakeibo/core/testing';
import { describe, expect, test } from 'vitest';
import { examplesBelow, examplesIn, ROOT } from './blocks.ts';
import { countClaims, runExample, type Compare } from './example.ts';
import { givenIn } from './given.ts';
import { prelude } from './prelude.ts';

const compare: Compare = {
  same: (actual, stated) => expect(actual).toEqual(stated),
  sameInPart: (actual, stated) => expect(actual).toMatchObject(stated as object),
};

/** What a module of the core exports, also when the package does not. */
async function moduleOf(path: string): Promise<object> {
  const built = join(ROOT, path.replace('/src/', '/dist/').replace(/[.]ts$/, '.js'));
  return (await import(/* @vite-ignore */ pathToFileURL(built).href)) as object;
}

const examples = examplesBelow('packages/core/src');

describe('the examples in the comments of the core are true', () => {
  test.each(examples.map((example) => ({ ...example, at: `${example.path}:${example.line}` })))('$at', async ({ path, code }) => {
    const given = { ...(await prelude()), ...givenIn[path.replace('packages/core/src/', '')] };
    await runExample(code, { ...core, ...testing, ...(await moduleOf(path)), ...given }, compare);
  });
});

describe('what runs the examples', () => {
  const [example] = examplesIn(
    'a.ts',
    '/**\n * Doubles.\n *\n * @example\n * twice(2); // 4\n * const big = twice(4); // 9\n * @see thrice\n */',
  );
  const given = { twice: (value: number) => value * 2 };

  test('finds the code, its line and what it states', () => {
    expect(example).toEqual({ path: 'a.ts', line: 4, code: 'twice(2); // 4\nconst big = twice(4); // 9' });
    expect(countClaims(example?.code ?? '')).toBe(2);
  });

  test('notices a value that is not what is stated', async () => {
    const compared: unknown[] = [];
    await runExample(example?.code ?? '', given, { ...compare, same: (...pair) => void compared.push(pair) });
    expect(compared).toEqual([
      [4, 4],
      [8, 9],
    ]);
    await expect(runExample(example?.code ?? '', given, compare)).rejects.toThrow('9');
  });

  test('notices an example that does not run', async () => {
    await expect(runExample('const a: number = missing();', given, compare)).rejects.toThrow('missing');
    await expect(runExample('twice(2); // [1,', given, compare)).rejects.toThrow();
  });

  test('takes prose as prose, and a value with prose after it as a value', async () => {
    expect(countClaims('twice(2); // as one would think')).toBe(0);
    await runExample('twice(2); // 4: as one would think\ntwice(3); // 6   (of course)', given, compare);
  });

  test('compares in part where a value says that it goes on', async () => {
    await runExample('({ a: 1, b: 2 }); // { a: 1, … }', given, compare);
    await expect(runExample('({ a: 1, b: 2 }); // { a: 2, … }', given, compare)).rejects.toThrow();
  });

  test('finds what the core states', () => {
    expect(examples.length).toBeGreaterThan(20);
    expect(examples.reduce((claims, { code }) => claims + countClaims(code), 0)).toBeGreaterThan(15);
  });
});
