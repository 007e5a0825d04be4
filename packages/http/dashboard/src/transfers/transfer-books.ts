import { readEntries, readTransfers } from '../api/reads.ts';
import type { TransferPage } from '../api/transfer-types.ts';
import { PerWallet } from '../state/resource.ts';

export interface Transfers extends TransferPage {
  /** Why an entry that came back is void, by its id. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** The transfers of a wallet with the reasons of those that came back. */
export const transfers = new PerWallet<Transfers>(async (id) => {
  const page = await readTransfers(id);
  if (!page.items.some((each) => each.state === 'returned')) return { ...page, reasons: new Map() };
  const { items } = await readEntries(id, { void: 'only', limit: 200 });
  return { ...page, reasons: new Map(items.flatMap((each) => (each.voidReason === null ? [] : [[each.id, each.voidReason]]))) };
});
