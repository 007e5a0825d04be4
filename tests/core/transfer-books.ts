import { setTimeout as sleep } from 'node:timers/promises';
import {
  createLedger,
  createMemoryEventStore,
  createMemoryViewStore,
  createRunner,
  type EventStore,
  type Ledger,
  type Outcome,
  type Runner,
  type Wallet,
} from '@kakeibo/core';

/** Some wallets, and a runner that carries out what their transfers call for. */
export interface Books {
  readonly store: EventStore;
  readonly ledger: Ledger;
  readonly runner: Runner;
  /** What failed for the runner. */
  readonly errors: unknown[];
  open(name: string, currency?: string): Promise<Wallet>;
}

let ids = 0;

/** Opens books over a store, in memory when none is given. */
export function openBooks(options: { readonly store?: EventStore; readonly now?: () => number } = {}): Books {
  const clock = { now: options.now ?? (() => Date.UTC(2026, 9, 14, 9, 38)) };
  const store = options.store ?? createMemoryEventStore({ clock });
  const ledger = createLedger({ store, views: createMemoryViewStore(), clock, ids: { next: () => `books-${(ids += 1)}` } });
  const errors: unknown[] = [];
  const runner = createRunner({
    store,
    lists: [ledger.openTransfers],
    // A test waits for as short as it can.
    timer: { sleep: (ms) => sleep(Math.min(ms, 2)) },
    onError: (error) => void errors.push(error),
  });
  return {
    store,
    ledger,
    runner,
    errors,
    async open(name, currency = 'EUR') {
      const { walletId } = resultOf(await ledger.openWallet({ name, currency }, { commandId: `open ${name}` }));
      return ledger.wallet(walletId);
    },
  };
}

/** What came of a command that is not to be refused. */
export function resultOf<Result>(outcome: Outcome<Result>): Result {
  if (!('result' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

/** The code of a refusal; none when it was none. */
export function codeOf(outcome: Outcome<unknown>): string | undefined {
  return outcome.kind === 'rejected' ? outcome.rejection.code : undefined;
}

export async function balanceOf(wallet: Wallet): Promise<string | undefined> {
  return (await wallet.summary())?.balance;
}
