import ts from 'typescript';
import { expect, test } from 'vitest';
import { nodesOf, OUR_FOLDERS, parse, placeOf, sourcesIn } from './sources.ts';

const MAX_FILE_LINES = 300;
const MAX_OWN_LINES = 50;
/** A component is mostly markup, a test often a table of cases. */
const MAX_OWN_LINES_OF_TABLES = 100;

const isTable = (path: string): boolean => path.endsWith('.tsx') || path.startsWith('tests/');

const sources = sourcesIn(...OUR_FOLDERS);

function linesOf(node: ts.Node): number {
  const file = node.getSourceFile();
  const line = (position: number): number => file.getLineAndCharacterOfPosition(position).line;
  return line(node.getEnd()) - line(node.getStart()) + 1;
}

/** The functions that stand directly in another, not those inside them. */
function* functionsIn(node: ts.Node): Generator<ts.Node> {
  const children: ts.Node[] = [];
  node.forEachChild((child) => void children.push(child));
  for (const child of children) {
    if (ts.isFunctionLike(child) && 'body' in child) yield child;
    else yield* functionsIn(child);
  }
}

/** What a function holds itself: a closure inside it of several lines is a function of its own and counts as one line. */
function ownLinesOf(node: ts.Node): number {
  return [...functionsIn(node)].reduce((lines, inner) => lines - linesOf(inner) + 1, linesOf(node));
}

test('there are sources to measure', () => {
  expect(sources.length).toBeGreaterThan(100);
});

test(`a file has at most ${MAX_FILE_LINES} lines`, () => {
  const long = sources
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > MAX_FILE_LINES);
  expect(long).toEqual([]);
});

test(`a function has at most ${MAX_OWN_LINES} lines of its own`, () => {
  const long = sources.flatMap((source) =>
    [...nodesOf(parse(source))]
      .filter((node) => ts.isFunctionLike(node) && 'body' in node)
      .map((node) => ({ at: placeOf(node), lines: ownLinesOf(node) }))
      .filter(({ lines }) => lines > (isTable(source.path) ? MAX_OWN_LINES_OF_TABLES : MAX_OWN_LINES)),
  );
  expect(long).toEqual([]);
});
