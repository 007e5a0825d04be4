import { addDays, type CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { EntryId, WalletId } from '../ids.ts';

/** An entry that may be half of a transfer. The amount is in minor units. */
export interface Candidate {
  readonly walletId: WalletId;
  readonly entryId: EntryId;
  readonly kind: 'expense' | 'income';
  readonly amount: string;
  readonly currency: CurrencyCode;
  readonly occurredOn: CivilDate;
}

/** Two entries that look like one transfer. */
export interface Pair {
  readonly from: Candidate;
  readonly to: Candidate;
  /** How many days after it left it arrived; negative when before. */
  readonly days: number;
}

/** The likeliest first: banks book on the same day or some days later, and seldom the other way round. */
const DAYS = [0, 1, -1, 2, -2, 3, -3, 4, -4];

function placeOf({ currency, amount }: Candidate, day: CivilDate): string {
  return `${currency} ${amount} ${day}`;
}

/** Incomes that are free still, by amount and day, then by wallet. */
function groupIncomes(candidates: readonly Candidate[]): ReadonlyMap<string, Map<WalletId, Candidate[]>> {
  const places = new Map<string, Map<WalletId, Candidate[]>>();
  for (const income of candidates) {
    if (income.kind !== 'income') continue;
    const place = placeOf(income, income.occurredOn);
    const wallets = places.get(place) ?? new Map<WalletId, Candidate[]>();
    const same = wallets.get(income.walletId) ?? [];
    same.push(income);
    wallets.set(income.walletId, same);
    places.set(place, wallets);
  }
  return places;
}

function takeFrom(wallets: Map<WalletId, Candidate[]> | undefined, other: WalletId): Candidate | undefined {
  for (const [walletId, incomes] of wallets ?? []) {
    if (walletId === other) continue;
    const income = incomes.shift();
    if (incomes.length === 0) wallets?.delete(walletId);
    if (income !== undefined) return income;
  }
  return undefined;
}

/**
 * Finds what two wallets' books call an expense and an income, and was one transfer: the same amount of the same currency, at
 * most four days apart. The nearest are paired first, and each entry is in one pair at the most. Between currencies nothing is
 * guessed. They are only proposed: a person confirms.
 *
 * @example
 * proposeTransfers([
 *   { walletId: 'giro', entryId: 'a', kind: 'expense', amount: '5000', currency: eur, occurredOn: day('2026-10-01') },
 *   { walletId: 'savings', entryId: 'b', kind: 'income', amount: '5000', currency: eur, occurredOn: day('2026-10-02') },
 * ]).map(({ from, to, days }) => [from.entryId, to.entryId, days]); // [['a', 'b', 1]]
 */
export function proposeTransfers(candidates: readonly Candidate[]): readonly Pair[] {
  const incomes = groupIncomes(candidates);
  let expenses = candidates.filter(({ kind }) => kind === 'expense');
  const pairs: Pair[] = [];
  for (const days of DAYS) {
    const left: Candidate[] = [];
    for (const from of expenses) {
      const to = takeFrom(incomes.get(placeOf(from, addDays(from.occurredOn, days))), from.walletId);
      if (to === undefined) left.push(from);
      else pairs.push({ from, to, days });
    }
    expenses = left;
  }
  return pairs;
}
