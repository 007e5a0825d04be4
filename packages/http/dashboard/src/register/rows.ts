import type { Part } from '../api/entry-types.ts';
import type { Entry } from '../api/types.ts';
import { fromMinor, toMinor } from '../money/amount.ts';
import { comesIn } from '../money/sign.ts';

export interface DayItem {
  readonly sort: 'day';
  readonly day: string;
  /** What the day came to; nothing while its rows are not all here. */
  readonly net: string | undefined;
}

export interface EntryItem {
  readonly sort: 'entry';
  readonly entry: Entry;
  /** The row of its day's head. */
  readonly head: number;
}

/** A part of a split that is unfolded. */
export interface PartItem {
  readonly sort: 'part';
  readonly entry: Entry;
  readonly part: Part;
  readonly at: number;
  readonly head: number;
}

export type Item = DayItem | EntryItem | PartItem;

export interface Heights {
  readonly day: number;
  readonly entry: number;
  readonly void: number;
  readonly part: number;
}

const signed = (entry: Entry): bigint => (comesIn(entry.kind) ? toMinor(entry.amount) : -toMinor(entry.amount));

/** Entries under the heads of their days, and under those that are unfolded their parts. */
export function itemsOf(
  entries: readonly Entry[],
  decimals: number,
  more: boolean,
  unfolded: ReadonlySet<string> = new Set(),
): readonly Item[] {
  const items: Item[] = [];
  let head = -1;
  let net = 0n;
  const closeDay = (whole: boolean): void => {
    const day = items[head];
    if (day?.sort === 'day') items[head] = { ...day, net: whole ? fromMinor(net, decimals) : undefined };
  };
  for (const entry of entries) {
    const day = items[head];
    if (day?.sort !== 'day' || day.day !== entry.occurredOn) {
      closeDay(true);
      head = items.push({ sort: 'day', day: entry.occurredOn, net: undefined }) - 1;
      net = 0n;
    }
    if (!entry.void) net += signed(entry);
    items.push({ sort: 'entry', entry, head });
    if (!unfolded.has(entry.id)) continue;
    for (const [at, part] of (entry.parts ?? []).entries()) items.push({ sort: 'part', entry, part, at, head });
  }
  closeDay(!more);
  return items;
}

function heightOf(item: Item, heights: Heights): number {
  if (item.sort !== 'entry') return heights[item.sort];
  return item.entry.void ? heights.void : heights.entry;
}

/** Where each item begins, and at last where the list ends. An open editor adds its height beneath its row. */
export function offsetsOf(
  items: readonly Item[],
  heights: Heights,
  open: { readonly id: string; readonly height: number } | undefined,
): Float64Array {
  const offsets = new Float64Array(items.length + 1);
  let at = 0;
  for (const [index, item] of items.entries()) {
    offsets[index] = at;
    at += heightOf(item, heights);
    if (item.sort === 'entry' && item.entry.id === open?.id) at += open.height;
  }
  offsets[items.length] = at;
  return offsets;
}

/** The last item that begins at or before `y`. */
export function itemAt(offsets: Float64Array, y: number): number {
  let low = 0;
  let high = Math.max(offsets.length - 2, 0);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
