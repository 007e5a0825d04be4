import type { Json } from './event-store.ts';
import type { Resource } from './resource.ts';

/** One bucket of one projection: `view` is the projection's name and version (`flows@1`). */
export interface BucketRef {
  readonly view: string;
  readonly bucket: string;
}

/** A bucket with what it holds: plain JSON, amounts as strings. */
export interface Bucket extends BucketRef {
  readonly value: Json;
}

/** What was found: how far each asked view had folded its stream, and the buckets that exist. One consistent read. */
export interface LoadedBuckets {
  /** By view: the place of the last event folded in; a view that was never saved is absent. */
  readonly seen: ReadonlyMap<string, number>;
  readonly buckets: readonly Bucket[];
}

/** What is to be written at once: buckets of one stream, and the place they have now seen. */
export interface SaveBuckets {
  readonly stream: string;
  /** By view: where it stood when the buckets were folded (0 when never saved), and where it stands now. */
  readonly views: readonly { readonly view: string; readonly expected: number; readonly seen: number }[];
  readonly buckets: readonly Bucket[];
}

/** A view, and the one that takes its place. */
export interface Draft {
  readonly view: string;
  readonly draft: string;
}

/** A view of one stream, and the place it has seen; null when it has buckets and nobody noted a place. */
export interface StoredView {
  readonly view: string;
  readonly stream: string;
  readonly seen: number | null;
}

/** A page of what is stored: up to `limit` (1 to 10,000) of it after what a page before ended with, in an order of the store's own. */
export interface ViewPage {
  readonly after?: { readonly view: string; readonly stream: string };
  readonly limit: number;
}
export interface BucketPage {
  readonly view: string;
  readonly stream: string;
  /** The bucket that the page before ended with. */
  readonly after?: string;
  readonly limit: number;
}

/**
 * Keeps folded projections. Nothing in it is needed: deleting all of it costs a rebuild and nothing else, so a store may lose
 * the last saves in a power cut, but never part of one.
 */
export interface ViewStore extends Resource {
  /** The buckets asked for (those that exist), and how far the named views have seen this stream. */
  load(stream: string, views: readonly string[], refs: readonly BucketRef[]): Promise<LoadedBuckets>;
  /** Writes all or nothing, the buckets as they are at the call. `stale` when a view no longer stands where it was expected: someone else saved it. */
  save(save: SaveBuckets): Promise<'saved' | 'stale'>;
  /** Forgets a view of one stream, or of all of them, so that it is folded anew. */
  drop(view: string, stream?: string): Promise<void>;
  /**
   * Puts drafts in the place of views of a stream, all of them at once: each view becomes what its draft is, buckets and place, and
   * the draft is gone. A view whose draft was never saved is forgotten. Who reads meanwhile sees what was there, or what is.
   */
  publish(stream: string, drafts: readonly Draft[]): Promise<void>;
  /** Every view of every stream that has anything stored, each once: what `verify` goes through. */
  places(page: ViewPage): Promise<readonly StoredView[]>;
  /** Every bucket of a view of a stream, each once. */
  scan(page: BucketPage): Promise<readonly Bucket[]>;
}
