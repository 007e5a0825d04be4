import {
  addDays,
  daysBetween,
  parseCurrency,
  parseDate,
  proposeTransfers,
  type Candidate,
  type CivilDate,
  type CurrencyCode,
} from '@kakeibo/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workedMs } from '../worked.ts';

const first = parseDate('2026-10-10') as CivilDate;
const code = (text: string): CurrencyCode => parseCurrency(text) as CurrencyCode;

let ids = 0;
function candidate(kind: Candidate['kind'], day: number, more: Partial<Candidate> = {}): Candidate {
  const walletId = kind === 'expense' ? 'giro' : 'savings';
  return {
    walletId,
    entryId: `e${(ids += 1)}`,
    kind,
    amount: '100',
    currency: code('EUR'),
    occurredOn: addDays(first, day),
    ...more,
  };
}

/** The pairs that are proposed, by the places of their entries. */
function pairsOf(...candidates: readonly Candidate[]): readonly (readonly [number, number])[] {
  return proposeTransfers(candidates).map(({ from, to }) => [candidates.indexOf(from), candidates.indexOf(to)]);
}

test('what is of another amount, currency or wallet, or more than four days apart, is no transfer', () => {
  const expense = candidate('expense', 0);
  expect(pairsOf(expense, candidate('income', 4))).toEqual([[0, 1]]);
  expect(pairsOf(expense, candidate('income', -4))).toEqual([[0, 1]]);
  expect(pairsOf(expense, candidate('income', 5))).toEqual([]);
  expect(pairsOf(expense, candidate('income', -5))).toEqual([]);
  expect(pairsOf(expense, candidate('income', 0, { amount: '101' }))).toEqual([]);
  expect(pairsOf(expense, candidate('income', 0, { currency: code('USD') }))).toEqual([]);
  expect(pairsOf(expense, candidate('income', 0, { walletId: 'giro' }))).toEqual([]);
  expect(pairsOf(expense, candidate('expense', 0, { walletId: 'savings' }))).toEqual([]);
});

test('the nearest are paired, and before those that arrive too early those that arrive later', () => {
  const expense = candidate('expense', 0);
  expect(pairsOf(expense, candidate('income', 4), candidate('income', -1), candidate('income', 1))).toEqual([[0, 3]]);
  expect(pairsOf(candidate('expense', -2), candidate('expense', 0), candidate('income', 0), candidate('income', 1))).toEqual([
    [1, 2],
    [0, 3],
  ]);
});

test('each entry is in one pair at the most, every pair is one, and no pair is left', () => {
  const some = fc.record({
    walletId: fc.constantFrom('a', 'b', 'c'),
    kind: fc.constantFrom('expense' as const, 'income' as const),
    amount: fc.constantFrom('100', '200'),
    currency: fc.constantFrom(code('EUR'), code('USD')),
    occurredOn: fc.integer({ min: 0, max: 12 }).map((days) => addDays(first, days)),
  });
  const isPair = (from: Candidate, to: Candidate): boolean =>
    from.kind === 'expense' &&
    to.kind === 'income' &&
    from.walletId !== to.walletId &&
    from.amount === to.amount &&
    from.currency === to.currency &&
    Math.abs(daysBetween(from.occurredOn, to.occurredOn)) <= 4;
  fc.assert(
    fc.property(fc.array(some, { maxLength: 40, size: 'max' }), (parts) => {
      const candidates = parts.map((part, index): Candidate => ({ ...part, entryId: `e${index}` }));
      const pairs = proposeTransfers(candidates);
      const used = new Set(pairs.flatMap(({ from, to }) => [from.entryId, to.entryId]));
      expect(used.size).toBe(2 * pairs.length);
      for (const { from, to, days } of pairs) {
        expect(isPair(from, to)).toBe(true);
        expect(daysBetween(from.occurredOn, to.occurredOn)).toBe(days);
      }
      const distances = pairs.map(({ days }) => Math.abs(days));
      expect(distances).toEqual(distances.toSorted((a, b) => a - b));
      const left = candidates.filter(({ entryId }) => !used.has(entryId));
      for (const from of left) for (const to of left) expect(isPair(from, to)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('ten thousand equal rows on both sides are paired in a moment', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => [
    candidate('expense', index % 3),
    candidate('income', index % 3),
    candidate('income', 0, { walletId: 'giro' }),
  ]).flat();
  const began = workedMs();
  expect(proposeTransfers(many)).toHaveLength(10_000);
  expect(workedMs() - began).toBeLessThan(2_000);
});
