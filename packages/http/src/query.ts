import type { z } from 'zod';
import { parseWith } from './body.ts';
import { requestInvalid } from './problem.ts';

/** Reads the query of a URL: each name once at the most, no name that the schema does not know. */
export function readQuery<Schema extends z.ZodType>(url: string, schema: Schema): z.output<Schema> {
  const start = url.indexOf('?');
  if (start === -1) return parseWith(schema, {});
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(url.slice(start))) {
    if (values.has(name)) throw requestInvalid([{ path: name, message: 'It is given more than once.' }]);
    values.set(name, value);
  }
  return parseWith(schema, Object.fromEntries(values));
}
