import type { Wallet } from '../api/types.ts';
import { parseAmount } from '../money/parse-amount.ts';
import type { Booked } from '../api/types.ts';
import { refreshSoon } from '../state/books.ts';
import type { Deed } from '../state/undo.ts';
import { patchWallet, wallets } from '../state/wallets.ts';
import { newKey, perform } from '../state/writes.ts';

export interface NewWallet {
  readonly name: string;
  readonly currency: string;
  readonly zone: string;
  /** What is in it today, as typed; empty to start at nothing. */
  readonly opening: string;
}

const pathOf = (walletId: string): string => `/wallets/${encodeURIComponent(walletId)}`;

export async function openWallet({ name, currency, zone, opening }: NewWallet): Promise<Wallet> {
  const wallet = await perform<Wallet>({ method: 'POST', path: '/wallets', body: { name, currency, zone }, key: newKey() });
  if (opening.trim() !== '') await bookOpening(wallet, opening);
  await wallets.reload();
  return wallet;
}

async function bookOpening(wallet: Wallet, opening: string): Promise<void> {
  const below = /^\s*[-\u2212]/.test(opening);
  const parsed = parseAmount(opening.replace(/^\s*[-+\u2212]/, ''), wallet.decimals);
  if (!parsed.ok) return;
  const body = { amount: parsed.amount, category: 'Opening', note: 'Opening balance', occurredOn: wallet.today };
  await perform<Booked>({ method: 'POST', path: `${pathOf(wallet.id)}/${below ? 'expenses' : 'income'}`, body, key: newKey() });
}

async function patch(wallet: Wallet, body: { readonly name?: string; readonly closed?: false }): Promise<void> {
  const answer = await perform<Wallet>({ method: 'PATCH', path: pathOf(wallet.id), body, key: newKey() });
  patchWallet(wallet.id, answer);
  refreshSoon(wallet.id);
}

export async function renameWallet(wallet: Wallet, name: string): Promise<Deed> {
  await patch(wallet, { name });
  return { said: `${wallet.name} is now called ${name}.`, undo: async () => renameWallet({ ...wallet, name }, wallet.name) };
}

export async function reopenWallet(wallet: Wallet): Promise<Deed> {
  await patch(wallet, { closed: false });
  return { said: `${wallet.name} is open again.`, undo: async () => closeWallet(wallet) };
}

export async function closeWallet(wallet: Wallet): Promise<Deed> {
  const answer = await perform<Wallet>({ method: 'DELETE', path: pathOf(wallet.id), key: newKey() });
  patchWallet(wallet.id, answer);
  refreshSoon(wallet.id);
  return { said: `Closed ${wallet.name}. Its history stays.`, undo: async () => reopenWallet(wallet) };
}
