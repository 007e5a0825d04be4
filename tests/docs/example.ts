import ts from 'typescript';

/** A comment that states a value: it begins like one. Anything else after a line is prose. */
const STATES_A_VALUE = /^(['"`[{\d]|-\d|(true|false|null|undefined)\b)/;

/** What a statement is said to come to. `partly` when the value leaves something out with `…`. */
interface Claim {
  readonly value: string;
  readonly partly: boolean;
}

/** The value at the beginning of a comment; prose may follow after a colon or two blanks. */
function valueAtStart(comment: string): string {
  const [stated = ''] = comment.split(/ {2,}/);
  const file = ts.createSourceFile('value.ts', `const value = ${stated}`, ts.ScriptTarget.Latest, true);
  const [statement] = file.statements;
  const [declaration] =
    statement !== undefined && ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
  return declaration?.initializer?.getText() ?? stated;
}

/** What the comment at the end of a statement's line states, when it states a value. */
function claimOf(text: string, statement: ts.Statement): Claim | undefined {
  const comment = (ts.getTrailingCommentRanges(text, statement.end) ?? [])
    .filter(({ kind }) => kind === ts.SyntaxKind.SingleLineCommentTrivia)
    .map(({ pos, end }) => text.slice(pos + 2, end).trim())
    .at(0);
  if (comment === undefined || !STATES_A_VALUE.test(comment)) return undefined;
  const whole = comment.replaceAll(/,?\s*…/g, '');
  return { value: valueAtStart(whole), partly: whole !== comment };
}

function comparison(code: string, { value, partly }: Claim): string {
  return `${partly ? 'sameInPart' : 'same'}(${code}, (${value}));`;
}

function withClaim(text: string, statement: ts.Statement): string {
  const code = statement.getText();
  const claim = claimOf(text, statement);
  if (ts.isImportDeclaration(statement)) return '';
  if (claim === undefined) return code;
  if (ts.isExpressionStatement(statement)) return comparison(statement.expression.getText(), claim);
  const [declaration] = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
  if (declaration !== undefined) return `${code}\n${comparison(declaration.name.getText(), claim)}`;
  throw new Error(`no value can be compared in: ${code} // ${claim.value}`);
}

/** How many values an example states. */
export function countClaims(code: string): number {
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true);
  return file.statements.filter((statement) => claimOf(code, statement) !== undefined).length;
}

/** Compares what an example comes to with what it states, in whole or in part. */
export interface Compare {
  same(actual: unknown, stated: unknown): void;
  sameInPart(actual: unknown, stated: unknown): void;
}

type Run = (...values: readonly unknown[]) => Promise<void>;
const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (...parts: readonly string[]) => Run;

/**
 * Runs an example with some given names. `expr; // value` and `const name = expr; // value` hand what they come to and what they
 * state to be compared. Imports are left out: what they name is given.
 */
export async function runExample(code: string, given: Readonly<Record<string, unknown>>, compare: Compare): Promise<void> {
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true);
  const claiming = file.statements.map((statement) => withClaim(code, statement)).join('\n');
  const { outputText } = ts.transpileModule(claiming, {
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
  });
  const names = Object.keys(given);
  // In a block of its own, so that an example may give a name that is given.
  const run = new AsyncFunction(
    ...names,
    'same',
    'sameInPart',
    `'use strict'; {\n${outputText.replace(/^export \{\};$/m, '')}\n}`,
  );
  await run(...Object.values(given), compare.same, compare.sameInPart);
}
