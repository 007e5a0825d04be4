import type { CivilDate, PeriodKind } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { EntryId, LimitId, WalletId } from '../ids.ts';
import type { Position, Version } from '../ports/event-store.ts';
import type { Projection, Recorded } from '../projection.ts';
import type { LimitReached, WalletEvent } from '../wallet/events.ts';
import { walletIdOfStream } from './directory.ts';

/** What the ledger told about a limit. Amounts in minor units. */
export interface Alert {
  readonly id: string;
  readonly walletId: WalletId;
  readonly limitId: LimitId;
  readonly scope?: string;
  readonly period: PeriodKind;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly threshold: number;
  readonly spent: string;
  readonly amount: string;
  readonly currency: CurrencyCode;
  readonly entryId?: EntryId;
  readonly raisedAt: string;
  readonly raisedIn: Version;
  readonly position: Position;
  /** Whether its period was over when it was raised: a back-dated entry crossed it. */
  readonly late: boolean;
  readonly clearedAt?: string;
}

/** The alerts that were raised in one month, oldest first. */
export type AlertMonth = readonly Alert[];

function alertOf({ id, stream, recordedAt, version, position }: Recorded<WalletEvent>, event: LimitReached): Alert {
  const { limitId, scope, period, from, to, threshold, spent, amount, entryId, raisedOn } = event;
  return {
    id,
    walletId: walletIdOfStream(stream),
    limitId,
    ...(scope === undefined ? {} : { scope }),
    period,
    from,
    to,
    threshold,
    spent: spent.minor.toString(),
    amount: amount.minor.toString(),
    currency: amount.currency,
    ...(entryId === undefined ? {} : { entryId }),
    raisedAt: recordedAt,
    raisedIn: version,
    position,
    late: to <= raisedOn,
  };
}

/** Each threshold that was passed, over all wallets, in a bucket for the month in which it was noticed: a view of the whole log. */
export const alerts: Projection<AlertMonth, WalletEvent> = {
  name: 'alerts',
  version: 1,
  initial: [],
  bucketsOf: ({ event }) => (event.type === 'LimitReached' || event.type === 'LimitCleared' ? [event.raisedOn.slice(0, 7)] : []),
  apply(view, recorded) {
    const { event, stream, recordedAt } = recorded;
    if (event.type === 'LimitReached') return [...view, alertOf(recorded, event)];
    if (event.type !== 'LimitCleared') return view;
    const walletId = walletIdOfStream(stream);
    const place = view.findIndex((alert) => alert.walletId === walletId && alert.raisedIn === event.raisedIn);
    const alert = view[place];
    return alert === undefined ? view : view.with(place, { ...alert, clearedAt: recordedAt });
  },
};

/** The bucket of {@link alertMonths}. */
export const ALERT_MONTHS = 'months';

/** The months in which an alert was raised, in order: where a feed that goes back in time finds its next bucket. */
export const alertMonths: Projection<readonly string[], WalletEvent> = {
  name: 'alert-months',
  version: 1,
  initial: [],
  bucketsOf: ({ event }) => (event.type === 'LimitReached' ? [ALERT_MONTHS] : []),
  apply(view, { event }) {
    if (event.type !== 'LimitReached') return view;
    const month = event.raisedOn.slice(0, 7);
    return view.includes(month) ? view : [...view, month].sort();
  },
};
