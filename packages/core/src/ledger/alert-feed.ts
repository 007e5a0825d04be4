import { exponentOf } from '../currency.ts';
import type { EntryId, WalletId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import type { Position } from '../ports/event-store.ts';
import { ALERT_MONTHS, alertMonths, alerts, type Alert as StoredAlert } from '../projections/alerts.ts';
import type { Need } from '../wallet/state.ts';
import type { Crossing } from './booked.ts';
import type { Session } from './session.ts';
import { summaryOf } from './summary.ts';

/** What the ledger told about a limit: shown to people, newest first. */
export interface Alert extends Crossing {
  readonly id: string;
  readonly walletId: WalletId;
  readonly walletName: string;
  /** The entry that crossed it, when it was one. */
  readonly entryId: EntryId | null;
  readonly raisedAt: string;
  /** Whether the period was over already: a back-dated entry crossed it. */
  readonly late: boolean;
  /** When the spending fell under the threshold again. */
  readonly clearedAt: string | null;
  readonly position: Position;
}

export interface AlertPage {
  readonly items: readonly Alert[];
  /** The position below which the next page begins; null at the end. */
  readonly next: Position | null;
}

/** A page of the alerts of all wallets, newest first. */
export async function readAlerts(
  session: Session,
  page: { readonly limit: number; readonly below?: Position },
): Promise<AlertPage> {
  const { log } = session;
  await log.refresh();
  void log.settle();
  const load = async (need: Need): Promise<void> => {
    while (!log.has(need.projection, need.bucket)) await log.load([need]);
  };
  await load({ projection: alertMonths, bucket: ALERT_MONTHS });
  const found: StoredAlert[] = [];
  for (const month of log.get(alertMonths, ALERT_MONTHS).toReversed()) {
    await load({ projection: alerts, bucket: month });
    const below = log.get(alerts, month).filter(({ position }) => page.below === undefined || position < page.below);
    found.push(...below.toReversed());
    if (found.length > page.limit) break;
  }
  const items = found.slice(0, page.limit);
  const names = new Map<WalletId, string>();
  for (const { walletId } of items)
    if (!names.has(walletId)) names.set(walletId, (await summaryOf(session, walletId))?.name ?? '');
  return {
    items: items.map((alert) => shown(alert, names.get(alert.walletId) ?? '')),
    next: found.length > page.limit ? (items.at(-1)?.position ?? null) : null,
  };
}

function shown(
  { currency, spent, amount, scope, entryId, clearedAt, raisedIn: _, ...alert }: StoredAlert,
  walletName: string,
): Alert {
  const exponent = exponentOf(currency);
  return {
    ...alert,
    walletName,
    scope: scope ?? null,
    spent: formatMinor(BigInt(spent), exponent),
    amount: formatMinor(BigInt(amount), exponent),
    entryId: entryId ?? null,
    clearedAt: clearedAt ?? null,
  };
}
