import { isDate, parseDate, type CivilDate } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import { parseAmount, type Money } from '../money.ts';
import type { Rejection, RejectionCode } from '../outcome.ts';
import type { JsonObject } from '../ports/event-store.ts';

/** The bounds of what people write. Lengths are in code points. */
const MAX_NAME = 100;
const MAX_PAYEE = 100;
const MAX_TAG = 40;
export const MAX_TAGS = 10;
export const MAX_NOTE = 500;
export const MAX_CATEGORY_DEPTH = 8;
export const MAX_CATEGORY_PART = 60;

/** Where an expense goes whose statement names no category: it waits there to be sorted. */
export const UNSORTED = 'Unsorted';

/** Makes a refusal. */
export function reject(code: RejectionCode, message: string, field?: string, detail?: JsonObject): Rejection {
  return { code, message, ...(field === undefined ? {} : { field }), ...(detail === undefined ? {} : { detail }) };
}

/** Whether reading came to a refusal. */
export function isRejection(value: unknown): value is Rejection {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}

// Control characters, lone surrogates, and marks that turn the direction of the text around them.
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNWRITABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** Reads a wallet's name. */
export function parseName(text: string): string | Rejection {
  const name = text.normalize('NFC').trim();
  if (name === '' || UNWRITABLE.test(name) || name.length > 2 * MAX_NAME || lengthOf(name) > MAX_NAME) {
    return reject('name-invalid', `A name has 1 to ${MAX_NAME} characters, none of them control characters.`, 'name');
  }
  return name;
}

/** Reads an amount of a currency; `zero` says whether nothing is something. */
export function parseSum(text: string, currency: CurrencyCode, options: { readonly zero?: boolean } = {}): Money | Rejection {
  // A caller without types may pass a number, which the pattern would read as if it were exact.
  const amount = typeof text === 'string' ? parseAmount(text, currency) : 'amount-malformed';
  const decimals = exponentOf(currency);
  switch (amount) {
    case 'amount-malformed':
      return reject(amount, 'An amount is digits with a point for the decimals, like 12.50; no exponent, no grouping.', 'amount');
    case 'amount-too-precise':
      return reject(amount, `${currency} has ${decimals} decimals; this amount has more, and nothing is rounded.`, 'amount', {
        currency,
        decimals,
      });
    case 'amount-too-large':
      return reject(amount, 'The amount is larger than any wallet can hold: at most 18 digits of minor units.', 'amount');
    default:
      return amount.minor > 0n || (options.zero === true && amount.minor === 0n)
        ? amount
        : reject('amount-not-positive', 'An amount is more than zero; the kind of entry says which way it goes.', 'amount');
  }
}

/** Reads a category path: parts joined by `:`, blanks around them dropped. */
export function parseCategory(text: string, field = 'category'): string | Rejection {
  if (text.length > 4_000)
    return reject('category-too-long', `A part of a category has at most ${MAX_CATEGORY_PART} characters.`, field);
  const parts = text
    .normalize('NFC')
    .split(':')
    .map((part) => part.trim());
  if (text.trim() === '') return reject('category-missing', 'Name a category, like Food or Food:Cafe.', field);
  if (parts.some((part) => part === '') || UNWRITABLE.test(text) || parts[0] === '__proto__') {
    return reject(
      'category-invalid',
      'A category is words joined by ":", none of them empty, without control characters.',
      field,
    );
  }
  if (parts.some((part) => lengthOf(part) > MAX_CATEGORY_PART)) {
    return reject('category-too-long', `A part of a category has at most ${MAX_CATEGORY_PART} characters.`, field);
  }
  if (parts.length > MAX_CATEGORY_DEPTH) {
    return reject('category-too-deep', `A category is at most ${MAX_CATEGORY_DEPTH} levels deep.`, field);
  }
  return parts.join(':');
}

/** Reads a note; a blank one is none. */
export function parseNote(text: string, field = 'note'): string | undefined | Rejection {
  if (text.length > 2 * MAX_NOTE) return reject('note-too-long', `A note has at most ${MAX_NOTE} characters.`, field);
  const note = text.normalize('NFC').trim();
  if (UNWRITABLE.test(note.replaceAll(/[\n\t]/g, ' '))) {
    return reject('note-invalid', 'A note has no control characters but line breaks and tabs.', field);
  }
  if (lengthOf(note) > MAX_NOTE) return reject('note-too-long', `A note has at most ${MAX_NOTE} characters.`, field);
  return note === '' ? undefined : note;
}

/** Reads who was paid, or who paid; a blank text is nobody. */
export function parsePayee(text: string, field = 'payee'): string | undefined | Rejection {
  if (text.length > 4 * MAX_PAYEE) return reject('payee-too-long', `A payee has at most ${MAX_PAYEE} characters.`, field);
  const payee = text.normalize('NFC').trim().replaceAll(/ {2,}/g, ' ');
  if (UNWRITABLE.test(payee)) return reject('payee-invalid', 'A payee has no control characters.', field);
  if (lengthOf(payee) > MAX_PAYEE) return reject('payee-too-long', `A payee has at most ${MAX_PAYEE} characters.`, field);
  return payee === '' ? undefined : payee;
}

/** Reads tags: words without blanks, commas and `#`, each once, sorted; a `#` in front is dropped. None is undefined. */
export function parseTags(texts: readonly string[], field = 'tags'): readonly string[] | undefined | Rejection {
  const tags = texts.slice(0, 2 * MAX_TAGS).map((text) =>
    text
      .slice(0, 4 * MAX_TAG)
      .normalize('NFC')
      .trim()
      .replace(/^#/, ''),
  );
  const fits = tags.every(
    (tag) => tag !== '' && !/[\s,#]/.test(tag) && tag !== '__proto__' && !UNWRITABLE.test(tag) && lengthOf(tag) <= MAX_TAG,
  );
  const distinct = [...new Set(tags)].sort();
  if (!fits || distinct.length > MAX_TAGS || texts.length > 2 * MAX_TAGS) {
    const message = `An entry has at most ${MAX_TAGS} tags, each a word of at most ${MAX_TAG} characters without commas and "#".`;
    return reject('tags-invalid', message, field);
  }
  return distinct.length === 0 ? undefined : distinct;
}

/** Reads a day. */
export function parseDay(text: string, field: string): CivilDate | Rejection {
  const date = parseDate(text);
  if (isDate(date)) return date;
  return date === 'date-invalid'
    ? reject(date, `${text.slice(0, 20)} does not exist; a day is written like 2026-10-14.`, field)
    : reject(date, 'Days lie in the years 1400 to 9998.', field);
}

/** Reads the id of an import rule. */
export function parseRuleId(text: string): string | Rejection {
  return /^[A-Za-z0-9._-]{1,64}$/.test(text) && text !== '__proto__'
    ? text
    : reject('rule-id-invalid', 'The id of a rule has 1 to 64 of the characters A-Z a-z 0-9 . _ -', 'ruleId');
}

const MAX_PATTERN = 100;

/** Reads a pattern with `*` for anything. */
export function parsePattern(text: string, field: string): string | Rejection {
  const pattern = text.length > 4 * MAX_PATTERN ? '' : text.normalize('NFC').trim();
  return pattern === '' || UNWRITABLE.test(pattern) || lengthOf(pattern) > MAX_PATTERN
    ? reject('pattern-invalid', `A pattern has 1 to ${MAX_PATTERN} characters, with * for anything.`, field)
    : pattern;
}
