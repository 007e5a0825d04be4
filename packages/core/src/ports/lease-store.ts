import type { Resource } from './resource.ts';

/** Who may act under a name. Each change makes its token and beat, taken together, greater. */
export interface Lease {
  /** Who holds it; null when it was let go, and anyone may take it. Unlike any other holder's name, after a restart too. */
  readonly holder: string | null;
  /** The number of the term, one more with each taking: what bears an older one is refused (fencing). */
  readonly token: number;
  /** The signs of life that its holder gave in this term. */
  readonly beat: number;
  /** For how long, by a stopwatch of his own, somebody must have seen this token and beat before he may take it. */
  readonly ttlMs: number;
}

/** A term of a lease: what is written under it bears it, and is refused when the term is over. */
export interface Hold {
  readonly lease: string;
  readonly token: number;
}

/**
 * Keeps leases. It knows no clock, so that none can be wrong: who may take a lease, and when, is found out by those who want it.
 */
export interface LeaseStore extends Resource {
  /** The lease of that name; none when nobody ever had it. */
  read(name: string): Promise<Lease | undefined>;
  /** Puts the next in the place of the one that was seen, unless that has changed since: then it answers false. */
  swap(name: string, seen: Lease | undefined, next: Lease): Promise<boolean>;
}
