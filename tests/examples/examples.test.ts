import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const names = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(EXAMPLES, entry.name, 'index.ts')))
  .map(({ name }) => name);

// Examples are run somewhere else, so that one which leaves something behind leaves it there.
const elsewhere = mkdtempSync(join(tmpdir(), 'kakeibo-examples-'));
afterAll(() => rmSync(elsewhere, { recursive: true }));

test('there are examples', () => {
  expect(names).toEqual(expect.arrayContaining(['quickstart', 'custom-projection', 'own-store']));
});

test.each(names)('%s says what it is expected to', async (name) => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(EXAMPLES, name, 'index.ts')], {
    cwd: elsewhere,
    env: { ...process.env, NO_COLOR: '1' },
    timeout: 200_000,
  });
  expect(stdout).toBe(readFileSync(join(EXAMPLES, name, 'expected.txt'), 'utf8'));
  expect(readdirSync(elsewhere)).toEqual([]);
});
