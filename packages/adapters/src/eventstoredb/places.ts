/** The log's places in memory: what EventStoreDB does not number, the position, and what only the whole log tells, the record time. */
import { createEventIds } from './event-ids.ts';

/** Where events are. Positions count from 1. */
export interface Places {
  /** The last position. */
  readonly size: number;
  /** The record time of the last event in microseconds, 0 before the first. */
  readonly lastTime: number;
  /** Adds the next position. False when the id is in the log already. */
  add(commit: number, recordedAt: number, id: string): boolean;
  /** The position of an event by its id. An id that is no UUID is nowhere. */
  positionOf(id: string): number | undefined;
  /** The position of the event at a place of the server's log. */
  positionAt(commit: number): number | undefined;
  commitOf(position: number): number;
  timeOf(position: number): number;
  /** The memory that all of it takes. */
  readonly bytes: number;
}

function withRoom(array: Float64Array, count: number): Float64Array {
  if (count < array.length) return array;
  const grown = new Float64Array(Math.ceil(array.length * 1.5));
  grown.set(array);
  return grown;
}

/**
 * Makes an empty one.
 *
 * @example
 * createPlaces().size; // 0
 */
export function createPlaces(): Places {
  const ids = createEventIds();
  let commits: Float64Array = new Float64Array(1_024);
  let times: Float64Array = new Float64Array(1_024);
  let size = 0;

  return {
    get size() {
      return size;
    },
    get lastTime() {
      return size === 0 ? 0 : (times[size - 1] ?? 0);
    },
    add(commit, recordedAt, id) {
      commits = withRoom(commits, size);
      times = withRoom(times, size);
      commits[size] = commit;
      times[size] = recordedAt;
      size += 1;
      return ids.add(id);
    },
    positionOf(id) {
      const place = ids.placeOf(id);
      return place === undefined ? undefined : place + 1;
    },
    positionAt(commit) {
      let [low, high] = [0, size - 1];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((commits[middle] ?? 0) < commit) low = middle + 1;
        else high = middle;
      }
      return size > 0 && commits[low] === commit ? low + 1 : undefined;
    },
    commitOf: (position) => commits[position - 1] ?? 0,
    timeOf: (position) => times[position - 1] ?? 0,
    get bytes() {
      return commits.byteLength + times.byteLength + ids.bytes;
    },
  };
}
