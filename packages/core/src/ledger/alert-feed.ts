import { exponentOf } from '../currency.ts';
import type { EntryId, WalletId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import type { Position } from '../ports/event-store.ts';
import {
  ALERT_PAGES,
  alertBucket,
  alertPages,
  alerts,
  clearingBucket,
  clearings,
  pageOf,
  type Alert as StoredAlert,
} from '../projections/alerts.ts';
import type { Projection } from '../projection.ts';
import type { WalletEvent } from '../wallet/events.ts';
import type { Crossing } from './booked.ts';
import type { Session } from './session.ts';
import type { StreamViews } from './stream-views.ts';
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
  const { alertLog: log } = session;
  const below = page.below ?? Number.MAX_SAFE_INTEGER;
  await log.refresh();
  void log.settle();
  const pages = await readBucket(log, alertPages, ALERT_PAGES);
  const found: StoredAlert[] = [];
  for (const each of pages.toReversed()) {
    if (each > pageOf(below)) continue;
    const older = (await readBucket(log, alerts, alertBucket(each))).filter(({ position }) => position < below);
    found.push(...older.toReversed());
    if (found.length > page.limit) break;
  }
  const items: Alert[] = [];
  for (const alert of found.slice(0, page.limit)) {
    const cleared = await readBucket(log, clearings, clearingBucket(alert.walletId, alert.raisedIn));
    const wallet = await summaryOf(session, alert.walletId);
    items.push(shown(alert, { walletName: wallet?.name ?? '', clearedAt: cleared[alert.raisedIn] ?? null }));
  }
  return { items, next: found.length > page.limit ? (items.at(-1)?.position ?? null) : null };
}

/** Reads one bucket of the log's views; between the check and the reading nothing is awaited. */
async function readBucket<View>(log: StreamViews, projection: Projection<View, WalletEvent>, bucket: string): Promise<View> {
  while (!log.has(projection, bucket)) await log.load([{ projection, bucket }]);
  return log.get(projection, bucket);
}

function shown(
  { currency, spent, amount, carried = '0', scope, tag, entryId, raisedIn: _, ...alert }: StoredAlert,
  more: Pick<Alert, 'walletName' | 'clearedAt'>,
): Alert {
  const exponent = exponentOf(currency);
  return {
    ...alert,
    ...more,
    scope: scope ?? null,
    tag: tag ?? null,
    spent: formatMinor(BigInt(spent), exponent),
    amount: formatMinor(BigInt(amount), exponent),
    carried: formatMinor(BigInt(carried), exponent),
    entryId: entryId ?? null,
  };
}
