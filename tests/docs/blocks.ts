import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A piece of code in a text, with the line it begins at. */
export interface Block {
  readonly path: string;
  readonly line: number;
  readonly code: string;
}

/** A block of a document that is to be run, and what it is to print when the document says so. */
export interface RunnableBlock extends Block {
  readonly output?: string;
}

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;

const RUNNABLE = /^```ts runnable\n([\s\S]*?)^```\n(?:\n?```text\n([\s\S]*?)^```\n)?/gm;

/** The blocks that a document marks with `ts runnable`. A `text` block right after one is what it prints. */
export function runnableBlocks(path: string): readonly RunnableBlock[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return [...text.matchAll(RUNNABLE)].map(({ index, 1: code = '', 2: output }) => ({
    path,
    line: lineAt(text, index),
    code,
    ...(output === undefined ? {} : { output }),
  }));
}

const COMMENT = /\/\*\*[\s\S]*?\*\//g;

/** The code below each `@example` in the comments of some TypeScript. */
export function examplesIn(path: string, text: string): readonly Block[] {
  return [...text.matchAll(COMMENT)].flatMap(({ 0: comment, index }) => {
    const lines = comment
      .slice(3, -2)
      .split('\n')
      .map((line) => line.replace(/^\s*\* ?/, ''));
    return lines.flatMap((line, at): readonly Block[] => {
      if (line.trim() !== '@example') return [];
      const rest = lines.slice(at + 1);
      const end = rest.findIndex((next) => /^@\w/.test(next));
      const code = (end === -1 ? rest : rest.slice(0, end)).join('\n').trim();
      return [{ path, line: lineAt(text, index) + at, code }];
    });
  });
}

/** Every `@example` below a folder. */
export function examplesBelow(folder: string): readonly Block[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .toSorted()
    .map((file) => join(folder, file))
    .flatMap((path) => examplesIn(path, readFileSync(join(ROOT, path), 'utf8')));
}
