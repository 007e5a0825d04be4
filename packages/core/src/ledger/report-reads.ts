import type { CivilDate, Period } from '../calendar.ts';
import type { LimitId } from '../ids.ts';
import type { Position, Version } from '../ports/event-store.ts';
import { balanceBuckets, balanceReport, dailyBuckets, type BalanceReport } from '../projections/balance.ts';
import { cashflowBuckets, cashflowReport, type CashflowReport } from '../projections/cashflow.ts';
import { limitHistory, limitHistoryNeeds, type LimitHistoryRow, type LimitStretch } from '../projections/limit-history.ts';
import { limitStatuses, limitStatusNeeds, type LimitStatus } from '../projections/limit-status.ts';
import {
  spendingByMonth,
  spendingByMonthBuckets,
  spendingBuckets,
  spendingReport,
  type SpendingByMonth,
  type SpendingReport,
} from '../projections/spending.ts';
import { flows } from '../wallet/flows.ts';
import type { Head } from '../wallet/head.ts';
import type { Views } from '../wallet/state.ts';
import type { Session } from './session.ts';

/** The event a report is true for. */
export interface AsOf {
  readonly version: Version;
  readonly position: Position;
}

type FlowsPlan<Result> = (head: Head, read: (bucket: string) => ReturnType<typeof flows.apply>, views: Views) => Result;

/** Reads flow buckets and makes a report of them. */
function readFlows<Result>(
  session: Session,
  stream: string,
  buckets: (head: Head) => readonly string[],
  make: FlowsPlan<Result>,
): Promise<Result & AsOf> {
  return session.read(stream, {
    needs: (head) => buckets(head).map((bucket) => ({ projection: flows, bucket })),
    result: (head, views, at) => ({ ...make(head, (bucket) => views.get(flows, bucket), views), ...at }),
  });
}

export function readBalance(
  session: Session,
  stream: string,
  { period, by, on }: { readonly period: Period; readonly by: 'day' | 'month'; readonly on: CivilDate },
): Promise<BalanceReport & AsOf> {
  const buckets =
    by === 'day'
      ? [...balanceBuckets(period, on), ...dailyBuckets(period)]
      : [...balanceBuckets(period, on), ...cashflowBuckets(period)];
  return readFlows(
    session,
    stream,
    () => buckets,
    ({ currency }, read) => balanceReport({ period, by, on, currency }, read),
  );
}

export function readSpending(session: Session, stream: string, period: Period): Promise<SpendingReport & AsOf> {
  return readFlows(
    session,
    stream,
    () => spendingBuckets(period),
    ({ currency }, read) => spendingReport({ period, currency }, read),
  );
}

export function readSpendingByMonth(session: Session, stream: string, period: Period): Promise<SpendingByMonth & AsOf> {
  return readFlows(
    session,
    stream,
    () => spendingByMonthBuckets(period),
    ({ currency }, read) => spendingByMonth({ period, currency }, read),
  );
}

export function readCashflow(session: Session, stream: string, period: Period): Promise<CashflowReport & AsOf> {
  return readFlows(
    session,
    stream,
    () => cashflowBuckets(period),
    ({ currency }, read) => cashflowReport({ period, currency }, read),
  );
}

export async function readLimits(
  session: Session,
  stream: string,
  on: CivilDate,
): Promise<{ readonly items: readonly LimitStatus[] } & AsOf> {
  return session.read(stream, {
    needs: (head) => limitStatusNeeds(head, on),
    result: (_, views, at) => ({ items: limitStatuses({ version: at.version, views }, on), ...at }),
  });
}

export async function readLimitHistory(
  session: Session,
  stream: string,
  { limitId, stretch }: { readonly limitId: LimitId; readonly stretch: LimitStretch },
): Promise<{ readonly rows: readonly LimitHistoryRow[] } & AsOf> {
  return session.read(stream, {
    needs: (head) => limitHistoryNeeds(head, limitId, stretch),
    result: (_, views, at) => ({ rows: limitHistory({ version: at.version, views }, limitId, stretch), ...at }),
  });
}
