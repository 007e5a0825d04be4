import { isDate, parseDate, type RegisterCursor } from '@kakeibo/core';
import { requestInvalid } from './problem.ts';

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function refuse(): never {
  throw requestInvalid([{ path: 'after', message: 'Take it from `next` of the page before.' }]);
}

/** A place in the register as an opaque text. */
export function writeEntryCursor({ occurredOn, version }: RegisterCursor): string {
  return encode(`${occurredOn} ${version}`);
}

export function readEntryCursor(text: string): RegisterCursor {
  const [date = '', version = ''] = Buffer.from(text, 'base64url').toString().split(' ');
  const occurredOn = parseDate(date);
  return isDate(occurredOn) && /^\d{1,15}$/.test(version) ? { occurredOn, version: Number(version) } : refuse();
}

/** A version or a position as an opaque text. */
export function writePlaceCursor(place: number): string {
  return encode(String(place));
}

export function readPlaceCursor(text: string): number {
  const place = Buffer.from(text, 'base64url').toString();
  return /^\d{1,15}$/.test(place) ? Number(place) : refuse();
}
