import { addDays, addMonths, monthStart, sameDaysBefore } from '../days/day.ts';
import {
  readAlerts,
  readBalance,
  readCashflow,
  readEntries,
  readHistory,
  readImports,
  readLimits,
  readProposals,
  readSpending,
  readTransit,
} from '../api/reads.ts';
import type { BalanceReport, CashflowReport, SpendingReport } from '../api/types.ts';
import { PerWallet, Resource } from './resource.ts';
import { wallets } from './wallets.ts';

/** What the pages read, each kept per wallet and refreshed when the wallet moves on. */

const LINE_DAYS = 365;
const LINE_DAYS_LEAST = 90;
const HABIT_MONTHS = 24;

export function todayOf(walletId: string): string {
  const wallet = wallets.value.peek()?.find((each) => each.id === walletId);
  return wallet?.today ?? new Date().toISOString().slice(0, 10);
}

export interface Compared<T> {
  readonly today: string;
  readonly now: T;
  readonly before: T;
  readonly basis: { readonly from: string; readonly to: string };
}

async function compare<T>(walletId: string, load: (span: { from: string; to: string }) => Promise<T>): Promise<Compared<T>> {
  const today = todayOf(walletId);
  const basis = sameDaysBefore(today);
  const [now, before] = await Promise.all([load({ from: monthStart(today), to: addDays(today, 1) }), load(basis)]);
  return { today, now, before, basis };
}

export const latest = new PerWallet((id) => readEntries(id, { limit: 200 }));
export const limits = new PerWallet((id) => readLimits(id));
export const month = new PerWallet<Compared<CashflowReport>>((id) => compare(id, async (span) => readCashflow(id, span)));
export const spending = new PerWallet<Compared<SpendingReport>>((id) => compare(id, async (span) => readSpending(id, span)));
export const flow = new PerWallet((id) => readCashflow(id));
export const imports = new PerWallet((id) => readImports(id));
export const history = new PerWallet(async (id) => readHistory(id));
export const alerts = new Resource(readAlerts);
/** What lies between the wallets, and what looks as if it had gone from one to another. */
export const transit = new Resource(readTransit);
export const proposals = new Resource(readProposals);

/** The categories used in two years, for suggestions. */
export const habits = new PerWallet<readonly string[]>(async (id) => {
  const today = todayOf(id);
  const report = await readSpending(id, { from: addMonths(today, 1 - HABIT_MONTHS), to: addMonths(today, 1) });
  return report.rows.map((row) => row.category);
});

/** The balance day by day: a year, less what lies before the first entry, but ninety days at least. */
export const line = new PerWallet<BalanceReport>(async (id) => {
  const today = todayOf(id);
  const report = await readBalance(id, { from: addDays(today, 1 - LINE_DAYS), to: addDays(today, 1) });
  const quiet = report.series.findIndex((day) => !/^-?[0.]+$/.test(day.in + day.out + day.balance));
  const start = quiet < 0 ? report.series.length : quiet;
  const cut = Math.max(0, Math.min(start, report.series.length - LINE_DAYS_LEAST));
  return { ...report, series: report.series.slice(cut) };
});

/** Reads again what is on the page, because a wallet has moved on. */
export function refresh(walletId?: string): void {
  wallets.invalidate();
  alerts.invalidate();
  transit.invalidate();
  proposals.invalidate();
  PerWallet.invalidateAll(walletId);
}

let waiting: ReturnType<typeof setTimeout> | undefined;
const moved = new Set<string>();

/** The same, once for a burst of changes. */
export function refreshSoon(walletId: string, delayMs = 60): void {
  moved.add(walletId);
  waiting ??= setTimeout(() => {
    waiting = undefined;
    for (const id of moved) PerWallet.invalidateAll(id);
    moved.clear();
    wallets.invalidate();
    alerts.invalidate();
    transit.invalidate();
    proposals.invalidate();
  }, delayMs);
}
