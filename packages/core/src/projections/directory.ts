import type { WalletId } from '../ids.ts';
import type { Projection } from '../projection.ts';
import type { WalletEvent } from '../wallet/events.ts';

/** The bucket of {@link directory}. */
export const DIRECTORY = 'wallets';

/** Every wallet there is, in the order they were opened: a view of the whole log. */
export const directory: Projection<readonly WalletId[], WalletEvent> = {
  name: 'directory',
  version: 1,
  initial: [],
  bucketsOf: ({ event }) => (event.type === 'WalletOpened' ? [DIRECTORY] : []),
  apply: (view, { stream }) => [...view, walletIdOfStream(stream)],
};

const PREFIX = 'wallet-';

/** The stream of a wallet. */
export function streamOf(walletId: WalletId): string {
  return `${PREFIX}${walletId}`;
}

/** The wallet of a stream. */
export function walletIdOfStream(stream: string): WalletId {
  return stream.slice(PREFIX.length);
}
