import { walletIdOf, type WalletId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import { createMemoryViewStore } from '../memory/view-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { IdSource } from '../ports/id-source.ts';
import type { ViewStore } from '../ports/view-store.ts';
import { DIRECTORY, directory, streamOf } from '../projections/directory.ts';
import type { OpenWallet } from '../wallet/commands.ts';
import type { AnyProjection } from '../wallet/state.ts';
import { readAlerts, type AlertPage } from './alert-feed.ts';
import { outcomeOf } from './booked.ts';
import type { Request } from './request.ts';
import { rebuildLedger, type Progress } from './rebuild.ts';
import { createSession } from './session.ts';
import { summaryOf, type WalletSummary } from './summary.ts';
import { verifyLedger, type Verified } from './verify.ts';
import { walletOf, type Wallet, type WalletChanged } from './wallet.ts';

export interface LedgerOptions {
  /** Where the events are kept. */
  readonly store: EventStore;
  /** Where folded views are kept; in memory when left out, which costs a longer first read. */
  readonly views?: ViewStore;
  /** Tells the time; JavaScript's own `Date` will do. */
  readonly clock: Clock;
  /** Makes command ids for callers that bring none. */
  readonly ids: IdSource;
  /** Projections of your own, kept as the ledger's are and read with `wallet.view`. */
  readonly projections?: readonly AnyProjection[];
}

/** All wallets of one store. */
export interface Ledger {
  openWallet(details: Omit<OpenWallet, 'type'>, request?: Request): Promise<Outcome<WalletChanged>>;
  /** The wallet of an id. Nothing is read yet: a wallet that does not exist refuses its first command. */
  wallet(id: WalletId): Wallet;
  /** Every wallet, in the order they were opened. */
  wallets(): Promise<readonly WalletSummary[]>;
  /** What was told about limits, newest first, a page at a time. */
  alerts(page: { readonly limit: number; readonly below?: number }): Promise<AlertPage>;
  /** Recomputes every figure from the events and names each difference. */
  verify(options?: { readonly onProgress?: (progress: Progress) => void }): Promise<Verified>;
  /** Forgets every stored view and folds all of them anew. */
  rebuild(options?: {
    readonly onProgress?: (progress: Progress) => void;
  }): Promise<{ readonly streams: number; readonly events: number }>;
}

/**
 * Makes a ledger over a store.
 *
 * @example
 * const ledger = createLedger({ store: createMemoryEventStore({ clock: Date }), clock: Date, ids: { next: () => crypto.randomUUID() } });
 * const opened = await ledger.openWallet({ name: 'Household', currency: 'EUR' });
 */
export function createLedger({ store, views, clock, ids, projections = [] }: LedgerOptions): Ledger {
  const books = { store, views: views ?? createMemoryViewStore(), projections };
  const session = createSession({ ...books, clock, ids });
  return {
    async openWallet(details, request = {}) {
      const commandId = request.commandId ?? ids.next();
      const walletId = walletIdOf(commandId);
      const handled = await session.submit(streamOf(walletId), { ...details, type: 'OpenWallet' }, { ...request, commandId });
      return outcomeOf(handled, () => ({ walletId }));
    },
    wallet: (id) => walletOf(session, id),
    async wallets() {
      const { directoryLog: log } = session;
      await log.refresh();
      void log.settle();
      while (!log.has(directory, DIRECTORY)) await log.load([{ projection: directory, bucket: DIRECTORY }]);
      const found = await Promise.all(log.get(directory, DIRECTORY).map((id) => summaryOf(session, id)));
      return found.filter((summary) => summary !== undefined);
    },
    alerts: (page) => readAlerts(session, page),
    verify: (options) => verifyLedger({ ...books, ...options }),
    rebuild: (options) => rebuildLedger({ ...books, ...options }),
  };
}
