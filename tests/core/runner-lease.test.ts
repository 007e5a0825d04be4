import { randomUUID } from 'node:crypto';
import { createMemoryEventStore, createMemoryLeases, createRunner, reactionList, type Reaction } from '@kakeibo/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TTL_MS, World, type Fate } from './lease-world.ts';

/** Calls for as many messages as the event says. */
const reaction: Reaction = {
  name: 'mail',
  from: 'start',
  messagesFor: ({ data }) => new Array<null>(Number(data['mails'])).fill(null).map((_, at) => ({ type: 'Mail', data: { at } })),
};

const ms = fc.oneof({ weight: 8, arbitrary: fc.nat(30) }, { weight: 1, arbitrary: fc.nat(3 * TTL_MS) });
const fate: fc.Arbitrary<Fate> = fc.record({
  thereMs: ms,
  backMs: ms,
  fault: fc.oneof(
    { weight: 8, arbitrary: fc.constant('none' as const) },
    { weight: 1, arbitrary: fc.constant('request lost' as const) },
    { weight: 1, arbitrary: fc.constant('reply lost' as const) },
    { weight: 1, arbitrary: fc.constant('takes effect after it was given up' as const) },
  ),
});
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('append' as const), mails: fc.nat(3) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(2 * TTL_MS) }) },
  // Stopwatches that differ by less than the margin: a quarter.
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('start' as const), rate: fc.double({ min: 0.9, max: 1.1, noNaN: true }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('kill' as const), which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), which: fc.nat(9) }) },
);

test('two never work at once, and what events call for is there once, whatever breaks and whoever dies', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fate, { maxLength: 60 }), fc.array(step, { maxLength: 30, size: 'max' }), async (fates, steps) => {
      const world = new World(fates);
      const look = (): void => expect(world.working().length).toBeLessThanOrEqual(1);
      const called: string[] = [];
      let version = 0;
      for (const doing of steps) {
        if (doing.do === 'append') {
          const id = randomUUID();
          called.push(...Array.from({ length: doing.mails }, (_, at) => `${id}/${at}`));
          await world.events.append('a', [{ id, type: 'Noted', data: { mails: doing.mails }, meta: {} }], { expected: version });
          version += 1;
        } else if (doing.do === 'wait') await world.pass(doing.ms, look);
        else if (doing.do === 'start') world.start(reaction, doing.rate);
        else if (doing.do === 'kill') world.programs[doing.which]?.kill();
        else void world.programs[doing.which]?.runner.close();
        look();
      }
      world.calm();
      world.start(reaction, 1);
      // A call that was under way may take so long to come back; then the lease runs out.
      await world.pass(20 * TTL_MS, look);
      expect(world.working().length).toBe(1);
      expect((await world.outbox.pending('mail', 10_000)).map(({ id }) => id)).toEqual(called);
      expect((await world.outbox.checkpoint('mail')) ?? 0).toBe(version);
    }),
    { numRuns: Number(process.env['KAKEIBO_LEASE_RUNS'] ?? 150) },
  );
}, 600_000);

test('a holder that dies is replaced when its lease has run out, and not before', async () => {
  const world = new World([]);
  const look = (): void => expect(world.working().length).toBeLessThanOrEqual(1);
  const first = world.start(reaction, 1);
  const second = world.start(reaction, 1);
  await world.pass(60_000, look);
  expect(world.working()).toEqual([first]);
  first.kill();
  await world.pass(TTL_MS / 2, look);
  expect(world.working()).toEqual([]);
  await world.pass(TTL_MS, look);
  expect(world.working()).toEqual([second]);
  expect(second.errors).toEqual([]);
});

test('a holder that hears no more of the store stops before another takes over, though its stopwatch runs slow', async () => {
  const world = new World([]);
  const look = (): void => expect(world.working().length).toBeLessThanOrEqual(1);
  const slow = world.start(reaction, 0.9);
  await world.pass(1_000, look);
  const fast = world.start(reaction, 1.1);
  await world.pass(60_000, look);
  expect(world.working()).toEqual([slow]);
  slow.cutOff();
  await world.pass(2 * TTL_MS, look);
  expect(world.working()).toEqual([fast]);
});

test('a term begins like a start: what failed for good is tried again', async () => {
  const { leases } = createMemoryLeases();
  let tries = 0;
  const run = async (): Promise<void> => {
    tries += 1;
    throw new Error('a bug');
  };
  const runner = createRunner({
    store: createMemoryEventStore({ clock: Date }),
    lists: [{ isMoved: () => true, tasks: async () => [{ key: 'a', run }] }],
    timer: { sleep: () => new Promise((wake) => void setTimeout(wake, 1)) },
    lease: { store: leases, holder: 'this', stopwatch: { elapsedMs: () => performance.now() } },
  });
  runner.start();
  await expect.poll(() => tries).toBe(1);
  for (let seen = await leases.read('runner'), isTaken = false; !isTaken; seen = await leases.read('runner'))
    isTaken = await leases.swap('runner', seen, { holder: null, token: 7, beat: 0, ttlMs: 1_000 });
  await expect.poll(() => tries).toBe(2);
  expect(await leases.read('runner')).toMatchObject({ holder: 'this', token: 8 });
  await runner.close();
});

