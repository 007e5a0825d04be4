import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import { inverse, rateOf, type Rate } from '../rate.ts';

/** What one unit of `base` was worth in `quote` on a day, as somebody said. */
export interface StatedRate {
  readonly base: CurrencyCode;
  readonly quote: CurrencyCode;
  readonly rate: string;
  readonly on: CivilDate;
}

/** The rate that a figure was converted by, as it was said. */
export interface UsedRate extends StatedRate {
  /** Whether it came with the question; the others are kept in wallets. */
  readonly given: boolean;
}

/** Rates to be looked up. */
export interface RateBook {
  /** What one unit of a currency is worth in another on a day: by the newest rate of that day or before, in either direction. */
  find(from: CurrencyCode, to: CurrencyCode, on: CivilDate): Found | undefined;
}
export interface Found {
  readonly used: UsedRate;
  readonly factor: Rate;
}

type ByPair = ReadonlyMap<string, readonly UsedRate[]>;

function pairOf(base: CurrencyCode, quote: CurrencyCode): string {
  return `${base}/${quote}`;
}

/** Of several rates of one pair and day the last holds. */
function byPair(stated: readonly StatedRate[], given: boolean): ByPair {
  const pairs = new Map<string, Map<CivilDate, UsedRate>>();
  for (const { base, quote, rate, on } of stated) {
    const pair = pairOf(base, quote);
    const days = pairs.get(pair) ?? new Map<CivilDate, UsedRate>();
    pairs.set(pair, days.set(on, { base, quote, rate, on, given }));
  }
  return new Map([...pairs].map(([pair, days]) => [pair, [...days.values()].sort((a, b) => (a.on < b.on ? -1 : 1))]));
}

/** The newest of some rates, oldest first, on a day or before it. */
function newest(rates: readonly UsedRate[], on: CivilDate): UsedRate | undefined {
  let low = 0;
  let high = rates.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = rates[middle];
    if (candidate !== undefined && candidate.on <= on) low = middle + 1;
    else high = middle;
  }
  return rates[low - 1];
}

/**
 * Makes a book of rates. Those given with the question go before those that are kept; of the two directions the newer counts, on
 * one day the direct one. Rates are never chained: EUR to USD and USD to JPY say nothing about EUR to JPY here.
 */
export function rateBook(rates: { readonly given: readonly StatedRate[]; readonly kept: readonly StatedRate[] }): RateBook {
  const levels = [byPair(rates.given, true), byPair(rates.kept, false)];
  return {
    find(from, to, on) {
      for (const level of levels) {
        const direct = newest(level.get(pairOf(from, to)) ?? [], on);
        const other = newest(level.get(pairOf(to, from)) ?? [], on);
        if (direct !== undefined && (other === undefined || direct.on >= other.on)) {
          return { used: direct, factor: rateOf(direct.rate) };
        }
        if (other !== undefined) return { used: other, factor: inverse(rateOf(other.rate)) };
      }
      return undefined;
    },
  };
}
