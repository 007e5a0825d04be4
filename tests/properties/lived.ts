import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import {
  createMemoryEventStore,
  createMemoryViewStore,
  decode,
  type EventStore,
  type Recorded,
  type StoredEvent,
  type ViewStore,
  type WalletEvent,
} from '@kakeibo/core';
import fc from 'fast-check';
import { afterAll } from 'vitest';
import { courseOf } from '../oracles/deeds.ts';
import { doDeed } from '../oracles/do-deed.ts';
import { Household } from '../oracles/household.ts';

export type StoreKind = 'memory' | 'sqlite';
export const STORES: readonly StoreKind[] = ['memory', 'sqlite'];

/** How many histories each property looks at, and where their numbers begin. */
const RUNS = Number(process.env['KAKEIBO_PROPERTY_RUNS'] ?? 8);
const SEED = Number(process.env['KAKEIBO_PROPERTY_SEED'] ?? 20_261_126);

/** A household that has lived through a history: everything that is under way has arrived. */
export interface Lived {
  readonly seed: number;
  readonly home: Household;
  readonly store: EventStore;
  readonly views: ViewStore;
  /** The whole log. */
  readonly stored: readonly StoredEvent[];
  readonly events: readonly Recorded<WalletEvent>[];
  /** Lets go of what it holds. */
  close(): Promise<void>;
}

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-properties-'));
afterAll(async () => {
  for (const history of known.values()) await (await history).close();
  rmSync(folder, { recursive: true, force: true });
});

interface Stores {
  readonly store: EventStore;
  readonly views: ViewStore;
  close(): Promise<void>;
}

let files = 0;

async function storesOf(kind: StoreKind): Promise<Stores> {
  if (kind === 'memory') {
    // The clock of the store steps back and forth: the order of what is recorded must not.
    let reads = 0;
    const clock = { now: () => Date.parse('2025-06-01T09:00:00Z') + ((reads += 1) % 7) * 1_000 };
    return { store: createMemoryEventStore({ clock }), views: createMemoryViewStore(), close: async () => undefined };
  }
  const file = join(folder, `${(files += 1)}.db`);
  const { events, views, close } = await openSqlite({ file });
  return { store: events, views, close: () => close().then(() => rmSync(file)) };
}

async function live(kind: StoreKind, seed: number): Promise<Lived> {
  const { store, views, close } = await storesOf(kind);
  const home = new Household(seed, store, views);
  const { wallets, deeds } = courseOf(seed);
  for (const { name, currency } of wallets) await home.open(name, currency);
  for (const { deed, days } of deeds) {
    home.pass(days);
    await doDeed(home, deed);
  }
  await home.settle();
  const stored = await logOf(store);
  return { seed, home, store, views, stored, events: stored.map(decode), close: () => home.close().then(close) };
}

/** Every event of a log. */
export async function logOf(store: EventStore): Promise<readonly StoredEvent[]> {
  const all: StoredEvent[] = [];
  for (;;) {
    const page = await store.readAll({ after: all.length, limit: 1_000 });
    all.push(...page);
    if (page.length < 1_000) return all;
  }
}

/** How many histories are kept for the next property; more are lived anew. */
const KEPT = 200;
const known = new Map<string, Promise<Lived>>();

/** A history by its number; the properties share the first ones, and a later one is let go when it was looked at. */
export async function lookAt(kind: StoreKind, seed: number, holds: (history: Lived) => Promise<void> | void): Promise<void> {
  const key = `${kind} ${seed}`;
  if (known.has(key) || known.size < KEPT) {
    const history = known.get(key) ?? live(kind, seed);
    known.set(key, history);
    return holds(await history);
  }
  return lookAtOwn(kind, seed, holds);
}

async function lookAtOwn(kind: StoreKind, seed: number, holds: (history: Lived) => Promise<void> | void): Promise<void> {
  const history = await live(kind, seed);
  try {
    await holds(history);
  } finally {
    await history.close();
  }
}

/** Checks what must be true of every history. What a property does to a history must leave it as it was, or take a fresh one. */
export async function always(kind: StoreKind, holds: (history: Lived) => Promise<void> | void): Promise<void> {
  const property = fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 30 }), (seed) => lookAt(kind, seed, holds));
  await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: true });
}

/** The same on histories of its own, which it may go on with. */
export async function anew(kind: StoreKind, holds: (history: Lived) => Promise<void>): Promise<void> {
  const property = fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 30 }), (seed) => lookAtOwn(kind, seed, holds));
  await fc.assert(property, { seed: SEED + 1, numRuns: Math.max(2, Math.ceil(RUNS / 3)), endOnFailure: true });
}
