import type { CivilDate, Period } from '../calendar.ts';
import type { GoalId, LimitId } from '../ids.ts';
import type { BalanceReport } from '../projections/balance.ts';
import type { BudgetReport } from '../projections/budget.ts';
import type { CashflowReport } from '../projections/cashflow.ts';
import type { BalanceCheck } from '../projections/checks.ts';
import { walletIdOfStream } from '../projections/directory.ts';
import type { ForecastReport } from '../projections/forecast.ts';
import type { IncomeStatement } from '../projections/income-statement.ts';
import type { LimitHistoryRow, LimitStretch } from '../projections/limit-history.ts';
import type { LimitStatus } from '../projections/limit-status.ts';
import type { PlanList } from '../projections/plan-list.ts';
import type { NamedSpending } from '../projections/spending-names.ts';
import type { SpendingByMonth, SpendingReport } from '../projections/spending.ts';
import { readEntries, readTotals, type EntryPage, type EntryTotals } from './entry-reads.ts';
import {
  readLargest,
  readStatement,
  readUnusual,
  type LargestEntries,
  type LargestOptions,
  type Statement,
  type StatementPage,
  type UnusualEntries,
  type UnusualOptions,
} from './line-reads.ts';
import type { RegisterCursor, RegisterFilter } from './register-query.ts';
import {
  readBalance,
  readBudget,
  readCashflow,
  readIncomeStatement,
  readLimitHistory,
  readLimits,
  readSpending,
  readSpendingByMonth,
  readSpendingByName,
  type AsOf,
  type Comparing,
  type SpendingByName,
} from './report-reads.ts';
import { readForecast } from './forecast-read.ts';
import { readScheduleList, readUpcoming, type ScheduleStatus, type Upcoming } from './schedules.ts';
import type { Reader } from './session.ts';
import { readChecks, readRates, type RateList } from './wallet-figures.ts';
import { readGoal, readGoals, type Goal, type GoalList } from './wallet-goals.ts';
import { readPlans } from './wallet-plans.ts';

/**
 * What can be read of a wallet as it stands, or as it stood at other times. Each report names the version and position it is
 * true for, and each figure the filter of the register whose entries make it up.
 */
export interface WalletReads {
  entries(filter: RegisterFilter, page: { readonly limit: number; readonly after?: RegisterCursor }): Promise<EntryPage>;
  totals(filter: RegisterFilter): Promise<EntryTotals>;
  limits(on: CivilDate): Promise<{ readonly items: readonly LimitStatus[] } & AsOf>;
  /** One limit period by period, oldest first. */
  limitHistory(limitId: LimitId, stretch: LimitStretch): Promise<{ readonly rows: readonly LimitHistoryRow[] } & AsOf>;
  /** Budget against actual: every limit, period by period. */
  budget(period: Period): Promise<BudgetReport & AsOf>;
  balance(options: {
    readonly period: Period;
    readonly by: 'day' | 'month';
    readonly on: CivilDate;
  }): Promise<BalanceReport & AsOf>;
  spending(period: Period, options?: Comparing): Promise<SpendingReport & AsOf>;
  spendingByMonth(period: Period, options?: Comparing): Promise<SpendingByMonth & AsOf>;
  spendingByName(options: SpendingByName): Promise<NamedSpending & AsOf>;
  cashflow(period: Period): Promise<CashflowReport & AsOf>;
  incomeStatement(period: Period): Promise<IncomeStatement & AsOf>;
  statement(page: StatementPage): Promise<Statement & AsOf>;
  largest(options: LargestOptions): Promise<LargestEntries & AsOf>;
  unusual(options: UnusualOptions): Promise<UnusualEntries & AsOf>;

  /** Where every goal stands on a day. */
  goals(on: CivilDate): Promise<GoalList>;
  goal(goalId: GoalId, on: CivilDate): Promise<Goal | undefined>;
  /** The open plans. */
  plans(): Promise<PlanList & AsOf>;
  schedules(): Promise<{ readonly items: readonly ScheduleStatus[] } & AsOf>;
  /** What is to be booked before a day, what is overdue first. */
  upcoming(options: {
    readonly to: CivilDate;
  }): Promise<{ readonly items: readonly Upcoming[]; readonly complete: boolean } & AsOf>;
  /** How the balance is expected to move before a day, at most ten years ahead, with what other wallets are to send. */
  forecast(options: { readonly to: CivilDate }): Promise<ForecastReport & AsOf>;
  /** What was counted on the days of a period, newest first, against what the entries come to now. */
  checks(period: Period): Promise<{ readonly items: readonly BalanceCheck[] } & AsOf>;
  rates(options?: { readonly quote?: string }): Promise<RateList>;
}

/** The reads of a wallet over a reader. */
export function readsOf(reader: Reader, stream: string): WalletReads {
  return {
    entries: (filter, page) => readEntries(reader, stream, filter, page),
    totals: (filter) => readTotals(reader, stream, filter),
    limits: (on) => readLimits(reader, stream, on),
    limitHistory: (limitId, stretch) => readLimitHistory(reader, stream, { limitId, stretch }),
    budget: (period) => readBudget(reader, stream, period),
    balance: (options) => readBalance(reader, stream, options),
    spending: (period, options) => readSpending(reader, stream, { ...options, period }),
    spendingByMonth: (period, options) => readSpendingByMonth(reader, stream, { ...options, period }),
    spendingByName: (options) => readSpendingByName(reader, stream, options),
    cashflow: (period) => readCashflow(reader, stream, period),
    incomeStatement: (period) => readIncomeStatement(reader, stream, period),
    statement: (page) => readStatement(reader, stream, page),
    largest: (options) => readLargest(reader, stream, options),
    unusual: (options) => readUnusual(reader, stream, options),

    goals: (on) => readGoals(reader, stream, on),
    goal: (id, on) => readGoal(reader, stream, { id, on }),
    plans: () => readPlans(reader, stream),
    schedules: () => readScheduleList(reader, stream),
    upcoming: (options) => readUpcoming(reader, stream, options),
    forecast: (options) => readForecast(reader, walletIdOfStream(stream), options),
    checks: (period) => readChecks(reader, stream, period),
    rates: (options = {}) => readRates(reader, stream, options),
  };
}
