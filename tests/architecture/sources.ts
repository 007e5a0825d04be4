import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A file of ours, with its path in the repository. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const IS_OURS = /[.]tsx?$/;
const IS_MADE = /(^|\/)(node_modules|dist|dashboard-dist)\//;

/** Every TypeScript file below some folders of the repository. */
export function sourcesIn(...folders: readonly string[]): readonly Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && IS_OURS.test(entry.name))
      .map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)))
      .filter((path) => !IS_MADE.test(path) && !path.endsWith('.d.ts'))
      .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') })),
  );
}

/** Every folder that holds files of ours. */
export const OUR_FOLDERS = ['packages', 'tests', 'examples', 'scripts'];

/** A file as a syntax tree. */
export function parse({ path, text }: Source): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
}

/** Every node of a tree, parents first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  node.forEachChild((child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

/** Where a node stands, as `path:line`. */
export function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
