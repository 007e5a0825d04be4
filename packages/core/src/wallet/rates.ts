import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { Projection } from '../projection.ts';
import type { WalletEvent } from './events.ts';

/** By day: what one unit of the wallet's currency was worth. */
export type Rates = Readonly<Record<CivilDate, string>>;

/** Where the rate of a day stands. By years, so that a rate a day over decades rewrites the one year it is in. */
export function rateBucket(quote: CurrencyCode, on: CivilDate): string {
  return yearBucket(quote, on.slice(0, 4));
}

function yearBucket(quote: CurrencyCode, year: string): string {
  return `${quote}/${year}`;
}

/** What was said about rates, a bucket a quoted currency and year. */
export const rates: Projection<Rates, WalletEvent> = {
  name: 'rates',
  version: 1,
  initial: {},
  bucketsOf: ({ event }) => (event.type === 'RateSet' || event.type === 'RateRemoved' ? [rateBucket(event.quote, event.on)] : []),
  apply(view, { event }) {
    if (event.type === 'RateSet') return { ...view, [event.on]: event.rate };
    if (event.type !== 'RateRemoved') return view;
    const { [event.on]: _, ...others } = view;
    return others;
  },
};

/** By quoted currency, by year: how many rates there are. */
export type RateYears = Readonly<Record<CurrencyCode, Readonly<Record<string, number>>>>;

/** The one bucket of {@link rateYears}. */
export const RATE_YEARS = 'years';

/** The currencies and years that a wallet has rates in: where whoever looks for rates finds their buckets. */
export const rateYears: Projection<RateYears, WalletEvent> = {
  name: 'rate-years',
  version: 1,
  initial: {},
  bucketsOf: ({ event }) => (event.type === 'RateSet' || event.type === 'RateRemoved' ? [RATE_YEARS] : []),
  apply(view, { event }) {
    if (event.type !== 'RateSet' && event.type !== 'RateRemoved') return view;
    const change = event.type === 'RateRemoved' ? -1 : event.before === undefined ? 1 : 0;
    if (change === 0) return view;
    const year = event.on.slice(0, 4);
    const { [event.quote]: counts = {}, ...others } = view;
    const { [year]: count = 0, ...otherYears } = counts;
    const years = count + change === 0 ? otherYears : { ...otherYears, [year]: count + change };
    return Object.keys(years).length === 0 ? others : { ...others, [event.quote]: years };
  },
};

/** The buckets that hold all rates of a currency, oldest first. */
export function allRateBuckets(view: RateYears, quote: CurrencyCode): readonly string[] {
  return yearsOf(view, quote).map((year) => yearBucket(quote, year));
}

/** The buckets in which the newest rate on or before any day of a stretch is found. */
export function rateBucketsFor(
  view: RateYears,
  quote: CurrencyCode,
  { first, last }: { readonly first: CivilDate; readonly last: CivilDate },
): readonly string[] {
  const years = yearsOf(view, quote).filter((year) => year <= last.slice(0, 4));
  const before = years.findLastIndex((year) => year < first.slice(0, 4));
  return years.slice(Math.max(0, before)).map((year) => yearBucket(quote, year));
}

function yearsOf(view: RateYears, quote: CurrencyCode): readonly string[] {
  return Object.keys(view[quote] ?? {}).sort();
}
