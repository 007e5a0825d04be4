import { isUtf8 } from 'node:buffer';
import { breathe } from './csv-slices.ts';

export type CsvEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export const CSV_ENCODINGS: readonly CsvEncoding[] = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'];

const SNIFFED_BYTES = 4_096;

/**
 * Finds out how bytes spell text: by a byte order mark, by the pattern of NULs that UTF-16 leaves in Latin text, by being
 * valid UTF-8; what is none of these is Windows-1252.
 *
 * @example
 * encodingOf(Uint8Array.of(0x44, 0xfc)); // 'windows-1252'
 */
export function encodingOf(bytes: Uint8Array): CsvEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const nuls = [0, 0];
  const sniffed = Math.min(bytes.length, SNIFFED_BYTES);
  for (let at = 0; at < sniffed; at += 1) if (bytes[at] === 0) nuls[at % 2] = (nuls[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = nuls;
  const half = sniffed / 2;
  if (odd > half * 0.6 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.05) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

const UTF8_MARK_BYTES = 3;
const SLICE_BYTES = 256 * 1_024;

/** The same text in UTF-8, without a byte order mark. UTF-8 that is not valid gets replacement characters. */
export async function toUtf8(bytes: Uint8Array, encoding: CsvEncoding): Promise<Buffer> {
  if (encoding === 'utf-8') {
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return whole[0] === 0xef && whole[1] === 0xbb && whole[2] === 0xbf ? whole.subarray(UTF8_MARK_BYTES) : whole;
  }
  const decoder = new TextDecoder(encoding);
  const slices: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += SLICE_BYTES) {
    const to = from + SLICE_BYTES;
    slices.push(Buffer.from(decoder.decode(bytes.subarray(from, to), { stream: to < bytes.length })));
    await breathe();
  }
  return Buffer.concat(slices);
}

const MAGIC: readonly (readonly [string, string])[] = [
  ['%PDF', 'a PDF'],
  ['PK\u0003\u0004', 'an Excel workbook or a ZIP archive'],
  ['\u00d0\u00cf\u0011\u00e0', 'an old Excel workbook'],
  ['\u0089PNG', 'an image'],
  ['\u00ff\u00d8\u00ff', 'an image'],
  ['GIF8', 'an image'],
  ['RIFF', 'an image or a sound'],
  ['\u001f\u008b', 'a compressed file'],
  ['SQLite format 3', 'a database'],
  ['{\\rtf', 'a text document'],
];
const MARKUP = /^\s*(?:<!doctype\s|<html|<head|<body|<table|<\?xml|<svg|<ofx|ofxheader:|\{\s*")/i;
const SNIFFED_CHARACTERS = 65_536;
/** More control characters than one in so many are no text. */
const CONTROL_SHARE = 200;

/** What a file is: text, nothing at all, or something else in words that finish "it looks like". */
export function kindOfFile(bytes: Uint8Array, text: Buffer): string {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  const magic = MAGIC.find(([mark]) => start.startsWith(mark));
  if (magic !== undefined) return magic[1];
  const sniffed = text.subarray(0, SNIFFED_CHARACTERS);
  if (MARKUP.test(sniffed.subarray(0, 1_024).toString())) return 'a web page or another kind of export';
  let controls = 0;
  let written = false;
  for (const byte of sniffed) {
    if (byte > 0x20) written = true;
    else if (byte < 0x09 || (byte > 0x0d && byte < 0x1a) || (byte > 0x1a && byte < 0x20)) controls += 1;
  }
  if (controls * CONTROL_SHARE > sniffed.length) return 'binary data';
  return written ? 'text' : 'nothing';
}
