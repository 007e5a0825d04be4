import { foldInto, viewNameOf } from '../projection.ts';
import { decode } from '../wallet/codec.ts';
import type { Need } from '../wallet/state.ts';
import type { Source } from './source.ts';

/**
 * Buckets that are not stored because no event but the one that they begin with has touched them, by view and bucket: each made
 * of that event, where it is no further than a place.
 */
export async function readBeginnings(
  source: Source,
  needs: readonly Need[],
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<ReadonlyMap<string, unknown>> {
  const made = new Map<string, unknown>();
  const asked = needs.filter(({ projection }) => projection.beginsWithEvent);
  if (asked.length === 0) return made;
  const found = await source.find([...new Set(asked.map(({ bucket }) => bucket))]);
  const events = new Map(found.map((stored) => [stored.id, stored]));
  for (const { projection, bucket } of asked) {
    const stored = events.get(bucket);
    if (stored === undefined || source.placeOf(stored) > upTo) continue;
    const recorded = decode(stored);
    if (!projection.bucketsOf(recorded).includes(bucket)) continue;
    made.set(`${viewNameOf(projection)} ${bucket}`, foldInto(projection, undefined, recorded, bucket));
  }
  return made;
}
