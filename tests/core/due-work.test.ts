import { setTimeout as sleep } from 'node:timers/promises';
import {
  createLedger,
  createMemoryEventStore,
  createMemoryViewStore,
  createRunner,
  StoreError,
  type EventStore,
  type Ledger,
  type Runner,
  type Wallet,
} from '@kakeibo/core';
import { expect, onTestFinished, test } from 'vitest';
import { bookedOf, done } from './schedule-fixtures.ts';

interface Place {
  readonly ledger: Ledger;
  readonly runner: Runner;
  readonly errors: string[];
}

let ids = 0;

/** A clock that the test moves, a store, and processes that come and go on it. */
function worldAt(instant: string, store?: EventStore) {
  let now = Date.parse(instant);
  const clock = { now: () => now };
  const events = store ?? createMemoryEventStore({ clock });
  return {
    events,
    goTo: (to: string) => void (now = Date.parse(to)),
    process(): Place {
      const next = (): string => `due-${(ids += 1)}`;
      const ledger = createLedger({ store: events, views: createMemoryViewStore(), clock, ids: { next } });
      const errors: string[] = [];
      const runner = createRunner({
        store: events,
        lists: [ledger.dueWork],
        timer: { sleep: (ms) => sleep(Math.min(ms, 2)) },
        onError: (_, key) => void errors.push(key),
      });
      onTestFinished(() => runner.close());
      return { ledger, runner, errors };
    },
  };
}

const gym = { kind: 'expense', amount: '20.00', category: 'Sport', rule: 'FREQ=WEEKLY;BYDAY=MO' } as const;

async function walletIn({ ledger }: Place, zone = 'UTC'): Promise<Wallet> {
  return ledger.wallet(done(await ledger.openWallet({ name: 'Household', currency: 'EUR', zone })).walletId);
}

async function until(fits: () => Promise<boolean>): Promise<void> {
  await expect.poll(fits).toBe(true);
}

test('a process that was down books what came due meanwhile when it starts, each once and with its own day', async () => {
  const world = worldAt('2026-10-01T08:00Z');
  const before = world.process();
  const wallet = await walletIn(before);
  done(await wallet.setSchedule('gym', gym));
  world.goTo('2026-10-21T08:00Z');
  const after = world.process();
  after.runner.start();
  await after.runner.settled();
  const booked = ['2026-10-05 20.00', '2026-10-12 20.00', '2026-10-19 20.00'];
  expect(await bookedOf(wallet)).toEqual(booked);
  await after.runner.close();
  const third = world.process();
  third.runner.start();
  await third.runner.settled();
  expect(await bookedOf(wallet)).toEqual(booked);
  expect([...after.errors, ...third.errors]).toEqual([]);
});

test('a new day is noticed in the zone of the wallet, without an event', async () => {
  const world = worldAt('2026-10-11T20:00Z');
  const place = world.process();
  const [berlin, tokyo] = [await walletIn(place, 'Europe/Berlin'), await walletIn(place, 'Asia/Tokyo')];
  for (const wallet of [berlin, tokyo]) done(await wallet.setSchedule('gym', gym));
  place.runner.start();
  await place.runner.settled();
  // It is Monday in Tokyo, and Sunday in Berlin.
  expect([await bookedOf(berlin), await bookedOf(tokyo)]).toEqual([[], ['2026-10-12 20.00']]);
  world.goTo('2026-10-11T21:59:59Z');
  await sleep(250);
  expect(await bookedOf(berlin)).toEqual([]);
  world.goTo('2026-10-11T22:00:00Z');
  await until(async () => (await bookedOf(berlin)).length === 1);
  expect(await bookedOf(berlin)).toEqual(['2026-10-12 20.00']);
});

test('what is set for today, or kept after all, is booked as soon as it is', async () => {
  const world = worldAt('2026-10-12T08:00Z');
  const place = world.process();
  place.runner.start();
  const wallet = await walletIn(place);
  done(await wallet.setSchedule('gym', { ...gym, startsOn: '2026-10-05' }));
  await until(async () => (await bookedOf(wallet)).length === 2);
  done(await wallet.skipOccurrence('gym', '2026-10-19'));
  world.goTo('2026-10-20T08:00Z');
  await place.runner.settled();
  expect(await bookedOf(wallet)).toHaveLength(2);
  done(await wallet.keepOccurrence('gym', '2026-10-19'));
  await until(async () => (await bookedOf(wallet)).length === 3);
});

