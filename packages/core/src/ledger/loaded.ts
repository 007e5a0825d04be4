import { foldLoaded, type Recorded } from '../projection.ts';
import type { WalletEvent } from '../wallet/events.ts';
import type { AnyProjection, Need } from '../wallet/state.ts';

/** The buckets of a stream that are in memory. */
export type Loaded = ReadonlyMap<AnyProjection, Map<string, unknown>>;

/** How many buckets of a stream stay in memory. */
const MAX_BUCKETS = 4_096;

/** The projections with the most buckets go: one of entries is seldom asked for again, a month of a report often. */
export function makeRoom(loaded: Loaded): void {
  const bySize = [...loaded.values()].sort((a, b) => b.size - a.size);
  let count = bySize.reduce((sum, { size }) => sum + size, 0);
  for (const buckets of bySize) {
    if (count <= MAX_BUCKETS) return;
    count -= buckets.size;
    buckets.clear();
  }
}

/** Folds each event into the buckets that it touches and that are in memory. */
export function foldAll(loaded: Loaded, touching: readonly (readonly [Recorded<WalletEvent>, readonly Need[]])[]): void {
  const touched = new Map<AnyProjection, Map<string, Recorded<WalletEvent>[]>>();
  for (const [recorded, needs] of touching) {
    for (const { projection, bucket } of needs) {
      if (loaded.get(projection)?.has(bucket) !== true) continue;
      const buckets = touched.get(projection) ?? new Map<string, Recorded<WalletEvent>[]>();
      touched.set(projection, buckets);
      const some = buckets.get(bucket);
      if (some === undefined) buckets.set(bucket, [recorded]);
      else some.push(recorded);
    }
  }
  for (const [projection, buckets] of touched) {
    const own = loaded.get(projection);
    for (const [bucket, some] of buckets) own?.set(bucket, foldLoaded(projection, own.get(bucket), some, bucket));
  }
}
