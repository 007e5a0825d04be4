/** What every event store must hold, as cases for any test runner. */
import type { Clock } from '../ports/clock.ts';
import type { EventStore } from '../ports/event-store.ts';
import { casesOf, equal } from './contract.ts';
import type { ContractCase } from './contract.ts';
import { APPEND_CLAIMS } from './event-store-contract-append.ts';
import { CONCURRENCY_CLAIMS } from './event-store-contract-concurrency.ts';
import { READ_CLAIMS } from './event-store-contract-reads.ts';
import { RECORD_TIME_CLAIMS } from './event-store-contract-times.ts';
import { REPEAT_CLAIMS } from './event-store-contract-repeats.ts';
import { SHARED_CLAIMS } from './event-store-contract-shared.ts';
import { SUBSCRIPTION_CLAIMS } from './event-store-contract-subscriptions.ts';
import { appended, newEvents, wholeLog } from './event-store-fixtures.ts';

/** Opens an event store that tells the time by this clock. */
export type OpenEventStore = (clock: Clock) => Promise<EventStore>;

const NOON = Date.UTC(2026, 9, 14, 12);

/** A clock that gives these times, and then the last one for ever. */
function clockOf(...times: readonly number[]): Clock {
  let calls = 0;
  return { now: () => times[Math.min(calls++, times.length - 1)] ?? NOON };
}

/**
 * The cases that every event store passes. `open` gives a fresh, empty store each time; the case closes it.
 *
 * @example
 * for (const { name, run } of eventStoreContract(async (clock) => createMemoryEventStore({ clock }))) test(name, run);
 */
export function eventStoreContract(open: OpenEventStore): readonly ContractCase[] {
  return [
    ...casesOf(
      () => open(clockOf(NOON)),
      [...APPEND_CLAIMS, ...REPEAT_CLAIMS, ...READ_CLAIMS, ...CONCURRENCY_CLAIMS, ...SUBSCRIPTION_CLAIMS],
    ),
    ...casesOf(
      () => open(clockOf(NOON, NOON - 3_600_000, NOON + 1)),
      [
        [
          'record times go on increasing when the clock steps back',
          async (store) => {
            for (let version = 0; version < 3; version += 1) await appended(store, 'wallet-1', newEvents(1), version);
            equal(
              (await wholeLog(store)).map(({ recordedAt }) => recordedAt),
              ['2026-10-14T12:00:00.000000Z', '2026-10-14T12:00:00.000001Z', '2026-10-14T12:00:00.001000Z'],
              'record times',
            );
          },
        ],
      ],
    ),
    ...casesOf(() => open(clockOf(NOON)), RECORD_TIME_CLAIMS),
  ];
}

/**
 * The cases that an event store passes whose data outlives it. `place` makes a fresh, empty place for one and gives what
 * opens it, any number of times.
 *
 * @example
 * for (const { name, run } of sharedEventStoreContract(newFile)) test(name, run);
 */
export function sharedEventStoreContract(place: () => Promise<OpenEventStore>): readonly ContractCase[] {
  return SHARED_CLAIMS.map(([name, check]) => ({
    name,
    async run() {
      const openAt = await place();
      const opened: EventStore[] = [];
      try {
        await check(async (time = NOON) => {
          const store = await openAt(clockOf(time));
          opened.push(store);
          return store;
        });
      } finally {
        await Promise.all(opened.map((store) => store.close()));
      }
    },
  }));
}
