import { refuseFile, type BankFileRefusal } from '@kakeibo/core';
import { MAX_TEXT_CHARACTERS, unescaped } from './bank-text.ts';

/** An element of an OFX file. One with text has no children that matter. */
export interface OfxElement {
  readonly name: string;
  readonly line: number;
  text: string;
  children: OfxElement[];
}

const MAX_DEPTH = 64;
// What holds other elements and must be closed: left open it would lose what is in it.
const AGGREGATE =
  /(?:MSGSRSV\d|RS|LIST|ACCTFROM|ACCTTO|LEDGERBAL|AVAILBAL)$|^(?:OFX|STMTTRN|PAYEE|CURRENCY|ORIGCURRENCY|STATUS|FI)$/;
const STEP_ELEMENTS = 2_000;
// A name and what an XML element may carry beside it; anything else after a `<` is a character of a text.
const TAG = /<(?:(\/?)([A-Za-z][\w.:-]{0,63})(?:\s[^<>]{0,1000})?(\/?)>|!--|!\[CDATA\[|\?|!DOCTYPE|!ENTITY)/giy;

/**
 * Reads the elements of OFX 1 (SGML, in which an element with a text need not be closed) and OFX 2 (XML) alike, in one pass and
 * small steps. `ofx-js` is not used: one of its patterns takes time without end for `<AAAA…`, it calls itself for each level, and
 * it knows no lines.
 */
export function* ofxElementsInSteps(text: string, from: number): Generator<void, OfxElement | BankFileRefusal> {
  const reading = new ElementReading(text, from);
  let steps = 0;
  while (reading.refusal === undefined && reading.next()) {
    steps += 1;
    if (steps % STEP_ELEMENTS === 0) yield;
  }
  return reading.refusal ?? reading.root ?? reading.truncated();
}

class ElementReading {
  root: OfxElement | undefined;
  refusal: BankFileRefusal | undefined;
  readonly #text: string;
  readonly #open: OfxElement[] = [];
  #at: number;
  #line = 1;
  /** The next line break that is not counted. Remembered, since a file may be one line of megabytes. */
  #break = -1;

  constructor(text: string, from: number) {
    this.#text = text;
    this.#at = from;
  }

  /** Reads on to the end of the next tag; false when the root is closed or the text ends. */
  next(): boolean {
    const start = this.#text.indexOf('<', this.#at);
    const end = start < 0 ? this.#text.length : start;
    this.#write(unescaped(this.#text.slice(this.#at, Math.min(end, this.#at + MAX_TEXT_CHARACTERS + 1))));
    this.#at = end;
    if (start < 0) return false;
    TAG.lastIndex = start;
    const match = TAG.exec(this.#text);
    if (match === null) {
      this.#write('<');
      this.#at = start + 1;
      return true;
    }
    const [whole, closing = '', name = '', empty = ''] = match;
    this.#at = start + whole.length;
    if (name === '') return this.#special(whole.toUpperCase());
    if (closing === '') this.#opened(name.toUpperCase());
    if (closing !== '' || empty !== '') this.#closed(name.toUpperCase());
    return this.root === undefined;
  }

  truncated(): BankFileRefusal {
    const open = this.#open.at(-1);
    const line = open?.line ?? this.#lineOf(this.#text.length);
    return refuseFile('file-truncated', `The file ends inside of ${this.#path()}; download it again.`, {
      line,
      place: this.#path(),
    });
  }

  #special(mark: string): boolean {
    if (mark.startsWith('<!DOCTYPE') || mark.startsWith('<!ENTITY')) {
      const line = this.#lineOf(this.#at);
      this.refusal = refuseFile('doctype-refused', `Line ${line} declares a document type, which no bank needs.`, { line });
      return false;
    }
    const ending = mark === '<!--' ? '-->' : mark === '<?' ? '?>' : ']]>';
    const end = this.#text.indexOf(ending, this.#at);
    if (end < 0) this.#at = this.#text.length;
    else {
      if (ending === ']]>') this.#write(this.#text.slice(this.#at, Math.min(end, this.#at + MAX_TEXT_CHARACTERS + 1)));
      this.#at = end + ending.length;
    }
    return true;
  }

  #write(text: string): void {
    const open = this.#open.at(-1);
    if (open === undefined || open.children.length > 0 || text === '' || (open.text === '' && text.trim() === '')) return;
    open.text += text;
    if (open.text.length <= MAX_TEXT_CHARACTERS) return;
    const at = { line: open.line, place: this.#path() };
    this.refusal = refuseFile(
      'text-too-long',
      `${open.name} on line ${open.line} has more than ${MAX_TEXT_CHARACTERS} characters.`,
      at,
    );
  }

  #opened(name: string): void {
    this.#endText();
    const element: OfxElement = { name, line: this.#lineOf(this.#at), text: '', children: [] };
    this.#open.at(-1)?.children.push(element);
    this.#open.push(element);
    if (this.#open.length <= MAX_DEPTH) return;
    const at = { line: element.line, place: this.#path() };
    this.refusal = refuseFile('nesting-too-deep', `Line ${element.line} is more than ${MAX_DEPTH} elements deep.`, at);
  }

  /** An element with a text that was not closed ends where the next one begins. */
  #endText(): void {
    const open = this.#open.at(-1);
    if (open === undefined || open.text === '') return;
    open.text = open.text.trim();
    this.#open.pop();
  }

  #closed(name: string): void {
    const top = this.#open.at(-1);
    if (top?.name !== name) this.#endText();
    while (this.#open.length > 0 && this.#open.at(-1)?.name !== name) {
      // Neither closed nor with a text: it was empty, and what seemed to be in it comes after it.
      const empty = this.#open.pop() as OfxElement;
      if (AGGREGATE.test(empty.name)) return this.#neverClosed(empty);
      for (const child of empty.children) this.#open.at(-1)?.children.push(child);
      empty.children = [];
    }
    const ended = this.#open.pop();
    if (ended === undefined) return this.#neverOpened(name);
    ended.text = ended.text.trim();
    if (this.#open.length === 0) this.root = ended;
  }

  #neverClosed({ name, line }: OfxElement): void {
    const at = { line, place: [this.#path(), name].filter(Boolean).join('/') };
    this.refusal = refuseFile('file-malformed', `${name}, which line ${line} opens, is never closed.`, at);
  }

  #neverOpened(name: string): void {
    const line = this.#lineOf(this.#at);
    this.refusal = refuseFile('file-malformed', `Line ${line} closes ${name}, which is not open.`, { line, place: name });
  }

  #path(): string {
    return this.#open.map(({ name }) => name).join('/');
  }

  /** The line of a place that is never before the last one asked for. */
  #lineOf(at: number): number {
    while (this.#break < at) {
      if (this.#break >= 0) this.#line += 1;
      const next = this.#text.indexOf('\n', this.#break + 1);
      this.#break = next < 0 ? Number.POSITIVE_INFINITY : next;
    }
    return this.#line;
  }
}

/** The text of the first child of a name; empty when there is none. */
export function ofxText(element: OfxElement | undefined, name: string): string {
  return element?.children.find((child) => child.name === name)?.text ?? '';
}

/** The elements of some names anywhere below, in the order of the file. */
export function ofxBelow(element: OfxElement, names: ReadonlySet<string>): readonly OfxElement[] {
  const found: OfxElement[] = [];
  const left = [element];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (names.has(next.name)) found.push(next);
    else for (let at = next.children.length - 1; at >= 0; at -= 1) left.push(next.children[at] as OfxElement);
  }
  return found;
}
