import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { CivilDate } from '../calendar.ts';
import type { Money } from '../money.ts';
import { fold } from './cells.ts';

/** What makes two rows of statements the same transaction, as far as a bank tells. */
export interface FingerprintFacts {
  readonly kind: 'income' | 'expense';
  /** Without a sign: the kind has it. */
  readonly amount: Money;
  readonly occurredOn: CivilDate;
  readonly note?: string | undefined;
}

const MAX_CHARACTERS = 128;

/**
 * The same text for the same bank row, whatever the file's order, delimiter, encoding or header: day, signed minor units,
 * currency, and the note with case, blanks and accents folded. A long one ends in a digest of it all.
 *
 * The category is left out, because people change it; so is the line, because files overlap.
 *
 * @example
 * fingerprintOf({ kind: 'expense', amount: money(350n, eur), occurredOn, note: 'Café' }); // '2026-10-14 -350 EUR cafe'
 */
export function fingerprintOf({ kind, amount, occurredOn, note }: FingerprintFacts): string {
  const start = `${occurredOn} ${kind === 'expense' ? '-' : ''}${amount.minor} ${amount.currency}`;
  const whole = note === undefined || note === '' ? start : `${start} ${fold(note)}`;
  if (whole.length <= MAX_CHARACTERS) return whole;
  return `${start} #${bytesToHex(sha256(utf8ToBytes(whole))).slice(0, 32)}`;
}
