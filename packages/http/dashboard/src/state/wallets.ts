import { computed, effect, signal } from '@preact/signals';
import { readWallets } from '../api/reads.ts';
import type { Wallet } from '../api/types.ts';
import { Resource } from './resource.ts';
import { address, go } from './route.ts';
import { keep, recall } from './storage.ts';

const KEY = 'kakeibo.wallet';
const remembered = signal(recall<string>(KEY));

export const wallets = new Resource<readonly Wallet[]>(readWallets);

export const openWallets = computed(() => (wallets.value.value ?? []).filter((wallet) => wallet.status === 'open'));

/** The wallet in the address, else the one used last, else the first open one. */
export const current = computed<Wallet | undefined>(() => {
  const all = wallets.value.value ?? [];
  const asked = address.value.searchParams.get('wallet') ?? remembered.value;
  return all.find((wallet) => wallet.id === asked) ?? openWallets.value[0] ?? all[0];
});

/** The latest day that any wallet has now: what is of all wallets goes up to it. */
export const latestDay = computed(() =>
  (wallets.value.value ?? [])
    .map(({ today }) => today)
    .toSorted()
    .at(-1),
);

/** Where the wallet stands that moved last: what is of all wallets has moved on with it. */
export const latestPosition = computed(() => Math.max(0, ...(wallets.value.value ?? []).map(({ position }) => position)));

export function walletName(id: string): string {
  return wallets.value.value?.find((wallet) => wallet.id === id)?.name ?? 'another wallet';
}

export function startWallets(): void {
  wallets.watch();
  effect(() => {
    const id = current.value?.id;
    if (id === undefined || id === remembered.peek()) return;
    remembered.value = id;
    keep(KEY, id);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') wallets.invalidate();
  });
}

export function chooseWallet(id: string): void {
  const to = new URL(address.peek());
  to.search = '';
  to.searchParams.set('wallet', id);
  go(to.pathname + to.search);
}

/** Takes over what an answer said, before the list has been read again. */
export function patchWallet(id: string, change: Partial<Wallet>): void {
  const all = wallets.value.peek();
  if (all !== undefined) wallets.put(all.map((wallet) => (wallet.id === id ? { ...wallet, ...change } : wallet)));
}
