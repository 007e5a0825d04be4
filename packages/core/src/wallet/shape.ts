import { reject } from './parse.ts';
import type { Rejection } from '../outcome.ts';

/** Where a value is not of its shape, and what it is to be (null: not there at all); undefined when it is. */
type Misfit = { readonly at: string; readonly wanted: string | null } | undefined;
/** Looks at a value of which nothing is known yet. */
export type Shape = (value: unknown, at: string) => Misfit;

/** Longer than any text that some rule takes, so that no rule has to read a gigabyte to refuse it. */
const MAX_TEXT = 1_000_000;

/** A text of at most so many UTF-16 units. */
export function textUpTo(most: number): Shape {
  const wanted = `a text of at most ${most} characters`;
  return (value, at) => (typeof value === 'string' && value.length <= most ? undefined : { at, wanted });
}

export const text: Shape = (value, at) =>
  typeof value === 'string' && value.length <= MAX_TEXT ? undefined : { at, wanted: 'a text' };
export const number: Shape = (value, at) => (typeof value === 'number' ? undefined : { at, wanted: 'a number' });
export const flag: Shape = (value, at) => (typeof value === 'boolean' ? undefined : { at, wanted: 'true or false' });

/** What may be left out. */
export function optional(shape: Shape): Shape {
  return (value, at) => (value === undefined ? undefined : shape(value, at));
}

/** What may be left out, or be null. */
export function nullable(shape: Shape): Shape {
  return (value, at) => (value === undefined || value === null ? undefined : shape(value, at));
}

export function listOf(shape: Shape): Shape {
  return (value, at) => {
    if (!Array.isArray(value)) return { at, wanted: 'a list' };
    for (const [index, item] of value.entries()) {
      const misfit = shape(item, `${at}[${index}]`);
      if (misfit !== undefined) return misfit;
    }
    return undefined;
  };
}

/** Any object. */
export const object: Shape = (value, at) =>
  typeof value !== 'object' || value === null || Array.isArray(value) ? { at, wanted: 'an object' } : undefined;

/** An object with some fields and no other, since a name that is mistyped would be passed over. */
export function fields(shapes: Readonly<Record<string, Shape>>): Shape {
  const known = Object.entries(shapes);
  return (value, at) => {
    const none = object(value, at);
    if (none !== undefined) return none;
    for (const [name, shape] of known) {
      const misfit = shape((value as Readonly<Record<string, unknown>>)[name], at === '' ? name : `${at}.${name}`);
      if (misfit !== undefined) return misfit;
    }
    for (const [name, given] of Object.entries(value as object)) {
      if (given === undefined || Object.hasOwn(shapes, name)) continue;
      const shown = name.slice(0, MAX_SHOWN);
      return { at: at === '' ? shown : `${at}.${shown}`, wanted: null };
    }
    return undefined;
  };
}

const MAX_SHOWN = 60;

/** The refusal of what is not of a shape. */
export function shapeFault(shape: Shape, value: unknown, at = ''): Rejection | undefined {
  const misfit = shape(value, at);
  if (misfit === undefined) return undefined;
  const { at: place, wanted } = misfit;
  const message =
    wanted === null ? `There is no field “${place}”.` : `${place === '' ? 'The command' : place} is to be ${wanted}.`;
  return reject('command-malformed', message, place);
}
