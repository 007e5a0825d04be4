import type { Span } from './reads.ts';
import { query, read } from './client.ts';
import type {
  BudgetReport,
  CategorySpending,
  IncomeReport,
  LargestReport,
  NameSpending,
  NetWorthReport,
  SavingsReport,
  StatementReport,
  UnusualReport,
} from './report-types.ts';
import type { Kind } from './types.ts';

/** A stretch seen at the two times; what is not asked for stays out of the address. */
export interface ReportAsk extends Span {
  readonly occurredAsOf?: string | undefined;
  readonly recordedAsOf?: string | undefined;
}

type Parts = Parameters<typeof query>[0];

function pathOf(walletId: string, name: string, ask: ReportAsk, more: Parts = {}): string {
  return `/wallets/${encodeURIComponent(walletId)}/reports/${name}${query({ ...ask, ...more })}`;
}

const MOST = 200;
const FEW = 20;

export async function readCategorySpending(walletId: string, ask: ReportAsk): Promise<CategorySpending> {
  return read(pathOf(walletId, 'spending', ask, { by: 'category', compare: 'both' }));
}

export async function readNameSpending(walletId: string, ask: ReportAsk, by: 'payee' | 'tag'): Promise<NameSpending> {
  return read(pathOf(walletId, 'spending', ask, { by, compare: 'both', limit: MOST }));
}

export async function readSavings(walletId: string, ask: ReportAsk): Promise<SavingsReport> {
  return read(pathOf(walletId, 'cashflow', ask));
}

export async function readIncome(walletId: string, ask: ReportAsk): Promise<IncomeReport> {
  return read(pathOf(walletId, 'income', ask));
}

export async function readBudget(walletId: string, ask: ReportAsk): Promise<BudgetReport> {
  return read(pathOf(walletId, 'budget', ask));
}

export async function readLargest(walletId: string, ask: ReportAsk, kind: Kind): Promise<LargestReport> {
  return read(pathOf(walletId, 'largest', ask, { kind, limit: FEW }));
}

export async function readUnusual(walletId: string, ask: ReportAsk): Promise<UnusualReport> {
  return read(pathOf(walletId, 'unusual', ask, { limit: FEW }));
}

export async function readStatement(walletId: string, ask: ReportAsk, after?: string): Promise<StatementReport> {
  return read(pathOf(walletId, 'statement', ask, { limit: MOST, after }));
}

export async function readNetWorth(ask: ReportAsk & { readonly currency: string; readonly on: string }): Promise<NetWorthReport> {
  return read(`/reports/networth${query({ ...ask })}`);
}
