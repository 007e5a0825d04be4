import { execFileSync } from 'node:child_process';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { nodesOf, OUR_FOLDERS, parse, placeOf, ROOT, sourcesIn, type Source } from './sources.ts';

/** Names that say nothing: a function lives beside its noun. */
const NO_NOUN = /^(utils?|helpers?|common|shared|lib|libs|misc|core-utils|tools)$/;

function folders(): readonly string[] {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' });
  return [
    ...new Set(
      files.split('\n').flatMap((file) =>
        file
          .split('/')
          .slice(0, -1)
          .map((_, at, all) => all.slice(0, at + 1).join('/')),
      ),
    ),
  ];
}

test('every folder is named by a noun', () => {
  const found = folders();
  expect(found).toContain('packages/core/src/wallet');
  expect(found.filter((folder) => NO_NOUN.test(folder.split('/').at(-1) ?? ''))).toEqual([]);
});

test('what the SQL engines share names none of them', () => {
  const shared = sourcesIn('packages/adapters/src/sql');
  expect(shared.length).toBeGreaterThan(3);
  const engine = /\b(sqlite|mysql|mariadb|galera|db2|derby|postgres\w*|innodb)\b/i;
  // Comments may tell why; code may not ask which engine it is.
  const named = shared.flatMap((source) =>
    [...nodesOf(parse(source))]
      .filter((node) => (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && engine.test(node.text))
      .map(placeOf),
  );
  expect(named).toEqual([]);
});

test('nothing is exported by default, and nothing is any', () => {
  const isConfig = ({ path }: Source): boolean => path.endsWith('.config.ts');
  const found = sourcesIn(...OUR_FOLDERS).flatMap((source) =>
    [...nodesOf(parse(source))]
      .filter((node) => node.kind === ts.SyntaxKind.AnyKeyword || (!isConfig(source) && ts.isExportAssignment(node)))
      .map(placeOf),
  );
  expect(found).toEqual([]);
});

describe('the core is pure', () => {
  const impure: Readonly<Record<string, (node: ts.Node) => boolean>> = {
    'asks the time': (node) =>
      (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0) ||
      (ts.isCallExpression(node) && ['Date', 'Date.now', 'performance.now'].includes(node.expression.getText())) ||
      (ts.isPropertyAccessExpression(node) && node.getText() === 'Temporal.Now'),
    'throws dice': (node) => ts.isPropertyAccessExpression(node) && ['Math.random', 'crypto.randomUUID'].includes(node.getText()),
    'reaches outside': (node) =>
      ts.isIdentifier(node) &&
      ['process', 'console', 'setTimeout', 'setInterval', 'setImmediate', 'fetch', 'Buffer', 'globalThis', 'require'].includes(
        node.text,
      ) &&
      !ts.isPropertyAccessExpression(node.parent) &&
      !ts.isPropertySignature(node.parent),
    'imports Node': (node) =>
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier !== undefined &&
      ts.isStringLiteral(node.moduleSpecifier) &&
      node.moduleSpecifier.text.startsWith('node:'),
  };
  const core = sourcesIn('packages/core/src');
  const planted = parse({
    path: 'planted.ts',
    text: "import 'node:fs'; new Date(); Date.now(); Math.random(); setTimeout(run); console.log(1);",
  });

  test.each(Object.entries(impure))('nothing in it %s', (_, isImpure) => {
    expect([...nodesOf(planted)].some(isImpure)).toBe(true);
    expect(core.length).toBeGreaterThan(30);
    expect(core.flatMap((source) => [...nodesOf(parse(source))].filter(isImpure).map(placeOf))).toEqual([]);
  });
});

test('JSON is read in one way, which keeps names as they are written', () => {
  const readsItself = (node: ts.Node): boolean => ts.isPropertyAccessExpression(node) && node.getText() === 'JSON.parse';
  const sources = sourcesIn('packages/core/src', 'packages/adapters/src', 'packages/http/src');
  const found = sources.filter((source) => [...nodesOf(parse(source))].some(readsItself)).map(({ path }) => path);
  expect(found).toEqual(['packages/core/src/json.ts']);
});
