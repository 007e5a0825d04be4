import type { Wallet, WalletSummary } from '@kakeibo/core';
import { Problem } from '../problem.ts';
import type { Service } from '../service.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The wallet that a path names. What cannot be an id is no wallet, and costs no look at the store. */
export function walletOf({ params }: { readonly params: Readonly<Record<string, string>> }, { ledger }: Service): Wallet {
  const id = params.walletId ?? '';
  if (!UUID.test(id)) throw walletUnknown();
  return ledger.wallet(id);
}

/** A wallet as it stands; one that does not exist is a problem. */
export async function summaryOf(wallet: Wallet): Promise<WalletSummary> {
  const summary = await wallet.summary();
  if (summary === undefined) throw walletUnknown();
  return summary;
}

export function walletUnknown(): Problem {
  return new Problem(404, 'wallet-unknown', 'There is no such wallet.');
}
