import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Json, JsonObject } from './ports/event-store.ts';

/** Names a wallet: a UUID, made of the id of the command that opened it. */
export type WalletId = string;
/** Names an entry: the id of the event that added it. */
export type EntryId = string;
/** Names a limit: chosen by whoever sets it, 1 to 64 of `A-Z a-z 0-9 . _ -`. */
export type LimitId = string;
/** Names a transfer: the id of the event that sent it. */
export type TransferId = string;
/** Names a plan: the id of the event that made it. */
export type PlanId = string;
/** Names a goal, a schedule or a rule: chosen like a limit's. */
export type GoalId = string;
export type ScheduleId = string;
export type RuleId = string;

/**
 * The SHA-256 of a text's UTF-8, in hexadecimal (FIPS 180-4).
 *
 * @example
 * digest('').slice(0, 8); // 'e3b0c442'
 */
export function digest(text: string): string {
  return bytesToHex(sha256(bytesOf(text)));
}

/** A text's UTF-8. Plain ASCII, which most commands are, is copied here, at a third of what the encoder costs. */
function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) return utf8ToBytes(text);
    bytes[index] = unit;
  }
  return bytes;
}

/**
 * A UUID that is the same for the same parts: version 8 (RFC 9562), from their SHA-256. The parts are joined with a character
 * that none of them holds, so that no two lists of parts run into one another.
 */
function uuidOf(...parts: readonly string[]): string {
  const hex = digest(parts.join('\u0000'));
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A UUID that begins with the time it was made: version 7 (RFC 9562). */
const TIMED = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TIME_LENGTH = 'xxxxxxxx-xxxx-'.length;

/**
 * The ids of the events that a command causes in a stream, by their place in its answer: a repeat of the command makes the same
 * ids. 90 bits come from a SHA-256 of stream and command, the last 32 are the place, so one hash serves a whole page of rows.
 * Where the command's id begins with its time, the events' ids do too, and 42 bits are the hash's: ids of one time then lie side
 * by side in a store's index, and the end of a log of a million events grows twice as fast (tests/bench/million.ts).
 */
export function eventIdsOf(stream: string, commandId: string): (index: number) => string {
  const hashed = uuidOf('event', stream, commandId).slice(0, -8);
  const base = TIMED.test(commandId) ? commandId.slice(0, TIME_LENGTH) + hashed.slice(TIME_LENGTH) : hashed;
  return (index) => base + index.toString(16).padStart(8, '0');
}

/** The id of the wallet that a command opens. */
export function walletIdOf(commandId: string): WalletId {
  return uuidOf('wallet', commandId);
}

/** The id of the import that a command starts. */
export function importIdOf(stream: string, commandId: string): string {
  return uuidOf('import', stream, commandId);
}

/** The id of the entry that is booked for an occurrence of a schedule: the same whoever books it, one of its kind in its wallet. */
export function occurrenceIdOf(scheduleId: ScheduleId, on: string): EntryId {
  return uuidOf('occurrence', scheduleId, on);
}

/** The command id of one page of a command that is too large for one append. */
export function pageCommandId(commandId: string, page: number): string {
  return uuidOf('page', commandId, String(page));
}

/** The id of a command that something else calls for: the same whoever gives it. */
export function derivedId(purpose: string, cause: string): string {
  return uuidOf(purpose, cause);
}

/** Whether a text can be the id of a wallet. */
export function isWalletId(text: string): boolean {
  return typeof text === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** JSON in one spelling only: keys sorted, no blanks, absent fields left out. Equal content gives equal text. */
export function canonical(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonical(item)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = value as JsonObject;
    const named = Object.keys(fields)
      .filter((key) => fields[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(fields[key])}`);
    return `{${named.join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

/** Whether a text can be a command id: 1 to 128 printable ASCII characters. */
export function isCommandId(text: string): boolean {
  return typeof text === 'string' && /^[\x21-\x7e](?:[\x20-\x7e]{0,126}[\x21-\x7e])?$/.test(text);
}
