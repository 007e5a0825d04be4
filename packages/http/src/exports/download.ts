import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import type { Response } from 'express';
import { writeHead } from '../head.ts';

/** A file as it is handed out. */
export interface Download {
  readonly type: string;
  /** Its name; what a file system cannot take is left out. */
  readonly name: string;
  readonly pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
}

/** Sends a file piece by piece, as fast as it is taken. */
export async function download(response: Response, { type, name, pieces }: Download): Promise<undefined> {
  writeHead(response, 200, {
    'Content-Type': type.startsWith('text/') || type === 'application/json' ? `${type}; charset=utf-8` : type,
    'Cache-Control': 'no-store',
    // RFC 6266 and RFC 8187: `'`, `(`, `)` and `*` are no characters of an encoded value.
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName(name)).replaceAll(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)}`,
  });
  try {
    await pipeline(Readable.from(fairly(pieces)), response);
  } catch (error) {
    // Who hung up needs no answer.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
  return undefined;
}

const MAX_NAME = 150;
// Separators of folders, and what cannot be seen or turns the text around it.
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSAFE = /[/\\\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** A name that stays in its folder. */
function fileName(name: string): string {
  const dot = name.lastIndexOf('.');
  const stem = name
    .slice(0, dot)
    .toWellFormed()
    .replaceAll(UNSAFE, '-')
    .replace(/^[.\s]+/, '');
  return `${Array.from(stem).slice(0, MAX_NAME).join('') || 'kakeibo'}${name.slice(dot)}`;
}

const SHARE_MS = 5;

/** The pieces, with turns for whoever else waits for this thread. */
async function* fairly(pieces: Download['pieces']): AsyncGenerator<string | Uint8Array> {
  let since = performance.now();
  for await (const piece of pieces) {
    yield piece;
    if (performance.now() - since < SHARE_MS) continue;
    await setImmediate();
    since = performance.now();
  }
}

const PIECE = 16_384;

/** Lines put together into pieces that are worth sending. */
export function* inPieces(lines: Iterable<string>): Generator<string> {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
