import type { Resource } from './resource.ts';

/** A place in one stream: 1 for its first event; an empty stream is at 0. */
export type Version = number;

/** A place in the whole log: 1 for the first event ever stored, without gaps, in commit order. */
export type Position = number;

/** What JSON can hold. Amounts are decimal strings, never numbers. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** An event that is about to be stored. */
export interface NewEvent {
  /** A UUID in lower case, unlike any other event's in the log. */
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  /** Who and why: command id, digest, actor. */
  readonly meta: JsonObject;
  /**
   * When another ledger learned of it, for an event that comes out of an archive, in the form of {@link StoredEvent.recordedAt}.
   * The store keeps it when it is later than the last event of the log, and at most a day ahead of the store's clock, so that
   * a clock that was wrong elsewhere does not rule the times to come. Otherwise the store gives its own.
   */
  readonly recordedAt?: string;
}

/** An event as the store gave it its place. */
export interface StoredEvent extends NewEvent {
  readonly stream: string;
  readonly version: Version;
  readonly position: Position;
  /**
   * When the ledger learned of it: ISO 8601, UTC, six decimals (`2026-10-14T09:38:00.000001Z`). Strictly increasing with
   * the position, also when the clock steps back.
   */
  readonly recordedAt: string;
}

/** A part of a stream or of the log: what comes after a place, and how much of it at the most (1 to 10,000). */
export interface Slice {
  readonly after: number;
  readonly limit: number;
}

/** The most bytes of UTF-8 that an event's `data` may take as JSON, on every store (Db2's VARCHAR sets the bound). */
export const MAX_EVENT_BYTES = 16_384;

/**
 * What came of an append.
 *
 * - `appended`: all of the events are on stable storage.
 * - `repeated`: at least one of the event ids is in the log already; nothing was written. `events` are the stored ones, by
 *   position. Looked at before the expected version, so that a retry finds its first result.
 * - `conflict`: the stream is not at the expected version; nothing was written. `actual` is where it is.
 * - `too-large`: an event's data takes more than {@link MAX_EVENT_BYTES}; nothing was written.
 */
export type AppendResult =
  | { readonly kind: 'appended'; readonly events: readonly StoredEvent[] }
  | { readonly kind: 'repeated'; readonly events: readonly StoredEvent[] }
  | { readonly kind: 'conflict'; readonly actual: Version }
  | { readonly kind: 'too-large'; readonly bytes: number };

/** A running reader of the log. */
export interface Subscription extends Resource {
  /** Settles when the subscription ended: fulfilled by `close`, rejected by a broken store or by what `handle` threw. */
  readonly finished: Promise<void>;
}

/**
 * Keeps streams of events. Every store passes the same contract (`@kakeibo/core/testing`).
 *
 * Expected outcomes are values; a store that cannot do its work throws a {@link StoreError}.
 */
export interface EventStore extends Resource {
  /** Adds one or more events to the end of a stream, all or none, if it is at `expected`. */
  append(stream: string, events: readonly NewEvent[], options: { readonly expected: Version }): Promise<AppendResult>;
  /** A stream's events after a version, in order. Empty when there are none. */
  read(stream: string, slice: Slice): Promise<readonly StoredEvent[]>;
  /** The log's events after a position, in order. */
  readAll(slice: Slice): Promise<readonly StoredEvent[]>;
  /** Those of a stream's events that bear one of these ids, by position: how an unknown outcome is resolved. */
  find(stream: string, ids: readonly string[]): Promise<readonly StoredEvent[]>;
  /** Hands over every event after a position, one at a time, in order, none skipped, until closed. */
  subscribe(options: { readonly after: Position; readonly handle: (event: StoredEvent) => Promise<void> }): Subscription;
}

/**
 * Why a store could not do its work.
 *
 * - `busy`: another process holds it for longer than the time-out. Nothing was written; try again.
 * - `storage-full`: no room. Nothing was written; works again when there is room.
 * - `read-only`: it may be read, not written.
 * - `unavailable`: it cannot be reached or is broken. Nothing was written.
 * - `refused`: it is there and lets this program in no further: user, password, database or TLS are wrong. Trying again is of no use.
 * - `outcome-unknown`: the write may or may not have happened and nobody can be asked now. A retry with the same ids is safe.
 * - `closed`: it was closed before.
 * - `incompatible`: its format is not this program's (a newer schema, another application's file).
 */
export type StoreErrorCode =
  | 'busy'
  | 'storage-full'
  | 'read-only'
  | 'unavailable'
  | 'refused'
  | 'outcome-unknown'
  | 'closed'
  | 'incompatible';

/** A store that cannot do its work: what happened, as a code to act on, and the cause to look into. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
