import { refuseFile, type BankFileRefusal, type CurrencyCode, type FileWarning, type Writing } from '@kakeibo/core';
import { encodingOf } from './csv-encoding.ts';

/** What reading a bank's file depends on beside its bytes. */
export interface BankFileOptions extends Writing {
  /** The wallet's: for files that name no currency, and for signs that are those of many. */
  readonly currency: CurrencyCode;
  /** A larger file is refused before anything of it is read. */
  readonly maxBytes?: number;
}

export const MAX_BANK_FILE_BYTES = 20 * 1_024 * 1_024;
export const MAX_BANK_RECORDS = 100_000;
/** No text of a bank is longer: a name, a purpose, a line. */
export const MAX_TEXT_CHARACTERS = 10_000;

/** A bank's file, or one part of it, as text. */
export interface BankText {
  readonly kind: 'text';
  readonly text: string;
}

// The labels that files name; what else the Encoding standard knows is no bank's.
const LABELS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-16': 'utf-16le',
  'us-ascii': 'utf-8',
  'iso-8859-1': 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  'windows-1252': 'windows-1252',
  'windows-1250': 'windows-1250',
  'windows-1251': 'windows-1251',
};

/** Refuses bytes that are too many or none. */
export function refuseBytes(bytes: Uint8Array, { maxBytes = MAX_BANK_FILE_BYTES }: BankFileOptions): BankFileRefusal | undefined {
  if (bytes.length === 0) return refuseFile('file-empty', 'The file is empty.');
  if (bytes.length <= maxBytes) return undefined;
  return refuseFile(
    'file-too-large',
    `The file has ${bytes.length} bytes; at most ${maxBytes} are read. Export a shorter stretch.`,
  );
}

/**
 * Bytes as text in the encoding that the file declares; without one, in the one that they look like. Bytes that are not valid in
 * the declared encoding are refused with their line, since a wrong name would stay in the books.
 */
export function textOf(bytes: Uint8Array, declared: string | undefined): BankText | BankFileRefusal {
  const found = encodingOf(bytes);
  const marked = found === 'utf-16le' || found === 'utf-16be' || (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf);
  const label = marked || declared === undefined ? found : LABELS[declared.toLowerCase()];
  if (label === undefined) {
    return refuseFile('encoding-unknown', `The file says that it is written in ${declared?.slice(0, 40)}, which is not known.`, {
      line: 1,
    });
  }
  // Many banks declare Windows-1252 and write UTF-8; bytes that are UTF-8 by chance are next to impossible.
  const encoding = label === 'windows-1252' && found === 'utf-8' ? 'utf-8' : label;
  const text = new TextDecoder(encoding).decode(bytes);
  // Valid UTF-8 may spell the replacement character itself.
  const broken = encoding === 'utf-8' && found === 'utf-8' ? -1 : text.indexOf('\ufffd');
  if (broken < 0) return text.trim() === '' ? refuseFile('file-empty', 'The file is empty.') : { kind: 'text', text };
  const line = lineAt(text, broken);
  return refuseFile('encoding-invalid', `Line ${line} has bytes that are not valid in ${declared ?? encoding}.`, { line });
}

/** The line of a place in a text, from 1. */
export function lineAt(text: string, at: number): number {
  let line = 1;
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line += 1;
  return line;
}

const BREAK = /\r\n|\n|\r/;

/** The lines of a text; refused when one is too long to be one. */
export function linesOf(text: string): readonly string[] | BankFileRefusal {
  const lines = text.split(BREAK);
  const long = lines.findIndex((line) => line.length > MAX_TEXT_CHARACTERS);
  if (long < 0) return lines;
  return refuseFile('text-too-long', `Line ${long + 1} has more than ${MAX_TEXT_CHARACTERS} characters.`, { line: long + 1 });
}

/** Says that rows about securities are not read. */
export function investmentsLeftOut(rows: number, line: number, account: string | null): FileWarning {
  const said = rows === 1 ? '1 investment row was' : `${rows} investment rows were`;
  const message = `${said} left out (from line ${line} on): buying and selling securities is no booking of a wallet.`;
  return { code: 'investments-left-out', message, line, account };
}

export function tooManyRecords(line: number): BankFileRefusal {
  return refuseFile('import-too-large', `The file has more than ${MAX_BANK_RECORDS} transactions; export a shorter stretch.`, {
    line,
  });
}

/** The first bytes as characters one to one, to look for marks that are ASCII in every encoding. */
export function startOf(bytes: Uint8Array, length = 4_096): string {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, length)).toString('latin1');
  return start.replaceAll('\u0000', '');
}

const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos|nbsp));/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Resolves what markup predefines, once. Nothing else is resolved, so that nothing can grow. */
export function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
