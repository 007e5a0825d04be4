import type { CurrencyCode } from '../currency.ts';
import type { WalletId } from '../ids.ts';
import type { Position } from '../ports/event-store.ts';
import { streamOf } from '../projections/directory.ts';
import {
  holdingIn,
  netWorth,
  netWorthBuckets,
  type Holding,
  type NetWorthReport,
  type NetWorthWanted,
  type TransitMoney,
} from '../projections/net-worth.ts';
import { rateBook, type StatedRate } from '../projections/rate-book.ts';
import type { CivilDate } from '../calendar.ts';
import { flows } from '../wallet/flows.ts';
import { rates } from '../wallet/rates.ts';
import type { Session } from './session.ts';
import { walletIds } from './wallet-ids.ts';

/** What a net worth is asked for. */
export interface NetWorthOptions extends NetWorthWanted {
  /** Rates that go before those the wallets keep. */
  readonly rates?: readonly StatedRate[];
  /** What is between wallets. */
  readonly inTransit?: readonly TransitMoney[];
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
  const found = (await Promise.all(ids.map((id) => readHolding(session, id, options)))).filter((read) => read !== undefined);
  const holdings = found.map(({ holding }) => holding);
  const { currency, rates: given = [], inTransit: transit = [] } = options;
  const foreign = new Set([...holdings.map((held) => held.currency), ...transit.map(({ amount }) => amount.currency)]);
  foreign.delete(currency);
  const kept = (
    await Promise.all(holdings.map((held) => readRates(session, held, held.currency === currency ? [...foreign] : [currency])))
  ).flat();
  const position = Math.max(0, ...found.map((read) => read.position));
  return { ...netWorth(options, holdings, { book: rateBook({ given, kept }), transit }), position };
}

function readHolding(session: Session, walletId: WalletId, options: NetWorthOptions): Promise<Read | undefined> {
  const buckets = netWorthBuckets(options);
  return session.read(streamOf(walletId), {
    needs: () => buckets.map((bucket) => ({ projection: flows, bucket })),
    result({ status, name, currency }, views, { version, position }) {
      if (status === 'absent') return undefined;
      const holding = holdingIn({ walletId, name, currency, version }, options, (bucket) => views.get(flows, bucket));
      return { holding, position };
    },
  });
}

function readRates(
  session: Session,
  { walletId, currency: base }: Holding,
  quotes: readonly CurrencyCode[],
): Promise<readonly StatedRate[]> {
  return session.read(streamOf(walletId), {
    needs: () => quotes.map((quote) => ({ projection: rates, bucket: quote })),
    result: (_, views) =>
      quotes.flatMap((quote) =>
        Object.entries(views.get(rates, quote)).map(([on, rate]) => ({ base, quote, rate, on: on as CivilDate })),
      ),
  });
}
