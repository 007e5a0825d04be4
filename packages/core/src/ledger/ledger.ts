import type { Period } from '../calendar.ts';
import { walletIdOf, type WalletId } from '../ids.ts';
import type { PriceLine } from '../import/price-lines.ts';
import type { Outcome, Rejection } from '../outcome.ts';
import { createMemoryViewStore } from '../memory/view-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventStore, Position } from '../ports/event-store.ts';
import type { IdSource } from '../ports/id-source.ts';
import type { ViewStore } from '../ports/view-store.ts';
import { streamOf } from '../projections/directory.ts';
import type { NetWorthReport } from '../projections/net-worth.ts';
import type { ToDoList } from '../reactions/to-do.ts';
import type { OpenWallet } from '../wallet/commands.ts';
import type { AnyProjection } from '../wallet/state.ts';
import { readAlerts, type AlertPage } from './alert-feed.ts';
import { outcomeOf } from './booked.ts';
import { joinTransfer, proposals, type Joining, type TransferProposal } from './joins.ts';
import { dueToDo } from './due-to-do.ts';
import type { Request } from './request.ts';
import { rebuildLedger, type Progress } from './rebuild.ts';
import { readNetWorth, type NetWorthOptions } from './net-worth-read.ts';
import { createSession, type Session } from './session.ts';
import { setRates, type RatesSet } from './set-rates.ts';
import { summaryOf, type WalletSummary } from './summary.ts';
import { verifyLedger, type Verified } from './verify.ts';
import type { TransferBooked } from './transfers.ts';
import type { AsOfTimes } from './as-of.ts';
import { readOpenAsOf, shownTransfer, transfersToDo, type TransferInTransit } from './transit.ts';
import { walletIds } from './wallet-ids.ts';
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
  /** Folds every view anew beside the stored ones, and puts them in their place. */
  rebuild(options?: {
    readonly onProgress?: (progress: Progress) => void;
  }): Promise<{ readonly streams: number; readonly events: number }>;
  /** Rates as `parsePriceLines` reads them: each goes to the open wallets of its currency. */
  setRates(lines: readonly PriceLine[], request?: Request): Promise<RatesSet | Rejection>;
  /** What all wallets come to in one currency, by the rates that were said and no others. */
  netWorth(options: NetWorthOptions): Promise<NetWorthReport & { readonly position: Position }>;

  /** The transfers that are not settled, oldest first; those that were not at another time. */
  inTransit(times?: AsOfTimes): Promise<readonly TransferInTransit[]>;
  /** Pairs of an expense and an income in a stretch of days that look like one transfer. Nothing is changed. */
  transferProposals(period: Period): Promise<readonly TransferProposal[]>;
  /** Makes an expense in one wallet and an income in another one transfer, when a person has confirmed that they are. */
  joinTransfer(joining: Joining, request?: Request): Promise<Outcome<TransferBooked>>;
  /** What open transfers call for: for a runner, which carries it out. */
  readonly openTransfers: ToDoList;
  /** What the calendar calls for in all wallets, the occurrences of schedules and the end of plans: for a runner. */
  readonly dueWork: ToDoList;
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
    wallet: walletsOf(session),
    async wallets() {
      const found = await Promise.all((await walletIds(session)).map((id) => summaryOf(session, id)));
      return found.filter((summary) => summary !== undefined);
    },
    alerts: (page) => readAlerts(session, page),
    verify: (options) => verifyLedger({ ...books, ...options }),
    rebuild: (options) => rebuildLedger({ ...books, ...options }).finally(() => session.forget()),
    setRates: (lines, request) => setRates(session, lines, request),
    netWorth: (options) => readNetWorth(session, options),

    inTransit: async (times = {}) => (await readOpenAsOf(session, times)).map(shownTransfer),
    transferProposals: async (period) => proposals(session, await walletIds(session), period),
    joinTransfer: (joining, request = {}) => joinTransfer(session, joining, request),
    openTransfers: transfersToDo(session),
    dueWork: dueToDo(session),
  };
}

/** More wallets than this are not kept; one costs as much to make as a read that is answered from memory. */
const MOST_WALLETS = 1_000;

function walletsOf(session: Session): (id: WalletId) => Wallet {
  const made = new Map<WalletId, Wallet>();
  return (id) => {
    const known = made.get(id);
    if (known !== undefined) return known;
    if (made.size >= MOST_WALLETS) made.clear();
    const wallet = walletOf(session, id);
    made.set(id, wallet);
    return wallet;
  };
}
