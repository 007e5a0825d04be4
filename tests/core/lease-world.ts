import { setImmediate as turn } from 'node:timers/promises';
import {
  createMemoryEventStore,
  createMemoryLeases,
  createRunner,
  reactionList,
  StoreError,
  type EventStore,
  type LeaseStore,
  type Outbox,
  type Reaction,
  type Runner,
} from '@kakeibo/core';

/** What happens to one call of a store, or one sleep. */
export interface Fate {
  /** How long the way there takes, and the way back; a long way back is also a program that was stopped for a while. */
  readonly thereMs: number;
  readonly backMs: number;
  readonly fault: 'none' | 'request lost' | 'reply lost' | 'takes effect after it was given up';
}

/** One of the runners that want to work. */
export interface Program {
  readonly runner: Runner;
  readonly errors: unknown[];
  /** As by kill -9: it does nothing more, and hears nothing more. */
  kill(): void;
  /** The store answers it no more, and it lives on. */
  cutOff(): void;
  readonly isAlive: () => boolean;
}

interface Due {
  readonly atMs: number;
  readonly happen: () => void;
}

export const TTL_MS = 5_000;

/** Runners over one store, in a time of their own, each with a stopwatch that runs as fast as it likes. */
export class World {
  readonly events: EventStore = createMemoryEventStore({ clock: { now: () => 0 } });
  readonly #inner = createMemoryLeases();
  readonly leases = this.#inner.leases;
  readonly outbox = this.#inner.outbox;
  readonly programs: Program[] = [];
  nowMs = 0;
  #fates: readonly Fate[];
  #drawn = 0;
  readonly #agenda: Due[] = [];

  constructor(fates: readonly Fate[]) {
    this.#fates = fates;
  }

  /** From here on nothing goes wrong. */
  calm(): void {
    this.#fates = [];
  }

  wait(ms: number): Promise<void> {
    return new Promise((happen) => void this.#agenda.push({ atMs: this.nowMs + ms, happen }));
  }

  start(reaction: Reaction, rate: number): Program {
    const number = this.programs.length;
    let isAlive = true;
    let isCutOff = false;
    const never = new Promise<never>(() => undefined);
    const alone = async <Result>(work: Promise<Result>): Promise<Result> => {
      const result = await work.catch((error: unknown) => (isAlive ? Promise.reject(error) : never));
      return isAlive ? result : never;
    };
    const faulty = <Args extends readonly unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
      ((...args) => (isCutOff ? never : alone(this.#suffer(() => call(...args))))) as typeof call;
    const leases: LeaseStore = { ...this.leases, read: faulty(this.leases.read), swap: faulty(this.leases.swap) };
    const { checkpoint, commit } = this.outbox;
    const outbox: Outbox = { ...this.outbox, checkpoint: faulty(checkpoint), commit: faulty(commit) };
    const errors: unknown[] = [];
    const runner = createRunner({
      store: this.events,
      lists: [reactionList({ store: this.events, outbox, reaction })],
      timer: { sleep: (ms) => alone(this.wait(ms / rate + (this.#draw()?.thereMs ?? 0))) },
      onError: (error) => void errors.push(error),
      lease: {
        store: leases,
        holder: `program ${number}`,
        stopwatch: { elapsedMs: () => 1_000 * number + this.nowMs * rate },
        ttlMs: TTL_MS,
      },
    });
    const program = {
      runner,
      errors,
      kill: () => void (isAlive = false),
      cutOff: () => void (isCutOff = true),
      isAlive: () => isAlive,
    };
    this.programs.push(program);
    runner.start();
    return program;
  }

  /** Lets time go by, and looks after each thing that happened. */
  async pass(ms: number, look: () => void): Promise<void> {
    const untilMs = this.nowMs + ms;
    for (;;) {
      await turn();
      look();
      let next: Due | undefined;
      for (const due of this.#agenda) if (due.atMs <= untilMs && due.atMs < (next?.atMs ?? Infinity)) next = due;
      if (next === undefined) break;
      this.#agenda.splice(this.#agenda.indexOf(next), 1);
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.happen();
    }
    this.nowMs = untilMs;
  }

  /** The programs that are alive and say that they may work now. */
  working(): readonly Program[] {
    return this.programs.filter(({ runner, isAlive }) => isAlive() && runner.isWorking());
  }

  #draw(): Fate | undefined {
    this.#drawn += 1;
    return this.#fates[this.#drawn % Math.max(1, this.#fates.length)];
  }

  async #suffer<Result>(call: () => Promise<Result>): Promise<Result> {
    const { thereMs, backMs, fault } = this.#draw() ?? { thereMs: 1, backMs: 1, fault: 'none' };
    await this.wait(thereMs);
    const lost = new StoreError('outcome-unknown', fault);
    if (fault === 'takes effect after it was given up') {
      void this.wait(backMs).then(call);
      throw lost;
    }
    const result = fault === 'request lost' ? undefined : await call();
    await this.wait(backMs);
    if (fault !== 'none') throw lost;
    return result as Result;
  }
}
