import { createLedger, createMemoryEventStore } from '@kakeibo/core';
import { expect, test } from 'vitest';

const START = Date.UTC(2026, 0, 1);

/** A UUID of version 7 with this time, as whoever sends a command makes one. */
function timed(ms: number, rest: string): string {
  const time = ms.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${rest.padStart(12, '0')}`;
}

async function openLedger() {
  const clock = { now: () => START };
  const store = createMemoryEventStore({ clock });
  const ledger = createLedger({ store, clock, ids: { next: () => timed(START, '1') } });
  const opened = await ledger.openWallet({ name: 'Household', currency: 'EUR' });
  if (opened.kind !== 'recorded') throw new Error(opened.kind);
  return { store, wallet: ledger.wallet(opened.result.walletId) };
}

const LUNCH = { amount: '4.50', category: 'Food', occurredOn: '2026-01-01' };

test('the ids of events begin with the time that the id of their command begins with', async () => {
  const { store, wallet } = await openLedger();
  const commandIds = [1_000, 2_000, 3_000].map((ms) => timed(START + ms, 'a'));
  for (const commandId of commandIds) expect((await wallet.addExpense(LUNCH, { commandId })).kind).toBe('recorded');
  const ids = (await store.readAll({ after: 0, limit: 100 })).map(({ id }) => id);
  expect(ids.slice(-3).map((id) => id.slice(0, 13))).toEqual(commandIds.map((id) => id.slice(0, 13)));
  expect(ids).toEqual(ids.toSorted());
});

test('one time gives as many ids as there are commands, and a repeat the same', async () => {
  const { store, wallet } = await openLedger();
  const commandIds = Array.from({ length: 50 }, (_, place) => timed(START, `b${place}`));
  for (const commandId of [...commandIds, ...commandIds]) await wallet.addExpense(LUNCH, { commandId });
  const ids = (await store.readAll({ after: 0, limit: 100 })).map(({ id }) => id);
  expect(new Set(ids).size).toBe(51);
});
