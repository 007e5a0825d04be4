import { setTimeout as sleep } from 'node:timers/promises';
import { createMemoryEventStore, createRunner, StoreError, type EventStore, type Task } from '@kakeibo/core';
import { describe, expect, test } from 'vitest';
import { balanceOf, openBooks } from './transfer-books.ts';

test('a store that breaks its subscription is followed again', async () => {
  const inner = createMemoryEventStore({ clock: Date });
  let subscriptions = 0;
  const store: EventStore = {
    ...inner,
    subscribe(options) {
      subscriptions += 1;
      if (subscriptions > 1) return inner.subscribe(options);
      return { finished: Promise.reject(new StoreError('unavailable', 'nobody answers')), close: async () => {} };
    },
  };
  const { open, runner } = openBooks({ store });
  runner.start();
  const [giro, savings] = [await open('Giro'), await open('Savings')];
  await giro.sendTransfer({ to: savings.id, amount: '10' });
  while ((await balanceOf(savings)) !== '10.00') await sleep(1);
  expect(subscriptions).toBe(2);
  await runner.close();
});

describe('any list', () => {
  const timer = { sleep: (ms: number) => sleep(Math.min(ms, 2)) };
  const listOf = (tasks: () => readonly Task[]) => ({ isMoved: () => true, tasks: async () => tasks() });

  test('is worked off a few at a time, and what fails for good is left alone until the next start', async () => {
    const store = createMemoryEventStore({ clock: Date });
    const left = new Set(Array.from({ length: 50 }, (_, index) => `task ${index}`));
    let [running, most, bugs] = [0, 0, 0];
    const task = (key: string): Task => ({
      key,
      async run() {
        running += 1;
        most = Math.max(most, running);
        await sleep(1);
        running -= 1;
        if (key === 'task 7') throw new Error('a bug');
        if (key !== 'task 8') left.delete(key);
      },
    });
    const lists = [listOf(() => [...left].map(task))];
    const runner = createRunner({ store, lists, timer, concurrency: 3, onError: () => (bugs += 1) });
    await runner.settled();
    runner.wake();
    await runner.settled();
    // The one that broke, and the one that says that it was done and was not, are not tried over and over.
    expect([...left]).toEqual(['task 7', 'task 8']);
    expect({ most, bugs }).toEqual({ most: 3, bugs: 1 });
    await runner.close();
  });

  test.each([
    ['for good', () => new Error('a bug')],
    ['for a while', () => new StoreError('busy', 'later')],
  ])('that breaks %s keeps no other list from what comes up there again', async (_, broken) => {
    const store = createMemoryEventStore({ clock: Date });
    const left = new Set(['again']);
    let done = 0;
    const run = async (): Promise<void> => {
      done += 1;
      left.clear();
    };
    const errors: unknown[] = [];
    const breaks = listOf(() => {
      throw broken();
    });
    const lists = [breaks, listOf(() => [...left].map((key) => ({ key, run })))];
    const runner = createRunner({
      store,
      lists,
      timer: { sleep: () => new Promise(() => undefined) },
      onError: (error) => void errors.push(error),
    });
    for (let times = 1; times <= 3; times += 1) {
      left.add('again');
      runner.wake();
      await expect.poll(() => done).toBe(times);
      await sleep(5);
    }
    expect(errors).toEqual([broken()]);
    await runner.close();
  });

  test('waits longer with each try, up to half a minute', async () => {
    const waits: number[] = [];
    let tries = 0;
    const run = async (): Promise<void> => {
      tries += 1;
      if (tries <= 14) throw new StoreError('busy', 'later');
    };
    const lists = [listOf(() => (tries <= 14 ? [{ key: 'a', run }] : []))];
    const slept = { sleep: async (ms: number) => void waits.push(ms) };
    const runner = createRunner({ store: createMemoryEventStore({ clock: Date }), lists, timer: slept });
    await runner.settled();
    expect(waits.slice(0, 4)).toEqual([50, 100, 200, 400]);
    expect(waits.slice(-3)).toEqual([30_000, 30_000, 30_000]);
    await runner.close();
  });

  test('is left when the runner is closed', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let ended = false;
    const begun = Promise.withResolvers<void>();
    const run = async (): Promise<void> => {
      begun.resolve();
      await promise;
      ended = true;
    };
    const lists = [
      listOf(() => [
        { key: 'slow', run },
        { key: 'never', run: async () => expect.unreachable() },
      ]),
    ];
    const runner = createRunner({ store: createMemoryEventStore({ clock: Date }), lists, timer, concurrency: 1 });
    runner.start();
    runner.wake();
    await begun.promise;
    const closing = runner.close();
    resolve();
    await closing;
    expect(ended).toBe(true);
    await runner.settled();
  });
});
