import { isSameLease } from '../lease-rules.ts';
import type { Hold, Lease, LeaseStore } from '../ports/lease-store.ts';
import type { Stopwatch, Timer } from '../ports/timer.ts';
import { delayOf } from './work.ts';

/** By which lease a runner works. */
export interface LeaseOptions {
  readonly store: LeaseStore;
  /** Unlike any other runner's, after a restart too. */
  readonly holder: string;
  readonly stopwatch: Stopwatch;
  /** Of the runners that share a lease one works; `runner` when left out. */
  readonly name?: string;
  /** For how long nothing must be heard of a holder before another takes over; 5,000 when left out. */
  readonly ttlMs?: number;
}

export interface KeeperOptions extends LeaseOptions {
  readonly timer: Timer;
  /** Told of the first of several failures in a row. */
  readonly onError: (error: unknown) => void;
  /** Told of each renewal; `isNew` when a term has begun. */
  readonly onHeld: (isNew: boolean) => void;
}

/** A holder renews so many times in the life of a lease; who waits, or failed, looks so many times. */
const BEATS = 3;
const LOOKS = 12;

/** The part of a lease's life at the end of which its holder stops: room for stopwatches that do not run alike. */
const MARGIN = 1 / 4;

/**
 * Takes a lease, keeps it, and takes it over from a holder that gives no sign of life.
 *
 * No clock is compared with another's. Who wants the lease waits until it saw one token and beat for the whole life of the lease,
 * from when it first had them read. The holder stops acting a margin before the same time is over since its last renewal began,
 * and that is earlier than anyone can have read it. Taking is refused by the store when there was a renewal after all.
 */
export class LeaseKeeper {
  readonly #options: KeeperOptions;
  readonly #name: string;
  readonly #ttlMs: number;
  /** The term that is this holder's, or may be: of a taking whose answer was lost nobody knows until it is read. */
  #token: number | undefined;
  /** When the last renewal began that is known to have been stored. */
  #renewedMs = Number.NEGATIVE_INFINITY;
  #watched: Lease | undefined;
  #watchedMs = 0;
  #round: Promise<void> | undefined;
  #failures = 0;
  #isClosed = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#name = options.name ?? 'runner';
    this.#ttlMs = options.ttlMs ?? 5_000;
  }

  /** The term, for as long as acting in it is allowed. */
  hold(): Hold | undefined {
    const ageMs = this.#options.stopwatch.elapsedMs() - this.#renewedMs;
    if (this.#token === undefined || ageMs >= this.#ttlMs * (1 - MARGIN)) return undefined;
    return { lease: this.#name, token: this.#token };
  }

  /** Looks after the lease until it is closed. */
  async run(): Promise<void> {
    while (!this.#isClosed) {
      this.#round = this.#attempt();
      await this.#round;
      await this.#options.timer.sleep(this.#pauseMs());
    }
  }

  /** Lets the lease go, so that nobody needs to wait until it has run out. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#round;
    if (this.#token === undefined) return;
    // From here on nothing is done under it.
    this.#renewedMs = Number.NEGATIVE_INFINITY;
    try {
      const seen = await this.#options.store.read(this.#name);
      if (seen !== undefined && this.#isOwn(seen))
        await this.#options.store.swap(this.#name, seen, { ...seen, holder: null, beat: seen.beat + 1 });
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #pauseMs(): number {
    if (this.#failures > 0) return Math.min(this.#ttlMs, Math.max(this.#ttlMs / LOOKS, delayOf(this.#failures)));
    return this.#ttlMs / (this.hold() === undefined ? LOOKS : BEATS);
  }

  async #attempt(): Promise<void> {
    try {
      await this.#look();
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      if (this.#failures === 1) this.#options.onError(error);
    }
  }

  async #look(): Promise<void> {
    const seen = await this.#options.store.read(this.#name);
    const nowMs = this.#options.stopwatch.elapsedMs();
    if (!isSameLease(seen, this.#watched)) [this.#watched, this.#watchedMs] = [seen, nowMs];
    if (seen !== undefined && this.#isOwn(seen)) return this.#renew(seen);
    this.#lose();
    const isFree = seen === undefined || seen.holder === null || nowMs - this.#watchedMs >= seen.ttlMs;
    if (isFree) await this.#take(seen);
  }

  /** Only the holder of a term writes beats of it, so a term of its own is its own whatever the beat. */
  #isOwn({ token, holder }: Lease): boolean {
    return token === this.#token && holder === this.#options.holder;
  }

  #lose(): void {
    this.#token = undefined;
    this.#renewedMs = Number.NEGATIVE_INFINITY;
  }

  async #renew(seen: Lease): Promise<void> {
    const isNew = this.#renewedMs === Number.NEGATIVE_INFINITY;
    if (await this.#write(seen, { ...seen, beat: seen.beat + 1, ttlMs: this.#ttlMs })) this.#options.onHeld(isNew);
  }

  async #take(seen: Lease | undefined): Promise<void> {
    const token = (seen?.token ?? 0) + 1;
    this.#token = token;
    if (await this.#write(seen, { holder: this.#options.holder, token, beat: 0, ttlMs: this.#ttlMs })) this.#options.onHeld(true);
    else this.#lose();
  }

  async #write(seen: Lease | undefined, next: Lease): Promise<boolean> {
    const beganMs = this.#options.stopwatch.elapsedMs();
    const isWritten = await this.#options.store.swap(this.#name, seen, next);
    if (isWritten) this.#renewedMs = beganMs;
    return isWritten;
  }
}
