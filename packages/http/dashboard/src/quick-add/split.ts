import type { Part } from '../api/entry-types.ts';
import { fromMinor, toMinor } from '../money/amount.ts';
import { parseAmount } from '../money/parse-amount.ts';

/** A part as it is typed: its figure is an amount, or how many shares it takes. */
export interface PartValues {
  readonly category: string;
  readonly figure: string;
  readonly note: string | null;
}

export interface SplitValues {
  readonly by: 'amount' | 'share';
  /** None: the entry has one category. */
  readonly rows: readonly PartValues[];
}

export const NO_SPLIT: SplitValues = { by: 'amount', rows: [] };
export const MOST_PARTS = 50;
const MOST_SHARES = 1_000_000;

export function splitOf(parts: readonly Part[] | null): SplitValues {
  if (parts === null) return NO_SPLIT;
  return { by: 'amount', rows: parts.map(({ category, amount, note }) => ({ category, figure: amount, note })) };
}

/** Shares of a whole that add up to it: what rounding leaves goes to the largest remainders, the first of equals first. */
export function shareOut(whole: bigint, shares: readonly bigint[]): readonly bigint[] {
  const all = shares.reduce((total, each) => total + each, 0n);
  if (all <= 0n) return shares.map(() => 0n);
  const amounts = shares.map((each) => (whole * each) / all);
  const order = shares
    .map((each, index) => ({ index, rest: (whole * each) % all }))
    .sort((left, right) => (right.rest > left.rest ? 1 : right.rest < left.rest ? -1 : left.index - right.index));
  const short = Number(whole - amounts.reduce((total, each) => total + each, 0n));
  for (const { index } of order.slice(0, short)) amounts[index] = (amounts[index] ?? 0n) + 1n;
  return amounts;
}

function readShare(text: string): bigint | undefined {
  const trimmed = text.trim();
  return /^[1-9]\d{0,6}$/.test(trimmed) && Number(trimmed) <= MOST_SHARES ? BigInt(trimmed) : undefined;
}

/** What each row comes to, as far as it can be read. */
export function amountsOf({ by, rows }: SplitValues, whole: bigint, decimals: number): readonly (bigint | undefined)[] {
  if (by === 'amount') {
    return rows.map(({ figure }) => {
      const parsed = parseAmount(figure, decimals);
      return parsed.ok ? parsed.minor : undefined;
    });
  }
  const shares = rows.map(({ figure }) => readShare(figure));
  const paid = shareOut(
    whole,
    shares.map((share) => share ?? 0n),
  );
  return shares.map((share, index) => (share === undefined ? undefined : paid[index]));
}

/** What of the whole no row has yet; below zero when they have too much. */
export function leftOf(split: SplitValues, whole: bigint, decimals: number): bigint {
  return amountsOf(split, whole, decimals).reduce<bigint>((left, amount) => left - (amount ?? 0n), whole);
}

export type CheckedSplit = { readonly parts: readonly Part[] } | { readonly row: number; readonly fault: string };

/** The parts, or the first row that needs something. They add up to the whole exactly. */
export function checkSplit(split: SplitValues, whole: string, decimals: number): CheckedSplit {
  const minor = toMinor(whole);
  const amounts = amountsOf(split, minor, decimals);
  const parts: Part[] = [];
  for (const [row, { category, note }] of split.rows.entries()) {
    const amount = amounts[row];
    if (category.trim() === '') return { row, fault: 'Each part needs a category.' };
    if (amount === undefined)
      return { row, fault: split.by === 'amount' ? 'Write how much of it this part is.' : 'A share is a whole number.' };
    if (amount === 0n) return { row, fault: 'The amount is too small: this part comes to nothing.' };
    parts.push({ category: category.trim(), amount: fromMinor(amount, decimals), note });
  }
  if (parts.length < 2) return { row: 0, fault: 'A split has two parts or more.' };
  const left = leftOf(split, minor, decimals);
  if (left === 0n) return { parts };
  const rest = fromMinor(left < 0n ? -left : left, decimals);
  return { row: parts.length - 1, fault: left > 0n ? `${rest} is left. The parts add up to the amount.` : `${rest} too much.` };
}
