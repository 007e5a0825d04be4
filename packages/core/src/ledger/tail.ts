import { foldMany, isBeginning, type Recorded } from '../projection.ts';
import type { WalletEvent } from '../wallet/events.ts';
import type { AnyProjection, Need } from '../wallet/state.ts';

interface Touched extends Need {
  readonly events: Recorded<WalletEvent>[];
}

/** The events that no stored bucket has seen yet, by the buckets they touch. */
export interface Tail {
  readonly size: number;
  push(recorded: Recorded<WalletEvent>): readonly Need[];
  /** A bucket with the tail folded into it. */
  fold(need: Need, stored: unknown): unknown;
  /** Every bucket that was touched, but those that only the event has which they begin with. */
  touched(): readonly Need[];
  /** Lets go of what has been stored meanwhile. */
  drop(isStored: (recorded: Recorded<WalletEvent>) => boolean): void;
}

function keyOf({ projection, bucket }: Need): string {
  return `${projection.name} ${bucket}`;
}

function isMore({ projection, bucket, events }: Touched): boolean {
  const [first, second] = events;
  return second !== undefined || first === undefined || !isBeginning(projection, first, bucket);
}

/** Starts with no events. */
export function createTail(projections: readonly AnyProjection[]): Tail {
  let events: Recorded<WalletEvent>[] = [];
  const byBucket = new Map<string, Touched>();

  function index(recorded: Recorded<WalletEvent>): readonly Need[] {
    const needs: Need[] = [];
    for (const projection of projections) {
      for (const bucket of projection.bucketsOf(recorded)) {
        const need = { projection, bucket };
        needs.push(need);
        const known = byBucket.get(keyOf(need));
        if (known === undefined) byBucket.set(keyOf(need), { ...need, events: [recorded] });
        else known.events.push(recorded);
      }
    }
    return needs;
  }

  return {
    get size() {
      return events.length;
    },
    push(recorded) {
      events.push(recorded);
      return index(recorded);
    },
    fold(need, stored) {
      const { projection, bucket } = need;
      // A bucket that grows with what people write (a cell for each payee) is copied once, not for each event.
      return foldMany(projection, stored ?? projection.initial, byBucket.get(keyOf(need))?.events ?? [], bucket);
    },
    touched: () => [...byBucket.values()].filter(isMore),
    drop(isStored) {
      events = events.filter((recorded) => !isStored(recorded));
      byBucket.clear();
      for (const recorded of events) index(recorded);
    },
  };
}
