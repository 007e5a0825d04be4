import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import { createMemoryEventStore, StoreError, type EventStore } from '@kakeibo/core';
import { afterAll, describe, expect, test } from 'vitest';
import { balanceOf, codeOf, openBooks, resultOf, type Books } from './transfer-books.ts';
import { asOf, expectConserved, expectSettled } from './conservation.ts';

const folder = mkdtempSync(join(tmpdir(), 'kakeibo-runner-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

const kinds: Record<string, () => Promise<{ readonly store: EventStore; close(): Promise<void> }>> = {
  memory: async () => ({ store: createMemoryEventStore({ clock: Date }), close: async () => {} }),
  sqlite: async () => {
    files += 1;
    const opened = await openSqlite({ file: join(folder, `${files}.db`), writer: 'caller' });
    return { store: opened.events, close: () => opened.close() };
  },
};

/** How a store fails at its n-th append: the program dies before it or right after it, or the store is away once. */
type Failure = 'dies before' | 'dies after' | 'is away' | 'answers nothing';

/** A store that fails at its n-th append. */
function failing(store: EventStore, at: number, failure: Failure): EventStore & { readonly appends: () => number } {
  let appends = 0;
  let isDead = false;
  const live = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    if (isDead) throw new StoreError('closed', 'the program is dead');
    return call();
  };
  return {
    ...store,
    appends: () => appends,
    read: (stream, slice) => live(() => store.read(stream, slice)),
    readAll: (slice) => live(() => store.readAll(slice)),
    find: (stream, ids) => live(() => store.find(stream, ids)),
    append: (stream, events, options) =>
      live(async () => {
        appends += 1;
        if (appends !== at) return store.append(stream, events, options);
        isDead = failure.startsWith('dies');
        if (failure === 'dies before') throw new StoreError('closed', 'the program is dead');
        if (failure === 'is away') throw new StoreError('unavailable', 'nobody answers');
        await store.append(stream, events, options);
        throw new StoreError('outcome-unknown', 'the answer was lost');
      }),
  };
}

/** A day in which everything that can become of a transfer does: five of them, open in every state. */
async function fillDay({ open, ledger }: Books): Promise<void> {
  const [giro, savings, yen, shut] = [await open('Giro'), await open('Savings'), await open('Yen', 'JPY'), await open('Shut')];
  await giro.addIncome({ amount: '100' });
  resultOf(await giro.sendTransfer({ to: savings.id, amount: '10' }));
  resultOf(await giro.sendTransfer({ to: shut.id, amount: '20' }));
  const recalled = resultOf(await giro.sendTransfer({ to: yen.id, amount: '5', toAmount: '800' }));
  resultOf(await giro.takeBackTransfer(recalled.transferId));
  const left = resultOf(await savings.addExpense({ amount: '7', category: 'Food' }));
  const came = resultOf(await giro.addIncome({ amount: '7' }));
  const from = { walletId: savings.id, entryId: left.entryId };
  resultOf(await ledger.joinTransfer({ from, to: { walletId: giro.id, entryId: came.entryId } }));
  const gone = resultOf(await savings.addExpense({ amount: '9', category: 'Food' }));
  const other = resultOf(await shut.addIncome({ amount: '9' }));
  const halves = { from: { walletId: savings.id, entryId: gone.entryId }, to: { walletId: shut.id, entryId: other.entryId } };
  resultOf(await ledger.joinTransfer(halves));
  resultOf(await shut.voidEntry(other.entryId));
  resultOf(await shut.close());
}

async function expectDayDone(store: EventStore): Promise<void> {
  const { ledger } = openBooks({ store });
  const balances = (await ledger.wallets()).map(({ name, balance }) => `${name} ${balance}`);
  expect(balances).toEqual(['Giro 97.00', 'Savings -6.00', 'Yen 0', 'Shut 0.00']);
  await expectSettled(store);
  await expectConserved(store);
}

const ALL: readonly Failure[] = ['dies before', 'dies after', 'is away', 'answers nothing'];
describe.each([
  ['memory', ALL],
  ['sqlite', ALL.slice(1, 2)],
] as const)('a crash between the halves loses nothing (%s)', (kind, failures) => {
  test.each(failures)('when the store %s', async (failure) => {
    let ends = 0;
    for (let at = 1; ; at += 1) {
      const { store, close } = await (kinds[kind] as (typeof kinds)[string])();
      await fillDay(openBooks({ store }));
      const broken = failing(store, at, failure);
      const first = openBooks({ store: broken });
      first.runner.start();
      await first.runner.settled();
      await first.runner.close();
      await expectConserved(store);
      if (failure === 'is away' || failure === 'answers nothing') await expectDayDone(store);
      const second = openBooks({ store });
      second.runner.start();
      await second.runner.settled();
      await second.runner.close();
      expect(second.errors).toEqual([]);
      await expectDayDone(store);
      const { length } = await store.readAll({ after: 0, limit: 1_000 });
      if (kind === 'memory') for (let place = 1; place < length; place += 1) await expectConserved(asOf(store, place));
      await close();
      if (broken.appends() < at) break;
      ends += 1;
    }
    expect(ends).toBeGreaterThanOrEqual(8);
  });
});

test('two runners at once do everything once', async () => {
  const store = createMemoryEventStore({ clock: Date });
  await fillDay(openBooks({ store }));
  const runners = [openBooks({ store }), openBooks({ store }), openBooks({ store })];
  for (const { runner } of runners) runner.start();
  await Promise.all(runners.map(({ runner }) => runner.settled()));
  await expectDayDone(store);
  expect(runners.flatMap(({ errors }) => errors)).toEqual([]);
  const types = (await store.readAll({ after: 0, limit: 1_000 })).map(({ type }) => type);
  const times = (type: string): number => types.filter((each) => each === type).length;
  expect(['TransferReceived', 'TransferRefused', 'TransferGivenBack', 'TransferReturned'].map(times)).toEqual([2, 2, 1, 2]);
  await Promise.all(runners.map(({ runner }) => runner.close()));
});

test('what is sent while it runs arrives without being asked for, and what is wanted back comes back', async () => {
  const { open, runner, ledger } = openBooks();
  runner.start();
  const [giro, savings] = [await open('Giro'), await open('Savings')];
  const { transferId } = resultOf(await giro.sendTransfer({ to: savings.id, amount: '10' }));
  while ((await balanceOf(savings)) !== '10.00') await sleep(1);
  resultOf(await giro.takeBackTransfer(transferId));
  while ((await balanceOf(giro)) !== '0.00') await sleep(1);
  expect(await balanceOf(savings)).toBe('0.00');
  expect(codeOf(await giro.takeBackTransfer(transferId))).toBe('transfer-returned');
  expect(codeOf(await savings.takeBackTransfer(transferId))).toBe('transfer-returned');
  await runner.settled();
  expect(await ledger.inTransit()).toEqual([]);
  await runner.close();
});

test('both wallets take it back at once', async () => {
  const { open, runner, store } = openBooks();
  const [giro, savings] = [await open('Giro'), await open('Savings')];
  const { transferId } = resultOf(await giro.sendTransfer({ to: savings.id, amount: '10' }));
  await runner.settled();
  await Promise.all([giro.takeBackTransfer(transferId), savings.takeBackTransfer(transferId), runner.settled()]);
  await runner.settled();
  expect(await Promise.all([giro, savings].map(balanceOf))).toEqual(['0.00', '0.00']);
  await expectSettled(store);
});

test('a transfer that cannot go on does not stop the others, and goes on when it can', async () => {
  const store = createMemoryEventStore({ clock: Date });
  const { open } = openBooks({ store });
  const [giro, savings, other] = [await open('Giro'), await open('Savings'), await open('Other')];
  const away = { isAway: true };
  const partly: EventStore = {
    ...store,
    async append(stream, events, options) {
      if (away.isAway && stream === `wallet-${savings.id}`) throw new StoreError('unavailable', 'nobody answers');
      return store.append(stream, events, options);
    },
  };
  const { runner, errors, ledger } = openBooks({ store: partly });
  runner.start();
  await giro.sendTransfer({ to: savings.id, amount: '1' });
  await giro.sendTransfer({ to: other.id, amount: '2' });
  while ((await balanceOf(other)) !== '2.00' || errors.length < 3) await sleep(1);
  expect(await ledger.inTransit()).toMatchObject([{ to: savings.id, state: 'sent' }]);
  away.isAway = false;
  await runner.settled();
  expect(await balanceOf(savings)).toBe('1.00');
  await runner.close();
});

test('who has used the id of a reaction for something else holds nothing up', async () => {
  const { open, runner, store, ledger } = openBooks();
  const [giro, savings] = [await open('Giro'), await open('Savings')];
  await giro.sendTransfer({ to: savings.id, amount: '1' });
  // The id that the reaction bears in the log is the one that anybody could have used in another ledger of the same history.
  const copy = createMemoryEventStore({ clock: Date });
  const copied = openBooks({ store: copy });
  for (const event of await store.readAll({ after: 0, limit: 100 })) {
    const { stream, version, id, type, data, meta } = event;
    await copy.append(stream, [{ id, type, data, meta }], { expected: version - 1 });
  }
  await runner.settled();
  const taken = (await store.readAll({ after: 0, limit: 100 })).find(({ type }) => type === 'TransferReceived');
  const commandId = taken?.meta['commandId'] as string;
  await copied.ledger.wallet(savings.id).addIncome({ amount: '5' }, { commandId });
  await copied.runner.settled();
  expect(await balanceOf(copied.ledger.wallet(savings.id))).toBe('6.00');
  expect(copied.errors).toEqual([]);
  expect(await ledger.inTransit()).toEqual([]);
});
