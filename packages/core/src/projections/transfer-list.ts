import type { TransferId } from '../ids.ts';
import type { Version } from '../ports/event-store.ts';
import type { Projection } from '../projection.ts';
import type { WalletEvent } from '../wallet/events.ts';
import { transferWord } from '../wallet/transfers.ts';

/** A wallet's transfer, and the version that made it one. */
export interface ListedTransfer {
  readonly id: TransferId;
  readonly version: Version;
}

/** How many versions of a wallet share a bucket. */
const PAGE = 500;

/** The bucket of {@link transferList} that a version is in. */
export function transferPage(version: Version): number {
  return Math.floor(version / PAGE);
}

/** The id of the transfer that a wallet has from this event on: one that it sent, took, or joined. */
function begun(event: WalletEvent): TransferId | undefined {
  const word = transferWord(event);
  return word?.side.state === 'sent' || word?.side.state === 'received' ? word.id : undefined;
}

/** The transfers of a wallet, oldest first, by pages of its stream. */
export const transferList: Projection<readonly ListedTransfer[], WalletEvent> = {
  name: 'transfer-list',
  version: 1,
  initial: [],
  bucketsOf: ({ event, version }) => (begun(event) === undefined ? [] : [String(transferPage(version))]),
  apply(view, { event, version }) {
    const id = begun(event);
    return id === undefined ? view : [...view, { id, version }];
  },
};

/** The bucket of {@link transferPages}. */
export const TRANSFER_PAGES = 'pages';

/** The pages that have transfers, in order. */
export const transferPages: Projection<readonly number[], WalletEvent> = {
  name: 'transfer-pages',
  version: 1,
  initial: [],
  bucketsOf: ({ event }) => (begun(event) === undefined ? [] : [TRANSFER_PAGES]),
  apply: (view, { version }) => (view.at(-1) === transferPage(version) ? view : [...view, transferPage(version)]),
};
