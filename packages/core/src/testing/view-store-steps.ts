/** What the cases of the view stores are made of. */
import type { Json } from '../ports/event-store.ts';
import type { Bucket, ViewStore } from '../ports/view-store.ts';
import { equal } from './contract.ts';

export const VIEW = 'flows@1';

export function bucket(name: string, value: Json = { sum: '1.00' }, view = VIEW): Bucket {
  return { view, bucket: name, value };
}

interface Step {
  readonly expected: number;
  readonly seen: number;
  readonly buckets?: readonly Bucket[];
  readonly view?: string;
  readonly stream?: string;
}

/** Saves one view and insists on the answer. */
export async function saved(store: ViewStore, step: Step, answer: 'saved' | 'stale' = 'saved'): Promise<void> {
  const { expected, seen, buckets = [], view = VIEW, stream = 'wallet-1' } = step;
  equal(await store.save({ stream, views: [{ view, expected, seen }], buckets }), answer, `a save from ${expected} to ${seen}`);
}

/** What is there, in short: what the view has seen, and the buckets' values. */
export async function look(store: ViewStore, names: readonly string[], view = VIEW, stream = 'wallet-1'): Promise<Json> {
  const { seen, buckets } = await store.load(
    stream,
    [view],
    names.map((name) => ({ view, bucket: name })),
  );
  return [seen.get(view) ?? null, ...buckets.map(({ value }) => value)];
}
