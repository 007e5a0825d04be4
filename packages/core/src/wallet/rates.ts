import type { CivilDate } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { Projection } from '../projection.ts';
import type { WalletEvent } from './events.ts';

/** By day: what one unit of the wallet's currency was worth. */
export type Rates = Readonly<Record<CivilDate, string>>;

/** What was said about rates, a bucket a quoted currency. */
export const rates: Projection<Rates, WalletEvent> = {
  name: 'rates',
  version: 1,
  initial: {},
  bucketsOf: ({ event }) => (event.type === 'RateSet' || event.type === 'RateRemoved' ? [event.quote] : []),
  apply(view, { event }) {
    if (event.type === 'RateSet') return { ...view, [event.on]: event.rate };
    if (event.type !== 'RateRemoved') return view;
    const { [event.on]: _, ...others } = view;
    return others;
  },
};

/** By quoted currency: how many rates there are. */
export type RateQuotes = Readonly<Record<CurrencyCode, number>>;

/** The one bucket of {@link rateQuotes}. */
export const RATE_QUOTES = 'quotes';

/** The currencies that a wallet has rates in: where a list of all of them finds its buckets. */
export const rateQuotes: Projection<RateQuotes, WalletEvent> = {
  name: 'rate-quotes',
  version: 1,
  initial: {},
  bucketsOf: ({ event }) => (event.type === 'RateSet' || event.type === 'RateRemoved' ? [RATE_QUOTES] : []),
  apply(view, { event }) {
    if (event.type !== 'RateSet' && event.type !== 'RateRemoved') return view;
    const change = event.type === 'RateRemoved' ? -1 : event.before === undefined ? 1 : 0;
    const { [event.quote]: count = 0, ...others } = view;
    return count + change === 0 ? others : { ...others, [event.quote]: count + change };
  },
};
