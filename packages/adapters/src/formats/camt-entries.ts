import { refuseFile, type BankFileRefusal } from '@kakeibo/core';
import { MAX_BANK_RECORDS, MAX_TEXT_CHARACTERS, tooManyRecords } from './bank-text.ts';

/** An entry's markup, and the line it starts on. */
export interface CamtFragment {
  readonly line: number;
  readonly xml: string;
}

/** A document cut up: what is round the entries, with the place of each in it, and the entries. */
export interface CamtPieces {
  readonly kind: 'pieces';
  /** Each entry is `<Ntry>n</Ntry>` here, with as many line breaks behind it as it had. */
  readonly frame: string;
  readonly entries: readonly CamtFragment[];
}

const STEP_TAGS = 5_000;
const MARK = /<(?:!--|!\[CDATA\[|!DOCTYPE|!ENTITY|(\/?)(?:[\w-]{1,40}:)?Ntry(?=[\s/>]))?/giy;

/**
 * Cuts a document up, so that it can be parsed entry by entry: in small steps, each with its line. Comments are dropped, CDATA
 * becomes plain text, and a document type is refused, so that no parser ever sees an entity.
 */
export function* camtPiecesInSteps(text: string): Generator<void, CamtPieces | BankFileRefusal> {
  const cutting = new Cutting(text);
  let steps = 0;
  while (cutting.next()) {
    steps += 1;
    if (steps % STEP_TAGS === 0) yield;
  }
  return cutting.refusal ?? { kind: 'pieces', frame: cutting.frame.join(''), entries: cutting.entries };
}

class Cutting {
  readonly frame: string[] = [];
  readonly entries: CamtFragment[] = [];
  refusal: BankFileRefusal | undefined;
  readonly #text: string;
  #entry: { readonly line: number; readonly xml: string[] } | undefined;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  /** Moves on past the next tag; false at the end. */
  next(): boolean {
    const start = this.#text.indexOf('<', this.#at);
    this.#keep(this.#text.slice(this.#at, start < 0 ? this.#text.length : start));
    if (this.refusal !== undefined) return false;
    if (start < 0) return this.#ended();
    this.#at = start;
    MARK.lastIndex = start;
    const match = MARK.exec(this.#text);
    const mark = (match?.[0] ?? '<').toUpperCase();
    if (mark === '<!DOCTYPE' || mark === '<!ENTITY') {
      return this.#refuse('doctype-refused', `Line ${this.#line} declares a document type, which no bank needs.`);
    }
    if (mark === '<!--') return this.#skip('-->', false);
    if (mark === '<![CDATA[') return this.#skip(']]>', true);
    return this.#tag(mark.endsWith('NTRY') ? (match?.[1] === '/' ? 'closes' : 'opens') : 'other');
  }

  #tag(kind: 'opens' | 'closes' | 'other'): boolean {
    const end = this.#text.indexOf('>', this.#at);
    if (end < 0 || end - this.#at > MAX_TEXT_CHARACTERS) {
      return end < 0
        ? this.#refuse('file-truncated', `The file ends inside of a tag on line ${this.#line}.`)
        : this.#refuse('text-too-long', `A tag on line ${this.#line} has more than ${MAX_TEXT_CHARACTERS} characters.`);
    }
    const tag = this.#text.slice(this.#at, end + 1);
    this.#at = end + 1;
    if (kind === 'opens') {
      if (this.#entry !== undefined)
        return this.#refuse('file-malformed', `Line ${this.#line} opens an entry inside of an entry.`);
      this.#entry = { line: this.#line, xml: [] };
    }
    this.#keep(tag);
    if (kind === 'closes' || (kind === 'opens' && tag.endsWith('/>'))) return this.#close();
    return true;
  }

  #close(): boolean {
    const entry = this.#entry;
    if (entry === undefined) return this.#refuse('file-malformed', `Line ${this.#line} closes an entry that is not open.`);
    this.#entry = undefined;
    this.frame.push(`<Ntry>${this.entries.length}</Ntry>${'\n'.repeat(this.#line - entry.line)}`);
    this.entries.push({ line: entry.line, xml: entry.xml.join('') });
    if (this.entries.length <= MAX_BANK_RECORDS) return true;
    this.refusal = tooManyRecords(this.#line);
    return false;
  }

  #skip(ending: string, isText: boolean): boolean {
    const end = this.#text.indexOf(ending, this.#at);
    if (end < 0) return this.#refuse('file-truncated', `What opens on line ${this.#line} never ends: “${ending}” is missing.`);
    const skipped = this.#text.slice(this.#at, end);
    if (isText)
      this.#keep(skipped.slice('<![CDATA['.length).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
    else this.#keep('\n'.repeat(breaksIn(skipped)));
    this.#at = end + ending.length;
    return this.refusal === undefined;
  }

  #keep(text: string): void {
    if (text.length > 6 * MAX_TEXT_CHARACTERS && text.trim() !== '') {
      this.#refuse('text-too-long', `A text on line ${this.#line} has more than ${MAX_TEXT_CHARACTERS} characters.`);
      return;
    }
    (this.#entry?.xml ?? this.frame).push(text);
    this.#line += breaksIn(text);
  }

  #ended(): boolean {
    if (this.#entry === undefined) return false;
    return this.#refuse(
      'file-truncated',
      `The entry on line ${this.#entry.line} never ends; download the file again.`,
      this.#entry.line,
    );
  }

  #refuse(code: BankFileRefusal['code'], message: string, line = this.#line): false {
    this.refusal = refuseFile(code, message, { line });
    return false;
  }
}

function breaksIn(text: string): number {
  let found = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) found += 1;
  return found;
}
