import {
  decode,
  type Clock,
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
import { casesOn, openStores, storeKinds, type StoreKind } from '../stores/kinds.ts';

export const STORES: readonly StoreKind[] = storeKinds;

/** How many histories each property looks at, and where their numbers begin. */
const RUNS = Number(process.env['KAKEIBO_PROPERTY_RUNS'] ?? 8);
/** A store in this program is looked at with all of them. */
const runsOn = (kind: StoreKind): number => (kind === 'memory' || kind === 'sqlite' ? RUNS : casesOn(kind, RUNS));
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

afterAll(async () => {
  for (const history of known.values()) await (await history).close();
});

/** The clock of a store steps back and forth: the order of what is recorded must not. */
function steppingClock(): Clock {
  let reads = 0;
  return { now: () => Date.parse('2025-06-01T09:00:00Z') + ((reads += 1) % 7) * 1_000 };
}

async function live(kind: StoreKind, seed: number): Promise<Lived> {
  const { store, views, close } = await openStores(kind, steppingClock());
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
  await fc.assert(property, { seed: SEED, numRuns: runsOn(kind), endOnFailure: true });
}

/** The same on histories of its own, which it may go on with. */
export async function anew(kind: StoreKind, holds: (history: Lived) => Promise<void>): Promise<void> {
  const property = fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 30 }), (seed) => lookAtOwn(kind, seed, holds));
  await fc.assert(property, {
    seed: SEED + 1,
    numRuns: Math.max(kind === 'memory' || kind === 'sqlite' ? 2 : 1, Math.ceil(runsOn(kind) / 3)),
    endOnFailure: true,
  });
}
