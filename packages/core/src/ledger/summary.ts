import type { CivilDate } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import type { WalletId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import type { Position, Version } from '../ports/event-store.ts';
import { streamOf } from '../projections/directory.ts';
import { GOALS, goals, setAside } from '../wallet/goals.ts';
import { OPEN_PLANS, openPlans } from '../wallet/plans.ts';
import type { Session } from './session.ts';

/** A wallet as it stands. */
export interface WalletSummary {
  readonly id: WalletId;
  readonly name: string;
  readonly currency: CurrencyCode;
  /** Those of the currency. */
  readonly decimals: number;
  readonly zone: string;
  readonly status: 'open' | 'closed';
  readonly openedOn: CivilDate;
  /** The wallet's day, in its zone. */
  readonly today: CivilDate;
  readonly balance: string;
  /** What is set aside for goals. */
  readonly setAside: string;
  /** The balance less what is set aside; below zero when more was spent than was free. */
  readonly available: string;
  /** What the open plans come to, which is in no balance. */
  readonly planned: { readonly in: string; readonly out: string };
  /** How many entries count. */
  readonly entries: number;
  readonly version: Version;
  readonly position: Position;
}

/** Reads a wallet's summary; undefined when there is no such wallet. */
export function summaryOf(session: Session, id: WalletId): Promise<WalletSummary | undefined> {
  return session.read(streamOf(id), {
    needs: () => [
      { projection: goals, bucket: GOALS },
      { projection: openPlans, bucket: OPEN_PLANS },
    ],
    result({ status, name, currency, zone, openedOn, balance, entries }, views, at) {
      if (status === 'absent') return undefined;
      const decimals = exponentOf(currency);
      const today = session.today(zone);
      const aside = setAside(views.get(goals, GOALS));
      const planned = views.get(openPlans, OPEN_PLANS);
      return {
        id,
        name,
        currency,
        decimals,
        zone,
        status,
        openedOn,
        today,
        balance: formatMinor(BigInt(balance), decimals),
        setAside: formatMinor(aside, decimals),
        available: formatMinor(BigInt(balance) - aside, decimals),
        planned: { in: formatMinor(BigInt(planned.in), decimals), out: formatMinor(BigInt(planned.out), decimals) },
        entries,
        ...at,
      };
    },
  });
}
