import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT, runnableBlocks } from './blocks.ts';

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
const blocks = documents.flatMap(runnableBlocks).map((block) => ({ ...block, at: `${block.path}:${block.line}` }));

/** What TypeScript says about a file, as strictly as about our own. */
function complaintsOf(file: string): readonly string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tests/tsconfig.json'), (path) => readFileSync(path, 'utf8')) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(ROOT, 'tests'));
  const program = ts.createProgram([file], { ...options, noEmit: true });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('what a document shows runs, and prints what it says', () => {
  // In the repository, so that packages are found by name; out of sight, so that what a block leaves behind does no harm.
  let folder = '';
  beforeAll(() => {
    mkdirSync(join(ROOT, '.cache'), { recursive: true });
    folder = mkdtempSync(join(ROOT, '.cache/docs-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(blocks)('$at', async ({ code, output, line }) => {
    const file = join(folder, `block-${line}.ts`);
    writeFileSync(file, code);
    expect(complaintsOf(file)).toEqual([]);
    const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: folder, timeout: 200_000 });
    expect(stdout).toBe(output ?? stdout);
  });

  test('the README has one', () => {
    expect(blocks.filter(({ path, output }) => path === 'README.md' && output !== undefined)).not.toEqual([]);
  });
});

describe('what a document points at is there', () => {
  const LINK = /\]\((?!https?:|#|mailto:)([^)#\s]+)/g;
  const links = documents.flatMap((path) =>
    [...readFileSync(join(ROOT, path), 'utf8').matchAll(LINK)].map(({ 1: to = '' }) => ({
      path,
      to: normalize(join(dirname(path), to)),
    })),
  );

  test.each(links)('$path → $to', ({ to }) => {
    expect(existsSync(join(ROOT, to))).toBe(true);
  });
});

test('the scripts that a document tells of exist', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  const told = documents.flatMap((path) =>
    [...readFileSync(join(ROOT, path), 'utf8').matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? ''),
  );
  expect(told.filter((name) => scripts[name] === undefined)).toEqual([]);
});
