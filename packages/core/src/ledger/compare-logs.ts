import type { EventStore, Position, StoredEvent } from '../ports/event-store.ts';
import { contentOf, createLogDigester, type LogDigest } from './log-digest.ts';

/** The first event in which two logs differ. */
export interface LogDifference {
  readonly stream: string;
  readonly version: number;
  readonly message: string;
}

/** How far two logs are equal. */
export interface LogComparison {
  /** How many events were compared and are equal. */
  readonly events: number;
  /** The last of them in the first log; 0 when there is none. */
  readonly position: Position;
  /** How many of them have another record time, and how many another position, in the second log. */
  readonly redated: number;
  readonly moved: number;
  readonly difference?: LogDifference;
}

/** Compares two logs from their beginning; asked again, it goes on where it was. */
export interface LogComparer {
  /** Goes as far as the second log goes. */
  advance(onProgress?: (events: number) => void): Promise<LogComparison>;
  digests(): { readonly from: LogDigest; readonly to: LogDigest };
}

const PAGE = 500;

export function createLogComparer(from: EventStore, to: EventStore): LogComparer {
  const [ofFrom, ofTo] = [createLogDigester(), createLogDigester()];
  let [events, position, toPosition, redated, moved] = [0, 0, 0, 0, 0];
  let difference: LogDifference | undefined;

  const take = (one: StoredEvent | undefined, other: StoredEvent): void => {
    difference = differenceOf(one, other);
    if (difference !== undefined || one === undefined) return;
    ofFrom.add(one);
    ofTo.add(other);
    events += 1;
    position = one.position;
    toPosition = other.position;
    if (one.recordedAt !== other.recordedAt) redated += 1;
    if (one.position !== other.position) moved += 1;
  };

  return {
    async advance(onProgress) {
      while (difference === undefined) {
        const there = await to.readAll({ after: toPosition, limit: PAGE });
        if (there.length === 0) break;
        const here = await from.readAll({ after: position, limit: there.length });
        for (const [at, other] of there.entries()) {
          take(here[at], other);
          if (difference !== undefined) break;
        }
        onProgress?.(events);
      }
      return { events, position, redated, moved, ...(difference === undefined ? {} : { difference }) };
    },
    digests: () => ({ from: ofFrom.digest(), to: ofTo.digest() }),
  };
}

function differenceOf(one: StoredEvent | undefined, other: StoredEvent): LogDifference | undefined {
  const { stream, version } = other;
  if (one === undefined)
    return { stream, version, message: `the target has version ${version} of ${stream} beyond the source's end` };
  if (contentOf(one) === contentOf(other)) return undefined;
  const wanted = `version ${one.version} of ${one.stream} (${one.id})`;
  return {
    stream,
    version,
    message: `the target has version ${version} of ${stream} (${other.id}) where the source has ${wanted}`,
  };
}
