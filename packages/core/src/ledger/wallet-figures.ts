import { assert } from '../assert.ts';
import type { CivilDate, Period } from '../calendar.ts';
import { parseCurrency, type CurrencyCode } from '../currency.ts';
import type { EntryId } from '../ids.ts';
import { formatAmount, money, subtract } from '../money.ts';
import type { Outcome } from '../outcome.ts';
import { checkBuckets, checkList, checks, checkYears, type BalanceCheck } from '../projections/checks.ts';
import type { CheckBalance, SetRate } from '../wallet/figure-commands.ts';
import { flows } from '../wallet/flows.ts';
import { allRateBuckets, RATE_YEARS, rates, rateYears, type Rates } from '../wallet/rates.ts';
import type { Need, Views } from '../wallet/state.ts';
import { effectsOf, outcomeOf, type Effects } from './booked.ts';
import type { Handled } from './job.ts';
import type { AsOf } from './report-reads.ts';
import type { Request } from './request.ts';
import type { Reader, Session } from './session.ts';

/** What counting came to. Amounts are decimals. */
export interface Checked extends Effects {
  readonly on: CivilDate;
  readonly counted: string;
  readonly expected: string;
  readonly difference: string;
  /** The entry that booked the difference; null when it was not to be booked, and when there was none. */
  readonly entryId: EntryId | null;
  /** The wallet's, after it. */
  readonly balance: string;
}

/** A rate of a wallet's currency. */
export interface RateLine {
  readonly quote: CurrencyCode;
  readonly on: CivilDate;
  readonly rate: string;
}
export interface RateList extends AsOf {
  /** By currency, the newest day first. */
  readonly items: readonly RateLine[];
  /** Whether older ones were left out. */
  readonly more: boolean;
}
export interface RateChanged {
  readonly quote: string;
}

/** Counting a wallet's balance, and saying the rates of its currency. */
export interface WalletFigures {
  /**
   * Tells what was counted at the end of a day. With a category the difference is booked at once, as income or an expense of that
   * day; to book it later, count again with a category.
   */
  checkBalance(details: Omit<CheckBalance, 'type'>, request?: Request): Promise<Outcome<Checked>>;
  setRate(quote: string, details: Omit<SetRate, 'type' | 'quote'>, request?: Request): Promise<Outcome<RateChanged>>;
  removeRate(quote: string, options?: { readonly on?: string }, request?: Request): Promise<Outcome<RateChanged>>;
}

export function walletFigures(session: Session, stream: string): WalletFigures {
  return {
    async checkBalance(details, request = {}) {
      return checkedOf(await session.submit(stream, { ...details, type: 'CheckBalance' }, request));
    },
    setRate: async (quote, details, request = {}) =>
      outcomeOf(await session.submit(stream, { ...details, type: 'SetRate', quote }, request), () => ({ quote })),
    removeRate: async (quote, options, request = {}) =>
      outcomeOf(await session.submit(stream, { ...options, type: 'RemoveRate', quote }, request), () => ({ quote })),
  };
}

function checkedOf(handled: Handled): Outcome<Checked> {
  return outcomeOf(handled, ({ events, balance }) => {
    const checked = events.map(({ event }) => event).find((event) => event.type === 'BalanceChecked');
    assert(checked !== undefined, 'a balance that was counted has an event');
    const { on, counted, expected, entryId } = checked;
    return {
      on,
      counted: formatAmount(counted),
      expected: formatAmount(expected),
      difference: formatAmount(subtract(counted, expected)),
      entryId: entryId ?? null,
      balance: formatAmount(money(BigInt(balance), counted.currency)),
      ...effectsOf(events),
    };
  });
}

/** Reads what was counted on the days of a period. */
export function readChecks(
  reader: Reader,
  stream: string,
  period: Period,
): Promise<{ readonly items: readonly BalanceCheck[] } & AsOf> {
  const years = checkYears(period).map((bucket): Need => ({ projection: checks, bucket }));
  return reader.read(stream, {
    needs(_, views) {
      if (!years.every(({ projection, bucket }) => views.has(projection, bucket))) return years;
      const buckets = checkBuckets(period, (year) => views.get(checks, year));
      return [...years, ...buckets.map((bucket) => ({ projection: flows, bucket }))];
    },
    result: ({ currency }, views, at) => ({
      items: checkList(
        { period, currency },
        { checks: (year) => views.get(checks, year), flows: (bucket) => views.get(flows, bucket) },
      ),
      ...at,
    }),
  });
}

const MAX_RATES = 5_000;

/** Reads the rates of a wallet's currency. */
export function readRates(reader: Reader, stream: string, { quote }: { readonly quote?: string }): Promise<RateList> {
  const index: Need = { projection: rateYears, bucket: RATE_YEARS };
  const bucketsOf = (views: Views): ReadonlyMap<CurrencyCode, readonly string[]> => {
    const view = views.get(rateYears, RATE_YEARS);
    const quotes = Object.keys(view).flatMap((code) => parseCurrency(code) ?? []);
    const wanted = quotes.filter((code) => quote === undefined || code === quote).sort();
    return new Map(wanted.map((code) => [code, allRateBuckets(view, code)]));
  };
  return reader.read(stream, {
    needs(_, views) {
      if (!views.has(rateYears, RATE_YEARS)) return [index];
      return [index, ...[...bucketsOf(views).values()].flat().map((bucket) => ({ projection: rates, bucket }))];
    },
    result(_, views, at) {
      const items = [...bucketsOf(views)].flatMap(([code, buckets]) =>
        buckets.flatMap((bucket) => linesOf(code, views.get(rates, bucket))).reverse(),
      );
      return { items: items.slice(0, MAX_RATES), more: items.length > MAX_RATES, ...at };
    },
  });
}

/** The rates of a year, oldest first. */
function linesOf(quote: CurrencyCode, view: Rates): readonly RateLine[] {
  return Object.entries(view)
    .map(([on, rate]) => ({ quote, on: on as CivilDate, rate }))
    .sort((a, b) => (a.on < b.on ? -1 : 1));
}
