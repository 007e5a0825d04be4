/** A bug in this program, never a refusal: it names what the code took for granted. */
export class AssertionError extends Error {
  readonly code = 'assertion-failed';
}

/**
 * Stops on what must be true. For refusals use a value ({@link Rejection}), for a broken store a `StoreError`.
 *
 * @example
 * assert(1 + 1 === 2, 'sums hold');
 */
export function assert(condition: unknown, claim: string): asserts condition {
  if (!condition) throw new AssertionError(`this should hold and does not: ${claim}`);
}
