import type { CivilDate } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import type { EntryId, TransferId, WalletId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import type { Version } from '../ports/event-store.ts';
import { streamOf } from '../projections/directory.ts';
import { transferList, TRANSFER_PAGES, transferPage, transferPages, type ListedTransfer } from '../projections/transfer-list.ts';
import type { OpenTransfer } from '../projections/transit.ts';
import { entries, type StoredFacts } from '../wallet/entries.ts';
import type { Views } from '../wallet/state.ts';
import { transfers, type TransferSide } from '../wallet/transfers.ts';
import type { Session } from './session.ts';
import { rateBetween, readOpen } from './transit.ts';

/** A transfer as one of its wallets sees it. */
export interface WalletTransfer {
  readonly transferId: TransferId;
  readonly entryId: EntryId;
  readonly direction: 'out' | 'in';
  /**
   * `sent`, `refused`, `recalled` and `given-back` are in transit, or on their way back; `arrived` and `returned` are settled.
   */
  readonly state: OpenTransfer['state'] | 'arrived' | 'returned';
  /** The other wallet, and what it gave or gets. */
  readonly walletId: WalletId;
  readonly amount: string;
  readonly currency: CurrencyCode;
  readonly otherAmount: string;
  readonly otherCurrency: CurrencyCode;
  /** What one unit of the sender's currency came to, derived from the amounts; null within one currency. */
  readonly derivedRate: string | null;
  readonly occurredOn: CivilDate;
  readonly payee: string | null;
  readonly note: string | null;
  readonly version: Version;
}

export interface TransferPage {
  /** What is not settled first, then the newest first. */
  readonly items: readonly WalletTransfer[];
  /** The version below which the next page begins; null at the end. */
  readonly next: Version | null;
}

/** How many open transfers are shown on top of the first page. */
const MAX_OPEN = 500;

/** A page of a wallet's transfers. */
export async function readTransfers(
  session: Session,
  walletId: WalletId,
  { limit, below = Number.MAX_SAFE_INTEGER }: { readonly limit: number; readonly below?: Version },
): Promise<TransferPage> {
  const open = new Map(
    (await readOpen(session))
      .filter(({ from, to }) => from === walletId || to === walletId)
      .map((transfer) => [transfer.id, transfer]),
  );
  const listed = await readListed(session, walletId, { below, enough: limit + open.size + 1 });
  const settled = listed.filter(({ id }) => !open.has(id));
  const page = settled.slice(0, limit);
  const isFirst = below === Number.MAX_SAFE_INTEGER;
  const ids = [...(isFirst ? [...open.keys()].slice(0, MAX_OPEN) : []), ...page.map(({ id }) => id)];
  const items = await readHalves(session, walletId, { ids, open });
  const next = settled.length > limit ? (page.at(-1)?.version ?? null) : null;
  return { items, next };
}

/** The newest transfers of a wallet below a version. */
function readListed(
  session: Session,
  walletId: WalletId,
  { below, enough }: { readonly below: Version; readonly enough: number },
): Promise<readonly ListedTransfer[]> {
  const index = { projection: transferPages, bucket: TRANSFER_PAGES };
  /** As many pages as are there, from the newest on, until there is enough. */
  const gather = (views: Views): { readonly found: readonly ListedTransfer[]; readonly missing?: string } => {
    const found: ListedTransfer[] = [];
    for (const page of views.get(transferPages, TRANSFER_PAGES).toReversed()) {
      if (page > transferPage(below) || found.length >= enough) continue;
      if (!views.has(transferList, String(page))) return { found, missing: String(page) };
      found.push(
        ...views
          .get(transferList, String(page))
          .filter(({ version }) => version < below)
          .toReversed(),
      );
    }
    return { found };
  };
  return session.read(streamOf(walletId), {
    needs(_, views) {
      const { missing } = views.has(transferPages, TRANSFER_PAGES) ? gather(views) : {};
      return missing === undefined ? [index] : [index, { projection: transferList, bucket: missing }];
    },
    result: (_, views) => gather(views).found,
  });
}

/** Some transfers as the wallet has them, all at one moment; those that it has no half of are left out. */
function readHalves(
  session: Session,
  walletId: WalletId,
  { ids, open }: { readonly ids: readonly TransferId[]; readonly open: ReadonlyMap<TransferId, OpenTransfer> },
): Promise<readonly WalletTransfer[]> {
  const sideNeeds = ids.map((bucket) => ({ projection: transfers, bucket }));
  return session.read(streamOf(walletId), {
    needs(_, views) {
      if (!sideNeeds.every(({ bucket }) => views.has(transfers, bucket))) return sideNeeds;
      const halves = ids.flatMap((id) => views.get(transfers, id).entryId ?? []);
      return [...sideNeeds, ...halves.map((bucket) => ({ projection: entries, bucket }))];
    },
    result: (_, views) =>
      ids.flatMap((id) => {
        const { state, entryId } = views.get(transfers, id);
        if (entryId === undefined) return [];
        const { facts, addedIn: version } = views.get(entries, entryId);
        return shown({ entryId, state }, facts, { id, open: open.get(id), version }) ?? [];
      }),
  });
}

function shown(
  { state, entryId }: Pick<TransferSide, 'state'> & { readonly entryId: EntryId },
  facts: StoredFacts | null,
  { id, open, version }: { readonly id: TransferId; readonly open: OpenTransfer | undefined; readonly version: Version },
): WalletTransfer | undefined {
  // Two entries that were joined and parted are none of a transfer any more.
  if (facts?.transfer?.id !== id) return undefined;
  const { kind, amount, currency, transfer, occurredOn, payee, note } = facts;
  const { wallet, other } = transfer;
  const [left, arrives] = kind === 'sent' ? [{ amount, currency }, other] : [other, { amount, currency }];
  const isBack = state === 'returned' || state === 'given-back';
  return {
    transferId: id,
    entryId,
    direction: kind === 'sent' ? 'out' : 'in',
    state: open?.state ?? (isBack ? 'returned' : 'arrived'),
    walletId: wallet,
    amount: formatMinor(BigInt(amount), exponentOf(currency)),
    currency,
    otherAmount: formatMinor(BigInt(other.amount), exponentOf(other.currency)),
    otherCurrency: other.currency,
    derivedRate: rateBetween(left.amount, left.currency, arrives.amount, arrives.currency),
    occurredOn,
    payee: payee ?? null,
    note: note ?? null,
    version,
  };
}
