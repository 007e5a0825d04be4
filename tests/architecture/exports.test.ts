import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { ROOT } from './sources.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, { readonly types: string; readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

const manifests = ['core', 'adapters', 'http'].map(
  (name) => JSON.parse(readFileSync(join(ROOT, 'packages', name, 'package.json'), 'utf8')) as Manifest,
);
const entries = manifests.flatMap(({ name, exports }) => Object.keys(exports).map((entry) => join(name, entry)));

/** Names that an entry exports, as TypeScript sees them: types too. */
function namesOf(file: string): readonly string[] {
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.Latest,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  return (module === undefined ? [] : checker.getExportsOfModule(module))
    .map((symbol) => {
      const target = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
      return `${(target.flags & ts.SymbolFlags.Value) === 0 ? 'type ' : ''}${symbol.name}`;
    })
    .toSorted();
}

test.each(entries)('%s can be imported', async (entry) => {
  const module = (await import(entry)) as object;
  expect(Object.keys(module).length).toBeGreaterThan(0);
  expect(Object.keys(module)).not.toContain('default');
});

describe('what the core exports is what was agreed on', () => {
  // Changed on purpose? `npm test -- tests/architecture -u` writes the files anew; say so in CHANGELOG.md.
  const { exports } = manifests[0] as Manifest;
  test.each(Object.entries(exports))('%s', async (entry, { types }) => {
    const names = namesOf(join(ROOT, 'packages/core', types));
    const file = entry === '.' ? 'core' : `core-${entry.slice(2)}`;
    await expect(`${names.join('\n')}\n`).toMatchFileSnapshot(`./exports/${file}.txt`);
  });
});

test('the packages have one version and ask for each other at it', () => {
  expect(new Set(manifests.map(({ version }) => version)).size).toBe(1);
  for (const { version, dependencies } of manifests) {
    const ours = Object.entries(dependencies).filter(([name]) => name.startsWith('@kakeibo/'));
    expect(ours).toEqual(ours.map(([name]) => [name, version]));
  }
});

test('the lock file tells where nothing comes from', () => {
  expect(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).not.toContain('"resolved": "http');
});
