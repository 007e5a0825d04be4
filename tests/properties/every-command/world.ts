import { setTimeout as sleep } from 'node:timers/promises';
import {
  addDays,
  createLedger,
  createRunner,
  exponentOf,
  formatMinor,
  type CivilDate,
  type Clock,
  type CurrencyCode,
  type EventStore,
  type Ledger,
  type Runner,
  type StoredEvent,
  type ViewStore,
  type Wallet,
} from '@kakeibo/core';
import { openStores, type FreshStores, type StoreKind } from '../../stores/kinds.ts';

/** A wallet, with what its commands need to know of it. */
export interface Purse {
  readonly wallet: Wallet;
  readonly currency: CurrencyCode;
  /** A decimal of its currency. */
  text(minor: number): string;
}

export const FIRST_DAY = '2026-08-20' as CivilDate;
const HOUR_MS = 3_600_000;

class TurnedClock implements Clock {
  time = Date.parse(`${FIRST_DAY}T09:00:00Z`);

  now(): number {
    return this.time;
  }
}

/** Some wallets over a store, a clock that is turned by hand, and a runner that works when it is told to. */
export class World {
  ledger: Ledger;
  readonly purses: Purse[] = [];
  readonly #stores: FreshStores;
  readonly #clock: TurnedClock;
  #runner: Runner;
  #ids = 0;

  private constructor(stores: FreshStores, clock: TurnedClock) {
    this.#stores = stores;
    this.#clock = clock;
    this.ledger = this.anotherLedger();
    this.#runner = this.#newRunner();
  }

  static async open(kind: StoreKind): Promise<World> {
    const clock = new TurnedClock();
    return new World(await openStores(kind, clock), clock);
  }

  get store(): EventStore {
    return this.#stores.store;
  }

  get views(): ViewStore {
    return this.#stores.views;
  }

  /** Another process on the same store and views, with nothing in memory. */
  anotherLedger(views: ViewStore = this.views): Ledger {
    return createLedger({ store: this.store, views, clock: this.#clock, ids: { next: () => this.nextId() } });
  }

  restart(): void {
    this.ledger = this.anotherLedger();
    this.#runner = this.#newRunner();
    this.purses.forEach(({ wallet, ...purse }, at) => (this.purses[at] = { ...purse, wallet: this.ledger.wallet(wallet.id) }));
  }

  nextId(): string {
    return `property-${(this.#ids += 1)}`;
  }

  /** Turns the clock, which may go back. */
  pass(hours: number): void {
    this.#clock.time += hours * HOUR_MS;
  }

  get now(): number {
    return this.#clock.time;
  }

  day(offset: number): CivilDate {
    return addDays(FIRST_DAY, offset);
  }

  add(walletId: string, currency: CurrencyCode): void {
    if (this.purses.some(({ wallet }) => wallet.id === walletId)) return;
    const exponent = exponentOf(currency);
    this.purses.push({ wallet: this.ledger.wallet(walletId), currency, text: (minor) => formatMinor(BigInt(minor), exponent) });
  }

  /** Lets everything arrive, go back, be booked and expire that is to. */
  async settle(): Promise<void> {
    this.#runner.wake();
    await this.#runner.settled();
  }

  log(): Promise<readonly StoredEvent[]> {
    return this.store.readAll({ after: 0, limit: 10_000 });
  }

  async close(): Promise<void> {
    await this.#runner.close();
    await this.#stores.close();
  }

  #newRunner(): Runner {
    return createRunner({
      store: this.store,
      lists: [this.ledger.openTransfers, this.ledger.dueWork],
      timer: { sleep: (ms) => sleep(Math.min(ms, 1)) },
      // One after another, so that a history is the same each time.
      concurrency: 1,
      onError(error) {
        throw error;
      },
    });
  }
}
