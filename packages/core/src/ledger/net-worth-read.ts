import type { CurrencyCode } from '../currency.ts';
import type { WalletId } from '../ids.ts';
import { money } from '../money.ts';
import type { Position } from '../ports/event-store.ts';
import { streamOf } from '../projections/directory.ts';
import {
  holdingIn,
  netWorth,
  netWorthBuckets,
  netWorthDays,
  type Holding,
  type NetWorthReport,
  type NetWorthWanted,
  type TransitMoney,
} from '../projections/net-worth.ts';
import { rateBook, type StatedRate } from '../projections/rate-book.ts';
import type { CivilDate } from '../calendar.ts';
import { flows } from '../wallet/flows.ts';
import { rateBucketsFor, RATE_YEARS, rates, rateYears } from '../wallet/rates.ts';
import type { Need, Views } from '../wallet/state.ts';
import { readerAsOf, type AsOfTimes } from './as-of.ts';
import type { Reader, Session } from './session.ts';
import { readOpenAsOf } from './transit.ts';
import { walletIds } from './wallet-ids.ts';

/** What a net worth is asked for. */
export interface NetWorthOptions extends NetWorthWanted {
  /** Rates that go before those the wallets keep. */
  readonly rates?: readonly StatedRate[];
  /** What is between wallets; what the ledger itself knows of when left out. */
  readonly inTransit?: readonly TransitMoney[];
  /** What had occurred, and what was known. */
  readonly asOf?: AsOfTimes;
}

interface Read {
  readonly holding: Holding;
  readonly position: Position;
}

/** Reads what all wallets come to in one currency. Each line names the version of its wallet that it is true for. */
export async function readNetWorth(
  session: Session,
  options: NetWorthOptions,
): Promise<NetWorthReport & { readonly position: Position }> {
  const ids = await walletIds(session);
  const { asOf = {} } = options;
  const reader = readerAsOf(session, asOf);
  const found = (await Promise.all(ids.map((id) => readHolding(reader, id, options)))).filter((read) => read !== undefined);
  const holdings = found.map(({ holding }) => holding);
  const { currency, rates: given = [] } = options;
  const transit = options.inTransit ?? (await betweenWallets(session, asOf));
  const foreign = new Set([...holdings.map((held) => held.currency), ...transit.map(({ amount }) => amount.currency)]);
  foreign.delete(currency);
  const days = netWorthDays(options);
  const reads = holdings.map((held) =>
    readRates(reader, held, { quotes: held.currency === currency ? [...foreign] : [currency], days }),
  );
  const kept = (await Promise.all(reads)).flat();
  const position = Math.max(0, ...found.map((read) => read.position));
  return { ...netWorth(options, holdings, { book: rateBook({ given, kept }), transit }), position };
}

/** Money that has left a wallet and is in none. What was recalled is in the other wallet still. */
async function betweenWallets(session: Session, asOf: AsOfTimes): Promise<readonly TransitMoney[]> {
  const open = await readOpenAsOf(session, asOf);
  return open.flatMap(({ state, amount, currency, occurredOn }) =>
    state === 'recalled' ? [] : [{ amount: money(BigInt(amount), currency), since: occurredOn }],
  );
}

function readHolding(reader: Reader, walletId: WalletId, options: NetWorthOptions): Promise<Read | undefined> {
  const buckets = netWorthBuckets(options);
  return reader.read(streamOf(walletId), {
    needs: () => buckets.map((bucket) => ({ projection: flows, bucket })),
    result({ status, name, currency }, views, { version, position }) {
      if (status === 'absent') return undefined;
      const holding = holdingIn({ walletId, name, currency, version }, options, (bucket) => views.get(flows, bucket));
      return { holding, position };
    },
  });
}

/** The rates of a wallet's currency that some day of the report may be told by. */
function readRates(
  reader: Reader,
  { walletId, currency: base }: Holding,
  { quotes, days }: { readonly quotes: readonly CurrencyCode[]; readonly days: readonly CivilDate[] },
): Promise<readonly StatedRate[]> {
  const first = days.reduce((a, b) => (a < b ? a : b));
  const last = days.reduce((a, b) => (a > b ? a : b));
  const index: Need = { projection: rateYears, bucket: RATE_YEARS };
  const bucketsOf = (views: Views, quote: CurrencyCode): readonly string[] =>
    rateBucketsFor(views.get(rateYears, RATE_YEARS), quote, { first, last });
  return reader.read(streamOf(walletId), {
    needs(_, views) {
      if (!views.has(rateYears, RATE_YEARS)) return [index];
      const buckets = quotes.flatMap((quote) => bucketsOf(views, quote));
      return [index, ...buckets.map((bucket) => ({ projection: rates, bucket }))];
    },
    result: (_, views) =>
      quotes.flatMap((quote) =>
        bucketsOf(views, quote)
          .flatMap((bucket) => Object.entries(views.get(rates, bucket)))
          .map(([on, rate]) => ({ base, quote, rate, on: on as CivilDate })),
      ),
  });
}
