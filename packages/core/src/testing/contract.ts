/** What a contract is: named cases as data, so that any test runner, or none, can run them. */
import { StoreError } from '../ports/event-store.ts';
import type { StoreErrorCode } from '../ports/event-store.ts';
import type { Resource } from '../ports/resource.ts';

/** One claim about an adapter. `run` rejects with what is wrong when the claim does not hold. */
export interface ContractCase {
  readonly name: string;
  run(): Promise<void>;
}

/** A claim about a freshly opened thing. */
export type Claim<Subject> = readonly [name: string, check: (subject: Subject) => Promise<void>];

/** A claim that does not hold. */
export class ContractBroken extends Error {
  override readonly name = 'ContractBroken';
}

/** Cases that open a fresh subject each, and close it whatever happens. */
export function casesOf<Subject extends Resource>(
  open: () => Promise<Subject>,
  claims: readonly Claim<Subject>[],
): readonly ContractCase[] {
  return claims.map(([name, check]) => ({
    name,
    async run() {
      const subject = await open();
      try {
        await check(subject);
      } finally {
        await subject.close();
      }
    },
  }));
}

/**
 * Runs all cases, one after another, without a test runner. Rejects with every claim that does not hold.
 *
 * @example
 * await verifyContract(eventStoreContract(async (clock) => createMemoryEventStore({ clock })));
 */
export async function verifyContract(cases: readonly ContractCase[]): Promise<void> {
  const broken: string[] = [];
  for (const { name, run } of cases) {
    try {
      await run();
    } catch (error) {
      broken.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (broken.length > 0) throw new ContractBroken(`${broken.length} of ${cases.length} do not hold:\n${broken.join('\n')}`);
}

/** Stops the case unless the condition holds. */
export function holds(condition: unknown, claim: string): asserts condition {
  if (!condition) throw new ContractBroken(claim);
}

/** A value as text that is equal for equal values: members sorted, own `__proto__` members included. */
function canonical(value: unknown): string {
  if (value instanceof Map) return `Map${canonical([...value])}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.keys(value).sort();
    return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(Object.getOwnPropertyDescriptor(value, key)?.value)}`).join(',')}}`;
  }
  return value === undefined ? 'undefined' : JSON.stringify(value);
}

/** Stops the case unless both are the same, member by member. */
export function equal(actual: unknown, expected: unknown, claim: string): void {
  const [got, wanted] = [canonical(actual), canonical(expected)];
  if (got !== wanted) throw new ContractBroken(`${claim}: wanted ${brief(wanted)}, got ${brief(got)}`);
}

/** Stops the case unless the work is refused, by a `StoreError` with this code or by an assertion. */
export async function refused(
  work: () => Promise<unknown>,
  code: StoreErrorCode | 'assertion-failed',
  claim: string,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const actual = error instanceof StoreError ? error.code : error instanceof Error && 'code' in error ? error.code : error;
    return equal(actual, code, claim);
  }
  throw new ContractBroken(`${claim}: it was not refused`);
}

function brief(text: string): string {
  return text.length <= 400 ? text : `${text.slice(0, 400)}… (${text.length} characters)`;
}
