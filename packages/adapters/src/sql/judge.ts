/** Decides about the appends of a batch, each on its own, before anything is written. */
import { nextRecordTime } from '@kakeibo/core';
import type { EncodedEvent, EncodedStoredEvent } from '@kakeibo/core';

import type { SqlValue } from './connection.ts';

/** An append that waits for its turn. */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly EncodedEvent[];
}

/** What became of it. Its events took consecutive positions, so the first says all; and so do their record times, mostly. */
export type Verdict =
  | { readonly kind: 'appended'; readonly position: number; readonly recordedAt: number; readonly times?: readonly number[] }
  | { readonly kind: 'repeated'; readonly events: readonly EncodedStoredEvent[] }
  | { readonly kind: 'conflict'; readonly actual: number }
  | { readonly kind: 'lost' };

/**
 * The last place that is taken. The record time is part of it, since a server that took over without the last commits may have come
 * as far again by other ones.
 */
export interface Head {
  readonly position: number;
  readonly recordedAt: number;
}

/** A verdict before anything is written. A repeat shows what is stored up to its turn, which is still to be looked up. */
export type Judgement = Verdict | { readonly kind: 'repeat'; readonly upTo: number };

/** A batch that was judged. */
export interface Plan {
  readonly judgements: readonly Judgement[];
  /** The same when there is no repeat among them. */
  readonly verdicts: readonly Verdict[] | undefined;
  /** The columns of all new rows, one row after another. */
  readonly values: readonly SqlValue[];
  readonly head: Head;
  /** Where the streams will stand that it writes to. */
  readonly moved: ReadonlyMap<string, number>;
  /** Whether an append was refused on what is known by heart, without a look at the ids in the log. */
  readonly doubtful: boolean;
}

/** The verdict on an append that was accepted: its first position and the record times of its events. */
function appendedAt(position: number, times: readonly number[]): Verdict {
  const [recordedAt = 0] = times;
  const follow = times.every((time, at) => time === recordedAt + at);
  return follow ? { kind: 'appended', position, recordedAt } : { kind: 'appended', position, recordedAt, times };
}

/**
 * Judges each append: a repeat first, then its expected version, and gives places to those that are good. Later appends see
 * the earlier ones of the batch. `versions` is where the streams stand; `taken` are the batch's ids that the log has, when
 * they were looked up.
 */
export function judge(
  batch: readonly AppendRequest[],
  state: {
    readonly head: Head;
    readonly nowMs: number;
    readonly versions: ReadonlyMap<string, number>;
    readonly taken?: ReadonlySet<string>;
  },
): Plan {
  const { versions, taken } = state;
  const moved = new Map<string, number>();
  const planned = new Set<string>();
  const values: SqlValue[] = [];
  let { position, recordedAt } = state.head;
  let doubtful = false;

  const judgeOne = ({ stream, expected, events }: AppendRequest): Judgement => {
    if (events.some(({ id }) => planned.has(id) || taken?.has(id) === true)) return { kind: 'repeat', upTo: position };
    let version = moved.get(stream) ?? versions.get(stream) ?? 0;
    if (version !== expected) return { kind: 'conflict', actual: version };
    const first = position + 1;
    const times: number[] = [];
    for (const { id, type, data, meta, recordedAt: asked } of events) {
      planned.add(id);
      recordedAt = nextRecordTime(state.nowMs, recordedAt, asked);
      times.push(recordedAt);
      values.push(++position, stream, ++version, id, type, data, meta, recordedAt);
    }
    moved.set(stream, version);
    return appendedAt(first, times);
  };

  const judgements: Judgement[] = [];
  const verdicts: Verdict[] = [];
  for (const request of batch) {
    const judgement = judgeOne(request);
    judgements.push(judgement);
    if (judgement.kind !== 'repeat') verdicts.push(judgement);
    if (judgement.kind !== 'appended') doubtful = true;
  }
  return {
    judgements,
    verdicts: verdicts.length === batch.length ? verdicts : undefined,
    values,
    head: values.length > 0 ? { position, recordedAt } : state.head,
    moved,
    doubtful,
  };
}

/** What became of an append whose answer was lost, by what the log has of it. One that is not there, or only in part, was not written. */
export function becameOf(request: AppendRequest, found: ReadonlyMap<string, EncodedStoredEvent>): Verdict {
  const kept = request.events.flatMap(({ id }) => found.get(id) ?? []);
  const first = kept[0];
  if (first === undefined) return { kind: 'lost' };
  const whole =
    kept.length === request.events.length &&
    kept.every((event, at) => {
      const asked = request.events[at];
      return (
        event.stream === request.stream &&
        event.version === request.expected + 1 + at &&
        event.position === first.position + at &&
        event.type === asked?.type &&
        event.data === asked.data &&
        event.meta === asked.meta
      );
    });
  if (whole) {
    return appendedAt(
      first.position,
      kept.map(({ recordedAt }) => recordedAt),
    );
  }
  return { kind: 'repeated', events: kept.sort((one, other) => one.position - other.position) };
}
