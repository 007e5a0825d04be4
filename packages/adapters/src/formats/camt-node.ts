import { refuseFile, type BankFileRefusal } from '@kakeibo/core';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { unescaped } from './bank-text.ts';

/** An element as the parser gives it: a text, elements by name, or a list of either. */
export type CamtNode = string | { readonly [name: string]: CamtNode } | readonly CamtNode[] | undefined;

const MAX_DEPTH = 60;
const parser = new XMLParser({
  ignoreAttributes: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  jPath: false,
  maxNestedTags: MAX_DEPTH,
  parseAttributeValue: false,
  // Amounts stay the texts that they are.
  parseTagValue: false,
  processEntities: false,
  removeNSPrefix: true,
});

/** Parses markup that is well-formed; its line counts from the one that the markup starts on. */
export function camtNode(xml: string, line: number, place: string): { readonly node: CamtNode } | BankFileRefusal {
  const valid = XMLValidator.validate(xml);
  if (valid !== true) {
    const at = { line: line - 1 + (Number.isInteger(valid.err.line) ? valid.err.line : 1), place };
    const message = `The file is not well-formed on line ${at.line}: ${valid.err.msg.slice(0, 120)}`;
    return refuseFile(/^Unclosed|^Invalid '\[/.test(valid.err.msg) ? 'file-truncated' : 'file-malformed', message, at);
  }
  try {
    return { node: parser.parse(xml) as CamtNode };
  } catch (error) {
    const deep = error instanceof Error && error.message.includes('nested');
    return deep
      ? refuseFile('nesting-too-deep', `What begins on line ${line} is more than ${MAX_DEPTH} elements deep.`, { line, place })
      : refuseFile('file-malformed', `What begins on line ${line} cannot be read as XML.`, { line, place });
  }
}

/** The elements of a name; none, one or many alike. */
export function all(node: CamtNode, name: string): readonly CamtNode[] {
  if (typeof node !== 'object' || Array.isArray(node)) return [];
  const found = Object.hasOwn(node, name) ? (node as { readonly [key: string]: CamtNode })[name] : undefined;
  return found === undefined ? [] : Array.isArray(found) ? (found as readonly CamtNode[]) : [found];
}

/** The first element down a path of names. */
export function at(node: CamtNode, ...path: readonly string[]): CamtNode {
  return path.reduce<CamtNode>((from, name) => all(from, name)[0], node);
}

/** The text down a path of names; empty when there is none. */
export function text(node: CamtNode, ...path: readonly string[]): string {
  const found = at(node, ...path);
  const written = typeof found === 'string' ? found : at(found, '#text');
  return typeof written === 'string' ? unescaped(written).trim() : '';
}
