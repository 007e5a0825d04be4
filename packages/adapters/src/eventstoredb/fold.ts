/** The log, as it follows from `$all`: who is where, and when it was recorded. The same for every reader. */
import type { AllStreamRecordedEvent } from '@eventstore/db-client';
import { nextRecordTime, StoreError } from '@kakeibo/core';

import type { AllStreamResolvedEvent, Position } from './connection.ts';
import { createPlaces } from './places.ts';
import type { Places } from './places.ts';
import { stampOf } from './record.ts';

/** What was read of the log. */
export interface Fold {
  readonly places: Places;
  /** The last place of `$all` that was looked at, of whatever stream. */
  readonly seen: Position | undefined;
  /** Ids that are in the log more than once. */
  readonly doubled: number;
  /** Whether the last append was read in part: the events of one follow each other in `$all`. */
  readonly halfWay: boolean;
  /** Where a stream stands. */
  versionOf(stream: string): number;
  /** Takes the next event of `$all`; one that was taken before is passed over. Throws on a log that is not whole. */
  take(event: AllStreamResolvedEvent): void;
  /** Nothing of the ledger's comes up to this place that was not taken. */
  passTo(position: Position): void;
  /** Remembers whether an append of this name comes by. */
  awaitAppend(append: string): { readonly landed: boolean; forget(): void };
  /** Throws when events were removed, or will be. */
  assertWhole(): void;
}

/** What makes EventStoreDB remove events of a stream, in its metadata. */
const REMOVING = ['$maxAge', '$maxCount', '$tb'];

/**
 * Makes an empty one for the streams whose names begin so.
 *
 * @example
 * createFold('kakeibo-', () => followers.wake()).places.size; // 0
 */
export function createFold(prefix: string, grown: () => void): Fold {
  const places = createPlaces();
  const versions = new Map<string, number>();
  const awaited = new Map<string, { landed: boolean }>();
  /** Streams that are set to lose events, and how. */
  const losing = new Map<string, string>();
  let broken: StoreError | undefined;
  let seen: Position | undefined;
  let doubled = 0;
  /** The events of the last append that are yet to come. */
  let toCome = 0;

  const breakUp = (message: string): never => {
    broken ??= new StoreError('incompatible', message);
    throw broken;
  };

  const noteMetadata = ({ streamId, data }: AllStreamRecordedEvent): void => {
    // Some servers write a deletion as bytes. What is none of ours to read may hold a name as text all the same.
    const said = data instanceof Uint8Array ? Buffer.from(data).toString('utf8') : JSON.stringify(data);
    const removing = REMOVING.filter((name) => said.includes(`"${name}"`));
    if (removing.length > 0) losing.set(streamId.slice(2), removing.join(', '));
    else losing.delete(streamId.slice(2));
  };

  const place = (event: AllStreamRecordedEvent): void => {
    const { streamId, revision, position, id, type } = event;
    if (type === '$streamDeleted') breakUp(`the stream ${streamId} was deleted in EventStoreDB: restore a backup`);
    const version = versions.get(streamId) ?? 0;
    if (revision !== BigInt(version))
      breakUp(`events ${version} to ${revision - 1n} of the stream ${streamId} were removed from EventStoreDB: restore a backup`);
    const { append, size, nowMs, asked } = stampOf(event);
    const recordedAt = nextRecordTime(nowMs, places.lastTime, asked);
    if (!places.add(Number(position.commit), recordedAt, id)) doubled += 1;
    versions.set(streamId, version + 1);
    toCome = (toCome === 0 ? size : toCome) - 1;
    const waiting = awaited.get(append);
    if (waiting !== undefined) waiting.landed = true;
    grown();
  };

  return {
    places,
    get seen() {
      return seen;
    },
    get doubled() {
      return doubled;
    },
    get halfWay() {
      return toCome > 0;
    },
    versionOf: (stream) => versions.get(prefix + stream) ?? 0,
    take({ event }) {
      if (broken !== undefined) throw broken;
      if (event === undefined || (seen !== undefined && event.position.commit <= seen.commit)) return;
      try {
        if (event.streamId.startsWith(prefix)) place(event);
        else if (event.streamId.startsWith(`$$${prefix}`)) noteMetadata(event);
      } catch (error) {
        if (error instanceof StoreError) broken ??= error;
        throw error;
      }
      seen = event.position;
    },
    passTo(position) {
      if (broken === undefined && (seen === undefined || position.commit > seen.commit)) seen = position;
    },
    awaitAppend(append) {
      const waiting = { landed: false };
      awaited.set(append, waiting);
      return {
        get landed() {
          return waiting.landed;
        },
        forget: () => void awaited.delete(append),
      };
    },
    assertWhole() {
      if (broken !== undefined) throw broken;
      for (const [stream, how] of losing) {
        throw new StoreError(
          'incompatible',
          `the stream ${stream} is deleted or set to lose events in EventStoreDB (${how}): take that out of its metadata before a scavenge removes them`,
        );
      }
    },
  };
}
