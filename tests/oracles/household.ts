import { setTimeout as sleep } from 'node:timers/promises';
import {
  addDays,
  createLedger,
  createMemoryViewStore,
  createRunner,
  exponentOf,
  formatMinor,
  parseCurrency,
  type CivilDate,
  type CurrencyCode,
  type EventStore,
  type Ledger,
  type Outcome,
  type Runner,
  type ViewStore,
  type Wallet,
} from '@kakeibo/core';
import type { Texts } from './deeds.ts';

/** A wallet of a household, with what a command needs to know of it. */
export interface Purse {
  readonly wallet: Wallet;
  readonly currency: CurrencyCode;
  /** A decimal of its currency. */
  text(minor: bigint): string;
  /** The ids of its entries, as far as they are known, and which of them are halves of transfers, and which were voided. */
  readonly entries: string[];
  readonly halves: Set<string>;
  readonly voided: string[];
}

const FIRST = Date.parse('2025-06-01T09:00:00Z');
const DAY_MS = 86_400_000;

/** The books that a history is made in: the real ledger, a clock that is turned by hand, and a runner that works when it is asked to. */
export class Household {
  readonly ledger: Ledger;
  readonly purses: Purse[] = [];
  /** How many commands of each kind were taken, and how many were refused. */
  readonly taken = new Map<string, number>();
  readonly refused = new Map<string, number>();
  readonly #seed: number;
  readonly #runner: Runner;
  #now = FIRST;
  #commands = 0;

  constructor(seed: number, store: EventStore, views: ViewStore = createMemoryViewStore()) {
    this.#seed = seed;
    const clock = { now: () => this.#now };
    this.ledger = createLedger({ store, views, clock, ids: { next: () => this.nextId() } });
    const onError = (error: unknown): never => {
      throw error;
    };
    this.#runner = createRunner({
      store,
      lists: [this.ledger.openTransfers],
      timer: { sleep: (ms) => sleep(ms / 100) },
      onError,
    });
  }

  nextId(): string {
    return `h${this.#seed}-${(this.#commands += 1)}`;
  }

  pass(days: number): void {
    this.#now += days * DAY_MS + 61_000;
  }

  day(daysBack: number): CivilDate {
    return addDays(new Date(this.#now).toISOString().slice(0, 10) as CivilDate, -daysBack);
  }

  async open(name: string, code: string): Promise<void> {
    const currency = parseCurrency(code) as CurrencyCode;
    const opened = await this.done('open', this.ledger.openWallet({ name, currency }));
    if (opened === undefined) return this.open('Purse', code);
    const exponent = exponentOf(currency);
    this.purses.push({
      wallet: this.ledger.wallet(opened.walletId),
      currency,
      text: (minor) => formatMinor(minor, exponent),
      entries: [],
      halves: new Set(),
      voided: [],
    });
  }

  /** What a command came to; nothing when it was refused, which is as good a thing to happen as any. */
  async done<Result>(kind: string, outcome: Promise<Outcome<Result>>): Promise<Result | undefined> {
    const came = await outcome;
    const counted = 'result' in came ? this.taken : this.refused;
    const key = 'result' in came ? kind : `${kind}: ${came.kind === 'rejected' ? came.rejection.code : came.kind}`;
    counted.set(key, (counted.get(key) ?? 0) + 1);
    return 'result' in came ? came.result : undefined;
  }

  /** Lets everything arrive, and go back, that is on its way. */
  async settle(): Promise<void> {
    this.#runner.wake();
    await this.#runner.settled();
  }

  close(): Promise<void> {
    return this.#runner.close();
  }
}

/** The texts that are there: a field that is left out is not undefined. */
export function textsOf({ payee, note, tags }: Texts): {
  readonly payee?: string;
  readonly note?: string;
  readonly tags?: readonly string[];
} {
  return {
    ...(payee === undefined ? {} : { payee }),
    ...(note === undefined ? {} : { note }),
    ...(tags === undefined ? {} : { tags }),
  };
}
