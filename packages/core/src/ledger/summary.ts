import type { CivilDate } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import type { WalletId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import type { Position, Version } from '../ports/event-store.ts';
import { streamOf } from '../projections/directory.ts';
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
  /** How many entries count. */
  readonly entries: number;
  readonly version: Version;
  readonly position: Position;
}

/** Reads a wallet's summary; undefined when there is no such wallet. */
export function summaryOf(session: Session, id: WalletId): Promise<WalletSummary | undefined> {
  return session.read(streamOf(id), {
    needs: () => [],
    result({ status, name, currency, zone, openedOn, balance, entries }, _, at) {
      if (status === 'absent') return undefined;
      const decimals = exponentOf(currency);
      const today = session.today(zone);
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
        entries,
        ...at,
      };
    },
  });
}
