import type { Json } from './ports/event-store.ts';

/** The strings of a JSON text, with the colon that follows those which are names. RFC 8259, section 7. */
const STRINGS = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/gs;

/**
 * Reads JSON, and names of members as they are written.
 *
 * `JSON.parse` of V8 12.8 to 14.6 at the least takes a name that is written with an escape (`"\""`) for one that it has read before
 * (`"\\"`), see github.com/nodejs/node/issues/63785. Categories, payees and tags are such names, so that an amount
 * would change its place. Hence names with escapes are read by themselves, and the text is read with others in their place.
 *
 * Throws a `SyntaxError` on what is no JSON.
 *
 * @example
 * parseJson('{"a":[1,"b"]}'); // { a: [1, 'b'] }
 */
export function parseJson(text: string): unknown {
  if (!text.includes('\\')) return JSON.parse(text);
  const names: string[] = [];
  const mark = markFor(text);
  const plain = text.replace(STRINGS, (whole: string, colon: string | undefined) => {
    if (colon === undefined || !whole.includes('\\')) return whole;
    names.push(JSON.parse(whole.slice(0, -colon.length)) as string);
    return `"${mark}${names.length - 1}":`;
  });
  const value = JSON.parse(plain) as Json;
  return names.length === 0
    ? value
    : renamed(value, (key) => (key.startsWith(mark) ? names[Number(key.slice(mark.length))] : key));
}

/** What begins no name of the text. */
function markFor(text: string): string {
  let mark = '@';
  while (text.includes(`"${mark}`)) mark += '@';
  return mark;
}

function renamed(value: Json, nameOf: (key: string) => string | undefined): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item) => renamed(item, nameOf));
  // Defined, not assigned: `__proto__` is a name like any other. Of two equal names the last one counts, in the place of the first.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [nameOf(key) ?? key, renamed(item, nameOf)]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** A copy of something that is plain JSON, which nobody else holds. */
export function copyJson<Value>(value: Value): Value {
  return parseJson(JSON.stringify(value)) as Value;
}
