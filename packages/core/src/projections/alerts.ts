import type { CivilDate, PeriodKind } from '../calendar.ts';
import type { CurrencyCode } from '../currency.ts';
import type { EntryId, LimitId, WalletId } from '../ids.ts';
import type { Position, Version } from '../ports/event-store.ts';
import type { Projection, Recorded } from '../projection.ts';
import type { WalletEvent } from '../wallet/events.ts';
import type { LimitReached } from '../wallet/limit-events.ts';
import { walletIdOfStream } from './directory.ts';

/** What the ledger told about a limit. Amounts in minor units. */
export interface Alert {
  readonly id: string;
  readonly walletId: WalletId;
  readonly limitId: LimitId;
  readonly scope?: string;
  readonly tag?: string;
  readonly period: PeriodKind;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly threshold: number;
  readonly spent: string;
  readonly amount: string;
  /** What the period took over, when it did. */
  readonly carried?: string;
  readonly currency: CurrencyCode;
  readonly entryId?: EntryId;
  readonly raisedAt: string;
  readonly raisedIn: Version;
  readonly position: Position;
  /** Whether its period was over when it was raised: a back-dated entry crossed it. */
  readonly late: boolean;
}

/** How many places of the log share a bucket: so an append of thousands of alerts, or a log of millions, keeps each one small. */
const PAGE = 500;

/** The alerts that were raised in one page of the log, oldest first. */
export type AlertPage = readonly Alert[];

function alertOf({ id, stream, recordedAt, version, position }: Recorded<WalletEvent>, event: LimitReached): Alert {
  const { limitId, scope, tag, period, from, to, threshold, spent, amount, carried, entryId, raisedOn } = event;
  return {
    id,
    walletId: walletIdOfStream(stream),
    limitId,
    ...(scope === undefined ? {} : { scope }),
    ...(tag === undefined ? {} : { tag }),
    period,
    from,
    to,
    threshold,
    spent: spent.minor.toString(),
    amount: amount.minor.toString(),
    ...(carried === undefined ? {} : { carried: carried.minor.toString() }),
    currency: amount.currency,
    ...(entryId === undefined ? {} : { entryId }),
    raisedAt: recordedAt,
    raisedIn: version,
    position,
    late: to <= raisedOn,
  };
}

/** Each threshold that was passed, over all wallets, by pages of the whole log. */
export const alerts: Projection<AlertPage, WalletEvent> = {
  name: 'alerts',
  version: 2,
  initial: [],
  bucketsOf: ({ event, position }) => (event.type === 'LimitReached' ? [alertBucket(pageOf(position))] : []),
  apply: (view, recorded) => (recorded.event.type === 'LimitReached' ? [...view, alertOf(recorded, recorded.event)] : view),
};

/** The page of the log that holds a position. */
export function pageOf(position: Position): number {
  return Math.floor(position / PAGE);
}

/** The bucket of a page of {@link alerts}. */
export function alertBucket(page: number): string {
  return String(page);
}

/** By version of the alert: when it was cleared. */
export type Clearings = Readonly<Record<Version, string>>;

/** The bucket of {@link clearings} that tells of an alert. */
export function clearingBucket(walletId: WalletId, raisedIn: Version): string {
  return `${walletId}/${pageOf(raisedIn)}`;
}

/** Which alerts were cleared since, and when: by wallet and pages of its stream. */
export const clearings: Projection<Clearings, WalletEvent> = {
  name: 'clearings',
  version: 1,
  initial: {},
  bucketsOf: ({ event, stream }) =>
    event.type === 'LimitCleared' ? [clearingBucket(walletIdOfStream(stream), event.raisedIn)] : [],
  apply: (view, { event, recordedAt }) => (event.type === 'LimitCleared' ? { ...view, [event.raisedIn]: recordedAt } : view),
};

/** The bucket of {@link alertPages}. */
export const ALERT_PAGES = 'pages';

/** The pages of the log in which an alert was raised, in order: where a feed that goes back finds its next bucket. */
export const alertPages: Projection<readonly number[], WalletEvent> = {
  name: 'alert-pages',
  version: 1,
  initial: [],
  bucketsOf: ({ event }) => (event.type === 'LimitReached' ? [ALERT_PAGES] : []),
  apply: (view, { position }) => (view.at(-1) === pageOf(position) ? view : [...view, pageOf(position)]),
};