test('two processes at once book each occurrence once, in several wallets', async () => {
  const world = worldAt('2026-10-01T08:00Z');
  const first = world.process();
  const wallets = await Promise.all(Array.from({ length: 5 }, () => walletIn(first)));
  for (const wallet of wallets) {
    done(await wallet.setSchedule('daily', { ...gym, rule: 'FREQ=DAILY', startsOn: '2025-10-01' }));
    done(await wallet.setSchedule('gym', { ...gym, startsOn: '2025-10-01' }));
  }
  const places = [first, world.process(), world.process()];
  for (const { runner } of places) runner.start();
  for (const { runner } of places) await runner.settled();
  for (const wallet of wallets) {
    const booked = await bookedOf(wallet);
    expect(booked.filter((each) => each.startsWith('2026-09-28'))).toHaveLength(2);
    // 366 days and 52 Mondays.
    expect(booked).toHaveLength(366 + 52);
  }
  expect(places.flatMap(({ errors }) => errors)).toEqual([]);
});

test('more than one call books is booked all the same', async () => {
  const world = worldAt('2026-10-01T08:00Z');
  const place = world.process();
  const wallet = await walletIn(place);
  done(await wallet.setSchedule('daily', { ...gym, rule: 'FREQ=DAILY', startsOn: '2012-01-01' }));
  place.runner.start();
  await place.runner.settled();
  expect(await wallet.schedules()).toMatchObject({ items: [{ booked: 5_388, next: '2026-10-02' }] });
});

test('a wallet that cannot be read, and a closed one, keep no other from its due', async () => {
  const inner = createMemoryEventStore({ clock: { now: () => 0 } });
  let broken = '';
  const store: EventStore = {
    ...inner,
    read: (stream, slice) =>
      stream.includes(broken) && broken !== '' ? Promise.reject(new Error('a page is torn')) : inner.read(stream, slice),
  };
  const world = worldAt('2026-10-01T08:00Z', store);
  const before = world.process();
  const [torn, closed, whole] = [await walletIn(before), await walletIn(before), await walletIn(before)];
  for (const wallet of [torn, closed, whole]) done(await wallet.setSchedule('gym', gym));
  done(await closed.close());
  broken = torn.id;
  world.goTo('2026-10-06T08:00Z');
  const after = world.process();
  after.runner.start();
  await after.runner.settled();
  expect(await bookedOf(after.ledger.wallet(whole.id))).toEqual(['2026-10-05 20.00']);
  expect(await bookedOf(after.ledger.wallet(closed.id))).toEqual([]);
  expect(after.errors).toEqual([`due wallet-${torn.id}`]);
  broken = '';
  done(await closed.reopen());
  await until(async () => (await bookedOf(after.ledger.wallet(closed.id))).length === 1);
});

test('a store that is busy is asked again', async () => {
  const inner = createMemoryEventStore({ clock: { now: () => 0 } });
  let refusals = 3;
  const store: EventStore = {
    ...inner,
    append(stream, events, options) {
      const isDue = events.some(({ type }) => type === 'ScheduleCaughtUp');
      if (isDue && (refusals -= 1) >= 0) return Promise.reject(new StoreError('busy', 'later'));
      return inner.append(stream, events, options);
    },
  };
  const world = worldAt('2026-10-12T08:00Z', store);
  const place = world.process();
  const wallet = await walletIn(place);
  done(await wallet.setSchedule('gym', gym));
  place.runner.start();
  await place.runner.settled();
  expect(await bookedOf(wallet)).toEqual(['2026-10-12 20.00']);
  expect(place.errors).toHaveLength(3);
});

test('a plan that has expired is ended on the day', async () => {
  const world = worldAt('2026-10-12T08:00Z');
  const place = world.process();
  const wallet = await walletIn(place);
  done(await wallet.planEntry({ kind: 'expense', amount: '5.00', category: 'Gifts', expiresOn: '2026-10-13' }));
  place.runner.start();
  await place.runner.settled();
  expect(await wallet.plans()).toMatchObject({ items: [{ expired: false }] });
  world.goTo('2026-10-13T00:00Z');
  await until(async () => (await wallet.plans()).items.length === 0);
});
