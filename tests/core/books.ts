import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import {
  createLedger,
  createMemoryEventStore,
  createMemoryViewStore,
  decode,
  project,
  walletProjections,
  type EventStore,
  type Ledger,
  type Outcome,
  type ViewStore,
  type Wallet,
} from '@kakeibo/core';
import { afterAll, expect } from 'vitest';

/** A ledger whose day a test sets. */
export interface Books {
  readonly ledger: Ledger;
  /** Moves the clock to noon of a day. */
  on(day: string): void;
  /** Opens a wallet. */
  open(currency: string, name?: string): Promise<Wallet>;
  close(): Promise<void>;
}

export type StoreKind = 'memory' | 'sqlite';
export const storeKinds: readonly StoreKind[] = ['memory', 'sqlite'];

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-books-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

/** Opens a ledger on a kind of store. */
export async function openBooks(kind: StoreKind = 'memory', day = '2026-10-14'): Promise<Books> {
  let now = Date.parse(`${day}T12:00:00Z`);
  let ids = 0;
  const clock = { now: () => now };
  const { store, views, close } = await storesOf(kind, clock);
  const ledger = createLedger({ store, views, clock, ids: { next: () => `command-${++ids}` } });
  return {
    ledger,
    on: (next) => void (now = Date.parse(`${next}T12:00:00Z`)),
    async open(currency, name = currency) {
      return ledger.wallet(done(await ledger.openWallet({ name, currency })).walletId);
    },
    close,
  };
}

async function storesOf(
  kind: StoreKind,
  clock: { now(): number },
): Promise<{ readonly store: EventStore; readonly views: ViewStore; close(): Promise<void> }> {
  if (kind === 'memory') {
    return { store: createMemoryEventStore({ clock }), views: createMemoryViewStore(), close: async () => {} };
  }
  files += 1;
  const opened = await openSqlite({ file: join(folder, `${files}.db`), writer: 'caller', clock });
  return { store: opened.events, views: opened.views, close: () => opened.close() };
}

/** What a command came to; a refusal is a failure of the test. */
export function done<Result>(outcome: Outcome<Result>): Result {
  if (outcome.kind === 'rejected' || outcome.kind === 'conflict') throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

/** The code of a refusal, or `ok`. */
export function codeOf(outcome: Outcome<unknown>): string {
  return outcome.kind === 'rejected' ? outcome.rejection.code : outcome.kind === 'conflict' ? 'conflict' : 'ok';
}

/** Every view that is kept says what its events say when they are folded from the beginning. */
export async function expectFoldedViews(wallet: Wallet): Promise<void> {
  const history = (await wallet.events({ after: 0, limit: 1_000 })).map(decode);
  for (const projection of walletProjections) {
    for (const [bucket, view] of project(projection, history)) {
      expect(await wallet.view(projection, bucket), `${projection.name} ${bucket}`).toEqual(view);
    }
  }
}
