import { split, type CivilDate, type Period } from '../calendar.ts';
import type { LimitId } from '../ids.ts';
import type { Position, Version } from '../ports/event-store.ts';
import { balanceBuckets, balanceReport, dailyBuckets, MAX_MONTHS, type BalanceReport } from '../projections/balance.ts';
import { budgetNeeds, budgetReport, type BudgetReport } from '../projections/budget.ts';
import { cashflowBuckets, cashflowReport, type CashflowReport } from '../projections/cashflow.ts';
import { bucketsIn } from '../projections/cells.ts';
import type { Comparison } from '../projections/compare.ts';
import { incomeStatement, type IncomeStatement } from '../projections/income-statement.ts';
import { limitHistory, limitHistoryNeeds, type LimitHistoryRow, type LimitStretch } from '../projections/limit-history.ts';
import { limitStatuses, limitStatusNeeds, type LimitStatus } from '../projections/limit-status.ts';
import { spendingByName, type NamedSpending } from '../projections/spending-names.ts';
import {
  spendingByMonth,
  spendingByMonthBuckets,
  spendingBuckets,
  spendingReport,
  type SpendingByMonth,
  type SpendingReport,
} from '../projections/spending.ts';
import { flows, payeeFlows, tagFlows } from '../wallet/flows.ts';
import type { Head } from '../wallet/head.ts';
import type { Views } from '../wallet/state.ts';
import type { Reader } from './session.ts';

/** The event a report is true for. */
export interface AsOf {
  readonly version: Version;
  readonly position: Position;
}

type FlowsPlan<Result> = (head: Head, read: (bucket: string) => ReturnType<typeof flows.apply>, views: Views) => Result;

/** Reads flow buckets and makes a report of them. */
function readFlows<Result>(
  reader: Reader,
  stream: string,
  buckets: readonly string[],
  make: FlowsPlan<Result>,
): Promise<Result & AsOf> {
  const needs = buckets.map((bucket) => ({ projection: flows, bucket }));
  return reader.read(stream, {
    needs: () => needs,
    result: (head, views, at) => ({ ...make(head, (bucket) => views.get(flows, bucket), views), ...at }),
  });
}

/** With what a report is compared. */
export interface Comparing {
  readonly compare?: readonly Comparison[];
}

export function readBalance(
  reader: Reader,
  stream: string,
  { period, by, on }: { readonly period: Period; readonly by: 'day' | 'month'; readonly on: CivilDate },
): Promise<BalanceReport & AsOf> {
  const steps = by === 'day' ? dailyBuckets(period) : cashflowBuckets(period);
  return readFlows(reader, stream, [...balanceBuckets(period, on), ...steps], ({ currency }, read) =>
    balanceReport({ period, by, on, currency }, read),
  );
}

export function readSpending(
  reader: Reader,
  stream: string,
  { period, compare = [] }: { readonly period: Period } & Comparing,
): Promise<SpendingReport & AsOf> {
  return readFlows(reader, stream, spendingBuckets(period, compare), ({ currency }, read) =>
    spendingReport({ period, currency, compare }, read),
  );
}

export function readSpendingByMonth(
  reader: Reader,
  stream: string,
  { period, compare = [] }: { readonly period: Period } & Comparing,
): Promise<SpendingByMonth & AsOf> {
  return readFlows(reader, stream, spendingByMonthBuckets(period, compare), ({ currency }, read) =>
    spendingByMonth({ period, currency, compare }, read),
  );
}

/** What spending by payee or tag is asked for. */
export interface SpendingByName extends Comparing {
  readonly period: Period;
  readonly by: 'payee' | 'tag';
  /** How many rows, 50 when left out. */
  readonly limit?: number;
}

const DEFAULT_NAMES = 50;

export function readSpendingByName(
  reader: Reader,
  stream: string,
  { period, by, compare = [], limit = DEFAULT_NAMES }: SpendingByName,
): Promise<NamedSpending & AsOf> {
  const named = by === 'payee' ? payeeFlows : tagFlows;
  const buckets = spendingBuckets(period, compare);
  const needs = [flows, named].flatMap((projection) => buckets.map((bucket) => ({ projection, bucket })));
  return reader.read(stream, {
    needs: () => needs,
    result: ({ currency }, views, at) => {
      const options = { period, by, compare, currency, limit };
      const report = spendingByName(
        options,
        (bucket) => views.get(named, bucket),
        (bucket) => views.get(flows, bucket),
      );
      return { ...report, ...at };
    },
  });
}

export function readCashflow(reader: Reader, stream: string, period: Period): Promise<CashflowReport & AsOf> {
  return readFlows(reader, stream, cashflowBuckets(period), ({ currency }, read) => cashflowReport({ period, currency }, read));
}

export function readIncomeStatement(reader: Reader, stream: string, period: Period): Promise<IncomeStatement & AsOf> {
  return readFlows(reader, stream, bucketsIn(split(period, 'month', MAX_MONTHS)), ({ currency }, read) =>
    incomeStatement({ period, currency }, read),
  );
}

export async function readLimits(
  reader: Reader,
  stream: string,
  on: CivilDate,
): Promise<{ readonly items: readonly LimitStatus[] } & AsOf> {
  return reader.read(stream, {
    needs: (head) => limitStatusNeeds(head, on),
    result: (_, views, at) => ({ items: limitStatuses({ version: at.version, views }, on), ...at }),
  });
}

export function readBudget(reader: Reader, stream: string, period: Period): Promise<BudgetReport & AsOf> {
  return reader.read(stream, {
    needs: (head) => budgetNeeds(head, period),
    result: (_, views, at) => ({ ...budgetReport({ version: at.version, views }, period), ...at }),
  });
}

export async function readLimitHistory(
  reader: Reader,
  stream: string,
  { limitId, stretch }: { readonly limitId: LimitId; readonly stretch: LimitStretch },
): Promise<{ readonly rows: readonly LimitHistoryRow[] } & AsOf> {
  return reader.read(stream, {
    needs: (head) => limitHistoryNeeds(head, limitId, stretch),
    result: (_, views, at) => ({ rows: limitHistory({ version: at.version, views }, limitId, stretch), ...at }),
  });
}
