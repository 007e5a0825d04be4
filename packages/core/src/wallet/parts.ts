import { allocate, apportion, formatAmount, money, type Money } from '../money.ts';
import type { Rejection } from '../outcome.ts';
import type { PartDetails } from './entry-commands.ts';
import type { EntryPart } from './entry-facts.ts';
import { isRejection, parseCategory, parseNote, parseSum, reject } from './parse.ts';

export const MAX_PARTS = 50;
const MAX_SHARE = 1_000_000;

/**
 * Reads the parts of a split. Amounts must come to the whole exactly; shares are paid out by largest remainder, so that they do.
 *
 * @example
 * const parts = partsOf([{ category: 'Food', share: 2 }, { category: 'Home', share: 1 }], money(100n, eur));
 */
export function partsOf(details: readonly PartDetails[], whole: Money): readonly EntryPart[] | Rejection {
  if (details.length < 2 || details.length > MAX_PARTS) {
    return reject('parts-invalid', `A split has 2 to ${MAX_PARTS} parts.`, 'parts');
  }
  const amounts = details.every(({ amount }) => amount !== undefined) ? amountsOf(details, whole) : sharesOf(details, whole);
  if (isRejection(amounts)) return amounts;
  const parts: EntryPart[] = [];
  for (const [index, { category: text, note: remark }] of details.entries()) {
    const category = parseCategory(text, `parts[${index}].category`);
    if (isRejection(category)) return category;
    const note = remark === undefined ? undefined : parseNote(remark, `parts[${index}].note`);
    if (isRejection(note)) return note;
    parts.push({ category, amount: amounts[index] as Money, ...(note === undefined ? {} : { note }) });
  }
  return partsDiffer(parts, whole) ?? parts;
}

function amountsOf(details: readonly PartDetails[], whole: Money): readonly Money[] | Rejection {
  const amounts: Money[] = [];
  for (const [index, { amount: text = '', share }] of details.entries()) {
    if (share !== undefined) return mixed(index);
    const amount = parseSum(text, whole.currency);
    if (isRejection(amount)) return { ...amount, field: `parts[${index}].amount` };
    amounts.push(amount);
  }
  return amounts;
}

function sharesOf(details: readonly PartDetails[], whole: Money): readonly Money[] | Rejection {
  const shares: bigint[] = [];
  for (const [index, { amount, share }] of details.entries()) {
    if (amount !== undefined || share === undefined) return mixed(index);
    if (!Number.isInteger(share) || share < 1 || share > MAX_SHARE) {
      return reject('parts-invalid', `A share is a whole number from 1 to ${MAX_SHARE}.`, `parts[${index}].share`);
    }
    shares.push(BigInt(share));
  }
  const amounts = allocate(whole, shares);
  const empty = amounts.findIndex(({ minor }) => minor === 0n);
  return empty === -1
    ? amounts
    : reject('parts-invalid', 'The amount is too small: this part of it comes to nothing.', `parts[${empty}].share`);
}

function mixed(index: number): Rejection {
  return reject('parts-invalid', 'Either every part has an amount, or every part has a share.', `parts[${index}]`);
}

/** A refusal when parts do not come to the whole. */
export function partsDiffer(parts: readonly EntryPart[], whole: Money): Rejection | undefined {
  const sum = parts.reduce((total, { amount }) => total + amount.minor, 0n);
  if (sum === whole.minor) return undefined;
  const [came, wanted] = [formatAmount(money(sum, whole.currency)), formatAmount(whole)];
  return reject('parts-differ', `The parts come to ${came}, the entry to ${wanted}. Change one of them.`, 'parts', {
    parts: came,
    amount: wanted,
  });
}

/** What comes back, and what came back before by category, in minor units. */
export interface Coming {
  readonly whole: Money;
  readonly returned: Iterable<readonly [category: string, minor: string]>;
}

/**
 * Shares what comes back of a split over its categories, by what is left of each: so refunds that come to the whole leave
 * nothing in any of them, whatever they were.
 */
export function shareOut(parts: readonly EntryPart[], { whole, returned }: Coming): readonly EntryPart[] {
  const left = new Map<string, bigint>();
  for (const { category, amount } of parts) left.set(category, (left.get(category) ?? 0n) + amount.minor);
  for (const [category, minor] of returned) {
    const rest = (left.get(category) ?? 0n) - BigInt(minor);
    // A refund that named its own category may have brought back more than there was of it.
    if (left.has(category)) left.set(category, rest > 0n ? rest : 0n);
  }
  const shares = apportion(whole.minor, [...left.values()]);
  return [...left.keys()]
    .map((category, index) => ({ category, amount: money(shares[index] ?? 0n, whole.currency) }))
    .filter(({ amount }) => amount.minor > 0n);
}
