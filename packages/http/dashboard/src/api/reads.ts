import { query, read } from './client.ts';
import type { PayeeList } from './entry-types.ts';
import type { HistoryPage } from './history-types.ts';
import type { ImportSummary } from './import-types.ts';
import type { LimitList } from './limit-types.ts';
import type { ProposalList, TransferPage, TransitList } from './transfer-types.ts';
import type { Alert, BalanceReport, CashflowReport, EntryPage, EntryWithHistory, SpendingReport, Wallet } from './types.ts';

const of = (walletId: string): string => `/wallets/${encodeURIComponent(walletId)}`;

export interface EntryQuery {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly category?: string | undefined;
  readonly q?: string | undefined;
  readonly payee?: string | undefined;
  readonly tag?: string | undefined;
  readonly kind?: string | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly void?: 'exclude' | 'include' | 'only' | undefined;
  readonly import?: string | undefined;
  /** Only those that have none; an empty filter says so to the service. */
  readonly without?: 'payee' | 'category' | undefined;
  readonly occurredAsOf?: string | undefined;
  readonly recordedAsOf?: string | undefined;
  readonly after?: string | undefined;
  readonly totals?: 'true' | undefined;
  readonly limit?: number | undefined;
}

export interface Span {
  readonly from: string;
  readonly to: string;
}

export async function readWallets(): Promise<readonly Wallet[]> {
  return (await read<{ items: readonly Wallet[] }>('/wallets')).items;
}

export async function readEntries(walletId: string, { without, ...ask }: EntryQuery): Promise<EntryPage> {
  const asked = query({ ...ask });
  const lacking = without === undefined ? '' : `${asked === '' ? '?' : '&'}${without}=`;
  return read(`${of(walletId)}/entries${asked}${lacking}`);
}

export async function readEntry(walletId: string, entryId: string): Promise<EntryWithHistory> {
  return read(`${of(walletId)}/entries/${encodeURIComponent(entryId)}`);
}

export async function readLimits(walletId: string, on?: string): Promise<LimitList> {
  return read(`${of(walletId)}/limits${query({ on })}`);
}

export async function readBalance(walletId: string, span: Span): Promise<BalanceReport> {
  return read(`${of(walletId)}/reports/balance${query({ ...span, by: 'day' })}`);
}

export async function readSpending(walletId: string, span: Span): Promise<SpendingReport> {
  return read(`${of(walletId)}/reports/spending${query({ ...span, by: 'category' })}`);
}

export async function readCashflow(walletId: string, span?: Span): Promise<CashflowReport> {
  return read(`${of(walletId)}/reports/cashflow${query({ ...span })}`);
}

export async function readAlerts(): Promise<readonly Alert[]> {
  return (await read<{ items: readonly Alert[] }>(`/alerts${query({ limit: 50 })}`)).items;
}

export async function readImports(walletId: string): Promise<readonly ImportSummary[]> {
  return (await read<{ items: readonly ImportSummary[] }>(`${of(walletId)}/imports`)).items;
}

export async function readTransfers(walletId: string, after?: string): Promise<TransferPage> {
  return read(`${of(walletId)}/transfers${query({ limit: 50, after })}`);
}

export async function readTransit(): Promise<TransitList> {
  return read('/transfers');
}

export async function readProposals(): Promise<ProposalList> {
  return read('/transfers/proposals');
}

export async function readPayees(walletId: string, prefix: string): Promise<PayeeList> {
  return read(`${of(walletId)}/payees${query({ prefix, limit: 8 })}`);
}

export async function readHistory(walletId: string, below?: number): Promise<HistoryPage> {
  return read(`${of(walletId)}/history${query({ below, limit: 50 })}`);
}
