import type { Projection } from '../projection.ts';
import { viewNameOf } from '../projection.ts';
import type { LoadedBuckets } from '../ports/view-store.ts';
import type { WalletEvent } from '../wallet/events.ts';

const NEWEST = 'newest';

/** What makes an event of a log unlike that of any other log in its place, also where the same command was sent again. */
export function markOf({ id, recordedAt }: { readonly id: string; readonly recordedAt: string }): string {
  return `${id} ${recordedAt}`;
}

/**
 * The last event that a stream's views were folded up to. So views are known from those of another log, when a log was restored or
 * lost its end, and has grown past the place that they have seen.
 */
export const newest: Projection<string, WalletEvent> = {
  name: 'newest',
  version: 1,
  initial: '',
  bucketsOf: () => [NEWEST],
  apply: (_, recorded) => markOf(recorded),
};

/** Where its mark is kept. */
export const newestRef = { view: viewNameOf(newest), bucket: NEWEST };

/** The mark of the event that views have seen last; none when they were kept before there were marks. */
export function markIn({ seen, buckets }: LoadedBuckets, place: number): string | undefined {
  const [mark] = buckets.filter(({ view }) => view === newestRef.view);
  return seen.get(newestRef.view) === place && typeof mark?.value === 'string' ? mark.value : undefined;
}