test('a holder that is closed lets go, and the next one works at once', async () => {
  const world = new World([]);
  const look = (): void => expect(world.working().length).toBeLessThanOrEqual(1);
  const first = world.start(reaction, 1);
  const second = world.start(reaction, 1);
  await world.pass(1_000, look);
  const closed = first.runner.close();
  await world.pass(TTL_MS / 10, look);
  await closed;
  expect(world.working()).toEqual([second]);
});

test('who stands by does nothing, and has nothing to do', async () => {
  const { leases } = createMemoryLeases();
  await leases.swap('runner', undefined, { holder: 'other', token: 1, beat: 0, ttlMs: 60_000 });
  const lists = [{ isMoved: () => true, tasks: async () => expect.unreachable() }];
  const runner = createRunner({
    store: createMemoryEventStore({ clock: Date }),
    lists,
    timer: { sleep: () => new Promise(() => undefined) },
    lease: { store: leases, holder: 'this', stopwatch: { elapsedMs: () => performance.now() } },
  });
  runner.start();
  runner.wake();
  await runner.settled();
  expect(runner.isWorking()).toBe(false);
  await runner.close();
  expect(await leases.read('runner')).toMatchObject({ holder: 'other', token: 1 });
});

test.each([0, 300])(
  'a reaction from now on is not told of the %i events before a runner looked, and of all after, whoever works',
  async (before) => {
    const world = new World([]);
    const look = (): void => expect(world.working().length).toBeLessThanOrEqual(1);
    let version = 0;
    const append = async (): Promise<string> => {
      const id = randomUUID();
      await world.events.append('a', [{ id, type: 'Noted', data: { mails: 1 }, meta: {} }], { expected: version });
      version += 1;
      return `${id}/0`;
    };
    while (version < before) await append();
    const fromNow: Reaction = { ...reaction, from: 'now' };
    const first = world.start(fromNow, 1);
    await world.pass(TTL_MS, look);
    expect([await world.outbox.checkpoint('mail'), await world.outbox.pending('mail', 10)]).toEqual([before, []]);
    first.kill();
    // Nobody works now; what comes is for the next one, who does not begin anew.
    const called = [await append(), await append()];
    world.start(fromNow, 1);
    await world.pass(5 * TTL_MS, look);
    called.push(await append());
    await world.pass(TTL_MS, look);
    expect((await world.outbox.pending('mail', 10)).map(({ id }) => id)).toEqual(called);
  },
);

test('an event that a reaction cannot handle is told of once, and what came before it is done', async () => {
  const world = new World([]);
  const events = [1, 1, -1, 1].map((mails) => ({ id: randomUUID(), type: 'Noted', data: { mails }, meta: {} }));
  await world.events.append('a', events, { expected: 0 });
  const { errors } = world.start(reaction, 1);
  await world.pass(10 * TTL_MS, () => undefined);
  expect(await world.outbox.checkpoint('mail')).toBe(2);
  expect((await world.outbox.pending('mail', 10)).map(({ id }) => id)).toEqual(events.slice(0, 2).map(({ id }) => `${id}/0`));
  expect(errors.map(String)).toEqual(['RangeError: Invalid array length']);
});

test('a reaction needs a runner with a lease', async () => {
  const world = new World([]);
  await world.events.append('a', [{ id: randomUUID(), type: 'Noted', data: { mails: 1 }, meta: {} }], { expected: 0 });
  const errors: unknown[] = [];
  const runner = createRunner({
    store: world.events,
    lists: [reactionList({ store: world.events, outbox: world.outbox, reaction })],
    timer: { sleep: async () => undefined },
    onError: (error) => void errors.push(error),
  });
  await runner.settled();
  expect(String(errors[0])).toContain('under a lease');
  expect(runner.isWorking()).toBe(true);
  await runner.close();
});

test('a log that ends before what was handled is told of, and nothing new is passed over', async () => {
  const { leases, outbox } = createMemoryLeases();
  const whole = createMemoryEventStore({ clock: Date });
  const add = (store: typeof whole, version: number) =>
    store.append('a', [{ id: crypto.randomUUID(), type: 'Noted', data: { mails: 1 }, meta: {} }], { expected: version - 1 });
  for (let version = 1; version <= 3; version += 1) await add(whole, version);
  const hold = { lease: 'runner', token: 1 };
  await leases.swap('runner', undefined, { holder: 'one', token: 1, beat: 0, ttlMs: TTL_MS });
  for (const task of await reactionList({ store: whole, outbox, reaction }).tasks()) await task.run(hold);
  expect(await reactionList({ store: whole, outbox, reaction }).tasks()).toEqual([]);

  const older = createMemoryEventStore({ clock: Date });
  await add(older, 1);
  const list = reactionList({ store: older, outbox, reaction });
  await expect(list.tasks()).rejects.toMatchObject({ code: 'incompatible', message: expect.stringContaining('position 3') });
});
